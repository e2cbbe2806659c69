#!/bin/sh
# The dashboard comes up, is left by q, and gives the terminal back; what a mock and a replay look
# like; what cannot be started says why.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
root=$T/artifacts
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"

screen_start 80x24 "$SOAKTOP" replay "$root"
shows "a replay says so, and that it is a mock's" "REPLAY  MOCK  it 24/24"
text=$(screen_text)
like "it is read-only" "$text" '\[RO\]'
like "the rails stand below the header" "$text" '^ kpi +F +F +F +F +W +P'
like "the events too" "$text" '^ event +A +A +A +- +- +A +A +Z'
like "the KPIs have limits and words" "$text" 'maker/taker +0.850 .*>= 0.500 +OK'
like "the gate so far is that of ENGINE's worked example" "$text" 'gate PASS 8/8'
screen_keys q
ends "q leaves a replay" 0

screen_start 100x30 "$SOAKTOP" replay "$root" --at 3
shows "--at opens that iteration" "it 3/24"
screen_keys q
ends "and leaves" 0

screen_start 80x24 "$SOAKTOP" run --mock --auto-tune --iterations 3 --interval 0 --artifacts "$T/live"
shows "a live mock never looks like a live run" "LIVE  MOCK"
shows "it completes" "completed"
like "it is read-write while it runs, and says which decisions it takes" "$(screen_text)" 'auto'
screen_keys q
shows "a finished run is left without a question" '^$' || :
ends "q leaves it" 0
like "the run completed" "$(cat "$T/live/soak/latest/run.json")" '"state": "completed"'

# Curses leaks when it refuses a TERM; that is not what is tried here.
SCREEN_TERM=no-such-terminal SCREEN_ENV=ASAN_OPTIONS=detect_leaks=0
screen_start 80x24 "$SOAKTOP" replay "$root"
ends "an unknown TERM is refused" 2
like "and named" "$(cat "$T/screen.err")" 'TERM=no-such-terminal'
done_testing
