#!/bin/sh
# runtime.overrides_hash: a bot that says which parameters it runs with is believed: VERIFIED only
# with the hash in force, else DIVERGED, for the list, verify, gate and snapshot. With --exec and
# with --edge-report.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99

# $1: how the hash is made of the file's: "right", "old" (that of the iteration before), "none"
cat >bot <<'BOT'
#!/bin/sh
now=$(sha256sum <"$SOAK_RUNTIME_OVERRIDES"); now=${now%% *}
old=$(cat "$0.old" 2>/dev/null); printf %s "$now" >"$0.old"
case $1 in right) hash=",\"overrides_hash\":\"$now\"" ;; old) hash=",\"overrides_hash\":\"${old:-$now}\"" ;; *) hash= ;; esac
printf '{"totals":{"net_bps":2.8,"adverse_bps_p95":5,"slippage_bps_p95":3.5,"p95_latency_ms":300,
"block_reasons":{"risk":{"count":3,"ratio":0.3}},
"fills":{"maker_count":9,"taker_count":1,"maker_volume":90,"taker_volume":10}},
"runtime":{"version":"1"%s}}' "$hash" >"$SOAK_EDGE_REPORT.tmp" && mv "$SOAK_EDGE_REPORT.tmp" "$SOAK_EDGE_REPORT"
BOT
chmod +x bot
soak() {
  rm -f bot.old
  status "$1" 0 "$SOAKTOP" run --interval 0 --auto-tune --iterations 4 --artifacts "$1" --exec "$T/bot $1"
  "$SOAKTOP" deltas list --path "$1" >"$1.list"
  "$SOAKTOP" gate --path "$1" >"$1.gate" 2>&1
}
soak right
soak old
soak none
like "right: applied" "$(cat right.list)" 'APPLIED +DRIVER'
unlike "right: nothing diverged" "$(cat right.list right.gate)" 'DIVERGED|diverged_count [1-9]'
status "right: verified" 0 "$SOAKTOP" verify --path right
like "right: confirmed by the bot" "$(cat out)" 'confirmed [1-9][0-9]*, diverged 0'
like "old: the list says so" "$(cat old.list)" 'DIVERGED +DRIVER'
status "old: verify fails" 1 "$SOAKTOP" verify --path old
like "old: with the reason" "$(cat out)" 'fail: iterations 1 to 2: the bot ran it 2 with [0-9a-f]{12}, not with [0-9a-f]{12}'
like "old: the gate says so" "$(cat old.gate)" 'diverged_count [1-9][0-9]* is above 0'
like "old: the snapshot too" "$(cat old/soak/latest/POST_SOAK_SNAPSHOT.json)" '"diverged_count":[1-9].*"reasons":\[.*diverged_count'
like "old: DELTA_VERIFY.json" "$(cat old/soak/latest/DELTA_VERIFY.json)" '"diverged_count": ?[1-9]'
"$SOAKTOP" deltas list --path old --json >old.json
like "old: the twin" "$(cat old.json)" '"state":"DIVERGED"'
unlike "none: as ever" "$(cat none.list none.gate)" 'DIVERGED|diverged_count [1-9]|confirmed'
status "none: verified by the values" 0 "$SOAKTOP" verify --path none
like "none: nothing confirmed" "$(cat none/soak/latest/DELTA_VERIFY.json)" '"confirmed_count": ?0'

# A file that another process wrote in its own form: the hash of its bytes is that of its state.
cat >pretty <<'BOT'
#!/bin/sh
[ "$SOAK_ITERATION" = 2 ] && { python3 -c 'import json,sys
p=sys.argv[1]; o=json.load(open(p)); o["engine"]["tail_age_ms"]+=5; json.dump(o,open(p+".n","w"),indent=1)' "$SOAK_RUNTIME_OVERRIDES"; mv "$SOAK_RUNTIME_OVERRIDES.n" "$SOAK_RUNTIME_OVERRIDES"; }
exec "${0%/*}/bot" right
BOT
chmod +x pretty; rm -f bot.old
if command -v python3 >/dev/null; then
  status "a file in another form" 0 "$SOAKTOP" run --interval 0 --approve observe --iterations 3 --artifacts pretty.d --exec "$T/pretty"
  hash=$(sed -n 's/.*"overrides_hash": "\([0-9a-f]*\)".*/\1/p' pretty.d/soak/latest/ITER_SUMMARY_2.json)
  like "counts as its state" "$(cat pretty.d/soak/latest/ITER_SUMMARY_2.json)" "\"signature\": \"$hash\""
fi

# A running bot's report, at its own pace.
mkdir -p live/reports
report() {
  hash=$(sha256sum <live/soak/runtime_overrides.json); hash=${hash%% *}
  [ "$2" = right ] || hash=$(printf '%064d' 0)
  printf '{"totals":{"net_bps":2.8,"adverse_bps_p95":5,"slippage_bps_p95":3.5,"p95_latency_ms":300,
"block_reasons":{"risk":{"count":3,"ratio":0.3}},"fills":{"maker_count":9,"taker_count":1,"maker_volume":90,"taker_volume":10}},
"runtime":{"utc":"2025-01-01T00:00:0%sZ","version":"1","overrides_hash":"%s"}}' "$1" "$hash" >live/new && mv live/new live/reports/EDGE_REPORT.json
}
"$SOAKTOP" run --interval 0 --auto-tune --iterations 3 --artifacts live --edge-report live/reports/EDGE_REPORT.json >live.out 2>&1 &
pid=$!
wait_for() { i=0; until [ -e "$1" ] || [ $i -gt 200 ]; do i=$((i + 1)); sleep 0.05; done; }
wait_for live/soak/latest/run.json; sleep 0.2
report 1 right; wait_for live/soak/latest/ITER_SUMMARY_1.json
report 2 right; wait_for live/soak/latest/ITER_SUMMARY_2.json
report 3 wrong; wait_for live/soak/latest/ITER_SUMMARY_3.json
wait "$pid"
"$SOAKTOP" deltas list --path live >live.list
like "edge-report: it 1 is confirmed" "$(cat live.list)" '^ *1 +APPLIED'
like "edge-report: it 2 diverged" "$(cat live.list)" '^ *2 +DIVERGED'
: >empty
status "edge-report: the dashboard opens it" 0 "$SOAKTOP" replay live --script empty --save-screen live.screen --size 120x40
like "its header says so" "$(head -1 live.screen)" 'DIVERGED'
like "and the lines" "$(cat live.screen)" 'DIVERGED'
done_testing
