#!/bin/sh
# A replay: what writes is absent and says so; the gate runs and leaves its reports there; where it
# cannot write it says that. The run and the parameters stay as they were.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"
run=$root/soak/latest
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --artifacts "$root"
before=$(cat "$journal" "$root/soak/runtime_overrides.json" "$run"/ITER_SUMMARY_*.json | sha256sum)

screen_start 80x24 "$SOAKTOP" replay "$run" --at 2
shows "the second iteration" 'REPLAY  MOCK  it 2/24'
for key in a:approve x:reject e:edit A:apply R:rollback P:pause N:run-next Q:stop-after Space:mark; do
  screen_keys "${key%%:*}"
  shows "${key%%:*} is absent and says why" "${key##*:}: a replay is read-only"
done
screen_keys '!'
shows "a replay cannot be made RW" 'readonly: a replay'
screen_keys T m
shows "T m runs a gate" 'mock gate: PASS'
on_disk "its reports are in the directory" "$run/POST_SOAK_SNAPSHOT.json" '"thresholds":"mock"'
screen_keys T s
shows "a strict one asks here too" 'STRICT GATE'
confirm
shows "and runs" 'strict gate: PASS'
on_disk "strictly" "$run/POST_SOAK_SNAPSHOT.json" '"thresholds":"strict"'
screen_keys t
shows "t reads its report" '# Post-soak audit: PASS'
screen_keys q
hides "q closes it" 'Post-soak audit'
screen_keys r
shows "r begins a rehearsal" '~ .*SANDBOX'
shows "which says what its KPIs are" 'KPIs are recorded, not simulated'
screen_keys '*' x 1
shows "lines are decided on" 'rehearsed: rejected'
screen_keys ']'
shows "and the next iteration follows" 'it 3 waits'
screen_keys q
shows "leaving asks" 'decisions? not exported'
confirm
hides "and leads back to the replay" 'SANDBOX:'
screen_keys q
ends "q leaves without a question" 0
is "the run is as it was" "$(cat "$journal" "$root/soak/runtime_overrides.json" "$run"/ITER_SUMMARY_*.json | sha256sum)" "$before"

mv "$run" "$T/run"
rm -f "$T"/run/POST_SOAK* "$T"/run/DELTA_VERIFY* "$T"/run/RECOMMENDATIONS.md
mkdir "$T/run/POST_SOAK_AUDIT.md"
screen_start 80x24 "$SOAKTOP" replay "$T/run"
shows "a run directory by itself" 'REPLAY'
screen_keys T m
shows "a gate that cannot write says so" 'mock gate: .*POST_SOAK_AUDIT.md'
screen_keys q
ends "left" 0
done_testing
