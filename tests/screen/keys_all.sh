#!/bin/sh
# Every key of the table, pressed for real, live and in a replay: the program lives, and answers.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
cd "$T" || exit 99
status "a run to look at" 0 "$SOAKTOP" run --mock --auto-tune --iterations 9 --headless

# All but those that leave, suspend or stop: q, F10, ^C, ^Z, Q. Esc closes what a key opened; it is
# deaf to that for a moment, and a second Esc finds nothing to close.
keys='Space v * a x e , . u U d [ ] { } p F5 < > 0 c o h j k l Left Down Up Right PageUp C-b PageDown
C-f C-u C-d g Home G End Tab BTab 1 2 3 4 5 6 7 f / F3 n N \ F4 s F6 I y E S ? F1 : i ~ C-l ! F2 B M b
H = - r t T F7 P R F9 A F8 z Z @ F11 Delete BSpace'
press_all() {
  for key in $keys; do
    case $key in ';') key='\;' ;; esac
    screen_keys "$key"
    sleep 0.01
    screen_keys Escape
  done
}

# answers NAME: after the last dialog is closed a key that means nothing is answered
answers() {
  closed=0 tries=200
  until [ "$closed" = 1 ]; do
    screen_keys Escape
    sleep 0.1
    screen_keys '@'
    sleep 0.1
    screen_has '@ does nothing here' && closed=1
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || break
  done
  is "$1" "$closed" 1
}

screen_start 120x40 "$SOAKTOP" replay artifacts
shows "a replay" 'it 9/9'
press_all
answers "a replay lives and answers after every key"
kill -TERM "$(screen_pid)"
ends "a replay, left" 0

screen_start 120x40 "$SOAKTOP" run --mock --artifacts live --iterations 24
shows "a live run that holds" 'HOLDS'
press_all
answers "a live run lives and answers after every key"
kill -TERM "$(screen_pid)"
ends "a live run, left" 0
done_testing
