#!/bin/sh
# What goes to and comes from the terminal beside the picture, as bytes: OSC 52 for the clipboard, the
# mouse, themes typed in the palette, the search and the filter typed in the footer.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

# mouse BUTTON COLUMN ROW: as xterm tells it; 0 the left button, 64 and 65 the wheel. From 1.
mouse() { printf '\033[<%d;%d;%dM\033[<%d;%d;%dm' "$1" "$2" "$3" "$1" "$2" "$3" >"$T/mouse"; feed "$T/mouse"; }
# feed FILE: its bytes, as if they were typed at once
# shellcheck disable=SC2046
feed() { screen_tmux send-keys -t screen -H $(od -An -v -tx1 "$1"); }
# place TEXT: "COLUMN ROW" where it first stands on the screen, from 1; the screen must be ASCII
place() { screen_text | awk -v t="$1" '{c = index($0, t)} c {print c, NR; exit}'; }
# mouse_is NAME WANTED: waits until that is what tmux knows of the program's mouse
flag_is() { [ "$(screen_tmux display -p -t screen '#{mouse_any_flag}#{mouse_sgr_flag}')" = "$1" ]; }
mouse_is() { screen_report "$1" screen_wait flag_is "$2"; }
buffer_is() { [ "$(screen_tmux show-buffer 2>/dev/null)" = "$1" ]; }
copied() { screen_report "$1" screen_wait buffer_is "$2"; }

SCREEN_LANG=C SCREEN_TERM=xterm-256color
screen_start 120x40 "$SOAKTOP" replay "$root" --at 12
screen_tmux set -g set-clipboard on
shows "it is up" 'it 12/24'
mouse_is "the mouse is the program's, told in SGR" 11

# shellcheck disable=SC2046
mouse 0 $(place '730  it 3')
shows "a click focuses the panel" '\+=3 Params'
# shellcheck disable=SC2046
mouse 0 $(place '730  it 3')
screen_keys y
shows "and a click on a row selects it" 'COPY of Params: tail_age_ms'
# shellcheck disable=SC2046
mouse 0 $(place 'Enter  copy the line')
screen_keys Down Up
shows "a click confirms no dialog" 'COPY of Params: tail_age_ms'
screen_keys Enter
shows "Enter copies" 'copied: 730'
copied "to the terminal's clipboard" 730
screen_keys y l
shows "a link is copied" 'copied: soak://'
copied "whole" "$(screen_text | sed -n 's/.*copied: \(soak:[^ ]*\).*/\1/p')"
like "with iteration, panel and row" "$(screen_tmux show-buffer)" '^soak://[^ ]*@12#params:tail_age_ms$'

screen_keys 7 f
shows "the journal's cursor is on the newest line" '>.*iteration 12: PASS'
# shellcheck disable=SC2046
mouse 64 $(place 'iteration 10: PASS')
shows "the wheel moves it by three" '>.*iteration 9: PASS'
# shellcheck disable=SC2046
mouse 65 $(place 'iteration 10: PASS')
shows "and back" '>.*iteration 12: PASS'

screen_keys /
screen_type 'applied by auto: imp'
shows "what is searched for is typed in the footer" 'find: applied by auto: imp_'
shows "and found meanwhile" '>.*applied by auto: impact_cap_ratio 0.0900'
screen_keys Enter
shows "Enter keeps it" '1 rows? hold'
screen_keys Escape '\'
screen_type 'state:appl it<4'
shows "a condition that the panel has no column for is said" 'no column'
screen_keys C-u
screen_type 'applied'
screen_keys Enter
shows "a word filters" '[0-9]+ of [0-9]+ rows'
hides "and hides the rest" 'iteration 4: FAIL,'
screen_keys Escape
shows "Esc takes it off" 'iteration 4: FAIL,'

screen_keys M
shows "M gives the mouse back" "the mouse is the terminal's"
mouse_is "to the terminal" 00
screen_keys M
mouse_is "and takes it again" 11

screen_keys ':'
screen_type 'theme nosuch'
screen_keys Enter
shows "a theme that there is not is said, and can be typed anew" 'no theme "nosuch"'
screen_keys C-u
screen_type 'theme light'
screen_keys Enter
shows "one that there is takes effect" 'theme is light'
screen_keys q
ends "left" 0
flags=$(screen_tmux display -p -t screen '#{mouse_any_flag}#{mouse_sgr_flag}')
is "the mouse is the terminal's again" "$flags" 00
on_disk "the theme is remembered" "$XDG_STATE_HOME/soaktop/state.json" '"theme": *"light"'
done_testing
