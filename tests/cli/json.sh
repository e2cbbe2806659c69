# json.sh: sourced after tap.sh by tests that look into JSON. Gives: get, json_lines.
# POSIX shell; needs python3 or jq, else json_tool is empty and the callers skip.
json_tool=
for each in jq python3; do
  if command -v $each >/dev/null && { echo '{}' | { [ $each = jq ] && jq . || python3 -c 'import json,sys; json.load(sys.stdin)'; }; } >/dev/null 2>&1; then
    json_tool=$each; break
  fi
done

# get FILE PATH: the value at PATH (".iterations|length", ".a.b[0]") in compact form.
# Without jq only plain paths and |length.
get() {
  if [ "$json_tool" = jq ]; then jq -c "$2" "$1"; return; fi
  python3 - "$1" "$2" <<'PY'
import json, re, sys
value = json.load(open(sys.argv[1]))
path, _, after = sys.argv[2].partition("|")
for key, index in re.findall(r"\.([A-Za-z_0-9]+)|\[(-?\d+)\]", path):
    value = value[key] if key else value[int(index)]
value = len(value) if after == "length" else value
print(json.dumps(value, sort_keys=True, separators=(",", ":")))
PY
}

# parses FILE: succeeds if all of its lines are JSON.
parses() {
  if [ "$json_tool" = jq ]; then jq -e . "$1" >/dev/null; return; fi
  python3 -c 'import json, sys
for line in open(sys.argv[1]): json.loads(line)' "$1"
}
