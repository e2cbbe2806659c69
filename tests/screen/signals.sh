#!/bin/sh
# However the dashboard ends, the terminal is given back and the files are in order.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"

live() {
  rm -rf "$T/live"
  screen_start 80x24 "$SOAKTOP" run --mock --auto-tune --iterations 1000 --interval 1 --artifacts "$T/live"
  shows "$1: it runs" 'it [2-9]/1000'
}
in_order() {
  like "$1: the run is recorded as stopped" "$(cat "$T/live/soak/latest/run.json")" '"state": "stopped"'
  like "$1: TUNING_REPORT is whole" "$(tail -c 3 "$T/live/soak/latest/TUNING_REPORT.json")" '}'
  status "$1: what it left can be read" 0 "$SOAKTOP" replay "$T/live" --headless
}

for signal in INT TERM QUIT; do
  live "SIG$signal"
  kill -"$signal" "$(screen_pid)"
  ends "SIG$signal ends it" 0
  in_order "SIG$signal"
done

live "^Z"
screen_tmux send-keys -t screen C-z
stopped() { case $(ps -o stat= -p "$(screen_pid)") in T*) ;; *) return 1 ;; esac; }
screen_report "^Z stops it" screen_wait stopped
is "the terminal is as it was meanwhile" "$(screen_tmux display -p -t screen '#{alternate_on}#{cursor_flag}')" 01
kill -CONT "$(screen_pid)"
shows "it comes back whole" '\[2 DELTAS'
kill -TSTP "$(screen_pid)"
screen_report "SIGTSTP does the same" screen_wait stopped
kill -CONT "$(screen_pid)"
shows "and comes back again" '\[2 DELTAS'
tty=$(screen_tmux display -p -t screen '#{pane_tty}')
kill -STOP "$(screen_pid)"
stty sane <"$tty"
kill -CONT "$(screen_pid)"
shows "SIGSTOP does no harm" 'LIVE  MOCK'
screen_keys p
shows "a terminal that a shell changed meanwhile is taken back" 'FROZEN'
screen_keys p
kill -TERM "$(screen_pid)"
ends "it ends after all that" 0

# Sanitizers catch faults themselves.
if ! grep -Eq "__[at]san_init" "$SOAKTOP"; then
  live "a fault"
  kill -SEGV "$(screen_soak)"
  ends "a fault gives the terminal back too" 139
fi
done_testing
