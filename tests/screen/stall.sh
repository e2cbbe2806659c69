#!/bin/sh
# A terminal that stands still (a stalled connection) holds neither the soak nor its stop.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"

iterations() { ls "$T/live/soak/latest" 2>/dev/null | grep -c '^ITER_SUMMARY_'; }
more_than() { [ "$(iterations)" -gt "$1" ]; }
start() {
  rm -rf "$T/live"
  screen_start 200x60 "$SOAKTOP" run --mock --auto-tune --iterations 100000 --interval 0 --artifacts "$T/live"
  shows "$1: it runs" 'it [0-9]{2,}/100000'
  pid=$(screen_pid)
  server=$(screen_tmux display -p -t screen '#{pid}')
}
# Nobody reads the terminal: what is written stands still once its buffer is full.
stall() {
  kill -STOP "$server"
  sleep 3
}
gone() { ! kill -0 "$pid" 2>/dev/null; }

start "a stall"
stall
at=$(iterations)
ok "the soak goes on" screen_wait more_than $((at + 50))
kill -CONT "$server"
shows "the screen catches up" "it [0-9]{3,}/100000"
screen_keys p
shows "and hears keys" 'FROZEN'
kill -TERM "$pid"
ends "it ends as ever" 0

start "a stop meanwhile"
stall
kill -TERM "$pid"
# The job's shell cannot say so: it waits for the same terminal.
stopped() { gone || grep -q '"state": "stopped"' "$T/live/soak/latest/run.json"; }
ok "SIGTERM ends the run" screen_wait stopped
kill -CONT "$server"
ends "and the program" 0
done_testing
