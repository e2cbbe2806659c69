#!/bin/sh
# Another process writes runtime_overrides.json while a proposal waits, as an editor does (a new file,
# renamed over it): noticed at once, never overwritten, shown as expected, on disk and staged; then
# deleted, and no JSON.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"

file=$root/soak/runtime_overrides.json
# Named otherwise than what is watched, and in the same directory.
edit() { printf '%s' "$1" >"$file.tmp"; mv "$file.tmp" "$file"; }

screen_start 80x24 "$SOAKTOP" run --exec "$bot" --approve manual --interval 0 --iterations 9 --artifacts "$root"
shows "the third iteration waits" 'it 3 waits: 2 open, 2 blocked'
screen_keys '*' a
shows "two lines are staged" '2 staged, 2 blocked'
old=$(overrides)
new=$(printf '%s' "$old" | sed 's/"tail_age_ms":600/"own":[1,2],"tail_age_ms":640/')
screen_keys A
shows "the dialog of the apply" 'APPLY 2 of 4 lines'
edit "$new"
shows "the change is noticed while the soak waits" 'changed the parameters on disk; D shows it'
shows "the dialog knows it" 'in force: NO|on disk: NO'
sleep 0.45
screen_keys Y
shows "the apply is refused, the difference opens by itself" 'CHANGED ON DISK by another process'
text=$(screen_text)
like "expected, on disk, staged" "$text" 'engine.tail_age_ms +600 +640 +630 +CONFLICT'
like "a key that no parameter has" "$text" 'engine.own +not set +\[1,2\]'
like "the lines are staged again" "$text" '2 lines are staged again'
is "nothing was written over it" "$(overrides)" "$new"
is "it is journalled once" "$(grep -c '"type":"external_change"' "$journal")" 1
screen_keys Escape
hides "Esc closes it" 'CHANGED ON DISK by'
shows "both are staged" '2 staged, 2 blocked'
screen_keys A
shows "on the new base" 'tail_age_ms +640 -> +670'
confirm
on_disk "then the apply writes" "$file" '"tail_age_ms":670'
on_disk "and keeps the other key" "$file" '"own":\[1,2\]'

shows "the fourth waits" 'it 4 waits'
rm "$file"
shows "a deleted file is told" 'runtime_overrides.json is gone; nothing is written; D says more'
screen_keys D
shows "what to do" 'put back the file'
screen_keys Escape
edit '{"engine":'
shows "no JSON is told" 'runtime_overrides.json cannot be read; nothing is written'
screen_keys '*' a
shows "lines can still be staged" '2 staged, 2 blocked'
screen_keys A
shows "an apply" 'APPLY [0-9] of'
confirm
shows "is refused" 'CANNOT BE READ'
is "and writes nothing" "$(cat "$file")" '{"engine":'
screen_keys Escape
edit "$new"
shows "repaired it is taken over" 'changed the parameters on disk'
screen_keys Escape 7 G
screen_keys q
shows "the soak lives" '[Ss]top|leave|quit'
screen_keys Escape
kill "$(screen_pid)"
ends "left" 0

"$SOAKTOP" deltas list --path "$root" --json >"$T/list.json"
like "the twin holds both changes" "$(cat "$T/list.json")" '"external_changes":\[\{"after_iteration":2,.*"after_iteration":3'
like "with what was expected, found and staged" "$(cat "$T/list.json")" '"expected":600,"found":640,"key":"engine.tail_age_ms","kind":"CONFLICT","parameter":"tail_age_ms","staged":true,"wanted":630'
screen_start 80x24 "$SOAKTOP" replay "$root"
shows "a replay opens" REPLAY
screen_keys D
shows "and knows the newest" 'CHANGED ON DISK by another process'
screen_keys Escape q
ends "left" 0
done_testing
