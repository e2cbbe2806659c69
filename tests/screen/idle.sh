#!/bin/sh
# When nothing changes the dashboard sleeps: not a single wake-up. A countdown wakes it once a second.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
[ -r "/proc/$$/task/$$/status" ] || skip_all "no /proc"
root=$T/artifacts
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

# Times that the program's threads went to sleep: as often as they woke up.
sleeps() { cat "/proc/$(screen_soak)"/task/*/status | awk '/^voluntary/ {n += $2} END {print n}'; }
# within NAME SECONDS MOST
within() {
  before=$(sleeps); sleep "$2"; after=$(sleeps)
  count=$((count + 1))
  if [ $((after - before)) -le "$3" ]; then echo "ok $count - $1"
  else failures=$((failures + 1)); echo "not ok $count - $1"; echo "# $((after - before)) wake-ups in $2 s, at most $3"
  fi
}

screen_start 120x40 "$SOAKTOP" replay "$root"
shows "a replay" 'it 24/24'
sleep 1
within "does not wake in three seconds" 3 0
screen_keys '['
shows "but hears a key" 'it 23/24'
sleep 0.5
within "and sleeps again" 2 0
screen_keys q
ends "left" 0

screen_start 120x40 "$SOAKTOP" run --mock --auto-tune --interval 300 --iterations 24 --artifacts "$T/live"
shows "a live run that counts down" 'next [0-9]m[0-9]+s'
sleep 1
within "wakes once a second" 4 5
kill -TERM "$(screen_pid)"
ends "left" 0

screen_start 120x40 "$SOAKTOP" run --mock --auto-tune --interval 0 --iterations 3 --artifacts "$T/done"
shows "a run that is through" 'completed'
sleep 4 # until what its end lit up has gone out
within "sleeps for good" 3 0
screen_keys q
ends "left" 0
done_testing
