#!/bin/sh
# Not a warning with clang either.
. "$TEST_SRCDIR/tests/tap.sh"
command -v clang >/dev/null || skip_all "no clang"
cd "$TEST_SRCDIR" || exit 99
flags="-std=gnu11 -I$TEST_BUILDDIR -Isrc -DPKGDATADIR=\"x\" -Wall -Wextra -Wshadow -Wconversion
  -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wundef -Wvla -Wformat=2"
# shellcheck disable=SC2046,SC2086
find src -name '*.c' | xargs -P 2 -n 12 clang $flags $(pkg-config --cflags ncursesw jansson libcrypto) \
  -fsyntax-only 2>"$T/warnings"
is "clang has nothing to say" "$(grep -E 'warning|error' "$T/warnings")" ""
done_testing
