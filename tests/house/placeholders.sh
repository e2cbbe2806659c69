#!/bin/sh
# Each {name} in a text of the dashboard stands for the key of an action: there must be one of that
# name, or the operator reads the braces.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$TEST_SRCDIR" || exit 99
sed -n 's/^ *"\([a-z0-9-]*\)": .*/\1/p' data/keys.json | sort -u >"$T/actions"
grep -ho '"[^"]*{[a-z-]*}[^"]*"' src/ui/*.c | grep -o '{[a-z-]*}' | tr -d '{}' | sort -u >"$T/names"
ok "texts name actions" test -s "$T/names"
is "and each of them exists" "$(comm -13 "$T/actions" "$T/names")" ""
done_testing
