#!/bin/sh
# Every source is as .clang-format has it.
. "$TEST_SRCDIR/tests/tap.sh"
case $(clang-format --version 2>/dev/null) in
  *" version 14."*) ;;
  *) skip_all "no clang-format 14: other versions break lines elsewhere" ;;
esac
cd "$TEST_SRCDIR" || exit 99
for f in $(find src tests -name '*.[ch]' | sort); do
  clang-format "$f" | cmp -s - "$f" || echo "$f"
done >"$T/differ"
is "clang-format changes nothing" "$(cat "$T/differ")" ""
done_testing
