screen_tests = \
	tests/screen/freeze.sh \
	tests/screen/paste.sh \
	tests/screen/resize.sh \
	tests/screen/signals.sh \
	tests/screen/sizes.sh \
	tests/screen/start.sh \
	tests/screen/terms.sh
TESTS += $(screen_tests)
EXTRA_DIST += tests/screen/screen.sh $(screen_tests)
