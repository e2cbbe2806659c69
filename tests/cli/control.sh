#!/bin/sh
# A soak that runs without a screen is steered and decided from elsewhere, over its control socket.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
latest=artifacts/soak/latest
pid=
end_soak() { [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; }
cleanup_hook=end_soak
wait_for() {
  for _ in $(seq 600); do "$@" >/dev/null 2>&1 && return 0; sleep 0.05; done
  return 1
}
soak() { "$SOAKTOP" status >now 2>now.err && grep -Eq -e "$1" now; }
holds() { soak "the proposal of iteration $1 waits"; }

status "no artifacts: nothing to steer" 2 "$SOAKTOP" pause
"$SOAKTOP" run --mock --headless --approve manual --iterations 4 --interval 0 --run-id far >out 2>err.soak &
pid=$!
ok "a manual soak holds without a screen" wait_for holds 1
is "the socket is its owner's alone" "$(stat -c %a:%F $latest/control.sock)" "600:socket"
status "status --json" 0 "$SOAKTOP" status --json
like "with state and proposal" "$("$SOAKTOP" status --json)" '"approve":"manual".*"pending":1,"pid":'"$pid"',"planned":4,"recorded":0,"run_id":"far","running":true,.*"state":"holding"'
status "a line is staged" 0 "$SOAKTOP" deltas approve impact_cap_ratio max_delta_ratio
like "and named" "$(cat "$T/out")" '^approve impact_cap_ratio: 0.1000 -> 0.0900, now OK'
status "one is edited" 0 "$SOAKTOP" deltas edit tail_age_ms=640 --reason 'later'
status "a value out of bounds" 2 "$SOAKTOP" deltas edit tail_age_ms=9999
like "names the bounds" "$(cat "$T/err")" 'bounds 500 .. 800 ms'
status "one is rejected" 0 "$SOAKTOP" deltas reject base_spread_bps_delta --reason 'too big'
status "a word that is no number" 2 "$SOAKTOP" deltas edit tail_age_ms=high
status "undo as JSON" 0 "$SOAKTOP" deltas undo --json
like "is one object" "$(cat "$T/out")" '^\{"ok":true,"op":"undo","text":"undid: rejected base_spread_bps_delta"\}$'
status "and redo" 0 "$SOAKTOP" deltas redo
status "what waits is listed" 0 "$SOAKTOP" deltas list
like "with its staged lines" "$(sed -n 2p "$T/out")" '^ *1 +OK +DRIVER +impact_cap_ratio +0\.1000 +0\.0900'
like "and edited ones" "$(sed -n 5p "$T/out")" '^ *1 +EDIT +DRIVER +tail_age_ms +600 +640 +later'
like "also as JSON" "$("$SOAKTOP" deltas list --json)" '"iteration":1,.*"name":"tail_age_ms",.*"state":"EDIT"'
status "no line at all" 2 "$SOAKTOP" deltas approve
status "a parameter that is not proposed" 2 "$SOAKTOP" deltas approve risk
status "another iteration's proposal" 2 "$SOAKTOP" deltas approve --all --iteration 7
like "says whose waits" "$(cat "$T/err")" 'is that of iteration 1, not of 7'
status "one is held" 0 "$SOAKTOP" deltas hold max_delta_ratio --until 3
status "and approved after all" 0 "$SOAKTOP" deltas approve max_delta_ratio
status "an override of what no guard blocks" 2 "$SOAKTOP" deltas override max_delta_ratio
status "undo" 0 "$SOAKTOP" deltas undo
status "redo" 0 "$SOAKTOP" deltas redo
status "apply without --yes" 2 "$SOAKTOP" deltas apply
like "shows what would be written" "$(cat "$T/out")" 'EDIT +tail_age_ms +600 -> 640'
like "and what is left out" "$(cat "$T/out")" 'NO +base_spread_bps_delta .* too big'
ok "and writes nothing" holds 1
status "apply --yes" 0 "$SOAKTOP" deltas apply --yes
like "writes" "$(cat "$T/out")" 'applied 3 of 4 lines'
ok "the edit is in the file" grep -q '"tail_age_ms":640' artifacts/soak/runtime_overrides.json
ok "the next proposal waits" wait_for holds 2
like "who decided stands in the journal" "$(grep -c "\"actor\":\"$(id -un)@" $latest/journal.jsonl)" '^([5-9]|1[0-9])'
status "pause" 0 "$SOAKTOP" pause
status "twice" 2 "$SOAKTOP" pause
like "is refused" "$(cat "$T/err")" 'paused already'
status "resume" 0 "$SOAKTOP" resume
status "next" 0 "$SOAKTOP" next
status "stop wants --yes" 2 "$SOAKTOP" stop
status "stop" 0 "$SOAKTOP" stop --yes
ok "a stop that was asked for leaves the proposal to decide" holds 2
status "a decision ends the hold" 0 "$SOAKTOP" deltas apply --yes --reason 'enough'
wait "$pid"; is "the soak ends by itself" $? 0; pid=
ok "its socket goes with it" test ! -e $latest/control.sock
status "nothing runs any more" 2 "$SOAKTOP" pause
like "and that is said" "$(cat "$T/err")" 'no soak runs in artifacts/soak/latest'
status "nor is anything to decide" 2 "$SOAKTOP" deltas approve --all
like "status says how it ended" "$("$SOAKTOP" status)" 'soak/latest: stopped, 2 of 4 recorded.*no process'

# Two decide on the same proposal: one wins, the other is told.
"$SOAKTOP" run --mock --headless --approve manual --iterations 3 --interval 0 >out 2>err.soak &
pid=$!
ok "another soak holds" wait_for holds 1
"$SOAKTOP" deltas approve --all >/dev/null
"$SOAKTOP" deltas apply --yes --iteration 1 >one 2>&1 &
first=$!
"$SOAKTOP" deltas apply --yes --iteration 1 >two 2>&1 &
second=$!
wait $first; a=$?; wait $second; b=$?
is "one wins" "$(printf '%s\n' $a $b | sort | tr '\n' ' ')" "0 2 "
like "the other is told" "$(cat one two)" 'was decided by (operator:)?'"$(id -un)"'@|was decided meanwhile|is that of iteration 2|no proposal waits'
is "it is written once" "$(grep -c '"type":"apply_outcome"' $latest/journal.jsonl)" 1
kill -9 "$pid"; wait "$pid" 2>/dev/null; pid=
ok "a killed soak leaves its socket" test -S $latest/control.sock
status "which holds nobody up" 2 "$SOAKTOP" pause
like "and is no soak" "$(cat "$T/err")" 'no soak runs'
status "nor the next soak" 0 "$SOAKTOP" run --mock --headless --iterations 1 --interval 0

# A path longer than a socket's address may be.
long=$(printf 'x%.0s' $(seq 150))
mkdir "$long"
"$SOAKTOP" run --mock --headless --approve manual --iterations 3 --artifacts "$long/a" >out 2>err.soak &
pid=$!
there() { "$SOAKTOP" status --artifacts "$long/a" | grep -q waits; }
ok "a long path is no obstacle" wait_for there
status "and is steered" 0 "$SOAKTOP" stop --now --yes --artifacts "$long/a"
wait "$pid"; pid=
done_testing
