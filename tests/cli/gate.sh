#!/bin/sh
# gate.sh: gate, analyze, verify and snapshot as whole programs: exit statuses, what they write and
# print, and what they must not touch (ENGINE section 9).
. "$TEST_SRCDIR/tests/tap.sh"

# summary DIR N RISK MAKER_TAKER NET P95 [FREEZE [TUNING]]: one valid iteration.
quiet='"applied": false, "proposed_deltas": {}, "skip_reason": "", '
summary() {
  cat >"$1/ITER_SUMMARY_$2.json" <<END
{"iteration": $2, "state": "ok",
 "summary": {"runtime_utc": "2025-02-01T00:0$(($2 % 10)):00Z", "version": "t", "risk_ratio": $3,
  "maker_taker_ratio": $4, "maker_taker_source": "fills_volume", "net_bps": $5,
  "p95_latency_ms": $6, "adverse_bps_p95": 1.0, "slippage_bps_p95": 1.0},
 "tuning": {${8:-$quiet}
  "freeze_triggered": ${7:-false}, "freeze_reason": "", "rationale": "STABLE",
  "signature": "$(printf '%064d' "$2")", "state_hash": "$(printf '%064d' "$(($2 + 1))")"},
 "runtime_overrides": {"engine": {"tail_age_ms": $((600 + $2))}}}
END
}
# run_of DIR LETTERS: P passes the strict limits, F does not, Z passes and starts a freeze.
run_of() {
  mkdir -p "$1"
  n=0
  for letter in $(printf '%s' "$2" | sed 's/./& /g'); do
    n=$((n + 1))
    case $letter in
      P) summary "$1" $n 0.30 0.85 3.5 300 ;;
      F) summary "$1" $n 0.30 0.85 1.0 300 ;;
      Z) summary "$1" $n 0.30 0.85 3.5 300 true ;;
    esac
  done
}
# applied TARGET: tuning that says it applied tail_age_ms TARGET (in force next: 600 + its number).
applied() {
  printf '"applied": true, "skip_reason": "", "proposed_deltas": {"tail_age_ms": %s}, ' "$1"
  printf '"applied_deltas": {"tail_age_ms": %s}, "changed_keys": ["tail_age_ms"], ' "$1"
}
field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p" "$2"; }

# Exit statuses.
run_of "$T/pass" ZPPPPPPP
run_of "$T/warn" PPPPPPPP
run_of "$T/fail" FFFFPPPP
run_of "$T/open" PPPP
status 'gate: PASS exits 0' 0 "$SOAKTOP" gate --path "$T/pass"
status 'gate --strict: PASS with a freeze in the last 8 exits 0' 0 \
  "$SOAKTOP" gate --strict --path "$T/pass"
status 'gate: WARN exits 0' 0 "$SOAKTOP" gate --path "$T/warn"
status 'gate --warn-fails: WARN exits 1' 1 "$SOAKTOP" gate --path "$T/warn" --warn-fails
like 'and says why' "$(cat "$T/out")" 'verdict WARN, --warn-fails needs PASS'
status 'gate --strict: WARN without freeze_ready exits 1' 1 \
  "$SOAKTOP" gate --strict --path "$T/warn"
like 'and says why' "$(cat "$T/out")" '^reason: freeze_ready is false'
status 'gate: FAIL exits 1' 1 "$SOAKTOP" gate --path "$T/fail"
like 'with value and limit' "$(cat "$T/out")" '4 of the last 8 iterations fail, at most 3 may'
status 'gate: INCONCLUSIVE exits 3' 3 "$SOAKTOP" gate --path "$T/open"
status 'gate --strict: INCONCLUSIVE exits 3' 3 "$SOAKTOP" gate --strict --path "$T/open"
status 'gate: no such directory exits 2' 2 "$SOAKTOP" gate --path "$T/none"
like 'and names it' "$(cat "$T/err")" "$T/none"
mkdir "$T/empty"
status 'gate: a directory without iterations exits 2' 2 "$SOAKTOP" gate --path "$T/empty"
status 'gate: an unknown option exits 2' 2 "$SOAKTOP" gate --path "$T/pass" --nonsense
status 'analyze: FAIL exits 1' 1 "$SOAKTOP" analyze --path "$T/fail"
status 'analyze: INCONCLUSIVE exits 3' 3 "$SOAKTOP" analyze --path "$T/open"
status 'analyze: PASS exits 0' 0 "$SOAKTOP" analyze --path "$T/pass"
status 'snapshot: FAIL exits 1' 1 "$SOAKTOP" snapshot --path "$T/fail"
status 'snapshot: INCONCLUSIVE exits 3' 3 "$SOAKTOP" snapshot --path "$T/open"
status 'snapshot: PASS exits 0' 0 "$SOAKTOP" snapshot --path "$T/pass"
status 'verify: nothing to judge exits 0' 0 "$SOAKTOP" verify --strict --path "$T/fail"

# Failing deltas come before INCONCLUSIVE.
run_of "$T/deltas" PPPP
summary "$T/deltas" 1 0.30 0.85 3.5 300 false "$(applied 602)"
status 'gate: what was applied is found: still INCONCLUSIVE' 3 "$SOAKTOP" gate --path "$T/deltas"
summary "$T/deltas" 1 0.30 0.85 3.5 300 false "$(applied 610)"
status 'gate: what was applied is not found: 1, not 3' 1 "$SOAKTOP" gate --path "$T/deltas"
like 'full_apply_ratio is the reason' "$(cat "$T/out")" '^reason: full_apply_ratio 0.000 is below 0.90'
status 'verify exits 1 too' 1 "$SOAKTOP" verify --path "$T/deltas"
status 'analyze goes by the verdict alone' 3 "$SOAKTOP" analyze --path "$T/deltas"
status 'gate --skip-delta-verify does not hold it against the run' 3 \
  "$SOAKTOP" gate --skip-delta-verify --path "$T/deltas"

# The verify thresholds: 9 of 10 is enough, but not with --strict.
run_of "$T/ninety" PPPPPPPPPPP
for n in 1 2 3 4 5 6 7 8 9; do
  summary "$T/ninety" $n 0.30 0.85 3.5 300 true "$(applied $((601 + n)))"
done
summary "$T/ninety" 10 0.30 0.85 3.5 300 true "$(applied 700)"
status 'verify: 0.90 exits 0' 0 "$SOAKTOP" verify --path "$T/ninety"
status 'verify --strict: 0.90 exits 1' 1 "$SOAKTOP" verify --strict --path "$T/ninety"
status 'gate --strict: 0.90 exits 1' 1 "$SOAKTOP" gate --strict --path "$T/ninety"
status 'verify --json prints one object' 0 "$SOAKTOP" verify --json --path "$T/ninety"
is 'on one line' "$(wc -l <"$T/out" | tr -d ' ')" 1
is 'with the ratio' "$(field full_apply_ratio "$T/out")" 0.9
is 'and the counts' "$(field fail_count "$T/out")" 1
ok 'DELTA_VERIFY.json is there' test -f "$T/ninety/DELTA_VERIFY.json"

# Mock thresholds.
mkdir "$T/mock"
for n in 1 2 3 4 5 6 7 8; do summary "$T/mock" $n 0.50 0.50 -10.0 500; done
status 'strict thresholds fail a mock run' 1 "$SOAKTOP" gate --path "$T/mock"
ok 'FAILURES.md is written on FAIL' test -f "$T/mock/FAILURES.md"
status 'mock thresholds pass it' 0 "$SOAKTOP" gate --mock --prometheus --path "$T/mock"
like 'the first line says MOCK' "$(head -n 1 "$T/out")" 'MOCK'
for file in POST_SOAK_AUDIT.md RECOMMENDATIONS.md DELTA_VERIFY_REPORT.md POST_SOAK_METRICS.prom; do
  like "the first line of $file says MOCK" "$(head -n 1 "$T/mock/$file")" 'MOCK'
done
is 'the snapshot says mock' "$(field thresholds "$T/mock/POST_SOAK_SNAPSHOT.json")" '"mock"'
is 'the snapshot agrees on the verdict' "$(field verdict "$T/mock/POST_SOAK_SNAPSHOT.json")" '"WARN"'
ok 'FAILURES.md is gone when the verdict is no FAIL' test ! -e "$T/mock/FAILURES.md"
status 'USE_MOCK=1 means --mock' 0 env USE_MOCK=1 "$SOAKTOP" gate --path "$T/mock"
status 'USE_MOCK=0 does not' 1 env USE_MOCK=0 "$SOAKTOP" gate --path "$T/mock"
status 'snapshot --mock judges as the gate does' 0 "$SOAKTOP" snapshot --mock --path "$T/mock"
status 'analyze --mock does too' 0 "$SOAKTOP" analyze --mock --path "$T/mock"

# FAILURES.md of somebody else stays.
run_of "$T/notes" PPPPPPPP
echo 'my own notes' >"$T/notes/FAILURES.md"
status 'gate: WARN' 0 "$SOAKTOP" gate --path "$T/notes"
is 'a foreign FAILURES.md stays' "$(cat "$T/notes/FAILURES.md")" 'my own notes'

# Output.
status 'gate --json' 0 "$SOAKTOP" gate --json --path "$T/pass"
is 'is one line' "$(wc -l <"$T/out" | tr -d ' ')" 1
is 'with its verdict' "$(field verdict "$T/out")" '"PASS"'
is 'and its exit status' "$(field exit_status "$T/out")" 0
if command -v python3 >/dev/null; then
  ok 'that a JSON parser reads' python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$T/out"
  status 'snapshot --pretty' 0 "$SOAKTOP" snapshot --pretty --path "$T/pass"
  ok 'prints the object that the file holds' python3 -c '
import json, sys
shown, kept = open(sys.argv[1]).read(), open(sys.argv[2]).read()
assert json.loads(shown) == json.loads(kept)
assert shown.count("\n") > 20 and kept.count("\n") == 1
assert kept[:-1] == json.dumps(json.loads(kept), sort_keys=True, separators=(",", ":"))
' "$T/out" "$T/pass/POST_SOAK_SNAPSHOT.json"
fi
status 'gate' 0 "$SOAKTOP" gate --path "$T/pass"
for check in 'risk ratio' 'maker/taker' 'net' 'p95' 'verdict' 'full_apply_ratio' \
  'signature_stuck_count' 'freeze_ready' 'freeze triggered'; do
  like "prints the check $check" "$(cat "$T/out")" "^  $check.*  (pass|fail)"
done
like 'names what it wrote' "$(cat "$T/out")" '^written: POST_SOAK_AUDIT.md, '

# Steps that are left out.
run_of "$T/skip" PPPPPPPP
status 'gate --skip-analyzer' 0 "$SOAKTOP" gate --skip-analyzer --path "$T/skip"
ok 'writes no audit' test ! -e "$T/skip/POST_SOAK_AUDIT.md"
ok 'and no metrics without --prometheus' test ! -e "$T/skip/POST_SOAK_METRICS.prom"
run_of "$T/skip2" PPPPPPPP
status 'gate --skip-delta-verify' 0 "$SOAKTOP" gate --skip-delta-verify --path "$T/skip2"
ok 'writes no DELTA_VERIFY.json' test ! -e "$T/skip2/DELTA_VERIFY.json"

# A planted file changes no verdict.
run_of "$T/planted" FFFFFFFF
echo '{"verdict": "PASS", "pass_count_last8": 8, "freeze_ready": true}' \
  >"$T/planted/POST_SOAK_SUMMARY.json"
status 'gate: a planted POST_SOAK_SUMMARY.json is not believed' 1 \
  "$SOAKTOP" gate --path "$T/planted"
is 'the verdict is FAIL' "$(field verdict "$T/planted/POST_SOAK_SNAPSHOT.json")" '"FAIL"'

# Metrics that Prometheus reads. The fixed names end in _count, which its linter dislikes of gauges.
if command -v promtool >/dev/null; then
  for dir in pass mock deltas; do
    "$SOAKTOP" gate --prometheus --path "$T/$dir" >/dev/null 2>&1
    promtool check metrics <"$T/$dir/POST_SOAK_METRICS.prom" >"$T/lint" 2>&1
    is "promtool reads the metrics of $dir" "$(grep -v 'should not have "_count" suffix' "$T/lint")" ''
  done
else
  echo "# promtool is not here: its cases are skipped"
fi

# A directory of the Python pipeline.
cp -R "$TEST_SRCDIR/tests/data/pipeline" "$T/pipeline"
chmod -R u+w "$T/pipeline"
listing() { (cd "$1" && find . -type f | sort | xargs sha256sum); }
listing "$T/pipeline" >"$T/before"
status 'gate on a pipeline directory: its deltas fail' 1 \
  "$SOAKTOP" gate --prometheus --path "$T/pipeline"
latest=$T/pipeline/soak/latest
is 'proposed' "$(tr -d ' ,' <"$latest/DELTA_VERIFY.json" | grep proposed_count)" '"proposed_count":2'
is 'full' "$(tr -d ' ,' <"$latest/DELTA_VERIFY.json" | grep full_apply_count)" '"full_apply_count":0'
is 'partial ok' "$(tr -d ' ,' <"$latest/DELTA_VERIFY.json" | grep partial_ok)" '"partial_ok_count":1'
is 'fail' "$(tr -d ' ,' <"$latest/DELTA_VERIFY.json" | grep fail_count)" '"fail_count":1'
is 'ratio' "$(tr -d ' ,' <"$latest/DELTA_VERIFY.json" | grep apply_ratio)" '"full_apply_ratio":0.0'
like 'with the reason' "$(cat "$latest/DELTA_VERIFY_REPORT.md")" 'parameter not found in runtime'
is 'no freeze' "$(field freeze_seen "$latest/POST_SOAK_SNAPSHOT.json")" false
ok 'the stale FAILURES.md of the pipeline is gone' test ! -e "$latest/FAILURES.md"
listing "$T/pipeline" | grep -v -e POST_SOAK_ -e RECOMMENDATIONS -e DELTA_VERIFY >"$T/after"
grep -v FAILURES.md "$T/before" >"$T/kept"
ok 'nothing but the reports changed' cmp "$T/kept" "$T/after"
status 'the run directory itself is a path too' 1 "$SOAKTOP" gate --path "$latest"

# Hostile directories.
run_of "$T/torn" PPPPPPPP
printf '{"iteration": 3, "sum' >"$T/torn/ITER_SUMMARY_3.json"
status 'a torn file counts as not passed' 0 "$SOAKTOP" gate --path "$T/torn"
is 'seven pass' "$(field pass_count_last8 "$T/torn/POST_SOAK_SNAPSHOT.json")" 7
like 'the audit names it' "$(cat "$T/torn/POST_SOAK_AUDIT.md")" 'iteration 3 missing or torn: .*ITER_SUMMARY_3'
run_of "$T/links" PPPPPPPP
echo secret >"$T/secret"
ln -s "$T/secret" "$T/links/POST_SOAK_AUDIT.md"
ln -s "$T/secret" "$T/links/FAILURES.md"
status 'a link in the place of a report' 0 "$SOAKTOP" gate --path "$T/links"
is 'is not written through' "$(cat "$T/secret")" secret
run_of "$T/taken" PPPPPPPP
mkdir "$T/taken/POST_SOAK_AUDIT.md"
status 'a report that cannot be written exits 2' 2 "$SOAKTOP" gate --path "$T/taken"
like 'and names the file' "$(cat "$T/err")" 'taken/POST_SOAK_AUDIT.md'
ok 'leaves no temporary file' test -z "$(find "$T/taken" -name '*.tmp')"
if [ "$(id -u)" != 0 ]; then
  run_of "$T/readonly" PPPPPPPP
  chmod a-w "$T/readonly"
  status 'a directory that is read-only exits 2' 2 "$SOAKTOP" gate --path "$T/readonly"
  like 'and says which file' "$(cat "$T/err")" 'readonly/POST_SOAK_AUDIT.md'
  chmod u+w "$T/readonly"
fi
run_of "$T/escape" PPPPPPPP
sed 's/"state": "ok"/"state": "failed", "error": "\\u001b[31m|<b>\\n# head"/' \
  "$T/escape/ITER_SUMMARY_2.json" >"$T/x" && cp "$T/x" "$T/escape/ITER_SUMMARY_2.json"
status 'a hostile error text' 0 "$SOAKTOP" gate --path "$T/escape"
ok 'brings no control character into a report' \
  sh -c '! LC_ALL=C grep -q "[[:cntrl:]]" "$1"/*.md "$1"/POST_SOAK_SNAPSHOT.json' x "$T/escape"
like 'but is shown' "$(cat "$T/escape/POST_SOAK_AUDIT.md")" 'x1b.*31m.*<b>'

# Runs of our own: the worked example passes both gates and may not be promoted; equal mock runs give
# equal bytes.
mock_run() {
  mkdir "$1" && cd "$1" &&
    "$SOAKTOP" run --mock --auto-tune --iterations 24 --headless --run-id same >/dev/null 2>&1
}
(mock_run "$T/one")
(mock_run "$T/two")
status 'worked example: the mock gate passes' 0 \
  "$SOAKTOP" gate --mock --strict --prometheus --path "$T/one/artifacts"
latest=$T/one/artifacts/soak/latest
is 'with full_apply_ratio 1.0' "$(tr -d ' ,' <"$latest/DELTA_VERIFY.json" | grep apply_ratio)" \
  '"full_apply_ratio":1.0'
is 'of 5' "$(tr -d ' ,' <"$latest/DELTA_VERIFY.json" | grep full_apply_count)" '"full_apply_count":5'
is 'stuck 0' "$(tr -d ' ,' <"$latest/DELTA_VERIFY.json" | grep stuck)" '"signature_stuck_count":0'
is 'freeze_ready' "$(field freeze_ready "$latest/POST_SOAK_SNAPSHOT.json")" true
like 'net 4.75' "$(cat "$latest/POST_SOAK_METRICS.prom")" '^soak_kpi_net_bps_mean 4.75$'
sleep 1
status 'the same of the other run' 0 \
  "$SOAKTOP" gate --mock --strict --prometheus --path "$T/two/artifacts"
ok 'equal mock runs leave equal bytes' diff -r "$T/one" "$T/two"
status 'worked example: the strict gate passes' 0 "$SOAKTOP" gate --strict --path "$T/one/artifacts"
is 'but a mock run is not promotable' "$(field promotable "$latest/POST_SOAK_SNAPSHOT.json")" false

cat >"$T/report" <<'END'
{"totals": {"net_bps": 3.5, "p95_latency_ms": 300, "adverse_bps_p95": 1.0, "slippage_bps_p95": 1.0,
 "block_reasons": {"risk": {"count": 3, "ratio": 0.30}, "min_interval": {"count": 1, "ratio": 0.1}},
 "fills": {"maker_count": 90, "taker_count": 10, "maker_volume": 900, "taker_volume": 100}},
 "runtime": {"utc": "2025-01-01T00:00:00Z", "version": "x"}}
END
(cd "$T" && "$SOAKTOP" run --exec "cp '$T/report' \"\$SOAK_EDGE_REPORT\"" --auto-tune --headless \
  --iterations 8 --interval 0 --artifacts "$T/live" >/dev/null 2>"$T/err")
status 'a run of a real source passes --strict' 0 "$SOAKTOP" gate --strict --path "$T/live"
is 'and is promotable' "$(field promotable "$T/live/soak/latest/POST_SOAK_SNAPSHOT.json")" true
status 'without --strict' 0 "$SOAKTOP" gate --path "$T/live"
is 'it is not' "$(field promotable "$T/live/soak/latest/POST_SOAK_SNAPSHOT.json")" false
status 'with mock thresholds' 0 "$SOAKTOP" gate --strict --mock --path "$T/live"
is 'it is not either' "$(field promotable "$T/live/soak/latest/POST_SOAK_SNAPSHOT.json")" false

# Integrity comes before every verdict.
sed '2s/"type":"/"type": "/' "$latest/journal.jsonl" >"$T/x" && cp "$T/x" "$latest/journal.jsonl"
for each in gate analyze verify snapshot; do
  status "$each: a broken journal chain exits 5" 5 "$SOAKTOP" $each --path "$T/one/artifacts"
done
like 'and is told' "$(cat "$T/err")" 'journal'

# A gate needs no lock, and holds none.
run_of "$T/root/soak/latest" PPPPPPPP
if command -v flock >/dev/null; then
  status 'a gate runs while a writer holds the lock' 0 \
    flock "$T/root/soak/.lock" "$SOAKTOP" gate --path "$T/root"
fi
done_testing
