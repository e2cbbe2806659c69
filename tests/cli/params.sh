#!/bin/sh
# params: every value with where it came from; precedence --set, environment, preset, profile, file,
# best cell.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"

# row NAME: its words, from $T/out
row() { sed -n "s/^$1  *//p" "$T/out" | tr -s ' '; }

status "without an artifact root" 0 "$SOAKTOP" params --artifacts "$T/none"
like "it says that there is no file" "$(head -1 "$T/out")" 'not there yet'
is "it makes no artifact root" "$(ls -d "$T/none" 2>/dev/null)" ""
like "best cell" "$(row tail_age_ms)" '^600 best cell 500 800 1 ms$'
like "default" "$(row concurrency_limit)" '^10 default 1 64 1 count$'
like "neither value nor default is n/a" "$(row risk_limit_ratio)" '^n/a not set '
like "no cap is -" "$(row tick_size)" '^n/a not set 0[.0]* - -'
is "the table lines up" "$(sed -n '2,$p' "$T/out" | awk '
  NR == 1 {at = index($0, "from"); next} /^$/ {exit} substr($0, at - 1, 1) != " " || substr($0, at, 1) == " "')" ""

mkdir -p "$T/a/soak"
printf '{"engine":{"tail_age_ms":650},"min_interval_ms":70,"extra":{"kept":1}}' \
  >"$T/a/soak/runtime_overrides.json"
cp "$T/a/soak/runtime_overrides.json" "$T/before"
status "with a file" 0 "$SOAKTOP" params --artifacts "$T/a"
like "file" "$(row tail_age_ms)" '^650 file '
like "an older flat name counts as the file's" "$(row min_interval_ms)" '^70 file '
like "what the file lacks is a default" "$(row replace_rate_per_min)" '^300 default '
like "the move of the flat name is told" "$(cat "$T/out")" 'min_interval_ms'
ok "the file is not touched" cmp "$T/before" "$T/a/soak/runtime_overrides.json"

status "profile" 0 "$SOAKTOP" params --artifacts "$T/a" --profile steady_safe
like "profile over file" "$(row tail_age_ms)" '^740 profile '
status "preset" 0 "$SOAKTOP" params --artifacts "$T/a" --profile steady_safe --preset maker_bias_uplift_v1
like "preset over profile: 260 x 0.9" "$(row replace_rate_per_min)" '^234 preset '
like "preset inside the bounds: 75 + 15" "$(row min_interval_ms)" '^80 preset '
like "what the preset leaves alone is the profile's" "$(row tail_age_ms)" '^740 profile '
export MM_RUNTIME_OVERRIDES_JSON='{"engine":{"replace_rate_per_min":222}}'
status "environment" 0 "$SOAKTOP" params --artifacts "$T/a" --preset maker_bias_uplift_v1
like "environment over preset" "$(row replace_rate_per_min)" '^222 environment '
status "--set" 0 "$SOAKTOP" params --artifacts "$T/a" --set replace_rate_per_min=250 --set tail_age_ms=500
like "--set over environment" "$(row replace_rate_per_min)" '^250 --set '
like "--set may be repeated" "$(row tail_age_ms)" '^500 --set '
MM_RUNTIME_OVERRIDES_JSON='{"engine":' status "a broken environment" 2 "$SOAKTOP" params
like "it is named" "$(cat "$T/err")" 'MM_RUNTIME_OVERRIDES_JSON'
unset MM_RUNTIME_OVERRIDES_JSON

status "--set out of bounds" 2 "$SOAKTOP" params --set tail_age_ms=900
like "the bound is named" "$(cat "$T/err")" '800'
status "--set of no parameter" 2 "$SOAKTOP" params --set nonsense=1
status "--set without =" 2 "$SOAKTOP" params --set tail_age_ms
status "--set with no number" 2 "$SOAKTOP" params --set tail_age_ms=fast
status "--set takes decimal numbers only" 2 "$SOAKTOP" params --set tail_age_ms=0x258
status "no such profile" 2 "$SOAKTOP" params --profile none
printf '{"engine":5}' >"$T/a/soak/runtime_overrides.json"
status "a section that is no object" 2 "$SOAKTOP" params --artifacts "$T/a"
like "file and path are named" "$(cat "$T/err")" 'runtime_overrides.json.*engine'

status "--json" 0 "$SOAKTOP" params --json --artifacts "$T/none" --set tail_age_ms=700
if [ "$json_tool" ]; then
  ok "--json parses" parses "$T/out"
  is "--json has all 17" "$(get "$T/out" '.params|length')" 17
  is "--json has null for what is not set" "$(get "$T/out" '.params[4].value')" null
  is "--json tells the origin" "$(get "$T/out" '.params[7].origin')" '"--set"'
  is "--json has whole numbers where steps are whole" "$(get "$T/out" '.params[7].value')" 700
fi
done_testing
