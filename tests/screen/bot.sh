# bot.sh: a bot for the tests of the keys: run by --exec for one iteration, it leaves an edge report.
# Iterations 1 and 2 are steady (risk 0.30, net 3.5), which starts a freeze of impact_cap_ratio and
# max_delta_ratio; from 3 on adverse and slippage drive the tuner, so that of four proposed lines the
# freeze holds two. BOT_SLOW: seconds that an iteration takes. POSIX shell.
[ "${BOT_SLOW:-0}" = 0 ] || sleep "$BOT_SLOW"
net=3.5 adverse=1.0 slippage=1.0
if [ "$SOAK_ITERATION" -ge 3 ]; then net=2.8 adverse=5.0 slippage=3.5; fi
cat >"$SOAK_EDGE_REPORT.new" <<EOF
{"totals": {"net_bps": $net, "adverse_bps_p95": $adverse, "slippage_bps_p95": $slippage,
  "order_age_p95_ms": 300, "p95_latency_ms": 200,
  "block_reasons": {"risk": {"count": 3, "ratio": 0.30}, "min_interval": {"count": 1, "ratio": 0.1}},
  "fills": {"maker_count": 90, "taker_count": 10, "maker_volume": 9000, "taker_volume": 1000}},
 "runtime": {"utc": "2025-01-01T00:00:0${SOAK_ITERATION}Z", "version": "bot $SOAK_ITERATION"}}
EOF
mv "$SOAK_EDGE_REPORT.new" "$SOAK_EDGE_REPORT"
