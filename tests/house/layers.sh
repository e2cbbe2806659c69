#!/bin/sh
# The floors: model <- artifact <- engine <- ui, cmd; each outside library in its place only.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$TEST_SRCDIR/src" || exit 99

# forbid NAME PATTERN FILE...: no include of FILE matches PATTERN.
forbid() {
  name=$1; pattern=$2; shift 2
  is "$name" "$(grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]+[\"<]($pattern)" "$@" /dev/null)" ""
}
floor() { find "$1" -name '*.[ch]'; }

# shellcheck disable=SC2046
{
  forbid "model includes no higher floor" "(artifact|engine|ui|cmd)/" $(floor model)
  forbid "artifact includes no higher floor" "(engine|ui|cmd)/" $(floor artifact)
  forbid "engine includes neither ui nor cmd" "(ui|cmd)/" $(floor engine)
  forbid "ui does not include cmd" "cmd/" $(floor ui)
  forbid "jansson stays in model and artifact" "jansson" $(floor engine) $(floor ui) $(floor cmd) main.c
  forbid "no header shows jansson" "jansson" $(find . -name '*.h')
  forbid "model touches no file, thread or clock" \
    "(fcntl|unistd|pthread|dirent|poll|signal|sys/(stat|file|wait|socket|time|types|inotify|eventfd))\.h" \
    $(floor model)
}
is "curses is included by one header of ui" \
  "$(grep -rlE '#[[:space:]]*include[[:space:]]*<(n?curses|term|tic)\.h' . | grep -c .)" 1
like "and that is a header" "$(grep -rlE '#[[:space:]]*include[[:space:]]*<(n?curses)' .)" '^\./ui/[a-z_]+\.h$'
is "one file knows libcrypto" "$(grep -rl '<openssl/' .)" "./artifact/sha256.c"
is "one file knows eventfd" "$(grep -rl '<sys/eventfd' . | grep -c .)" 1
is "one file knows inotify" "$(grep -rl '<sys/inotify' . | grep -c .)" 1
is "one file knows signalfd" "$(grep -rl '<sys/signalfd' . | grep -c .)" 1
is "every .c file includes config.h first" \
  "$(find . -name '*.c' | while read -r f; do grep -m1 '^#include' "$f" | grep -q '"config.h"' || echo "$f"; done)" ""
is "no header includes config.h" "$(grep -rln --include='*.h' 'config\.h"' . | xargs -r grep -ln '"config.h"')" ""
is "the archives below the terminal have no curses symbol" \
  "$(nm -u "$TEST_BUILDDIR/libsoak.a" "$TEST_BUILDDIR/libview.a" 2>/dev/null |
    grep -E ' (initscr|newterm|endwin|wrefresh|setupterm|stdscr)$')" ""
is "every file has a head comment" \
  "$(find . -name '*.[ch]' | while read -r f; do head -c 3 "$f" | grep -q '^/\* ' || echo "$f"; done)" ""
done_testing
