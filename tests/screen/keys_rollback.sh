#!/bin/sh
# R: the list, the preview, the last apply, an iteration, one parameter, level 2 past two applies;
# each with what it writes.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"

screen_start 80x24 "$SOAKTOP" run --mock --auto-tune --interval 0 --iterations 9 --artifacts "$root"
shows "five applies are in force at the end" 'run completed, 9 iterations'
is "replace_rate_per_min is that of iteration 7" "$(parameter replace_rate_per_min)" 200
final=$(overrides)

screen_keys R
shows "R lists the applies" 'last apply, it 7'
like "and the way to an iteration" "$(screen_text)" 'type its number'
like "and single parameters" "$(screen_text)" 'tail_age_ms alone: 730 back to 700'
screen_keys Enter
shows "the preview is now -> back" 'replace_rate_per_min +200 -> +204'
screen_keys Y Enter
sleep 0.45
is "deaf at first: nothing is written" "$(overrides)" "$final"
screen_keys Enter
hides "Enter cancels" 'ROLL BACK'
is "nothing was written" "$(overrides)" "$final"
screen_keys F9 Enter
shows "F9 is the same" 'ROLL BACK 2 parameters'
confirm
shows "Shift-Y rolls back" 'rolled back: base_spread_bps'
is "the earlier value is in force" "$(parameter replace_rate_per_min)" 204
on_disk "it is journalled" "$journal" '"type":"rollback_outcome"'
on_disk "TUNING_REPORT tells when" "$root/soak/latest/TUNING_REPORT.json" '"rolled_back_at"'
shows "the lines say so" 'it 7 ROLLED BACK replace_rate_per_min'

screen_keys R 8 Enter
shows "an iteration by its number" 'in force during it 8'
confirm
shows "what was undone is in force again" 'restored: '
is "byte for byte" "$(overrides)" "$final"

screen_keys R G Enter
shows "one parameter alone" 'ROLL BACK 1 parameter '
like "min_interval_ms, now -> back" "$(screen_text)" 'min_interval_ms +80 -> +60'
confirm
shows "it is rolled back" 'rolled back: min_interval_ms 80 -> 60'
is "that one" "$(parameter min_interval_ms)" 60
is "and no other" "$(parameter replace_rate_per_min)" 200

screen_keys R 1 Enter
shows "past two applies it is level 2" 'level 2'
shows "with a word to type" 'type ROLLBACK'
sleep 0.45
screen_keys Y Enter
shows "Y is not the word" 'the word to type is ROLLBACK'
screen_keys C-u
screen_type ROLLBACK
screen_keys Enter
screen_type 'back to the start'
screen_keys Enter
shows "then it is confirmed as ever" 'Y \(Shift\)'
confirm
shows "the first state is in force" 'restored: '
is "min_interval_ms" "$(parameter min_interval_ms)" 60
is "replace_rate_per_min" "$(parameter replace_rate_per_min)" 300
on_disk "the reason is in the journal" "$journal" 'back to the start'
screen_keys q
ends "left" 0
like "the audit trail is whole" "$(tail -1 "$journal")" '"type":"(stop|rollback_outcome|note)"'
done_testing
