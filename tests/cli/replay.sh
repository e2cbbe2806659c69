#!/bin/sh
# replay into a pipe: the run's lines, gaps and all; nothing is changed.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"
cd "$T" || exit 99
latest=artifacts/soak/latest

status "no directory" 2 "$SOAKTOP" replay
status "a directory that is none" 2 "$SOAKTOP" replay "$T/none"
like "it is named" "$(cat err)" 'none'
mkdir empty
status "a directory without a run" 2 "$SOAKTOP" replay empty

status "a run" 0 "$SOAKTOP" run --mock --auto-tune --iterations 5
cp out lines
find artifacts -type f ! -name .lock -exec sha256sum {} + | sort >before
status "replay of the artifact root" 0 "$SOAKTOP" replay artifacts
sed 's/ verified / applied /' out >replayed
ok "shows the lines that the run printed" cmp lines replayed
status "replay of the run directory" 0 "$SOAKTOP" replay $latest
ok "is the same" cmp lines out
status "--at" 0 "$SOAKTOP" replay artifacts --at 3
is "is that one" "$(cat out)" "$(sed -n 3p lines)"
status "--at beyond the end" 2 "$SOAKTOP" replay artifacts --at 6
like "it says how many there are" "$(cat err)" '5 iterations'
status "--plain" 0 "$SOAKTOP" replay artifacts --plain --at 1
like "sentences" "$(cat out)" '^tail_age_ms goes from 600 to 630\.$'
status "--json" 0 "$SOAKTOP" replay artifacts --json
[ -z "$json_tool" ] || ok "--json parses" parses out
find artifacts -type f ! -name .lock -exec sha256sum {} + | sort >after
ok "nothing was changed" cmp before after

mkdir copy && cp $latest/ITER_SUMMARY_*.json copy/
rm copy/ITER_SUMMARY_2.json
head -c 300 $latest/ITER_SUMMARY_4.json >copy/ITER_SUMMARY_4.json
status "a directory with a missing and a torn file, without a journal" 0 "$SOAKTOP" replay copy
is "keeps its 5 places" "$(wc -l <out | tr -d ' ')" 5
like "the missing one is a gap with its name" "$(sed -n 2p out)" 'risk +n/a .* gap: .*ITER_SUMMARY_2'
like "the torn one too" "$(sed -n 4p out)" 'risk +n/a .* gap: .*ITER_SUMMARY_4'
sed 's/"state": "ok"/"error": "\\u001b]0;title\\u0007", "state": "failed"/' $latest/ITER_SUMMARY_1.json \
  >copy/ITER_SUMMARY_1.json
status "text of a file" 0 "$SOAKTOP" replay copy
unlike "cannot move the cursor or set a title" "$(cat out err)" "$(printf '[\033\007]')"
like "it is made visible" "$(sed -n 1p out)" 'failed: \\x1b\]0;title\\x07'
done_testing
