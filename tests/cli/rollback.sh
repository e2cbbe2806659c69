#!/bin/sh
# deltas rollback on a soak that runs, over its control socket: the same levels as without one, and
# the soak itself wants them.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
file=artifacts/soak/runtime_overrides.json
back() { "$SOAKTOP" deltas rollback "$@"; }

"$SOAKTOP" run --headless --mock --auto-tune --interval 600 --iterations 20 >run.out 2>&1 &
pid=$!
i=0
until [ -S artifacts/soak/latest/control.sock ] || [ $i -gt 200 ]; do i=$((i + 1)); sleep 0.05; done
recorded() { [ -e "artifacts/soak/latest/ITER_SUMMARY_$1.json" ]; }
for n in 2 3 4; do
  i=0; until recorded $((n - 1)) || [ $i -gt 200 ]; do i=$((i + 1)); sleep 0.05; done
  "$SOAKTOP" next >/dev/null 2>&1
done
i=0; until recorded 4 || [ $i -gt 200 ]; do i=$((i + 1)); sleep 0.05; done
before=$(cat $file)

status "without --yes nothing is written" 2 back --last
like "it shows now and back" "$(cat out)" 'tail_age_ms +730 -> 700'
is "and that is so" "$(cat $file)" "$before"
status "--last --yes" 0 back --last --yes
like "the soak did it" "$(cat out)" 'rolled back: .*tail_age_ms 730 -> 700'
status "--redo" 0 back --redo --yes
is "puts back the very bytes" "$(cat $file)" "$before"
status "past two applies --yes is not enough" 2 back --to 1 --yes
is "nothing was written" "$(cat $file)" "$before"
status "nor is another word" 2 back --to 1 --confirm YES --reason because
status "an apply alone" 0 back --apply 2 --yes
like "keeps what came later" "$(cat $file)" '"tail_age_ms":730'
like "and takes the rest back" "$(cat $file)" '"min_interval_ms":60'
status "redo" 0 back --redo --yes
status "with --also it goes back too" 0 back --apply 2 --also tail_age_ms --yes
like "to what it was before" "$(cat $file)" '"tail_age_ms":630'
status "redo again" 0 back --redo --yes
status "the word and a reason" 0 back --to 1 --confirm ROLLBACK --reason 'to the start'
like "the first state is in force" "$(cat $file)" '"tail_age_ms":600'
like "the reason is in the journal" "$(grep rollback_intent artifacts/soak/latest/journal.jsonl | tail -1)" 'to the start'
kill "$pid"; wait "$pid" 2>/dev/null
status "where none runs --redo is the same" 0 back --redo --yes --confirm ROLLBACK --reason again
is "byte for byte" "$(cat $file)" "$before"
done_testing
