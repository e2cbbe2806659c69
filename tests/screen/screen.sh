# screen.sh: sourced after tap.sh by the tests that run the program in a real terminal (tmux). POSIX
# shell. Every wait has a time limit; a test that waits in vain shows the screen it saw.
#
#   screen_start 80x24 "$SOAKTOP" run ...   in a fresh terminal of that size; SCREEN_TERM, SCREEN_LANG
#                                           and SCREEN_ENV ("NAME=value ...") set its environment
#   screen_keys q / screen_keys Escape      tmux names of keys
#   screen_text                             the screen as text
#   shows NAME REGEX; hides NAME REGEX      waits until the screen matches, or no longer does
#   screen_size 120x40                      resizes
#   ends NAME STATUS                        waits until the program ended with that status, and checks
#                                           that the terminal is as it was before
#   screen_pid                              the program's process id
#   screen_soak                             that of the process that runs the soak: run's job only waits

command -v tmux >/dev/null || skip_all "no tmux"
screen_server=soaktop-$$
SCREEN_LIMIT=${SCREEN_LIMIT:-60}
cleanup_hook=screen_end

screen_tmux() { tmux -u -L "$screen_server" -f /dev/null "$@"; }
screen_end() { screen_tmux kill-server 2>/dev/null; }

# A word as the shell reads it back.
screen_quote() { printf "'%s' " "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }

screen_start() {
  screen_end
  rm -f "$T/screen.exit" "$T/stty.before" "$T/stty.after"
  size=$1; shift
  command=
  for word; do command="$command$(screen_quote "$word")"; done
  # The job has its own shell, so that what it leaves of the terminal can be seen.
  cat >"$T/screen.run" <<EOF
stty -g >'$T/stty.before'
sh -c 'echo \$\$ >"$T/screen.pid"; exec env TERM=${SCREEN_TERM:-tmux-256color} LC_ALL=${SCREEN_LANG:-C.UTF-8} ${SCREEN_ENV:-} "\$@"' sh $command 2>'$T/screen.err'
echo \$? >'$T/screen.status'
stty -g >'$T/stty.after'
mv '$T/screen.status' '$T/screen.exit'
sleep 1000
EOF
  TERM=xterm-256color screen_tmux new-session -d -s screen -x "${size%x*}" -y "${size#*x}" \
    "sh '$T/screen.run'" \; set -g status off \; set -g escape-time 0 >"$T/tmux.out" 2>&1 ||
    { sed 's/^/# /' "$T/tmux.out"; return 1; }
}

screen_keys() { screen_tmux send-keys -t screen "$@"; }
# Text as typed, not as names of keys.
screen_type() { screen_tmux send-keys -t screen -l "$1"; }
screen_text() { screen_tmux capture-pane -p -t screen; }
screen_size() { screen_tmux resize-window -t screen -x "${1%x*}" -y "${1#*x}"; }
screen_pid() { cat "$T/screen.pid"; }
screen_soak() {
  soak=$(ps -o pid= --ppid "$(screen_pid)" 2>/dev/null | tr -d " ")
  echo "${soak:-$(screen_pid)}"
}

# screen_wait COMMAND...: until it succeeds, or for SCREEN_LIMIT seconds.
screen_wait() {
  tries=$((SCREEN_LIMIT * 20))
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.05
  done
}
screen_has() { screen_text | grep -Eq -e "$1"; }
screen_lacks() { ! screen_has "$1"; }

screen_report() {
  name=$1; shift; count=$((count + 1))
  if "$@"; then echo "ok $count - $name"; return 0; fi
  failures=$((failures + 1)); echo "not ok $count - $name"
  echo "# waited for: $*"
  screen_text 2>&1 | sed 's/^/# |/'
  sed 's/^/# err: /' "$T/screen.err" 2>/dev/null
  return 1
}
shows() { screen_report "$1" screen_wait screen_has "$2"; }
hides() { screen_report "$1" screen_wait screen_lacks "$2"; }

screen_left() { [ -f "$T/screen.exit" ]; }
screen_restored() {
  [ "$(cat "$T/screen.exit")" = "$1" ] || { echo "# exit status $(cat "$T/screen.exit"), wanted $1"; return 1; }
  cmp -s "$T/stty.before" "$T/stty.after" || { echo "# stty differs"; return 1; }
  flags=$(screen_tmux display -p -t screen '#{alternate_on}#{cursor_flag}#{keypad_flag}')
  [ "$flags" = 010 ] || { echo "# alternate screen, cursor, keypad: $flags, wanted 010"; return 1; }
}
ends() {
  screen_report "$1" screen_wait screen_left || return 1
  screen_report "$1: status $2, terminal as before" screen_restored "$2"
}
