#!/bin/sh
# A soak that runs headless, with two dashboards attached: what is decided in one is seen in the other,
# of two who apply one wins and the other is told by whom, and no end of the connection is silent.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
cd "$T" || exit 99
pid=
end_all() { [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; screen_end; }
cleanup_hook=end_all
waits() { "$SOAKTOP" status | grep -q "iteration $1 waits"; }
mkdir -p config/soaktop
with="SOAKTOP_DATADIR=$SOAKTOP_DATADIR XDG_CONFIG_HOME=$T/config XDG_STATE_HOME=$T/state"

# The second one, in a window of its own; the first is screen.sh's.
other_start() {
  screen_tmux new-window -d -n other "env TERM=tmux-256color LC_ALL=C.UTF-8 $with '$SOAKTOP' attach '$T/artifacts'; echo \$? >'$T/other.exit'; sleep 100"
}
other_keys() { screen_tmux send-keys -t other "$@"; }
other_has() { screen_tmux capture-pane -p -t other | grep -Eq -e "$1"; }
other_shows() { screen_report "$1" screen_wait other_has "$2"; }

status "attach wants a terminal" 2 "$SOAKTOP" attach
like "and says what works without one" "$(cat "$T/err")" 'soaktop status, watch and deltas'
"$SOAKTOP" run --mock --headless --iterations 1 >/dev/null 2>&1
SCREEN_ENV=$with
screen_start 80x24 "$SOAKTOP" attach artifacts
ends "nothing to attach to" 2
like "names what there is instead" "$(cat "$T/screen.err")" 'soaktop watch .*soaktop replay .*run --resume'

"$SOAKTOP" run --mock --headless --approve manual --approve-timeout 1000 --iterations 5 --interval 0 >out 2>err &
pid=$!
ok "a soak holds without a screen" screen_wait waits 1
screen_start 120x40 "$SOAKTOP" attach artifacts
shows "it is attached to, with all keys" 'LIVE.*\[RW\]'
shows "the proposal waits, with its lines" 'PROP +impact_cap_ratio'
shows "and until when" 'decide in 16m'
other_start
other_shows "another one too" 'PROP +tail_age_ms'
screen_keys 2 g
screen_keys a
shows "a line is staged in one" 'OK +impact_cap_ratio'
other_shows "and seen in the other" 'OK +impact_cap_ratio'
other_shows "with who did it" "approve impact_cap_ratio by $(id -un)@.*:pts/"
other_keys u
other_shows "the other takes it back" 'PROP +impact_cap_ratio'
shows "and the first is told" "undo impact_cap_ratio by $(id -un)@.*:pts/|PROP +impact_cap_ratio"
screen_keys a
other_shows "again" 'OK +max_delta_ratio|OK +impact_cap_ratio'
screen_keys A
other_keys A
shows "one is asked" 'APPLY'
other_shows "the other is asked" 'level 1'
sleep 0.45
screen_keys Y
other_keys Y
told() {
  { screen_text; screen_tmux capture-pane -p -t other; } | grep -Eq "iteration 1 was decided by $(id -un)@|decided meanwhile|changed meanwhile|no proposal waits|is gone"
}
screen_report "one wins, the other is told" screen_wait told
is "it is written once" "$(grep -c '"type":"apply_outcome"' artifacts/soak/latest/journal.jsonl)" 1
like "by one who is named with his terminal" "$(grep '"type":"apply_intent"' artifacts/soak/latest/journal.jsonl)" "\"actor\":\"operator:$(id -un)@[^\"]*:pts/[0-9]+\""
ok "the next proposal waits" screen_wait waits 2
screen_keys Escape
other_keys Escape

screen_keys q
shows "q asks: detach or stop" 'LEAVE: the soak runs in another process'
shows "and says how to come back" "soaktop attach $T/artifacts"
sleep 0.45
screen_keys Enter
hides "Enter stays" 'LEAVE'
screen_keys q
shows "asked again" 'LEAVE'
sleep 0.45
screen_keys D
ends "Shift-D detaches" 0
like "and says how to come back" "$(cat "$T/screen.err")" "detached: the soak goes on as pid $pid; back to it: soaktop attach"
ok "the soak waits on" waits 2

screen_tmux kill-window -t other
ok "a dashboard whose terminal is gone harms nobody" waits 2
screen_start 80x24 "$SOAKTOP" attach --readonly artifacts
shows "read-only" '\[RO\]'
screen_keys 2 a
shows "no key decides" 'approve: started with --readonly'
screen_keys q
ends "and it leaves without a question" 0
ok "the soak goes on" waits 2

screen_start 80x24 "$SOAKTOP" attach artifacts
shows "once more" 'it 2 waits for you|decide in'
kill -9 "$pid"; wait "$pid" 2>/dev/null; pid=
shows "a killed soak is told" 'NOT CONNECTED, read-only'
screen_keys 2 a
shows "nothing can be decided" 'approve: the soak is not connected any more'
shows "what it left is shown on" 'WATCH.*\[RO\]'
screen_keys q
ends "it leaves" 0
done_testing
