# keys.sh: sourced after screen.sh by the tests of the keys. POSIX shell.
#
#   on_disk NAME FILE REGEX     waits until the file holds a line that matches
#   not_on_disk NAME FILE REGEX checks that it does not
#   confirm                     Shift-Y once the dialog is no longer deaf
#   overrides                   runtime_overrides.json of $root
#   parameter NAME              a value of it

root=$T/artifacts
journal=$root/soak/latest/journal.jsonl
bot="sh $TEST_SRCDIR/tests/screen/bot.sh"

on_disk() { screen_report "$1" screen_wait grep -Eqs -e "$3" "$2"; }
not_on_disk() { unlike "$1" "$(cat "$2" 2>/dev/null)" "$3"; }
confirm() { sleep 0.45; screen_keys Y; }
overrides() { cat "$root/soak/runtime_overrides.json"; }
parameter() { overrides | sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p"; }
