#!/bin/sh
# One writer; a soak that is stopped or killed in the middle leaves whole files.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"
cd "$T" || exit 99
latest=artifacts/soak/latest
pid=
end_soak() { [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; }
cleanup_hook=end_soak

# wait_for COMMAND...: at most 10 seconds
wait_for() {
  for _ in $(seq 200); do "$@" >/dev/null 2>&1 && return 0; sleep 0.05; done
  return 1
}
# ended NAME WANTED: the exit status of $pid
ended() { wait "$pid"; is "$1" $? "$2"; pid=; }

"$SOAKTOP" run --exec 'echo $$ >child; exec sleep 60' --run-id first --json >one 2>one.err &
pid=$!
ok "a soak runs" wait_for test -s child
status "a second writer" 4 "$SOAKTOP" run --mock --force-mock --iterations 1
like "the first one's process is named" "$(cat err)" "$pid"
like "and its host" "$(cat err)" "$(uname -n)"
ok "its run is untouched" grep -q '"first"' $latest/run.json
kill -TERM "$pid"
ended "SIGTERM: 128 + 15" 143
like "it is told" "$(cat one.err)" '^soaktop: stopped: 0 iterations'
like "the state is stopped" "$(cat $latest/run.json)" '"state": "stopped"'
unlike "the command has ended with it" "$(ps -o pid= -p "$(cat child)")" '[0-9]'

for n in INT; do
  env --default-signal=$n true 2>/dev/null || continue
  env --default-signal=$n "$SOAKTOP" run --exec 'exec sleep 60' >one 2>one.err &
  pid=$!
  ok "SIG$n: a soak runs" wait_for grep -q '"state": "running"' $latest/run.json
  sleep 0.2; kill -$n "$pid"
  ended "SIG$n stops it cleanly" 130
done
for n in default ignore; do
  env --$n-signal=HUP true 2>/dev/null || continue
  env --$n-signal=HUP "$SOAKTOP" run --exec 'exec sleep 60' --run-id hup-$n >one 2>one.err &
  pid=$!
  ok "SIGHUP ($n): a soak runs" wait_for grep -q "\"hup-$n\"" $latest/run.json
  sleep 0.2; kill -HUP "$pid"; sleep 0.3
  ok "it outlives SIGHUP" kill -0 "$pid"
  kill -TERM "$pid"; ended "SIGTERM ends it" 143
done

"$SOAKTOP" run --mock --force-mock --iterations 2 >&- 2>&-
is "closed descriptors: lines are missing, and that is told" $? 2
is "but no file got them" "$(grep -rl 'it 1/2\|soaktop:' artifacts)" ""
ok "the run is whole" "$SOAKTOP" deltas list
"$SOAKTOP" run --exec 'exec sleep 60' --gate strict --run-id gated >one 2>one.err &
pid=$!
ok "a soak with a gate runs" wait_for grep -q '"gated"' $latest/run.json
kill -TERM "$pid"; ended "it is stopped" 143
like "there is no gate then, and it is told" "$(cat one.err)" 'no gate; soaktop gate --path '

gone() { ! grep -q '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$(cat "$1")/status"; }
if env --default-signal=QUIT true 2>/dev/null; then
  env --default-signal=QUIT "$SOAKTOP" run --exec 'sleep 60 & echo $! >grand; wait' >one 2>one.err &
  pid=$!
  ok "a command with a child of its own runs" wait_for test -s grand
  kill -QUIT "$pid"; ended "SIGQUIT ends it at once" 131
  ok "the command's child has ended too" wait_for gone grand
  kill -KILL "$(cat grand)" 2>/dev/null
fi

"$SOAKTOP" run --mock --force-mock --auto-tune --json >one 2>one.err &
pid=$!
ok "a fast soak runs" wait_for test -s $latest/ITER_SUMMARY_20.json
kill -TERM "$pid"
ended "SIGTERM in the middle" 143
n=$(ls $latest | grep -c ITER_SUMMARY)
is "TUNING_REPORT has them all" "$(grep -c '"iteration":' $latest/TUNING_REPORT.json)" "$n"
is "so has standard output" "$(wc -l <one | tr -d ' ')" "$n"
ok "the journal's chain is intact" "$SOAKTOP" deltas list
is "no temporary file is left" "$(find artifacts -name '*tmp*')" ""

"$SOAKTOP" run --mock --auto-tune --json >one 2>one.err &
pid=$!
ok "another fast soak runs" wait_for test -s $latest/ITER_SUMMARY_50.json
kill -KILL "$pid"
wait "$pid" 2>/dev/null; pid=
if [ "$json_tool" ]; then
  ok "SIGKILL: TUNING_REPORT is a whole document" get $latest/TUNING_REPORT.json .
  for f in $latest/ITER_SUMMARY_*.json; do get "$f" . >/dev/null || echo "$f"; done >torn 2>&1
  is "SIGKILL: every ITER_SUMMARY is whole" "$(cat torn)" ""
  ok "SIGKILL: so are the parameters" get artifacts/soak/runtime_overrides.json .
fi
ok "SIGKILL: the journal's chain is intact" "$SOAKTOP" deltas list
journal_iterations=$(grep -c '"type":"iteration"' $latest/journal.jsonl)
n=$(ls $latest | grep -c ITER_SUMMARY)
ok "SIGKILL: no iteration without its record" test "$n" -le "$journal_iterations"
sed -i '3s/"utc":"2/"utc":"3/' $latest/journal.jsonl
status "a changed journal is an integrity fault" 5 "$SOAKTOP" deltas list
like "the record is named" "$(cat err)" '[34]'
status "the lock has gone with the process" 0 "$SOAKTOP" run --mock --force-mock --iterations 1
done_testing
