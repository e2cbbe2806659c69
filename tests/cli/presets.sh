#!/bin/sh
# profiles and presets: list and show, also the operator's own.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/json.sh"

status "profiles" 0 "$SOAKTOP" profiles
is "they are sorted" "$(cut -d' ' -f1 "$T/out" | tr '\n' ' ')" "aggressive steady_safe ultra_safe "
status "profiles list is the same" 0 "$SOAKTOP" profiles list
status "presets" 0 "$SOAKTOP" presets
like "presets: the installed one" "$(cat "$T/out")" '^maker_bias_uplift_v1 '
status "profiles show" 0 "$SOAKTOP" profiles show steady_safe
like "its values" "$(cat "$T/out")" '^ *tail_age_ms +740 ms$'
like "with the decimals of the step" "$(cat "$T/out")" '^ *base_spread_bps_delta +0\.160 bps$'
status "presets show" 0 "$SOAKTOP" presets show maker_bias_uplift_v1
like "what is added, and why" "$(cat "$T/out")" '^ *min_interval_ms +\+15 ms +let quotes rest longer$'
like "what is multiplied" "$(cat "$T/out")" '^ *replace_rate_per_min +x 0\.90 '
status "an unknown profile" 2 "$SOAKTOP" profiles show steady_saef
like "the nearest is suggested" "$(cat "$T/err")" 'did you mean steady_safe'
status "a profile is no preset" 2 "$SOAKTOP" presets show steady_safe
status "no path out of the directory" 2 "$SOAKTOP" profiles show ../params

mkdir -p "$XDG_CONFIG_HOME/soaktop/profiles"
printf '{"name":"mine","description":"\\u001b[31mred","values":{"tail_age_ms":555}}' \
  >"$XDG_CONFIG_HOME/soaktop/profiles/mine.json"
status "the operator's own is listed" 0 "$SOAKTOP" profiles list
like "with its description made safe" "$(cat "$T/out")" '^mine +\\x1b\[31mred$'
status "and shown" 0 "$SOAKTOP" profiles show mine --json
if [ "$json_tool" ]; then
  is "--json of show" "$(get "$T/out" '.steps[0].amount')" 555
  status "list --json" 0 "$SOAKTOP" profiles list --json
  is "--json of list" "$(get "$T/out" '.profiles|length')" 4
  status "presets show --json" 0 "$SOAKTOP" presets show maker_bias_uplift_v1 --json
  is "operations" "$(get "$T/out" '.steps[2].op')" '"mul"'
fi
printf '{"name":"bad","description":"","values":{"tail_age_ms":"slow"}}' >"$XDG_CONFIG_HOME/soaktop/profiles/bad.json"
status "a broken one" 2 "$SOAKTOP" profiles show bad
like "file and path are named" "$(cat "$T/err")" 'bad\.json.*tail_age_ms'
done_testing
