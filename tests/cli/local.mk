cli_tests = \
	tests/cli/deltas.sh \
	tests/cli/exec.sh \
	tests/cli/help.sh \
	tests/cli/manual.sh \
	tests/cli/params.sh \
	tests/cli/presets.sh \
	tests/cli/replay.sh \
	tests/cli/run.sh \
	tests/cli/seeds.sh \
	tests/cli/signals.sh \
	tests/cli/worked.sh
TESTS += $(cli_tests)
EXTRA_DIST += tests/tap.sh tests/cli/json.sh $(cli_tests)
