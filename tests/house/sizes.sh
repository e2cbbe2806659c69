#!/bin/sh
# A file is one idea: no source over 600 lines, no line over 100 columns, no function over 80 lines.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$TEST_SRCDIR" || exit 99
sources=$(find src -name '*.[ch]')

is "no file over 600 lines" \
  "$(for f in $sources; do n=$(wc -l <"$f"); [ "$n" -le 600 ] || echo "$f: $n"; done)" ""
# shellcheck disable=SC2086
is "no line over 100 columns" "$(LC_ALL=C.UTF-8 awk 'length > 100 {print FILENAME ":" FNR}' $sources)" ""
# shellcheck disable=SC2086
is "no function over 80 lines" "$(awk '
  FNR == 1 {open = 0}
  /^\{/ {open = FNR}
  /^\}/ {if (open && FNR - open > 80) print FILENAME ":" open " " FNR - open; open = 0}' $sources)" ""
# shellcheck disable=SC2086
is "no unfinished word" "$(grep -nwE 'TODO|FIXME|XXX|HACK' $sources)" ""
done_testing
