#!/bin/sh
# SIGKILL at any system call that changes a file, and any such call that fails: the journal's chain is
# whole, the parameters are those before or after the last intent, every document is whole, and the
# next run starts.
. "$TEST_SRCDIR/tests/tap.sh"
command -v strace >/dev/null || skip_all "no strace"
strace -o "$T/probe" -e inject=getpid:error=EIO true 2>/dev/null || skip_all "no faults may be injected here"
SOAKTOP_DATADIR="$TEST_SRCDIR/data"; export SOAKTOP_DATADIR
soak=$T/a/soak
bin=$TEST_BUILDDIR/tests/artifact

# run_with FAULT CALL N: a run whose Nth CALL meets FAULT ("signal=KILL", "error=ENOSPC").
run_with() {
  rm -rf "$T/a"
  (
    timeout -s KILL 10 strace -f -y -qq -o "$T/trace" -e "trace=$2" -e "inject=$2:$1:when=$3" \
      "$SOAKTOP" run --mock --auto-tune --headless --iterations 6 --artifacts "$T/a" \
      >"$T/out" 2>"$T/err" </dev/null
    : # keeps this shell, which then tells of the killed one into nothing
  ) 2>/dev/null
}

# check_parameters: runtime_overrides.json is one of those that the journal allows. Before the first
# record there is no journal to agree with, and before the first intent the file may be yet to come.
check_parameters() {
  [ -e "$soak/runtime_overrides.json" ] || {
    grep -qE '^records [01] ' "$T/journal" || echo "no parameters"
    return
  }
  hash=$(sha256sum <"$soak/runtime_overrides.json") hash=${hash%% *}
  grep -qE "^(records 0 .*|hash $hash)\$" "$T/journal" || { echo "parameters $hash"; cat "$T/journal"; }
}

# faults: what is wrong with what the run left.
faults() {
  [ -e "$soak/latest/journal.jsonl" ] || return
  "$bin/journal_check" "$soak/latest" >"$T/journal" 2>&1 || { cat "$T/journal"; return; }
  check_parameters
  for f in "$soak"/latest/*.json "$soak"/latest/artifacts/*.json "$T"/a/reports/*.json; do
    [ ! -e "$f" ] || tr -d '\n' <"$f" | "$bin/canon_filter" >/dev/null || echo "$f"
  done
}

# every FAULT CALL STEP: injects it at the first, the 1 + STEPth ... CALL, until the run meets no more.
# Only files count: an eventfd cannot be full.
every() {
  n=1 found='' met=0
  while run_with "$1" "$2" "$n"; grep -qE 'INJECTED|killed by' "$T/trace"; do
    if ! grep -qE 'anon_inode.*INJECTED' "$T/trace"; then
      met=$((met + 1))
      wrong=$(faults)
      [ -z "$wrong" ] || found="$found$2 $n: $wrong
$(cat "$T/err")
"
    fi
    n=$((n + $3))
  done
  is "$1 at $2: nothing is wrong after any of them" "$found" ""
  ok "$1 at $2: there were such calls ($met)" test "$met" -ge 3
}

every signal=KILL write 5
every signal=KILL fdatasync 2
every signal=KILL renameat 4
every error=ENOSPC write 7
every error=EIO fdatasync 3
every error=EIO fsync 3
every error=EACCES renameat 5

run_with signal=KILL renameat 9
rm -f "$T/out"
status "the next run takes over from the dead one" 0 "$SOAKTOP" run --mock --auto-tune --force-mock \
  --headless --iterations 3 --artifacts "$T/a"
is "nothing temporary of it stays in soak/" "$(find "$soak" -maxdepth 1 -name '*.tmp')" ""
is "and nothing of it is lost" "$(find "$soak/runs" -mindepth 1 -maxdepth 1 | wc -l)" 1
done_testing
