#!/bin/sh
# Two runs beside each other: means, medians, which is better, where they begin to differ.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"
cd "$T" || exit 99
status "run A, tuned" 0 "$SOAKTOP" run --mock --auto-tune --iterations 12 --run-id run_A
status "run B, observed, longer" 0 "$SOAKTOP" run --mock --iterations 15 --run-id run_B
status "one run is wanted too" 2 "$SOAKTOP" compare run_A
status "a run that is none" 2 "$SOAKTOP" compare run_A run_X
like "it says where it looked" "$(cat err)" 'no run run_X in artifacts'
status "compare" 0 "$SOAKTOP" compare run_A run_B
like "names both" "$(cat out)" '^A = run_A \(soak/runs/.*, 12 it\)   B = run_B \(soak/latest, 15 it\)$'
like "says what is left out" "$(cat out)" 'first 12 of both are compared; A has 12, B has 15, what is beyond is left out'
like "the modes differ" "$(cat out)" '^the modes differ: A auto, B observe$'
like "the mock's KPIs do not depend on parameters" "$(cat out)" '^risk ratio .* same +nowhere$'
like "B began with the parameters that A had left" "$(cat out)" '^tail_age_ms +600 +730 +it 1; at the end 730, 730$'
like "the first difference of all" "$(cat out)" '^first difference of all: it 1$'
status "a directory is as good as an id" 0 "$SOAKTOP" compare artifacts/soak/runs/*run_A artifacts
status "--by-event" 0 "$SOAKTOP" compare run_A run_B --by-event
like "says so" "$(cat out)" '^aligned by event: '
status "--json" 0 "$SOAKTOP" compare run_A run_B --json
if [ -n "$json_tool" ]; then
  ok "parses" parses out
  is "what was compared" "$(get out .compared)" 12
  is "four KPIs" "$(get out '.kpis|length')" 4
  is "the first difference" "$(get out .first_b)" 1
fi
sed -i.bak 's/"risk_ratio": *[0-9.]*/"risk_ratio": 0.9/' artifacts/soak/latest/ITER_SUMMARY_7.json
status "with a worse iteration 7" 0 "$SOAKTOP" compare run_A run_B
like "A is better, and where it begins" "$(cat out)" '^risk ratio .* A +it 7$'
status "the Python pipeline's run" 0 "$SOAKTOP" compare run_A "$TEST_SRCDIR/tests/data/pipeline"
like "it recorded no parameters" "$(cat out)" '^parameters: n/a, one of the runs did not record them$'
done_testing
