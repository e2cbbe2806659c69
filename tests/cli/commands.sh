# commands.sh: sourced by tests of all commands. POSIX shell.

# Every command that the main help names, also those beside another ("; or verify, snapshot").
commands() {
  "$SOAKTOP" --help |
    sed -n 's/^  [a-z].*; or \(.*\)/&\n\1/; s/^  \([a-z]\{1,\}\) [^\n]*/\1/p' | tr ', ' '\n\n' | sed '/^$/d'
}
