#!/bin/sh
# What is pasted decides nothing, and neither do bytes that are no character.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
root=$T/artifacts
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

screen_start 80x24 "$SOAKTOP" replay "$root"
shows "it is up" 'it 24/24'
printf 'q[[[q\nYyq' | screen_tmux load-buffer -
screen_tmux paste-buffer -p -t screen
screen_keys '['
shows "a paste is no key: only the one typed after it counts" 'it 23/24'
screen_tmux send-keys -t screen -H ff fe c3 28
screen_keys '['
shows "bytes that are no UTF-8 do no harm" 'it 22/24'
screen_type 'é日'
screen_keys '['
shows "nor do letters that no key is bound to" 'it 21/24'
screen_keys q
ends "left" 0

SCREEN_LANG=C
screen_start 80x24 "$SOAKTOP" replay "$root"
shows "LANG=C is up" 'it 24/24'
screen_tmux send-keys -t screen -H ff c3 a9 e6 97 a5
screen_keys '['
shows "nor bytes beyond ASCII there" 'it 23/24'
screen_keys q
ends "left" 0
done_testing
