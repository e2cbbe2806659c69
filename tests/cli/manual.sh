#!/bin/sh
# The manual knows every command, word and option that --help tells, and every file and field that a
# run and its gate leave.
. "$TEST_SRCDIR/tests/tap.sh"
manual=$TEST_SRCDIR/doc/soaktop.1
artifacts=$TEST_SRCDIR/doc/soaktop-artifacts.5

# section COMMAND: its text in the manual
section() { sed -n "/^\.Ss soaktop $1\( \|\$\)/,/^\.S[sh] /p" "$manual"; }
# long_options: of the help on standard input
long_options() { sed -n 's/^  \(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p'; }
# undocumented COMMAND: the options on standard input that its section lacks
undocumented() {
  section "$1" >"$T/section"
  long_options | while read -r o; do
    [ "$o" = help ] || grep -Eq "(^|[ .])Fl Fl $o( |\$)" "$T/section" || echo "--$o"
  done
}

. "$TEST_SRCDIR/tests/cli/commands.sh"
commands=$(commands)
for c in $commands; do
  like "soaktop $c has a section" "$(section "$c" | head -1)" "^\.Ss soaktop $c"
  "$SOAKTOP" "$c" --help >"$T/help"
  is "all options of $c" "$(undocumented "$c" <"$T/help")" ""
  for w in $(sed -n '/^Words/,$s/^  \([a-z]\{1,\}\) .*/\1/p' "$T/help"); do
    like "soaktop $c $w" "$(section "$c")" "(Cm|Ss soaktop $c|\|) .*$w"
    is "all options of $c $w" "$("$SOAKTOP" "$c" "$w" --help | undocumented "$c")" ""
  done
done
is "the manual has no command that is none" \
  "$(sed -n 's/^\.Ss soaktop \([a-z]*\).*/\1/p' "$manual" | while read -r c; do
    echo "$commands" | grep -qx "$c" || echo "$c"; done)" ""

# the keys section as help shows it: without the roff escapes
sed -n '/^\.Sh KEYS/,/^\.Sh ENV/p' "$manual" |
  sed 's/\\&//g; s/\\(ha/^/g; s/\\(ti/~/g; s/\\e/\\/g' >"$T/keys"
"$SOAKTOP" keys | sed '1d; s/   *[0-9]  .*//' >"$T/shown"
is "every key is in the manual" "$(while read -r k; do
  grep -Fqx -- ".It Ic $k" "$T/keys" || echo "$k"; done <"$T/shown")" ""
is "and the manual has no key that is none" "$(grep -c '^\.It Ic' "$T/keys")" "$(wc -l <"$T/shown" | tr -d ' ')"

cd "$T" || exit 99
"$SOAKTOP" run --mock --auto-tune --iterations 9 --set tail_age_ms=610 --gate strict >out 2>&1
"$SOAKTOP" run --mock --force-mock --exec-timeout 1 --iterations 1 >out 2>&1
"$SOAKTOP" run --exec 'echo no; exit 1' --iterations 1 --interval 0 >out 2>&1
for f in $(cd artifacts && find . -type f | sed 's/.*\///; s/_[0-9]*\.json/_/' | sort -u); do
  ok "the manual knows $f" grep -q -- "$f" "$artifacts"
done
# keys FILE...: every key of canonical JSON, but those that parameters and options give
keys() {
  cat "$@" | grep -o '"[A-Za-z_0-9]*" *:' | tr -d '": ' | sort -u |
    grep -Evx "$("$SOAKTOP" params | awk 'NR > 2 {print $1}' | grep . | paste -sd'|' -)" |
    grep -Evx 'risk|engine|tuner|market'
}
# shellcheck disable=SC2046
is "every field is in the manual" "$(keys $(find artifacts/soak -name '*.json' -o -name '*.jsonl') |
  while read -r k; do grep -Eq "(^|[ .\"])$k( |\$)" "$artifacts" || echo "$k"; done)" ""
# shellcheck disable=SC2046
sed -n 's/^# TYPE \([a-z_0-9]*\) .*/\1/p' $(find artifacts -name '*.prom') >metrics
is "the gate leaves 16 metrics" "$(wc -l <metrics | tr -d ' ')" 16
is "every metric is in the manual" "$(cat metrics |
  while read -r k; do grep -q "$k" "$artifacts" || echo "$k"; done)" ""
for t in $(sed 's/.*"type":"\([a-z_]*\)".*/\1/' $(find artifacts -name journal.jsonl) | sort -u); do
  ok "the manual knows the record $t" grep -Eq "^\.It Cm (.* )?$t( |\$)" "$artifacts"
done

if command -v mandoc >/dev/null; then
  for page in "$manual" "$artifacts"; do
    is "mandoc has nothing to say about $(basename "$page")" \
      "$(mandoc -Tlint "$page" 2>/dev/null | grep -v 'referenced manual not found')" ""
  done
fi
done_testing
