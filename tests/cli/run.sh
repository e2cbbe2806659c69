#!/bin/sh
# run without a screen: lines for people, sentences, JSON; what is refused before it starts.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"
cd "$T" || exit 99

status "no source" 2 "$SOAKTOP" run
like "no source: says what there is" "$(cat "$T/err")" '--mock, --exec CMD or --edge-report PATH'
status "two sources" 2 "$SOAKTOP" run --mock --exec true
status "--approve manual with --readonly has nobody to decide" 2 "$SOAKTOP" run --mock --approve manual --readonly
like "it says what to do" "$(cat "$T/err")" 'observe or auto'
status "--json and --plain" 2 "$SOAKTOP" run --mock --json --plain
SOAK_SLEEP_SECONDS=soon status "SOAK_SLEEP_SECONDS is no number" 2 "$SOAKTOP" run --mock
status "--policy that is not there" 2 "$SOAKTOP" run --mock --policy "$T/none.json"
is "nothing that was refused has written" "$(ls -d artifacts 2>/dev/null)" ""
status "--set out of bounds" 2 "$SOAKTOP" run --mock --iterations 1 --set tail_age_ms=900
like "--set out of bounds: the bound" "$(cat "$T/err")" '800'
is "no run was begun" "$(find artifacts -type f ! -name .lock)" ""

status "3 iterations" 0 "$SOAKTOP" run --mock --iterations 3
is "one line each" "$(wc -l <"$T/out" | tr -d ' ')" 3
like "a line has place, KPIs, verdict" "$(sed -n 1p "$T/out")" \
  '^it 1/3  risk  0\.170  maker/taker  0\.500  net  -1\.50 bps  p95  250\.0 ms  FAIL  '
like "observe is the default: nothing is applied, and why" "$(sed -n 1p "$T/out")" \
  'not applied impact_cap_ratio 0\.1000 -> 0\.0900.*observe'
is "the columns line up" "$(sed 's/ms  .*//' "$T/out" | awk '{print length}' | sort -u | wc -l | tr -d ' ')" 1
unlike "no colour into a file" "$(cat "$T/out")" "$(printf '\033')"
like "the end is told on standard error" "$(cat "$T/err")" '^soaktop: completed: 3 iterations in '

status "--auto-tune" 0 "$SOAKTOP" run --mock --auto-tune --iterations 2
like "what was applied" "$(sed -n 1p "$T/out")" '  applied impact_cap_ratio 0\.1000 -> 0\.0900, max_delta'
like "what a guard blocked, and why" "$(sed -n 2p "$T/out")" \
  '  blocked .*tail_age_ms 630 -> 700 \(late: final iteration\)'
status "--plain" 0 "$SOAKTOP" run --mock --auto-tune --iterations 2 --plain --artifacts plain
like "a sentence for the iteration" "$(cat "$T/out")" '^Iteration 1 of 2 is FAIL: .*\.$'
like "a sentence for a change" "$(cat "$T/out")" '^tail_age_ms goes from 600 to 630\.$'
like "a sentence for what was not changed" "$(cat "$T/out")" '^tail_age_ms stays at 630: 700 was blocked \(late: .+\)\.$'

status "--json" 0 "$SOAKTOP" run --mock --auto-tune --iterations 3 --json --artifacts json
is "--json: an object per iteration and line" "$(wc -l <"$T/out" | tr -d ' ')" 3
[ -z "$json_tool" ] || ok "--json parses" parses "$T/out"
like "--json is canonical" "$(sed -n 2p "$T/out")" \
  '^\{"iteration":2,.*"runtime_overrides":\{"engine":\{"min_interval_ms":60,.*"state":"ok","summary":'
# what one line says is what the file says
if [ "$json_tool" ]; then
  sed -n 3p "$T/out" >"$T/line"
  is "--json says what ITER_SUMMARY says" "$(get "$T/line" .)" "$(get json/soak/latest/ITER_SUMMARY_3.json .)"
fi

status "--gate of too short a run" 3 "$SOAKTOP" run --mock --iterations 3 --gate mock
like "--gate tells its verdict" "$(cat "$T/out")" 'INCONCLUSIVE'
ok "--gate leaves the snapshot" test -s artifacts/soak/latest/POST_SOAK_SNAPSHOT.json
status "--gate that fails" 1 "$SOAKTOP" run --mock --iterations 9 --gate strict
status "--gate that passes" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --gate strict

"$SOAKTOP" run --mock --json 2>"$T/err" | head -2 >"$T/out"
is "a reader that leaves ends a run without end" "$(wc -l <"$T/out" | tr -d ' ')" 2
ok "and the run's files are whole" "$SOAKTOP" deltas list
like "its state is stopped" "$(cat artifacts/soak/latest/run.json)" '"state": "stopped"'
if [ -w /dev/full ]; then
  "$SOAKTOP" run --mock --iterations 5 >/dev/full 2>"$T/err"
  is "a full disk behind standard output is told" "$?" 2
  ok "but the soak went on" test -s artifacts/soak/latest/ITER_SUMMARY_5.json
fi

rm -rf artifacts/soak/runs
for i in 1 2 3; do "$SOAKTOP" run --mock --iterations 1 --run-id "r$i" --keep 2 >"$T/out" 2>&1; done
is "--keep 2 leaves two old runs" "$(ls artifacts/soak/runs | wc -l | tr -d ' ')" 2
like "a run has the name it was given" "$(ls artifacts/soak/runs)" '-r2$'
like "the options stand in run.json" "$(tr -d ' \n' <artifacts/soak/latest/run.json)" '"--keep"'
done_testing
