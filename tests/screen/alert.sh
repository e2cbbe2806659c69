#!/bin/sh
# Alerts in a real terminal: the command of the user's config.json runs once for a new event, with the
# event in its environment, and keys are answered while it runs; the bell rings.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"

mkdir -p "$XDG_CONFIG_HOME/soaktop"
cat >"$XDG_CONFIG_HOME/soaktop/config.json" <<END
{"alert-proposal": ["visual", "bell", "command"], "alert-verdict": [],
 "alert-command": "env | grep ^SOAKTOP_ >>'$T/told'; echo \$\$ >'$T/hook'; exec sleep 60"}
END
# tmux keeps the bell of a window that is not the current one.
bell_rang() { [ "$(screen_tmux display -p -t screen:0 '#{window_bell_flag}')" = 1 ]; }

screen_start 80x24 "$SOAKTOP" run --exec "$bot" --approve manual --interval 0 --iterations 9 --artifacts "$root"
screen_tmux new-window -t screen 'sleep 1000'
screen_tmux rename-window -t screen:0 soak
alert_text() { screen_tmux capture-pane -p -t screen:0; }
alert_has() { alert_text | grep -Eq -e "$1"; }
told() { screen_report "$1" screen_wait alert_has "$2"; }
told "a proposal waits" 'it 3 waits'
screen_report "the bell rang" screen_wait bell_rang
on_disk "the command was told the event" "$T/told" '^SOAKTOP_EVENT=proposal$'
on_disk "the iteration" "$T/told" '^SOAKTOP_ITERATION=3$'
on_disk "what happened" "$T/told" '^SOAKTOP_TEXT=iteration 3: a proposal of 4 lines waits'
on_disk "and the run" "$T/told" '^SOAKTOP_RUN=.'
on_disk "it runs on" "$T/hook" .
screen_tmux send-keys -t screen:0 '*'
told "keys are answered meanwhile" '[*] \[ \] PROP'
ok "while it still runs" kill -0 "$(cat "$T/hook")"
screen_tmux send-keys -t screen:0 3
told "each of them" '=3 Params|━3 Params'
is "it was run once" "$(grep -c SOAKTOP_EVENT "$T/told")" 1
screen_tmux select-window -t screen:0
screen_keys q
shows "leaving asks" 'LEAVE|STOP'
confirm
ends "left" 0
ok "what still runs goes on by itself" kill -TERM "$(cat "$T/hook")"
done_testing
