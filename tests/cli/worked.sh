#!/bin/sh
# The worked example: run --mock --auto-tune --iterations 24 from the best cell, through the program.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
status "the run" 0 "$SOAKTOP" run --mock --auto-tune --iterations 24 --json
cp out lines

# field NAME N: the object, word or number NAME of iteration N
field() {
  sed -n "$2p" lines | sed -n 's/.*"'"$1"'":\({[^}]*}\|\[[^]]*\]\|"[^"]*"\|[^,}]*\).*/\1/p'
}
want() {
  is "iteration $1 proposes" "$(field proposed_deltas "$1")" "$2"
  is "iteration $1 applies all of it" "$(field applied_deltas "$1")" "$2"
}
want 1 '{"base_spread_bps_delta":0.08,"impact_cap_ratio":0.09,"max_delta_ratio":0.14,"tail_age_ms":630}'
want 2 '{"base_spread_bps_delta":0.1,"min_interval_ms":80,"replace_rate_per_min":240,"tail_age_ms":700}'
want 3 '{"impact_cap_ratio":0.08,"tail_age_ms":730}'
want 4 '{}'
want 5 '{}'
want 6 '{"base_spread_bps":0.135,"replace_rate_per_min":204}'
want 7 '{"base_spread_bps":0.15,"replace_rate_per_min":200}'
for i in 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
  is "iteration $i is stable" "$(field proposed_deltas $i)" '{}'
done
freezes=
for i in $(seq 1 24); do
  [ "$(field freeze_triggered "$i")" = true ] && freezes="$freezes $i"
done
is "freezes start" "$freezes" " 8 12 16 20 24"
is "iteration 24 is at 0.85" "$(field maker_taker_ratio 24)" 0.85
signature=$(sha256sum artifacts/soak/runtime_overrides.json | cut -d' ' -f1)
is "the file's hash is the last state" "$(field state_hash 24)" "\"$signature\""
is "the file is canonical" "$(cat artifacts/soak/runtime_overrides.json)" \
  '{"engine":{"min_interval_ms":80,"replace_rate_per_min":200,"tail_age_ms":730},"risk":{"base_spread_bps":0.15,"base_spread_bps_delta":0.1,"impact_cap_ratio":0.08,"max_delta_ratio":0.14}}'
for i in $(seq 2 24); do
  [ "$(field signature "$i")" = "$(field state_hash $((i - 1)))" ] || echo "$i"
done >"$T/breaks"
is "each state is the next signature" "$(cat "$T/breaks")" ""

status "strict gate" 0 "$SOAKTOP" gate --path artifacts --strict
like "strict: PASS" "$(cat "$T/out")" 'PASS'
snapshot=$(cat artifacts/soak/latest/POST_SOAK_SNAPSHOT.json)
like "8 of 8" "$snapshot" '"pass_count_last8":8'
like "risk 0.30" "$snapshot" '"risk_ratio":\{"mean":0\.3,"median":0\.3\}'
like "maker/taker 0.85" "$snapshot" '"maker_taker_ratio":\{"mean":0\.85,"median":0\.85\}'
like "net 4.75" "$snapshot" '"net_bps":\{"mean":4\.75,"median":4\.75\}'
like "p95 222.5" "$snapshot" '"p95_latency_ms":\{"mean":222\.5,"median":222\.5\}'
like "freeze_ready" "$snapshot" '"freeze_ready":true'
like "a mock is never promotable" "$snapshot" '"promotable":false'
like "full_apply_ratio 1.0, 5 of 5, stuck 0" "$(tr -d ' \n' <artifacts/soak/latest/DELTA_VERIFY.json)" \
  '"full_apply_count":5,"full_apply_ratio":1\.0,.*"signature_stuck_count":0'
status "mock gate" 0 "$SOAKTOP" gate --path artifacts --mock
like "mock: says so in its first line" "$(head -1 "$T/out")" '[Mm]ock|MOCK'

# two runs with the same options, start and id write identical bytes
for i in 1 2; do
  mkdir "d$i" && (cd "d$i" && "$SOAKTOP" run --mock --auto-tune --iterations 9 --run-id same --gate mock >out 2>err)
done
ok "two mock runs are the same bytes" diff -r --exclude=.lock d1 d2
done_testing
