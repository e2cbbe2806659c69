#!/bin/sh
# run --exec: a bot's command gives each iteration's report; every way it fails is a failed
# iteration with its reason, never the end of the run.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
mkdir bin
cat >bin/bot <<'BOT'
#!/bin/sh
printf '{"totals":{"net_bps":3.%s,"p95_latency_ms":300,"block_reasons":{"risk":{"count":3,"ratio":0.3}},
"fills":{"maker_count":9,"taker_count":1,"maker_volume":90,"taker_volume":10}}}' "$SOAK_ITERATION" \
  >"$SOAK_EDGE_REPORT.tmp" && mv "$SOAK_EDGE_REPORT.tmp" "$SOAK_EDGE_REPORT"
BOT
chmod +x bin/bot
run() { "$SOAKTOP" run --interval 0 "$@"; }
bot=$T/bin/bot

status "3 iterations" 0 run --exec "$bot" --iterations 3
like "the report's figures" "$(sed -n 2p out)" 'it 2/3  risk  0\.300  maker/taker  0\.900  net   3\.20 bps  p95  300\.0 ms  PASS'
status "the environment" 0 run --iterations 1 --exec \
  'test -d "$SOAK_RUN_DIR" && test -f "$SOAK_RUNTIME_OVERRIDES" && test "$SOAK_ITERATION" = 1 && '"$bot"
unlike "all four are there" "$(cat out)" failed
SOAK_SLEEP_SECONDS=0 status "SOAK_SLEEP_SECONDS=0 for 300" 0 timeout 20 "$SOAKTOP" run --exec "$bot" --iterations 2

failing() {
  status "$1: the run completes" 0 run --exec "$2" --iterations 1 $4
  like "$1: the reason" "$(cat out)" "n/a .*FAIL  failed: .*$3"
  like "$1: recorded" "$(cat artifacts/soak/latest/ITER_SUMMARY_1.json)" '"state": "failed"'
}
failing "a status" 'echo some words >&2; exit 3' '3'
like "its last words are kept" "$(cat artifacts/soak/latest/ITER_SUMMARY_1.json)" '"output_tail": ".*some words'
failing "no report" 'true' 'report'
failing "no JSON" 'echo nonsense >"$SOAK_EDGE_REPORT"' 'EDGE_REPORT'
failing "NaN" 'echo "{\"totals\":{\"net_bps\":NaN}}" >"$SOAK_EDGE_REPORT"' 'EDGE_REPORT'
failing "a time-out" 'sleep 60' '0\.2|time' '--exec-timeout 0.2'
failing "hidden control characters" 'echo "{\"totals\":{\"\\u001b[2J\":1,\"net_bps\":\"\\u001b\"}}" >"$SOAK_EDGE_REPORT"' 'net_bps'
unlike "they stay hidden" "$(cat out)" "$(printf '\033')"
status "a failed one between good ones" 0 run --iterations 3 --json --exec "[ \$SOAK_ITERATION != 2 ] && $bot"
is "is one of three" "$(grep -c '"state":"failed"' out)" 1
like "its KPIs are null" "$(sed -n 2p out)" '"net_bps":null'

# a mock must not move what a bot's soak wrote
hash=$(sha256sum artifacts/soak/runtime_overrides.json)
status "a mock over a bot's parameters" 2 "$SOAKTOP" run --mock --iterations 1
like "says how to insist" "$(cat err)" 'force-mock'
is "nothing moved" "$(sha256sum artifacts/soak/runtime_overrides.json)" "$hash"
like "the bot's run is still the latest" "$(cat artifacts/soak/latest/run.json)" '"source": "exec"'
status "--force-mock" 0 "$SOAKTOP" run --mock --force-mock --iterations 1
status "a mock after a mock" 0 "$SOAKTOP" run --mock --iterations 1

# --edge-report: a bot writes by itself
(sleep 0.5; SOAK_ITERATION=7 SOAK_EDGE_REPORT=$T/r.json "$bot") &
writer=$!
status "--edge-report" 0 timeout 20 "$SOAKTOP" run --edge-report "$T/r.json" --iterations 1 --interval 0
wait "$writer"
like "it has the new report" "$(cat out)" 'net   3\.70 bps'
status "--report-timeout" 0 run --edge-report "$T/r.json" --iterations 1 --report-timeout 0.2
like "it names the wait" "$(cat out)" 'failed: '
done_testing
