#!/bin/sh
# P N Q: the soak's own pace, and ! between RO and RW.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"

screen_start 100x30 "$SOAKTOP" run --mock --auto-tune --interval 600 --iterations 50 --artifacts "$root"
shows "it sleeps" 'next iteration starts in 9m'
screen_keys N
shows "N runs the next iteration now" 'it 2/50'
screen_keys P
shows "P pauses the soak" 'PAUSED: P resumes'
on_disk "which is journalled" "$journal" '"type":"pause"'
screen_keys N
shows "N runs one iteration all the same" 'it 3/50'
shows "and it is paused again" 'PAUSED: P resumes'
screen_keys P
shows "P resumes" 'next iteration starts in|the soak goes on'
on_disk "which is journalled" "$journal" '"type":"resume"'

screen_keys '!'
shows "! is read-only at once" '\[RO\]'
screen_keys N
shows "then N says why not" 'run-next: read-only'
screen_keys Q
shows "and so does Q" 'stop-after: read-only'
screen_keys '!'
shows "back to RW asks" 'RO to RW'
sleep 0.45
screen_keys Enter
shows "Enter is no yes" '\[RO\]'
hides "the question is gone" 'RO to RW'
screen_keys '!'
shows "asked again" 'RO to RW'
screen_keys Y
sleep 0.45
screen_keys Y
shows "Shift-Y, once it hears, is" '\[RW\]'

screen_keys Q
shows "Q asks" 'STOP THE SOAK after this iteration'
screen_keys Enter
sleep 0.45
screen_keys Enter
shows "Enter goes on soaking" 'nothing was changed'
unlike "the run goes on" "$(cat "$root/soak/latest/run.json")" '"state": "stopped"'
screen_keys Q
shows "asked again" 'STOP THE SOAK'
confirm
shows "Shift-Y stops" 'run stopped, 3 iterations'
on_disk "run.json says so" "$root/soak/latest/run.json" '"state": "stopped"'
screen_keys P
shows "a run that is over has no pause" 'pause: the run is over'
screen_keys q
ends "q leaves at once" 0
done_testing
