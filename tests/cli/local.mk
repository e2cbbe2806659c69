cli_tests = \
	tests/cli/audit.sh \
	tests/cli/compare.sh \
	tests/cli/completion.sh \
	tests/cli/control.sh \
	tests/cli/datadir.sh \
	tests/cli/deltas.sh \
	tests/cli/exec.sh \
	tests/cli/gate.sh \
	tests/cli/help.sh \
	tests/cli/keys.sh \
	tests/cli/manual.sh \
	tests/cli/open.sh \
	tests/cli/params.sh \
	tests/cli/presets.sh \
	tests/cli/replay.sh \
	tests/cli/resume.sh \
	tests/cli/rollback.sh \
	tests/cli/run.sh \
	tests/cli/running.sh \
	tests/cli/runs.sh \
	tests/cli/script.sh \
	tests/cli/seeds.sh \
	tests/cli/signals.sh \
	tests/cli/tripwire.sh \
	tests/cli/watch.sh \
	tests/cli/worked.sh
TESTS += $(cli_tests)
threaded_tests += tests/cli/exec.sh tests/cli/run.sh tests/cli/signals.sh tests/cli/watch.sh
EXTRA_DIST += tests/tap.sh tests/cli/commands.sh tests/cli/json.sh $(cli_tests)
EXTRA_DIST += \
	tests/data/pipeline/soak/latest/FAILURES.md \
	tests/data/pipeline/soak/latest/ITER_SUMMARY_1.json \
	tests/data/pipeline/soak/latest/ITER_SUMMARY_2.json \
	tests/data/pipeline/soak/latest/ITER_SUMMARY_3.json \
	tests/data/pipeline/soak/latest/ITER_SUMMARY_4.json \
	tests/data/pipeline/soak/latest/ITER_SUMMARY_5.json \
	tests/data/pipeline/soak/latest/TUNING_REPORT.json \
	tests/data/pipeline/soak/latest/artifacts/KPI_GATE.json \
	tests/data/pipeline/soak/latest/summary.txt \
	tests/data/pipeline/soak/runtime_overrides.json
