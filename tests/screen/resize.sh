#!/bin/sh
# A storm of sizes, while the soak runs flat out, leaves a whole picture.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"

screen_start 120x40 "$SOAKTOP" run --mock --auto-tune --iterations 1000 --interval 0 --artifacts "$T/live"
shows "it runs" "LIVE  MOCK"
for size in 80x24 33x9 200x60 5x2 61x17 100x30 40x8 159x20 7x40 120x5 90x28 160x50 59x16 1x1 80x24; do
  screen_size "$size"
done
shows "the last size counts" '\[1 KPIs.*\[7 Journal\]'
shows "it goes on to its end" 'it 1000/1000 .*completed'
before=$(screen_text)
screen_keys C-l
sleep 0.5
is "nothing of other sizes is left: a full repaint changes nothing" "$(screen_text)" "$before"
screen_keys q
ends "q leaves" 0
done_testing
