#!/bin/sh
# A tripwire with real keys: typed in the apply dialog, fired by the mock's risk (0.17, 0.33, 0.68),
# rolled back by R; another one dismissed.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"

screen_start 100x40 "$SOAKTOP" run --mock --interval 0 --iterations 4 --artifacts "$root"
shows "the first proposal waits" 'it 1 waits for you'
screen_type '*a'
shows "lines are staged" 'STAGED ([1-9])/\1'
screen_keys A
shows "the apply has no wire" 'tripwire: none'
sleep 0.45
screen_keys w
screen_type 'risk > .3 for'
shows "each key is judged" 'for wants 1 to 1000 iterations'
screen_type ' 2'
shows "what it would watch" '2 in a row of it 2\.\.9'
screen_keys Enter
shows "it is taken" 'tripwire: risk > 0\.3 for 2 until 8'
screen_keys Y
on_disk "it is journalled before the write" "$journal" '"op":"set"'
shows "the second waits" 'it 2 waits for you'
screen_type '*a'
shows "lines are staged" 'STAGED ([1-9])/\1'
screen_keys A
shows "the wire is offered again" 'tripwire: risk > 0\.3 for 2 until 8'
sleep 0.45
screen_keys w C-u Enter Y
shows "the third waits" 'it 3 waits for you'
shows "the graph has the wire and its count" 'w 2/2 > 0\.3|\.300w'
screen_keys A
sleep 0.45
screen_keys Y
on_disk "it fires" "$journal" '"op":"fired"'
screen_keys R
shows "R shows it first" 'TRIPWIRE risk > 0\.3 for 2 fired at it 3: the apply of it 1 alone'
screen_keys Enter
shows "what goes back" 'max_delta_ratio +0\.1400 -> +0\.1500'
sleep 0.45
screen_keys Y
on_disk "it is rolled back" "$journal" '"fate":"rolled back"'
is "its value is in force again" "$(parameter max_delta_ratio)" 0.15
is "a later one of another parameter stays" "$(parameter min_interval_ms)" 80
shows "the run is over" "run completed, 4 iterations"
screen_keys q
ends "left" 0
done_testing
