#!/bin/sh
# A script drives the dashboard without a terminal, in virtual time: every screen is the same every
# time. A failed expectation gives 1 with the screen, a bad script 2 before anything starts.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
LC_ALL=C.UTF-8
export LC_ALL

# script LINE...: into the file script
script() { printf '%s\n' "$@" >script; }
# mock OPTION...: without the artifacts of an earlier run
mock() { rm -rf artifacts; "$SOAKTOP" run --mock --iterations 24 --script script "$@"; }

script '# keys, time and decisions' 'charset braille' 'until state holding' 'key a' 'save one.txt' 'key A' 'pass 0.5' \
  'save two.ans' 'key Y' 'until iteration 1' 'key P' 'pass 90' 'key 7' 'save three.txt' 'key P' \
  'until state holding' 'size 120x40' 'save four.txt'
status "a live run" 0 mock
mkdir first; mv one.txt two.ans three.txt four.txt first/
status "once more" 0 mock
for f in one.txt two.ans three.txt four.txt; do
  ok "$f is the same every time" cmp "first/$f" "$f"
done
rm -rf artifacts
status "in another time zone" 0 env TZ=Asia/Tokyo XDG_RUNTIME_DIR=/nowhere "$SOAKTOP" run --mock \
  --iterations 24 --script script --artifacts artifacts
for f in one.txt two.ans three.txt four.txt; do ok "$f is the same there" cmp "first/$f" "$f"; done
like "the staged line" "$(cat one.txt)" '\[x\] OK'
like "the dialog in colours" "$(cat two.ans)" 'APPLY'
ok "with escape sequences" grep -q "$(printf '\033\\[0;1m')" two.ans
like "who paused it, and when" "$(cat three.txt)" '00:00:00Z? .*paused by script|paused by script'
is "the larger screen has its rows" "$(wc -l <four.txt | tr -d ' ')" 40
is "the smaller one" "$(wc -l <one.txt | tr -d ' ')" 24

script 'until iteration 24' 'expect completed' 'charset ascii' 'save end.txt' 'key q'
status "to the end" 0 mock --approve auto
unlike "ASCII only" "$(cat end.txt)" '[^ -~]'
status "a long interval takes no time" 0 mock --approve auto --interval 86400

status "--save-screen alone waits for the end" 0 "$SOAKTOP" run --mock --approve auto \
  --iterations 5 --save-screen - --size 60x16 --artifacts new
like "and shows it" "$(cat out)" 'it 5/5'
is "at that size" "$(wc -l <out | tr -d ' ')" 16
status "or for the operator" 0 "$SOAKTOP" run --mock --iterations 5 --save-screen - --artifacts new
like "who decides" "$(cat out)" 'HOLDS'
status "of a replay it is the first" 0 "$SOAKTOP" replay artifacts --at 17 --save-screen screen.txt
like "in the file" "$(cat screen.txt)" 'REPLAY .* it 17/24'
script 'key [ [' 'expect it 22/24' 'key }' 'until rest' 'key T m' 'until text gate.*PASS' 'save g.txt'
status "a replay" 0 "$SOAKTOP" replay artifacts --script script --size 120x40
script 'until iteration 24' 'mouse press 28 10' 'expect [3 PARAMS' 'mouse press 17 10' 'expect [2 DELTAS' 'save -'
status "watching what another process wrote, with the mouse" 0 "$SOAKTOP" watch artifacts --script script
like "says that it watches" "$(cat out)" 'WATCH .*it 24/24'
script 'mouse down 10 12' 'expect it 17/24' 'save -'
status "a link" 0 "$SOAKTOP" open "soak://$(sed -n 's/.*"run_id": "\(.*\)".*/\1/p' artifacts/soak/latest/run.json)@17" \
  --script script
script 'mouse press 3'
status "half a place" 2 "$SOAKTOP" replay artifacts --script script
like "is refused" "$(cat err)" 'script:1: mouse wants press, up or down, a column and a row'

# what fails
script 'until iteration 3' '' 'expect Nothing Of This Kind'
status "an expectation that fails" 1 mock --approve auto
like "is named with file and line" "$(cat err)" '^script:3: not on the screen: Nothing Of This Kind'
like "and the screen" "$(cat err)" '^  \| soak/latest  LIVE  MOCK  it 3/24'
script 'expect-not LIVE'
status "so is what should not be there" 1 mock
like "with its line" "$(cat err)" '^script:1: on the screen: LIVE'
script 'until iteration 9'
status "waiting for what cannot happen" 1 mock
like "says so" "$(cat err)" 'script:1: .*holding'
script 'key q' 'pass 1' 'key Y' 'key 1'
status "keys after leaving" 1 mock
like "have no dashboard" "$(cat err)" 'script:4: the dashboard was left'
for bad in 'jump' 'key Nokey' 'key' 'until' 'until iteration' 'until state asleep' 'until text (' \
  'size 80' 'size 0x5' 'pass -1' 'pass x' 'charset latin1' 'until rest now' 'save'; do
  script '# fine' "$bad"
  rm -rf none
  status "bad: $bad" 2 "$SOAKTOP" run --mock --script script --artifacts none
  like "is told with its line: $bad" "$(cat err)" '^soaktop: script:2: '
  ok "before anything starts: $bad" test ! -e none
done
status "a script that is not there" 2 "$SOAKTOP" run --mock --script nowhere
like "is named" "$(cat err)" nowhere
status "a size that is none" 2 "$SOAKTOP" run --mock --script script --size 80
status "a size without a script" 2 "$SOAKTOP" run --mock --size 80x24
status "with lines" 2 "$SOAKTOP" run --mock --script script --json
done_testing
