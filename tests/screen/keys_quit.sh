#!/bin/sh
# q, F10 and ^C on a live run ask, and stop the soak and what it started; nothing else leaves.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"

screen_start 80x24 "$SOAKTOP" run --exec "echo \$\$ >'$T/bot.pid'; BOT_SLOW=60 $bot" --auto-tune --iterations 3 --artifacts "$root"
shows "an iteration runs" 'iteration 1 is running'
for key in q F10 C-c; do
  screen_keys $key
  shows "$key asks" 'LEAVE: this dashboard drives the soak'
  sleep 0.45
  screen_keys C-c
  hides "^C is no yes" 'LEAVE'
done
screen_keys q
shows "asked again" 'LEAVE'
screen_keys Y
sleep 0.45
screen_keys Enter
hides "typed ahead and Enter are no yes" 'LEAVE'
shows "the soak goes on" 'iteration 1 is running'
screen_keys q
shows "and again" 'LEAVE'
confirm
ends "Shift-Y stops the soak and leaves" 0
screen_report "the bot's command is gone" screen_wait sh -c "! kill -0 $(cat "$T/bot.pid") 2>/dev/null"
like "run.json says stopped" "$(cat "$root/soak/latest/run.json")" '"state": "stopped"'
like "the journal ends with the stop" "$(tail -1 "$journal")" '"type":"stop"'
done_testing
