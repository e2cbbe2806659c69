#!/bin/sh
# Help, version and wrong usage: every command tells its options, the nearest word is suggested.
. "$TEST_SRCDIR/tests/tap.sh"

status "main --help" 0 "$SOAKTOP" --help
is "it fits 24 rows" "$(($(wc -l <"$T/out") <= 24))" 1
is "it fits 80 columns" "$(awk 'length > 80' "$T/out")" ""
. "$TEST_SRCDIR/tests/cli/commands.sh"
commands=$(commands)
like "it lists run" "$commands" '^run$'
status "-h is the same" 0 "$SOAKTOP" -h
status "--version" 0 "$SOAKTOP" --version
like "it names the version" "$(cat "$T/out")" '^soaktop [0-9]+\.[0-9]+\.[0-9]+$'

for c in $commands; do
  status "$c --help" 0 "$SOAKTOP" "$c" --help
  is "$c --help keeps to 80 columns" "$(awk 'length > 80' "$T/out")" ""
  like "$c --help begins with its usage" "$(head -1 "$T/out")" "^usage: soaktop $c "
  is "$c --help writes no message" "$(cat "$T/err")" ""
  status "$c with an option that is none" 2 "$SOAKTOP" "$c" --no-such-option
  like "$c names it" "$(cat "$T/err")" '^soaktop: unknown option --no-such-option'
done

status "no command" 2 "$SOAKTOP"
like "no command: says what to do" "$(cat "$T/err")" '^soaktop: .*--help'
status "unknown command" 2 "$SOAKTOP" replya
like "the nearest command is suggested" "$(cat "$T/err")" 'did you mean replay\?'
status "unknown and unlike any" 2 "$SOAKTOP" zzzzzz
unlike "nothing is suggested then" "$(cat "$T/err")" 'did you mean'
status "mistyped option" 2 "$SOAKTOP" run --iteratoins 3
like "the nearest option is suggested" "$(cat "$T/err")" 'did you mean --iterations'
status "mistyped word" 2 "$SOAKTOP" deltas lsit
like "the nearest word is suggested" "$(cat "$T/err")" 'did you mean list'

status "a flag with a value" 2 "$SOAKTOP" run --mock=yes
like "a flag with a value: says so" "$(cat "$T/err")" '^soaktop: --mock takes no value'
status "an option without its value" 2 "$SOAKTOP" run --mock --iterations
like "an option without its value: says which" "$(cat "$T/err")" '--iterations wants a value'
for n in 0 -1 1.5 x '' 1e9 0x10 nan; do
  status "--iterations '$n'" 2 "$SOAKTOP" run --mock --iterations "$n"
  like "--iterations '$n': names the limits" "$(cat "$T/err")" 'a whole number from 1 to 1000000'
done
for n in -1 nan inf '1 ' abc; do
  status "--interval '$n'" 2 "$SOAKTOP" run --mock --interval "$n"
done
status "--approve with another word" 2 "$SOAKTOP" run --mock --approve maybe
like "--approve lists its words" "$(cat "$T/err")" 'wants observe, auto or manual, not "maybe"'
status "an argument too many" 2 "$SOAKTOP" run --mock again
like "an argument too many: named" "$(cat "$T/err")" 'unexpected "again"'
status "an argument too few" 2 "$SOAKTOP" profiles show
status "control characters of the command line" 2 "$SOAKTOP" "$(printf 'a\033[2Jb')"
unlike "they do not reach the terminal" "$(cat "$T/err")" "$(printf '\033')"
if [ -w /dev/full ]; then
  count=$((count + 1))
  if "$SOAKTOP" --help >/dev/full 2>"$T/err"; then
    failures=$((failures + 1)); echo "not ok $count - a full disk is told"
  else echo "ok $count - a full disk is told"
  fi
fi
done_testing
