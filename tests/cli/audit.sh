#!/bin/sh
# The audit: a run is what its journal says, or the first difference is named.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"
cd "$T" || exit 99
latest=artifacts/soak/latest
"$SOAKTOP" run --mock --auto-tune --iterations 9 --run-id first >out 2>&1
"$SOAKTOP" run --mock --auto-tune --iterations 12 --run-id second --gate mock >out 2>&1
find artifacts -type f -exec sha256sum {} + | sort >before

status "a run as it was left" 0 "$SOAKTOP" audit
like "says so last" "$(tail -1 out)" '^OK '
like "tells what was checked" "$(cat out)" '^journal +[0-9]+ records: .*run.json'
for d in artifacts/soak $latest artifacts/soak/runs/*first; do
  status "and $d" 0 "$SOAKTOP" audit "$d"
done
status "--json" 0 "$SOAKTOP" audit --json
if [ -n "$json_tool" ]; then
  ok "parses" parses out
  is "ok" "$(get out .ok)" true
  is "counts the iterations" "$(get out .checked.iterations)" 12
fi
find artifacts -type f -exec sha256sum {} + | sort >after
ok "nothing was changed" cmp before after

status "a rollback after the end" 0 "$SOAKTOP" deltas rollback --last --yes
status "leaves a run in order" 0 "$SOAKTOP" audit
like "with its last line vouched for" "$(cat out)" '^journal .*run.json'
cp -R artifacts whole

# one NAME COMMAND PATTERN: COMMAND changes the copy x, the audit then ends with a fault like PATTERN
one() {
  rm -rf x && cp -R whole x
  (cd x/soak/latest && eval "$2") || exit 99
  status "$1" 5 "$SOAKTOP" audit x
  like "$1: named" "$(tail -1 out)" "^FAULT +$3"
}
one "an altered report" "sed -i 's/\"applied\": true/\"applied\": false/' TUNING_REPORT.json" \
  'record [0-9]+: TUNING_REPORT.json: \$\.iterations\[0\]\.applied: false stands there.*true$'
one "an altered iteration" "sed -i 's/\"net_bps\": 3.5/\"net_bps\": 5.5/' ITER_SUMMARY_8.json" \
  'record [0-9]+: ITER_SUMMARY_8.json: \$\.[a-z.]*net_bps: 5.5 stands'
one "a missing iteration" 'rm ITER_SUMMARY_3.json' 'record [0-9]+: ITER_SUMMARY_3.json: the file is missing'
one "a forged iteration" 'cp ITER_SUMMARY_3.json ITER_SUMMARY_13.json' 'record [0-9]+: ITER_SUMMARY_13.json: no record'
one "an altered verdict" "sed -i s/PASS/WARN/ artifacts/KPI_GATE.json" 'record [0-9]+: artifacts/KPI_GATE.json: \$\.verdict'
one "an altered record" "sed -i '4s/\"utc\":\"2025/\"utc\":\"2024/' journal.jsonl" 'record 5: journal.jsonl: its prev'
one "a cut journal" "sed -i '\$d' journal.jsonl" 'record [0-9]+: journal.jsonl: it is missing'
one "no journal" 'rm journal.jsonl' 'journal.jsonl: the file is missing'
one "no manifest" 'rm run.json' 'record 1: run.json: there is no such file'
one "another run's manifest" "sed -i s/second/third/ run.json" 'record 1: run.json: \$\.run_id'
one "parameters that nobody recorded" 'printf "{\"engine\":{\"tail_age_ms\":555}}" >../runtime_overrides.json' \
  'record [0-9]+: runtime_overrides.json: its hash'
one "a link" 'mv summary.txt ../s && ln -s ../s summary.txt' 'summary.txt: .*symbolic link'

status "a run that was killed" 0 sh -c 'rm -rf x && cp -R whole x && cd x/soak/latest &&
  sed -i "/\"head\"/d;/\"journal\": {/d;/\"records\"/{N;d};s/\"completed\"/\"running\"/" run.json'
status "its last line has only the files" 0 "$SOAKTOP" audit x
like "which is noted" "$(cat out)" '^note .*does not name'

status "the Python pipeline keeps no journal" 2 "$SOAKTOP" audit "$TEST_SRCDIR/tests/data/pipeline"
like "and that is said" "$(cat err)" 'no journal.jsonl.*Python'
status "no run" 2 "$SOAKTOP" audit "$T"
like "is said too" "$(cat err)" 'holds no run'
status "no directory" 2 "$SOAKTOP" audit "$T/none"
done_testing
