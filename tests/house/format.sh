#!/bin/sh
# Every source is as .clang-format has it.
. "$TEST_SRCDIR/tests/tap.sh"
case $(clang-format --version 2>/dev/null) in
  *" version 14."*) ;;
  *) skip_all "no clang-format 14: other versions break lines elsewhere" ;;
esac
cd "$TEST_SRCDIR" || exit 99
find src tests -name '*.[ch]' | xargs -P 2 -n 20 clang-format --dry-run 2>&1 |
  sed -n 's/:.* warning: .*//p' | sort -u >"$T/differ"
is "clang-format changes nothing" "$(cat "$T/differ")" ""
done_testing
