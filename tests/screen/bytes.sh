#!/bin/sh
# What reaches the terminal: nothing while nothing changes, and else only the cells that differ.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
root=$T/artifacts
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

# written: bytes that the program has written since it was listened to
written() { wc -c <"$T/bytes" | tr -d ' '; }
listen() { : >"$T/bytes"; screen_tmux pipe-pane -t screen "cat >>'$T/bytes'"; }
# settled: until nothing more comes
settled() {
  before=-1 tries=20 # a countdown goes on
  while [ "$(written)" != "$before" ] && [ "$tries" -gt 0 ]; do
    before=$(written) tries=$((tries - 1))
    sleep 0.3
  done
}
# at_most NAME BYTES MOST
at_most() {
  count=$((count + 1))
  if [ "$2" -gt 0 ] && [ "$2" -le "$3" ]; then echo "ok $count - $1"
  else failures=$((failures + 1)); echo "not ok $count - $1"; echo "# $2 bytes, wanted 1 to $3"
  fi
}
# costs NAME KEY MOST SHOWN
costs() {
  settled; from=$(written)
  screen_keys "$2"
  shows "$1" "$4"
  settled
  at_most "$1: bytes" $(($(written) - from)) "$3"
}

screen_start 120x40 "$SOAKTOP" replay "$root"
shows "a replay" 'it 24/24'
listen
settled; from=$(written); sleep 1.5
is "nothing is written while nothing changes" "$(($(written) - from))" 0
screen_keys 3
settled
costs "a step in time" '[' 4000 'it 23/24'
costs "a word in the status line" 'z' 200 'z does nothing here'
costs "the whole screen, drawn anew" 'C-l' 40000 'it 23/24'
settled; from=$(written); sleep 1
is "and then nothing again" "$(($(written) - from))" 0
screen_keys q
ends "left" 0

screen_start 120x40 "$SOAKTOP" run --mock --auto-tune --interval 300 --iterations 24 --artifacts "$T/live"
shows "a run that counts down" 'next 4m5[0-9]s'
listen
settled; from=$(written); sleep 3
at_most "a countdown writes its digits alone" "$(($(written) - from))" 600
kill -TERM "$(screen_pid)"
ends "left" 0
done_testing
