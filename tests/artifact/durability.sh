#!/bin/sh
# What reaches the disk, and in which order, seen from the system calls of a run: one write and one
# fdatasync a journal record; the intent is durable before the parameters are renamed into place;
# what can be rebuilt from the journal is renamed but not synced.
. "$TEST_SRCDIR/tests/tap.sh"
# a leak checker cannot work below strace
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
command -v strace >/dev/null || skip_all "no strace"
strace -o "$T/probe" true 2>/dev/null || skip_all "processes may not be traced here"
SOAKTOP_DATADIR="$TEST_SRCDIR/data"; export SOAKTOP_DATADIR

strace -f -y -s 4000 -e trace=write,fsync,fdatasync,renameat,renameat2,rename -o "$T/calls" \
  "$SOAKTOP" run --mock --auto-tune --iterations 8 --headless --artifacts "$T/a" >/dev/null 2>&1
is "the run completes" "$?" 0
records=$(wc -l <"$T/a/soak/latest/journal.jsonl")
calls() { grep -cE "$1" "$T/calls"; }

ok "there are records" test "$records" -gt 8
is "one write a record" "$(calls ' write\([0-9]+<[^>]*/journal\.jsonl>')" "$records"
is "one fdatasync a record" "$(calls ' fdatasync\([0-9]+<[^>]*/journal\.jsonl>')" "$records"
is "no record is written before the one before is durable" "$(awk '
  / write\([0-9]+<[^>]*journal\.jsonl>/ {if (open) print; open = 1}
  / fdatasync\([0-9]+<[^>]*journal\.jsonl>/ {open = 0}' "$T/calls")" ""
is "what can be rebuilt is not synced" \
  "$(grep -E ' f(data)?sync\([0-9]+<[^>]*(ITER_SUMMARY|TUNING_REPORT|KPI_GATE|EDGE_REPORT|summary)' "$T/calls")" ""
is "but renamed into place" "$(calls ' rename(at2?)?\(.*"ITER_SUMMARY_[0-9]+\.json"')" 8
is "every write of the parameters follows its durable intent, itself durable" "$(awk '
  / write\([0-9]+<[^>]*journal\.jsonl>/ {intent = /apply_intent/}
  / fdatasync\([0-9]+<[^>]*journal\.jsonl>/ {durable = intent}
  / write\([0-9]+<[^>]*runtime_overrides/ {synced = 0}
  / fsync\([0-9]+<[^>]*\.runtime_overrides/ {synced = 1}
  / renameat.*"runtime_overrides\.json"/ {
    if (++n > 1 && !durable) print "no intent: " $0
    if (!synced) print "not synced: " $0
    durable = 0; moved = 1
  }
  moved && / fsync\([0-9]+<[^>]*\/soak>/ {moved = 0}
  / write\([0-9]+<[^>]*journal\.jsonl>/ {if (moved) print "directory not synced: " $0}
  END {if (n != 6) print n " renames"}' "$T/calls")" ""
is "nothing temporary stays" "$(find "$T/a" -name '*.tmp')" ""
done_testing
