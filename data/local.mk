# pkgdatadir gets the files without the folder's name: data/params.json is found as params.json.
dist_pkgdata_DATA = data/keys.json data/params.json data/policy.json data/thresholds.json
profilesdir = $(pkgdatadir)/profiles
dist_profiles_DATA = data/profiles/aggressive.json data/profiles/steady_safe.json \
	data/profiles/ultra_safe.json
presetsdir = $(pkgdatadir)/presets
dist_presets_DATA = data/presets/maker_bias_uplift_v1.json
examplesdir = $(docdir)/examples
dist_examples_DATA = data/examples/soaktop.service
themesdir = $(pkgdatadir)/themes
dist_themes_DATA = data/themes/default.json data/themes/high-contrast.json \
	data/themes/light.json data/themes/mono.json
