#!/bin/sh
# T with m, s and x, and t: gates beside the soak, their answer on the screen and on disk.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"
run=$root/soak/latest

screen_start 100x40 "$SOAKTOP" run --mock --auto-tune --interval 0 --iterations 24 --artifacts "$root"
shows "the run completes" 'run completed, 24 iterations'
screen_keys t
shows "there is no report yet" 'no gate has left a report'
screen_keys T
shows "T shows the limits first" 'risk ratio <= 0.42, maker/taker >= 0.85'
screen_keys x
shows "no gate can be stopped" 'no gate is running'
screen_keys m
shows "m runs the mock gate" 'mock gate: PASS'
on_disk "its snapshot is there" "$run/POST_SOAK_SNAPSHOT.json" '"thresholds":"mock".*"verdict":"PASS"'
on_disk "it is journalled" "$journal" '"type":"gate"'
screen_keys 5 f f
shows "the panel tells that it was a mock gate" 'last gate: MOCK'
screen_keys F7 s
shows "s asks first" 'STRICT GATE'
sleep 0.45
screen_keys Enter
hides "Enter is no" 'STRICT GATE'
like "nothing ran" "$(cat "$run/POST_SOAK_SNAPSHOT.json")" '"thresholds":"mock"'
screen_keys T s
shows "asked again" 'STRICT GATE'
confirm
shows "Shift-Y runs it" 'strict gate: PASS'
on_disk "with the strict thresholds" "$run/POST_SOAK_SNAPSHOT.json" '"thresholds":"strict"'
shows "every check has value, limit and verdict" 'PASS risk ratio, mean of last 8 +0.300 +<= 0.42'
like "also full_apply_ratio" "$(screen_text)" 'PASS full_apply_ratio +1.000.* >= 0.95'
like "a mock is never promotable" "$(screen_text)" 'promotable: no'
screen_keys t
shows "t opens the audit" '# Post-soak audit: PASS'
screen_keys Tab
shows "Tab the next report" 'RECOMMENDATIONS.md'
screen_keys Escape
hides "Esc closes it" 'RECOMMENDATIONS'
screen_keys q
ends "left" 0

screen_start 80x24 "$SOAKTOP" run --exec "BOT_SLOW=30 $bot" --auto-tune --iterations 3 --artifacts "$T/slow"
shows "an iteration runs" 'iteration 1 is running'
screen_keys T
shows "without an iteration there is nothing to judge" 'gate: no iteration is recorded yet'
screen_keys q
shows "q asks while it runs" 'it is broken off'
confirm
ends "left at once" 0
done_testing
