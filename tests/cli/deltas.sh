#!/bin/sh
# deltas list: every proposed line and what became of it. deltas rollback: shown before it is
# written, with the consent that its weight wants; the earlier bytes come back.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"
cd "$T" || exit 99
latest=artifacts/soak/latest
overrides=artifacts/soak/runtime_overrides.json
# hash: of the parameters on disk; state N: after iteration N
hash() { sha256sum $overrides | cut -d' ' -f1; }
state() { sed -n 's/^    "state_hash": "\(.*\)",*$/\1/p' "$latest/ITER_SUMMARY_$1.json"; }

status "deltas of nothing" 2 "$SOAKTOP" deltas
status "rollback of nothing" 2 "$SOAKTOP" deltas rollback --last --yes
status "a run in observe mode" 0 "$SOAKTOP" run --mock --iterations 3
status "deltas list" 0 "$SOAKTOP" deltas list
is "a head and every line: 4 + 4 + 3" "$(wc -l <out | tr -d ' ')" 12
is "all are declined, those of the final iteration blocked" \
  "$(awk 'NR > 1 {print $1 $2}' out | uniq | tr '\n' ' ')" "1DECLINED 2DECLINED 3BLOCKED "
like "the guard is named" "$(sed -n 12p out)" 'late: final iteration'
like "because of the mode" "$(sed -n 2p out)" 'observe'
status "nothing to roll back" 2 "$SOAKTOP" deltas rollback --last --yes

status "a run that applies" 0 "$SOAKTOP" run --mock --auto-tune --iterations 8
status "deltas is deltas list" 0 "$SOAKTOP" deltas
is "the table lines up" "$(awk 'NR == 1 {at = index($0, "parameter"); next}
  substr($0, at - 1, 1) != " " || substr($0, at, 1) == " "' out)" ""
like "the first line" "$(sed -n 2p out)" '^ *1 +(APPLIED|VERIFIED) +DRIVER +impact_cap_ratio +0\.1000 +0\.0900 +auto$'
status "--json" 0 "$SOAKTOP" deltas list --path $latest --json
if [ "$json_tool" ]; then
  is "--json: 4 + 4 + 2 + 2 + 2 lines" "$(get out '.deltas|length')" 14
  is "--json: target" "$(get out '.deltas[3].target')" 630
fi

before=$(hash)
status "rollback: how far?" 2 "$SOAKTOP" deltas rollback --yes
status "rollback: one way only" 2 "$SOAKTOP" deltas rollback --last --to 3 --yes
status "rollback without consent" 2 "$SOAKTOP" deltas rollback --last
like "it shows now -> back" "$(cat out)" '^base_spread_bps +0\.150 -> 0\.135 +bps$'
like "and says what to add" "$(cat err)" 'add --yes'
is "nothing was written" "$(hash)" "$before"
records=$(wc -l <$latest/journal.jsonl)

status "rollback --last" 0 "$SOAKTOP" deltas rollback --last --yes
is "the state before the last apply is back" "$(hash)" "$(state 6)"
is "the journal has intent and outcome" "$(tail -n +$((records + 1)) $latest/journal.jsonl |
  sed 's/.*"type":"\([a-z_]*\)".*/\1/' | tr '\n' ' ')" "rollback_intent rollback_outcome "
like "TUNING_REPORT marks the apply" "$(cat $latest/TUNING_REPORT.json)" '"rolled_back_at": "2'
status "list shows it" 0 "$SOAKTOP" deltas list
is "as rolled back" "$(grep -c 'ROLLED BACK' out)" 2
status "rollback --last again" 0 "$SOAKTOP" deltas rollback --last --yes
is "one further back" "$(hash)" "$(state 5)"

status "three applies at once want more than --yes" 2 "$SOAKTOP" deltas rollback --to 1 --yes
like "it says what" "$(cat err)" '--confirm ROLLBACK --reason TEXT'
status "the word alone is not enough" 2 "$SOAKTOP" deltas rollback --to 1 --confirm ROLLBACK
status "nor another word" 2 "$SOAKTOP" deltas rollback --to 1 --confirm rollback --reason "too slow"
is "nothing was written yet" "$(hash)" "$(state 5)"
status "word and reason" 0 "$SOAKTOP" deltas rollback --to 1 --confirm ROLLBACK --reason "too slow"
like "the first state is back" "$(cat $overrides)" '"impact_cap_ratio":0\.1,"max_delta_ratio":0\.15'
like "the reason is in the journal" "$(tail -2 $latest/journal.jsonl)" '"note":"too slow"'
status "nothing is left to undo" 2 "$SOAKTOP" deltas rollback --last --yes
status "an iteration that is none" 2 "$SOAKTOP" deltas rollback --to 99 --yes

status "another run" 0 "$SOAKTOP" run --mock --auto-tune --iterations 4
status "rollback --param" 0 "$SOAKTOP" deltas rollback --param tail_age_ms --yes
is "one parameter goes back, the others stay" "$(wc -l <out | tr -d ' ')" 4
status "a parameter that is none" 2 "$SOAKTOP" deltas rollback --param nonsense --yes

printf '{"risk":{"impact_cap_ratio":0.11}}' >$overrides
status "somebody else wrote the file" 2 "$SOAKTOP" deltas rollback --last --yes
is "it is not overwritten" "$(cat $overrides)" '{"risk":{"impact_cap_ratio":0.11}}'

"$SOAKTOP" run --exec 'touch up; exec sleep 60' >/dev/null 2>&1 &
pid=$!
end_soak() { kill -9 "$pid" 2>/dev/null; }
cleanup_hook=end_soak
for _ in $(seq 200); do [ -e up ] && break; sleep 0.05; done
status "a running soak is asked itself" 2 "$SOAKTOP" deltas rollback --last --yes
like "it has applied nothing" "$(cat err)" 'no apply left to roll back'
kill -TERM $pid; wait $pid
cleanup_hook=:
done_testing
