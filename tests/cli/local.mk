cli_tests = \
	tests/cli/params.sh \
	tests/cli/presets.sh
TESTS += $(cli_tests)
EXTRA_DIST += tests/tap.sh tests/cli/json.sh $(cli_tests)
