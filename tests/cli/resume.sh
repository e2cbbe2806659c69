#!/bin/sh
# run --resume: a soak that was killed goes on to the artifacts of one that was not; what cannot go on
# says why in one sentence.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
run() { "$SOAKTOP" run --mock --auto-tune --iterations 12 --interval 0.1 --run-id r "$@"; }
resume() { "$SOAKTOP" run --resume "$@"; }
# plain ROOT: its journal without what a resume adds
plain() {
  grep -v '"run_resumed":true' "$1/soak/latest/journal.jsonl" |
    sed 's/"prev":"[0-9a-f]*"//; s/"seq":[0-9]*//'
}
# files ROOT: hashes of all the others
# but run.json, which names the journal's head
files() { (cd "$1" && find . -type f ! -name journal.jsonl ! -name run.json ! -name .lock | sort | xargs sha256sum); }

status "nothing to resume" 2 resume --artifacts none
like "says so" "$(cat "$T/err")" "nothing to resume: none/soak/latest holds no run"
status "and makes nothing" 1 test -e none

mkdir whole killed
(cd whole && run --artifacts a) >whole.out 2>&1
(cd killed && exec "$SOAKTOP" run --mock --auto-tune --iterations 12 --interval 0.1 --run-id r \
  --artifacts a) >killed.out 2>&1 &
pid=$!
tries=0
until [ -e killed/a/soak/latest/ITER_SUMMARY_4.json ] || [ $tries = 300 ]; do
  tries=$((tries + 1)); sleep 0.05
done
kill -9 $pid
wait $pid 2>"$T/wait"
ok "killed before its end" test ! -e killed/a/soak/latest/ITER_SUMMARY_12.json

cd killed || exit 99
for option in "--profile steady_safe" "--preset maker_bias_uplift_v1" "--set tail_age_ms=700" "--run-id x"; do
  # shellcheck disable=SC2086
  status "$option is refused" 2 resume --artifacts a $option
  like "with a reason" "$(cat "$T/err")" "${option%% *} does not go with --resume: "
done
status "another source is refused" 2 resume --artifacts a --exec "true"
like "both are named" "$(cat "$T/err")" "the run r has the source mock, not exec true"
is "refusals change nothing" "$(grep -c run_resumed a/soak/latest/journal.jsonl)" 0
status "the same source is not" 0 resume --artifacts a --mock
like "it says where it goes on" "$(cat "$T/err")" "run r resumed at iteration [4-9]"
first=$(sed -n 's/.*resumed at iteration \([0-9]*\).*/\1/p' "$T/err")
like "only what is new is a line" "$(head -1 "$T/out")" "^it +$first/12 "
is "one for each" "$(grep -c '^it ' "$T/out")" "$((13 - first))"
status "it has completed" 2 resume --artifacts a
like "says so" "$(cat "$T/err")" "completed its 12 iterations; --iterations with a larger number"
cd ..
is "the same files" "$(files killed/a)" "$(files whole/a)"
is "the same journal" "$(plain killed/a)" "$(plain whole/a)"

cd killed || exit 99
status "fewer iterations than there are" 2 resume --artifacts a --iterations 11
status "more of them" 0 resume --artifacts a --iterations 14
is "go on" "$(grep -c '^it ' "$T/out")" 2
like "the change is on record" "$(tail -4 a/soak/latest/journal.jsonl)" \
  '"changed":\[{"from":"12","name":"iterations","to":"14"}\]'

# a line that a power cut tore, and a stop by an operator
printf '{"actor":' >>a/soak/latest/journal.jsonl
status "a torn line is no obstacle" 0 resume --artifacts a --iterations 15
like "it is told" "$(cat "$T/err")" "a torn last line of 9 bytes was cut off"
sed 's/"risk_ratio":0.[0-9]*/"risk_ratio":0.1/' a/soak/latest/journal.jsonl >altered
cp altered a/soak/latest/journal.jsonl
status "an altered journal is not resumed" 5 resume --artifacts a --iterations 16
like "the record is named, and who says more" "$(cat "$T/err")" "record [0-9]+: .*soaktop audit"
done_testing
