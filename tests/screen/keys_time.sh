#!/bin/sh
# [ ] { } p 0 and the arrows in the graphs: which moment is on the screen, live, frozen, replayed.
# The worked example applies in 1, 2, 3, 6 and 7 and starts freezes at 8, 12, 16, 20 and 24.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

screen_start 80x24 "$SOAKTOP" replay "$root"
shows "a replay begins at its end" 'REPLAY  MOCK  it 24/24'
screen_keys '[' '[' '['
shows "[ goes back" 'it 21/24'
screen_keys ']'
shows "] goes on" 'it 22/24'
screen_keys '{'
shows "{ goes to the event before" 'it 20/24'
screen_keys '{' '{' '{' '{'
shows "from event to event" 'it 7/24'
shows "the deltas are those of that iteration" '\[x\] +APPLIED +base_spread_bps +0.135 -> 0.150'
like "and as of that moment" "$(screen_text)" 'it 6 +VERIFIED base_spread_bps'
screen_keys '}'
shows "} goes to the next event" 'it 8/24'
screen_keys 1 h
shows "left in the graphs is the iteration before" 'it 7/24'
screen_keys Right Right
shows "right the one after" 'it 9/24'
screen_keys 0
shows "0 goes to the end" 'it 24/24'
screen_keys '}'
shows "there is no later event" 'no later event'
screen_keys p
shows "p plays a replay from its beginning" 'it [1-9]/24'
screen_keys p
screen_keys q
ends "left" 0

screen_start 80x24 "$SOAKTOP" run --mock --auto-tune --iterations 9 --interval 0 --artifacts "$T/live"
shows "a live run completes" 'run completed, 9 iterations'
screen_keys ']'
shows "] at the newest changes nothing" 'LIVE  MOCK'
screen_keys '{'
shows "{ freezes a live view" 'FROZEN .*it 8/9'
screen_keys '{'
shows "and goes on" 'FROZEN .*it 7/9'
screen_keys a
shows "what decides is not for a frozen view" 'approve: '
screen_keys F5
shows "F5 unfreezes" 'LIVE  MOCK  it 9/9'
screen_keys q
ends "left" 0
done_testing
