house_tests = \
	tests/house/clang.sh \
	tests/house/format.sh \
	tests/house/layers.sh \
	tests/house/placeholders.sh \
	tests/house/sizes.sh
TESTS += $(house_tests)
EXTRA_DIST += $(house_tests)
