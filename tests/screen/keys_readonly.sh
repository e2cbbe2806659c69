#!/bin/sh
# --readonly: nothing that changes the soak has a key, and nothing brings it back.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
. "$TEST_SRCDIR/tests/screen/keys.sh"

screen_start 80x24 "$SOAKTOP" run --exec "$bot" --approve observe --readonly --interval 600 --iterations 9 --artifacts "$root"
shows "it sleeps" 'next iteration starts in'
shows "RO is on the screen" '\[RO\]'
unlike "the footer offers nothing that writes" "$(screen_text | tail -1)" 'APPLY|ok|edit|rollbk'
before=$(overrides)
for key in a:approve x:reject e:edit A:apply P:pause N:run-next Q:stop-after Space:mark v:range T:gate; do
  screen_keys "${key%%:*}"
  shows "${key%%:*} says why not" "${key##*:}: started with --readonly"
done
screen_keys '!'
shows "! cannot bring it back" 'readonly: started with --readonly'
screen_keys '['
shows "looking back works" 'FROZEN'
screen_keys 0 '?'
screen_type approve
shows "help tells it too" 'now not: started with'
screen_keys Escape
is "nothing was written" "$(overrides)" "$before"
not_on_disk "nothing was decided" "$journal" '"type":"decision"'
screen_keys q
confirm
ends "left" 0
done_testing
