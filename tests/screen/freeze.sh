#!/bin/sh
# A frozen view stands still and says so, for how long and what is new; collecting goes on.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"

screen_start 100x30 "$SOAKTOP" run --mock --auto-tune --iterations 1000 --interval 1 --artifacts "$T/live"
shows "it runs" 'LIVE  MOCK  it [3-9]/1000'
screen_keys p
shows "p freezes" 'FROZEN [0-9]+s \+[0-9]+ new  MOCK'
frozen=$(screen_text | sed -n 's/.*it \([0-9]*\)\/1000.*/\1/p')
shows "collecting goes on" 'FROZEN [0-9]+s \+[2-9] new'
like "the view stands still" "$(screen_text)" "it $frozen/1000"
screen_keys '['
shows "[ goes back one iteration" "it $((frozen - 1))/1000"
screen_keys 0
shows "0 is live again" 'LIVE  MOCK'
hides "nothing of the frozen view is left" 'FROZEN'
screen_keys '['
shows "looking back freezes as well" 'FROZEN'
screen_keys p
shows "p again is live" 'LIVE  MOCK'
kill -TERM "$(screen_pid)"
ends "left" 0
done_testing
