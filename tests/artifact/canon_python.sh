#!/bin/sh
# Random documents and doubles come out as Python's json.dumps has them.
. "$TEST_SRCDIR/tests/tap.sh"
command -v python3 >/dev/null || skip_all "no python3"
seed=$(date +%s)
echo "# seed $seed"
python3 - "$seed" "$T/in" "$T/expected" <<'PYTHON'
import json, random, struct, sys
random.seed(int(sys.argv[1]))

def double():
    while True:
        bits = random.getrandbits(random.choice([64, 64, 52, 20]))
        x = struct.unpack("d", struct.pack("Q", bits))[0]
        if x == x and abs(x) != float("inf"):
            return x

def number():
    return random.choice([
        double, lambda: random.randint(-2**63, 2**63 - 1), lambda: random.randint(-9, 999),
        lambda: round(random.uniform(-500, 500), random.randint(0, 5)),
        lambda: 2.0 ** random.randint(-1074, 1023),
        lambda: random.uniform(0.9, 1.1) * 10.0 ** random.randint(-7, 18)])()

def text():
    ranges = [(0, 0x7f), (0x80, 0x7ff), (0x800, 0xd7ff), (0xe000, 0xffff), (0x10000, 0x10ffff)]
    return "".join(chr(random.randint(*random.choice(ranges))) for _ in range(random.randint(0, 6)))

def value(depth):
    r = random.random()
    if depth < 5 and r < 0.3:
        return {text().replace("\0", ""): value(depth + 1) for _ in range(random.randint(0, 6))}
    if depth < 5 and r < 0.5:
        return [value(depth + 1) for _ in range(random.randint(0, 6))]
    return random.choice([number, number, text, lambda: random.choice([None, True, False])])()

with open(sys.argv[2], "w") as given, open(sys.argv[3], "w") as expected:
    for i in range(20000):
        obj = value(0)
        given.write(json.dumps(obj, ensure_ascii=i % 2 == 0) + "\n")
        expected.write(json.dumps(obj, sort_keys=True, separators=(",", ":")) + "\n")
PYTHON
"$TEST_BUILDDIR/tests/artifact/canon_filter" <"$T/in" >"$T/out" 2>"$T/err"
is "nothing is refused" "$?: $(cat "$T/err")" "0: "
is "20000 documents are the same" "$(wc -l <"$T/out")" 20000
cmp "$T/out" "$T/expected" >"$T/differ" 2>&1
is "byte by byte" "$(cat "$T/differ")" ""
done_testing
