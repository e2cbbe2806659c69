#!/bin/sh
# Following a run that another process writes: JSON lines, sentences, a restart, the pipeline's files.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"
cd "$T" || exit 99
writer= watcher=
trap 'kill $writer $watcher 2>/dev/null; rm -rf "$T"' EXIT
# until_has FILE REGEX: waits for it, 20 seconds at most
until_has() {
  tries=400
  until grep -Eq -e "$2" "$1" 2>/dev/null; do
    tries=$((tries - 1)); [ "$tries" -gt 0 ] || { cat "$1"; return 1; }
    sleep 0.05
  done
}
status "no such directory" 2 "$SOAKTOP" watch none
status "--json and --plain" 2 "$SOAKTOP" watch --json --plain

status "a run that is over" 0 "$SOAKTOP" run --mock --auto-tune --iterations 9 --run-id one
status "watch" 0 "$SOAKTOP" watch
is "every iteration once" "$(grep -c '"type":"iteration"' out)" 9
like "the run" "$(head -1 out)" '"run_id":"one".*"type":"run"'
like "the end" "$(tail -1 out)" '"state":"completed","type":"end"'
like "the verdict as it changed" "$(cat out)" '"type":"verdict","verdict":"WARN"'
[ -z "$json_tool" ] || ok "all lines parse" parses out
status "--plain" 0 "$SOAKTOP" watch --plain artifacts/soak
like "the run" "$(cat out)" '^The run one in soak/latest: source mock, decisions auto\.$'
like "an iteration" "$(cat out)" '^Iteration 9 of 9 is '
like "a change" "$(cat out)" '^tail_age_ms goes from 600 to 630\.$'
is "each in its place" "$(grep -nE '^(Run one started|Iteration 1 of)' out | cut -d: -f2 | cut -c1-11 | paste -sd,)" \
  "Run one sta,Iteration 1"
like "a verdict" "$(cat out)" '^The verdict so far is .*: [0-9] of the last 8 pass'
like "a guard" "$(cat out)" '^The guard [a-z_]+ holds changes back'
like "the end" "$(tail -1 out)" '^The run is complete after 9 iterations\.$'
is "nothing but sentences" "$(grep -vc '\.$' out)" 0

"$SOAKTOP" run --mock --iterations 400 --interval 0.2 --run-id two --headless >run.out 2>&1 &
writer=$!
ok "a run that goes on" until_has artifacts/soak/latest/run.json '"run_id": *"two"'
"$SOAKTOP" watch --plain --forever >plain.out 2>plain.err &
watcher=$!
ok "is followed as it grows" until_has plain.out '^Iteration 3 of 400 '
like "from its beginning" "$(cat plain.out)" '^Iteration 1 of 400 '
kill "$writer"; wait "$writer"
ok "its end is said" until_has plain.out '^The run was stopped after'
"$SOAKTOP" run --mock --iterations 2 --run-id three --headless >run.out 2>&1
ok "another run in its place is told" until_has plain.out '^Another run began here; it is followed now\.$'
ok "and followed" until_has plain.out '^The run three in soak/latest'
ok "to its end" until_has plain.out '^The run is complete after 2 iterations\.$'
kill "$watcher"; wait "$watcher"; is "a signal ends it" $? 143
watcher=

mkdir -p py/soak/latest
src=$TEST_SRCDIR/tests/data/pipeline/soak/latest
cp "$src/ITER_SUMMARY_1.json" py/soak/latest/
"$SOAKTOP" watch --plain py >py.out 2>&1 &
watcher=$!
ok "the pipeline's first file" until_has py.out '^Iteration 1 '
head -c 200 "$src/ITER_SUMMARY_2.json" >py/soak/latest/ITER_SUMMARY_2.json
sleep 0.2
unlike "a half written file is not taken" "$(cat py.out)" '^Iteration 2'
cp "$src/ITER_SUMMARY_2.json" py/soak/latest/
ok "a whole one is" until_has py.out '^Iteration 2 is '
cp "$src/ITER_SUMMARY_3.json" "$src/TUNING_REPORT.json" "$src/summary.txt" py/soak/latest/
wait "$watcher"; is "summary.txt is the end" $? 0
watcher=
like "all were told" "$(cat py.out)" '^Iteration 3 is '
like "the end" "$(tail -1 py.out)" '^The run is complete after 3 iterations\.$'
done_testing
