#!/bin/sh
# Moving, focus, zoom, help, character sets, redraw, Esc, and ^Z.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

screen_start 80x24 "$SOAKTOP" replay "$root" --at 2
shows "the deltas have the focus" '2 DELTAS'
shows "the first line is selected" '>\[x\] .*min_interval_ms'
screen_keys j
shows "j moves down" '>\[x\] .*replace_rate_per_min'
screen_keys Down k Down Up
shows "arrows and k move" '>\[x\] .*replace_rate_per_min'
screen_keys G
shows "G goes to the last" '>\[x\] .*tail_age_ms'
screen_keys Home
shows "Home to the first" '>\[x\] .*min_interval_ms'
screen_keys End PPage
shows "PgUp a page up" '>\[x\] .*min_interval_ms'
screen_keys C-d
shows "^D half a page down" '>\[x\] .*(base_spread_bps_delta|tail_age_ms)'

for n in 1:KPIS 3:PARAMS 4:GUARDS 5:GATE 6:RUN 7:JOURNAL; do
  screen_keys "${n%%:*}"
  shows "${n%%:*} focuses its panel" "${n%%:*} ${n##*:}"
done
screen_keys Tab
shows "Tab goes round" '1 KPIS'
screen_keys BTab BTab
shows "Shift-Tab goes back" '6 RUN'
screen_keys 2 f f
hides "f gives the panel the whole screen" 'p95 ms'
screen_keys Escape
shows "Esc gives it back" 'p95 ms'
screen_keys Escape Escape Escape
shows "and never leaves" 'REPLAY'

screen_keys '?'
shows "? lists everything" 'HELP: all keys'
shows "with the panel's own help" 'Panel 2 Deltas'
shows "and the letters of the rails" 'Letters of the rails'
screen_keys End
shows "it scrolls" 'leave; while the soak goes on it asks'
screen_keys Escape '?'
screen_type approve
shows "and why one cannot be used" 'now not: a replay is'
screen_keys Escape F1
shows "F1 too" 'HELP: all keys'
screen_keys Escape
hides "Esc closes it only" 'HELP'

shows "lines are drawn" '━2 Deltas'
screen_keys '~'
shows "~ draws with blocks" 'drawing with block characters'
screen_keys '~'
shows "and in ASCII" '=2 Deltas ='
screen_keys '~'
shows "and again with braille" '━2 Deltas'
screen_tmux send-keys -t screen -R
screen_keys C-l
shows "^L draws anew what was wiped" '━2 Deltas'

pid=$(screen_pid)
screen_keys C-z
screen_report "^Z stops the program" screen_wait sh -c "grep -q '^State:.*T' /proc/$pid/status"
kill -CONT "$pid"
screen_keys '['
shows "and it goes on where it was" 'REPLAY .*it 1/24'
screen_keys q
ends "left" 0
done_testing
