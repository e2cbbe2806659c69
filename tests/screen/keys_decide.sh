#!/bin/sh
# Space v * a x e u and A on the lines of a proposal that waits: what each does on the screen, in the
# journal and in runtime_overrides.json. The freeze holds two of the four lines (see bot.sh).
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"

screen_start 80x24 "$SOAKTOP" run --exec "$bot" --approve manual --interval 0 --iterations 9 --artifacts "$root"
shows "the third iteration waits with four lines" 'it 3 waits: 2 open, 2 blocked'
text=$(screen_text)
like "the freeze holds one" "$text" 'BLOCKED impact_cap_ratio .*freeze'
like "another line is open" "$text" 'PROP +tail_age_ms +600 -> +630 +\+30'
like "the wait is told" "$text" 'STAGED 0/4 .*it 3 waits for you'
before=$(overrides)

screen_keys x
shows "x on a line that a guard holds names guard and end" 'freeze blocks impact_cap_ratio until it 7'
screen_keys a
shows "a stages it against the guard, and says what A will ask" 'freeze holds impact_cap_ratio until it 7: staged against it, A asks why'
screen_keys A
shows "A wants the word" 'type OVERRIDE, then Enter'
sleep 0.45
screen_keys Escape
shows "Esc keeps it staged" 'nothing was changed'
screen_keys u
shows "u takes that back" 'undid: overrode the guard of impact_cap_ratio'
screen_keys g d
shows "d holds until the guard clears, or until an iteration" 'g  until no guard holds it: freeze clears at it 7'
screen_keys g
shows "the line says so" 'HOLD +impact_cap_ratio .*freeze'
screen_keys u
shows "u takes it back" 'undid: held impact_cap_ratio'
screen_keys '*'
shows "* picks what no guard holds" '\* \[ \] PROP +base_spread_bps_delta'
unlike "and not what one holds" "$(screen_text)" '\*.*BLOCKED'
screen_keys '*'
hides "* again picks nothing" '\* \[ \]'
screen_keys G Space
shows "Space picks the line under the cursor" '\*>\[ \] PROP +tail_age_ms'
screen_keys Escape
hides "Esc drops the picks" '\*>'
screen_keys g v G
shows "v to the end picks a range" '\* \[ \] PROP +base_spread_bps_delta'
screen_keys a
shows "a stages all of it" '2 staged, 2 blocked'
shows "the boxes show it" '\[x\] OK +base_spread_bps_delta'
on_disk "each line has its decision in the journal" "$journal" '"op":"approve".*"tail_age_ms"|"tail_age_ms".*"op":"approve"'
screen_keys G u
shows "u takes both back, which one key had staged" 'it 3 waits: 2 open, 2 blocked'
on_disk "which is journalled too" "$journal" '"op":"undo"'
screen_keys U
shows "U does it again" '2 staged, 2 blocked'
shows "its name in the status line" 'redid: approved 2 lines'
screen_keys u
shows "u names it too" 'undid: approved 2 lines'

screen_keys e 9 9 9 Enter
shows "an edit out of bounds is refused with the bounds named" 'tail_age_ms.*800'
screen_keys C-u 6 1 0 Enter
shows "an edit inside them is staged" '\[x\] EDIT +tail_age_ms +600 -> +610 +\+10'
shows "with what the tuner asked" 'the tuner asked 630'
screen_keys e . . , Enter
shows ". and , step by one" 'EDIT +tail_age_ms +600 -> +611'
screen_keys e 7 Escape
shows "Esc leaves it as it was" 'EDIT +tail_age_ms +600 -> +611'

screen_keys k x
shows "x asks for a reason" 'REJECT base_spread_bps_delta of it 3'
screen_keys 4
shows "other: in own words" 'why: _'
screen_type 'spread is wide'
screen_keys Enter
shows "it is rejected" '\[-\] NO +base_spread_bps_delta'
on_disk "with the reason in the journal" "$journal" 'spread is wide'
is "nothing was written so far" "$(overrides)" "$before"

screen_keys A
shows "A shows what will be written" 'APPLY 1 of 4 lines of it 3 -> soak/latest'
text=$(screen_text)
like "the value" "$text" 'tail_age_ms +600 -> +611 +\+11 +in 500..800, was 630'
like "what is left out, and why" "$text" 'left out: impact_cap_ratio +BLOCKED \(freeze\)'
like "the rejected one" "$text" 'left out: base_spread_bps_delta NO \(spread is wide\)'
sleep 0.45
screen_keys Enter
shows "Enter cancels" 'nothing was changed'
is "and nothing was written" "$(overrides)" "$before"
screen_keys F8
shows "F8 asks the same" 'APPLY 1 of 4'
confirm
shows "Shift-Y writes, the next proposal waits" 'it 4 waits'
is "runtime_overrides.json has the edited value" "$(parameter tail_age_ms)" 611
is "and no other" "$(overrides | sed 's/611/600/')" "$before"
on_disk "the write is journalled before and after" "$journal" '"type":"apply_outcome"'
shows "what became of the lines stands below" 'STAGED 0/'

screen_keys '*' x 1
shows "all rejected" '0/4|NO '
screen_keys A
shows "nothing staged: A declines" 'DECLINE all'
confirm
shows "and the soak goes on" 'it 5 waits'
is "without writing" "$(parameter tail_age_ms)" 611
on_disk "the operator's no is recorded" "$root/soak/latest/ITER_SUMMARY_4.json" '"operator": true'
screen_keys q
confirm
ends "left" 0
done_testing
