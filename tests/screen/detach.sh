#!/bin/sh
# The dashboard of run: q detaches or stops; closing the terminal, SIGHUP or the end of the job's own
# process leave the soak running, and it can be attached to again. Job control works as ever.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
cd "$T" || exit 99
mkdir -p config/soaktop
SCREEN_ENV="SOAKTOP_DATADIR=$SOAKTOP_DATADIR XDG_CONFIG_HOME=$T/config XDG_STATE_HOME=$T/state"
root=$T/artifacts
end_all() { "$SOAKTOP" stop --now --yes --artifacts "$root" >/dev/null 2>&1; screen_end; }
cleanup_hook=end_all
says() { "$SOAKTOP" status --artifacts "$root" 2>&1 | grep -Eq -e "$1"; }
runs() { screen_report "$1" screen_wait says "$2"; }
stop() {
  status "$1" 0 "$SOAKTOP" stop --now --yes --artifacts "$root"
  runs "and it is over" 'stopped.*no process'
}
manual() {
  screen_start 100x30 "$SOAKTOP" run --mock --approve manual --iterations 6 --interval 0 --artifacts "$root"
  shows "$1: a proposal waits" 'it 1 waits for you'
  soak=$(screen_soak)
}
alive() { kill -0 "$1" 2>/dev/null; }
gone() { ! alive "$1"; }

manual "detach"
screen_keys 2 a
shows "a line is staged" 'OK +impact_cap_ratio'
screen_keys q
shows "q asks" 'Shift-D detaches: the soak goes on'
shows "says how to come back" "soaktop attach $root"
shows "and what a stop does" 'Shift-Y stops: the soak ends now'
sleep 0.45
screen_keys d
screen_keys Enter
hides "only the capital letter is a yes" 'LEAVE'
screen_keys q
shows "asked again" 'LEAVE'
sleep 0.45
screen_keys D
ends "Shift-D leaves" 0
like "and says where the soak is" "$(cat "$T/screen.err")" "detached: the soak goes on as pid $soak; back to it: soaktop attach $root"
ok "it goes on" says "holding.*pid $soak"
is "in a session of its own" "$(ps -o sid= -p "$soak" | tr -d ' ')" "$soak"
is "without the terminal" "$(readlink "/proc/$soak/fd/0" "/proc/$soak/fd/1" "/proc/$soak/fd/2" | sort -u)" /dev/null
screen_start 80x24 "$SOAKTOP" attach "$root"
shows "it is attached to again, what was staged is staged" 'OK +impact_cap_ratio'
screen_keys A
shows "and written" 'level 1'
sleep 0.45
screen_keys Y
shows "the soak goes on" 'it 2/6'
screen_keys q
shows "q asks here too" 'LEAVE'
sleep 0.45
screen_keys Y
ends "Shift-Y stops the soak from here" 0
runs "it is stopped" 'stopped.*no process'
ok "its process has ended" screen_wait gone "$soak"

manual "SIGHUP"
kill -HUP "$(screen_pid)"
ends "the terminal is given back" 0
ok "the soak goes on" says "holding.*pid $soak"
kill -HUP "$soak"; sleep 0.3
ok "another SIGHUP is nothing to it" says "holding.*pid $soak"
kill -TERM "$soak"
ok "SIGTERM ends it" screen_wait gone "$soak"
runs "cleanly" 'stopped.*no process'

manual "the terminal goes away"
screen_tmux kill-window -t screen
ok "the job has ended" screen_wait gone "$(screen_pid)"
ok "the soak goes on" says "holding.*pid $soak"
screen_start 80x24 "$SOAKTOP" attach "$root"
shows "and is attached to again" 'it 1 waits for you'
"$SOAKTOP" deltas apply --yes --artifacts "$root" >/dev/null
shows "it decides" 'it 2/6'
kill -KILL "$(screen_pid)"
ok "a dashboard that is killed harms nobody" says "holding.*pid $soak"
stop "it is stopped"

manual "the job's process is killed"
kill -KILL "$(screen_pid)"
left() { screen_left && alive "$soak"; }
ok "the soak outlives it" screen_wait left
runs "and can be steered" "holding.*pid $soak"
stop "it is stopped"

manual "the soak is killed"
kill -KILL "$soak"
screen_report "its job ends as it did" screen_wait screen_left
is "of the same signal" "$(cat "$T/screen.exit")" 137
cmp -s "$T/stty.before" "$T/stty.after"; is "the terminal's modes are as before" $? 0

manual "^Z"
screen_keys C-z
both_stopped() { case $(ps -o stat= -p "$(screen_pid)") in T*) ;; *) return 1 ;; esac; case $(ps -o stat= -p "$soak") in T*) ;; *) return 1 ;; esac; }
screen_report "stops job and soak" screen_wait both_stopped
kill -CONT "$(screen_pid)"
shows "and both go on" 'it 1 waits for you'
screen_keys 2 a
shows "keys are heard" 'OK +impact_cap_ratio'

# One writer: another run on the same root looks on, and says whose the root is.
status "without a terminal it is refused" 4 "$SOAKTOP" run --mock --artifacts "$root"
like "with who writes" "$(cat "$T/err")" "is written by pid $soak on .* since .*soaktop watch .*soaktop attach"
screen_tmux new-window -d -n other "env TERM=tmux-256color LC_ALL=C.UTF-8 $SCREEN_ENV '$SOAKTOP' run --mock --artifacts '$root'; echo \$? >'$T/other.exit'; sleep 100"
other_has() { screen_tmux capture-pane -p -t other | grep -Eq -e "$1"; }
screen_report "on a terminal it is looked at, read-only" screen_wait other_has 'WATCH.*\[RO\]'
screen_report "the status line says whose it is" screen_wait other_has "pid $soak on .* since"
screen_tmux send-keys -t other 2 a
screen_tmux send-keys -t other '!'
screen_report "! says why it stays so" screen_wait other_has "readonly: pid $soak on"
screen_tmux send-keys -t other q
other_left() { [ -s "$T/other.exit" ]; }
ok "it leaves" screen_wait other_left
is "as one that ran nothing" "$(cat "$T/other.exit")" 4
shows "the first one never noticed" 'OK +impact_cap_ratio'
kill -TERM "$(screen_pid)"
ends "SIGTERM ends the soak and its job" 0
runs "cleanly" 'stopped.*no process'
done_testing
