#!/bin/sh
# Keys: defaults, the user's keys.json over them, faults with file and line, clashes.
. "$TEST_SRCDIR/tests/tap.sh"
mine=$XDG_CONFIG_HOME/soaktop/keys.json
mkdir -p "$XDG_CONFIG_HOME/soaktop"
# mine TEXT: what the user's file holds
mine() { printf '%s\n' "$1" >"$mine"; }
# row HELP: the line of soaktop keys whose help begins so
row() { "$SOAKTOP" keys 2>/dev/null | grep -F -- "  $1"; }
# check NAME TEXT PATTERN: a file of TEXT is refused, and the message matches
check() {
  printf '%s\n' "$2" >"$T/checked.json"
  status "$1: refused" 2 "$SOAKTOP" keys --check "$T/checked.json"
  like "$1: told" "$(cat "$T/err")" "$3"
}

"$SOAKTOP" keys --defaults >"$T/defaults"
is "data/keys.json holds the defaults of the table (soaktop keys --defaults >data/keys.json)" \
  "$(diff "$TEST_SRCDIR/data/keys.json" "$T/defaults")" ""
status "it is without fault" 0 "$SOAKTOP" keys --check "$TEST_SRCDIR/data/keys.json"
status "the keys are listed" 0 "$SOAKTOP" keys
is "nothing is said of the defaults" "$(cat "$T/err")" ""
unlike "nor where they come from" "$(cat "$T/out")" 'keys\.json'
like "a row holds keys, level and help" "$(row 'write the staged lines')" '^A F8 +1  write the staged'
SOAKTOP_DATADIR=$T/none "$SOAKTOP" keys >"$T/out" 2>&1
like "without the installed file the same keys hold" "$(cat "$T/out")" '^A F8 +1  write the staged'

mine '{
  "freeze": "z",
  "approve": ["ö", "Shift-Tab"],
  "previous-panel": [],
  "stop-after": []
}'
status "a user's file is read" 0 "$SOAKTOP" keys
is "and has no fault" "$(cat "$T/err")" ""
like "a key is bound anew" "$(row 'freeze or unfreeze')" "^z +0 .*\[z: $mine:2\]"
like "two keys are" "$(row 'approve: stages')" "^ö Shift-Tab .*\[ö: .*:3\]  \[Shift-Tab: .*:3\]"
like "a group shows what is left of it" "$(row 'focus the next or')" '^Tab  '
like "an action without a key has its name in the palette" "$(row 'stop the soak')" '^:stop-after '
like "what helps says the new key" "$(row 'pick a range')" 'then ö, x or Space'
status "as JSON" 0 "$SOAKTOP" keys --json
is "one object on one line" "$(wc -l <"$T/out" | tr -d ' ')" 1
like "with file and line" "$(cat "$T/out")" \
  '"action":"freeze",.*"keys":\[\{"file":"[^"]*/config/soaktop/keys.json","key":"z","line":2\}\]'
like "every action once" "$(grep -o '"action"' "$T/out" | wc -l)" "^ *$(grep -c ': ' "$T/defaults" | awk '{print $1 - 1}')$"

mine '{"freeze": "x",
 "report": "x"}'
status "a clash does not stop anything" 0 "$SOAKTOP" keys
like "the line of both is told" "$(cat "$T/err")" \
  "^soaktop: $mine:1: x is bound to freeze here and to reject at .*data/keys.json:[0-9]+: freeze has it$"
like "and the second of one file" "$(cat "$T/err")" \
  "^soaktop: $mine:1: x is bound to freeze here and to report at $mine:2: freeze has it$"
like "the first has the key" "$(row 'freeze or unfreeze')" '^x '
like "the default has lost it" "$(row 'reject, with')" '^:reject '
like "the second too" "$(row 'read the reports')" '^:report '
mine '{"freeze": "x", "reject": "X"}'
status "whoever moves both" 0 "$SOAKTOP" keys
is "has no clash" "$(cat "$T/err")" ""

check "an unknown action" '{
 "aprove": "z"}' "checked.json:2: there is no action \"aprove\"; did you mean approve\?"
check "an unknown key" '{"live": "Hme"}' 'checked.json:1: live: "Hme" is no key; did you mean Home\?'
check "a Ctrl-letter that writes" '{"approve": "C-a"}' ':1: approve: C-a is refused: no Ctrl-letter changes anything'
check "a Ctrl-letter of level 1" '{"rollback": "^R"}' 'rollback: \^R is refused: no Ctrl-letter'
check "Enter" '{"apply":
 ["A", "Enter"]}' ':2: apply: Enter is refused: Enter never changes or confirms anything'
check "what is a Ctrl-letter for a terminal" '{"apply": "Tab"}' 'Tab is refused: a terminal sends it as a Ctrl-letter'
check "a key twice" '{"apply": ["A", "A"]}' ':1: apply: A stands twice'
check "five keys" '{"live": ["a1", "!", "%", "&", "(", ")", "="]}' '"a1" is no key'
check "more keys than an action has" '{"live": ["%", "&", "(", ")", "="]}' 'live: = is more than the 4 keys'
check "a key that is no string" '{"live": [3]}' 'live: a key is a string'
check "a value that is no key" '{"live": {"a": "b"}, "zoom": "Hme"}' 'live: its value is neither a key'
check "an action that stands twice" '{"live": "z",
 "live": "y"}' 'checked.json: line 2, .*duplicate'
check "what is no object" '["live"]' 'not a JSON object'
check "what is no JSON" '{"live": z}' 'checked.json: line 1'
check "another schema" '{
 "schema": "soaktop-keys-9"}' ':2: the schema must be "soaktop-keys-1"'
check "no way out" '{"quit": [], "palette": []}' 'leaves no key to quit with'
status "a file that is not there" 2 "$SOAKTOP" keys --check "$T/none.json"
like "is told" "$(cat "$T/err")" 'none.json: there is no such file'
mine '{"aprove": "z", "live": ["Hme", "F12"], "zoom": "^P", "report": {}}'
status "a faulty file does not stop the program" 0 "$SOAKTOP" keys
is "each fault is told" "$(wc -l <"$T/err" | tr -d ' ')" 3
like "what is right in it holds" "$(row 'back to live')" '^F12 '
like "a Ctrl-letter may move and draw" "$(row 'the focused panel normal')" '^\^P '
like "what cannot be used leaves the default" "$(row 'read the reports')" '^t '
done_testing
