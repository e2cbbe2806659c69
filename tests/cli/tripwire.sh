#!/bin/sh
# A tripwire: watched after an apply, without a screen. It asks, or rolls back by itself; it is set,
# dismissed and followed over the socket. The mock's risk is 0.17, 0.33, 0.68, 0.564 ...
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
latest=artifacts/soak/latest
pid=
end_soak() { [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; }
cleanup_hook=end_soak
wait_for() {
  for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return 0; sleep 0.05; done
  return 1
}
holds() { "$SOAKTOP" status >now 2>&1 && grep -q "the proposal of iteration $1 waits" now; }
ops() { sed -n 's/.*"op":"\([a-z]*\)".*"type":"tripwire".*/\1/p' $latest/journal.jsonl | uniq | tr '\n' ' '; }
rollbacks() { grep -c '"type":"rollback_outcome"' $latest/journal.jsonl; }

status "a condition that cannot be read" 2 "$SOAKTOP" run --mock --tripwire 'risk is high'
like "is refused by its word" "$(cat err)" '--tripwire "risk is high": risk wants > >= < or <='
ok "and nothing was made" test ! -e artifacts
status "an automatic run whose wires ask" 0 "$SOAKTOP" run --mock --auto-tune --iterations 3 --tripwire 'risk > .3 for 2'
like "it is said in the lines" "$(cat err)" 'tripwire risk > 0.3 for 2 of the apply of iteration 1 fired: risk 0.330, 0.680 in iterations 2, 3; the rollback of that apply waits'
is "and journalled" "$(ops)" "set fired "
is "nothing is rolled back" "$(rollbacks)" 0
status "one whose wires roll back" 0 "$SOAKTOP" run --mock --auto-tune --iterations 3 --tripwire 'risk > .3 for 2' --tripwire-rollback
is "does it at once" "$(rollbacks)" 1
is "fired and ended" "$(ops)" "set fired ended "
like "by the name of tripwire" "$(grep rollback_intent $latest/journal.jsonl)" '"actor":"tripwire".*"note":"risk > 0.3 for 2 fired at iteration 3"'
like "run.json names it" "$(cat $latest/run.json)" '"tripwire_rollback": true'
status "the sentences tell it" 0 "$SOAKTOP" run --mock --auto-tune --iterations 3 --tripwire 'risk > .3 for 2' --tripwire-rollback --plain
like "as sentences" "$(cat out)" '^Tripwire risk > 0.3 for 2 of the apply of iteration 1 fired: .*that apply is rolled back\.$'

"$SOAKTOP" run --mock --headless --approve manual --iterations 6 --interval 0 >out.soak 2>err.soak &
pid=$!
ok "a manual soak holds" wait_for holds 1
"$SOAKTOP" deltas approve --all >/dev/null
status "a faulty condition" 2 "$SOAKTOP" deltas apply --yes --tripwire 'risk > high'
like "is refused" "$(cat err)" 'wants a number, not "high"'
status "shown first" 2 "$SOAKTOP" deltas apply --tripwire 'risk > .3'
like "in its whole form" "$(cat out)" '^tripwire: risk > 0.3 for 1 until 8$'
status "an apply with a wire" 0 "$SOAKTOP" deltas apply --yes --tripwire 'risk > .3'
ok "the next proposal waits" wait_for holds 2
"$SOAKTOP" deltas approve --all >/dev/null
status "one without" 0 "$SOAKTOP" deltas apply --yes
ok "and the next" wait_for holds 3
like "the wire has fired" "$(cat err.soak)" 'tripwire risk > 0.3 for 1 of the apply of iteration 1 fired: risk 0.330 in iteration 2; the rollback'
status "which wire?" 2 "$SOAKTOP" deltas dismiss
status "one that did not fire" 2 "$SOAKTOP" deltas dismiss --apply 2
like "is told" "$(cat err)" 'no tripwire of an apply of iteration 2 asks'
status "dismissed" 0 "$SOAKTOP" deltas dismiss --apply 1 --reason 'a spike'
like "with actor and reason" "$(grep dismissed $latest/journal.jsonl)" "\"actor\":\"$(id -un)@.*\"note\":\"a spike\""
status "only once" 2 "$SOAKTOP" deltas dismiss --apply 1
status "stop" 0 "$SOAKTOP" stop --now --yes
wait "$pid"; pid=
done_testing
