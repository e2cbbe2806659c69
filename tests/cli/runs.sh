#!/bin/sh
# The runs of an artifact root: newest first, whatever of them can be read.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"
cd "$T" || exit 99
status "no artifacts" 2 "$SOAKTOP" runs
status "a directory that is none" 2 "$SOAKTOP" runs "$T/none"
status "an older run" 0 "$SOAKTOP" run --mock --auto-tune --iterations 12 --run-id old
status "a newer run" 0 "$SOAKTOP" run --mock --iterations 5 --run-id new
find artifacts -type f -exec sha256sum {} + | sort >before
status "runs" 0 "$SOAKTOP" runs
is "a heading and two runs" "$(wc -l <out | tr -d ' ')" 3
like "one is the newest run" "$(sed 1d out)" '^new .* 5 .* completed +mock +soak/latest$'
like "one is the older, with its verdict" "$(sed 1d out)" '^old .* PASS +mock +12 .* soak/runs/.*old$'
cp out by_root
for d in artifacts artifacts/soak artifacts/soak/latest artifacts/soak/runs/*old; do
  status "the same from $d" 0 "$SOAKTOP" runs "$d"
  ok "is the same list" cmp out by_root
done
status "--json" 0 "$SOAKTOP" runs --json
if [ -n "$json_tool" ]; then
  ok "parses" parses out
  is "two runs" "$(get out '.runs|length')" 2
fi
mkdir artifacts/soak/runs/broken
echo '{' >artifacts/soak/runs/broken/run.json
status "with one that cannot be read" 0 "$SOAKTOP" runs
like "it is listed with the reason" "$(cat out)" '^broken .* UNREADABLE .*: .*ITER_SUMMARY'
rm -r artifacts/soak/runs/broken
find artifacts -type f -exec sha256sum {} + | sort >after
ok "nothing was changed" cmp before after
status "the Python pipeline's root" 0 "$SOAKTOP" runs "$TEST_SRCDIR/tests/data/pipeline"
like "its run has no id: the directory's name" "$(sed 1d out)" '^latest .* strict +5 +n/a +n/a +unknown +soak/latest$'
done_testing
