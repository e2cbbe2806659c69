#!/bin/sh
# A keys.json of the user in a real terminal: the new key works and is shown, a clash is told, the
# palette is typed.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"
mkdir -p "$XDG_CONFIG_HOME/soaktop"
printf '{"previous-iteration": "F11",\n "help": "h",\n "next-iteration": ["w", "W"]}\n' \
  >"$XDG_CONFIG_HOME/soaktop/keys.json"

screen_start 80x24 "$SOAKTOP" replay "$root" --at 12
shows "the status line tells the clash" '^ keys.json:2: h is bound to help here and to left'
like "and standard error, before the screen was taken" "$(cat "$T/screen.err")" \
  'keys.json:2: h is bound to help here and to left at .*data/keys.json:[0-9]+: help has it'
shows "the footer names the new key of help" ' h help *$'
shows "and of the iterations" 'F11 it'
screen_keys F11
shows "a key bound anew works" 'REPLAY .*it 11/24'
screen_keys W w
shows "so do two keys" 'REPLAY .*it 13/24'
screen_keys '['
shows "the old one does nothing, and says so" '\[ does nothing here; h lists what does'
screen_keys h
shows "help opens by the new key" 'HELP: all keys'
screen_keys Escape
hides "and closes" 'HELP'

screen_keys ':'
shows "the palette opens" 'COMMAND'
screen_type 'it 17'
shows "what is typed stands in it" ':it 17_'
screen_keys Enter
shows "and goes to the iteration" 'REPLAY .*it 17/24'
screen_keys ':'
screen_type 'prev iter'
shows "parts of a name find it, with the key in force" 'F11 +previous-iteration'
screen_keys Enter
shows "and run it" 'REPLAY .*it 16/24'
screen_keys ':'
screen_type 'quti'
screen_keys Enter
shows "what there is not is told with the nearest" 'nothing is called "quti"; did you mean quit\?'
screen_keys BSpace BSpace BSpace
screen_type 'uit'
screen_keys Enter
ends "quit by its name" 0
done_testing
