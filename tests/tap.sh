# tap.sh: sourced by the shell tests; they speak TAP. POSIX shell.
# Gives: a scratch directory $T (removed at the end), ok, is, like, unlike, status, skip_all, done_testing.

count=0
failures=0
T=$(mktemp -d "${TMPDIR:-/tmp}/soaktop-test.XXXXXX") || exit 99
cleanup_hook=:
trap '$cleanup_hook; rm -rf "$T"' EXIT
trap 'exit 99' INT TERM HUP
unset MM_RUNTIME_OVERRIDES_JSON SOAK_SLEEP_SECONDS USE_MOCK NO_COLOR COLORTERM
export XDG_CONFIG_HOME="$T/config" XDG_STATE_HOME="$T/state" TZ=UTC

# ok NAME COMMAND...: passes if COMMAND succeeds.
ok() {
  name=$1; shift; count=$((count + 1))
  if "$@" >"$T/.ok" 2>&1; then echo "ok $count - $name"
  else
    failures=$((failures + 1)); echo "not ok $count - $name"; sed 's/^/# /' "$T/.ok"
  fi
}
# is NAME GOT WANTED
is() {
  count=$((count + 1))
  if [ "$2" = "$3" ]; then echo "ok $count - $1"
  else
    failures=$((failures + 1)); echo "not ok $count - $1"
    printf '%s\n' "got:" "$2" "wanted:" "$3" | sed 's/^/# /'
  fi
}
# like NAME TEXT EXTENDED-REGEX ; unlike
like() {
  count=$((count + 1))
  if printf '%s\n' "$2" | grep -Eq -e "$3"; then echo "ok $count - $1"
  else
    failures=$((failures + 1)); echo "not ok $count - $1"
    printf '%s\n' "no match for: $3" "in:" "$2" | sed 's/^/# /'
  fi
}
unlike() {
  count=$((count + 1))
  if printf '%s\n' "$2" | grep -Eq -e "$3"; then
    failures=$((failures + 1)); echo "not ok $count - $1"
    printf '%s\n' "unwanted match for: $3" "in:" "$2" | sed 's/^/# /'
  else echo "ok $count - $1"
  fi
}
# status NAME WANTED COMMAND...: runs it; its output stays in $T/out and $T/err.
status() {
  name=$1; wanted=$2; shift 2; count=$((count + 1))
  "$@" >"$T/out" 2>"$T/err" </dev/null; got=$?
  if [ "$got" = "$wanted" ]; then echo "ok $count - $name"
  else
    failures=$((failures + 1)); echo "not ok $count - $name"
    printf '%s\n' "exit $got, wanted $wanted; standard error:" | sed 's/^/# /'
    sed 's/^/# /' "$T/err"
  fi
}
skip_all() { echo "1..0 # SKIP $1"; exit 0; }
done_testing() { echo "1..$count"; [ "$failures" = 0 ]; exit $?; }
