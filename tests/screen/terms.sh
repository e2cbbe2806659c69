#!/bin/sh
# Every terminal of the list, with and without UTF-8 and colours.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
root=$T/artifacts
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

# Escape sequences of the screen as it is.
attributes() { screen_tmux capture-pane -e -p -t screen; }
esc=$(printf '\033')

for SCREEN_TERM in xterm-256color tmux-256color linux vt100; do
  screen_start 80x24 "$SOAKTOP" replay "$root"
  shows "$SCREEN_TERM comes up" 'REPLAY  MOCK'
  like "$SCREEN_TERM draws lines" "$(screen_text)" '─1 KPIs'
  screen_keys q
  ends "$SCREEN_TERM is left" 0
done

SCREEN_TERM=xterm-256color
screen_start 80x24 "$SOAKTOP" replay "$root"
shows "256 colours" 'REPLAY'
like "FAIL is vermilion" "$(attributes)" "$esc\[[0-9;]*38;5;166"
screen_keys q
ends "left" 0

SCREEN_TERM=linux
screen_start 80x24 "$SOAKTOP" replay "$root"
shows "8 colours" 'REPLAY'
attributes >"$T/linux"
like "FAIL is magenta" "$(cat "$T/linux")" "$esc\[[0-9;]*35"
unlike "the console gets no braille" "$(cat "$T/linux")" '[⠁-⣿]'
screen_keys q
ends "left" 0

SCREEN_ENV=NO_COLOR=1 SCREEN_TERM=xterm-256color
screen_start 80x24 "$SOAKTOP" replay "$root"
shows "NO_COLOR" 'REPLAY'
attributes >"$T/plain"
unlike "no colour at all" "$(cat "$T/plain")" "$esc\[[0-9;]*(3[0-8]|4[0-8]|9[0-7])[;m]"
like "FAIL is reversed" "$(cat "$T/plain")" "$esc\[[0-9;]*7m *F"
screen_keys q
ends "left" 0

SCREEN_ENV='' SCREEN_LANG=C
screen_start 120x40 "$SOAKTOP" replay "$root"
shows "LANG=C" 'REPLAY'
is "nothing but ASCII" "$(screen_text | LC_ALL=C grep -c '[^ -~]')" 0
like "frames are drawn" "$(screen_text)" '^\+-1 KPIs'
like "the focused one differs without colour" "$(screen_text)" '^\+=2 Deltas'
screen_keys q
ends "left" 0
done_testing
