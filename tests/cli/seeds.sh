#!/bin/sh
# What the smoke tests of old asked for: exactly 3 iterations after an earlier run of 6, ratios
# 0.50, 0.60, 0.60; nested write and read; a stable hash without an effect.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
latest=artifacts/soak/latest

status "an earlier run of 6" 0 "$SOAKTOP" run --mock --auto-tune --iterations 6 --run-id old
status "then one of 3" 0 "$SOAKTOP" run --mock --auto-tune --iterations 3 --json
is "TUNING_REPORT has exactly 3" "$(grep -c '"iteration":' $latest/TUNING_REPORT.json)" 3
is "so has the directory" "$(ls $latest | grep -c ITER_SUMMARY)" 3
is "the earlier run is kept whole" "$(ls artifacts/soak/runs/*-old | grep -c ITER_SUMMARY)" 6
is "the ratios are 0.50, 0.60, 0.60" \
  "$(sed 's/.*"maker_taker_ratio":\([^,]*\),.*/\1/' "$T/out" | tr '\n' ' ')" "0.5 0.6 0.6 "
is "from the fills' volume" \
  "$(sed 's/.*"maker_taker_source":"\([^"]*\)".*/\1/' "$T/out" | sort -u)" fills_volume
for f in proposed_deltas applied skip_reason changed_keys old_hash state_hash signature \
  oscillation_detected velocity_violation cooldown_active freeze_triggered; do
  is "every iteration has $f" "$(grep -c "\"$f\":" "$T/out")" 3
done
is "proposed_deltas is never null" "$(grep -c '"proposed_deltas": null' $latest/TUNING_REPORT.json)" 0
like "nested: risk" "$(cat artifacts/soak/runtime_overrides.json)" '"risk":\{"base_spread_bps_delta":'
like "nested: engine" "$(cat artifacts/soak/runtime_overrides.json)" '"engine":\{"min_interval_ms":'
hash=$(sha256sum artifacts/soak/runtime_overrides.json)
status "observe writes nothing" 0 "$SOAKTOP" run --mock --iterations 6
is "the hash is stable" "$(sha256sum artifacts/soak/runtime_overrides.json)" "$hash"
status "an older flat file" 0 sh -c 'printf "{\"min_interval_ms\":70,\"other\":{\"x\":1}}" \
  >artifacts/soak/runtime_overrides.json; exec "$SOAKTOP" run --mock --force-mock --iterations 1'
like "is written nested, unknown keys kept" "$(cat artifacts/soak/runtime_overrides.json)" \
  '^\{"engine":\{"min_interval_ms":70\},"other":\{"x":1\}\}$'
done_testing
