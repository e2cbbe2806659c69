#!/bin/sh
# From 200x60 down to 5x2 the dashboard degrades and never crashes or leaves its place.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
root=$T/artifacts
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

screen_start 200x60 "$SOAKTOP" replay "$root"
shows "200x60 has three columns of panels" '1 KPIs.*2 Deltas.*5 Gate'
screen_size 120x40
shows "120x40 has two" '1 KPIs.*4 Guards'
hides "and no third" '1 KPIs.*2 Deltas.*5 Gate'
screen_size 80x24
shows "80x24 has tabs" '\[1 KPIs.*\[2 DELTAS.*\[7 Journal\]'
like "and its last line are the keys" "$(screen_text | tail -n 1)" 'T gate .*\? help'
screen_size 60x16
shows "60x16 still has tabs" '2 D(EL|el).*7 J'
screen_size 59x15
shows "below that, a line a KPI" '^ maker/taker +0.850'
hides "and no rails" '^ kpi '
screen_size 40x8
shows "40x8: the words stay" '^ risk ratio +0.300.*OK'
like "the gate so far too" "$(screen_text)" 'PASS 8/8'
screen_size 39x7
shows "below that one line" '^PASS 8/8 REPLAY MOCK risk .300'
is "really one" "$(screen_text | grep -c .)" 1
screen_size 20x4
shows "20x4" '^PASS 8/8 REPLAY MOCK$'
screen_size 5x2
shows "5x2" '^PASS$'
screen_size 80x24
shows "and back again" '\[2 DELTAS'
screen_keys q
ends "q still leaves" 0

for size in 1x1 2x1 9x3 300x90; do
  screen_start "$size" "$SOAKTOP" replay "$root"
  sleep 0.4
  screen_keys q
  ends "started at $size" 0
done
done_testing
