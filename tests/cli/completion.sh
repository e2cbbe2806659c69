#!/bin/sh
# Completion for three shells: every command, word and option that --help tells occurs; bash uses it.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/cli/commands.sh"

long_options() { sed -n 's/^  \(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p'; }
# missing SHELL: commands, words and options that its file lacks
missing() {
  for c in $(commands); do
    grep -q -- "$c" "$T/$1" || echo "$c"
    "$SOAKTOP" "$c" --help >"$T/help"
    for w in "" $(sed -n '/^Words/,$s/^  \([a-z]\{1,\}\) .*/\1/p' "$T/help"); do
      [ -z "$w" ] || grep "$c" -A16 "$T/$1" | grep -q -- "$w" || echo "$c $w"
      # shellcheck disable=SC2086
      for o in $("$SOAKTOP" "$c" $w --help | long_options); do
        grep -q -e "--$o\b" -e "-l $o\b" "$T/$1" || echo "$c $w --$o"
      done
    done
  done
}
for s in bash zsh fish; do
  status "for $s" 0 "$SOAKTOP" completion "$s"
  cp "$T/out" "$T/$s"
  is "$s knows everything" "$(missing "$s")" ""
done
status "for another shell" 2 "$SOAKTOP" completion ksh
like "it is told" "$(cat "$T/err")" 'does not know "ksh"'

if command -v bash >/dev/null; then
  ok "bash can read it" bash -n "$T/bash"
  # completes WORD...: what bash offers for the last of them
  cat >"$T/ask" <<'EOF'
. "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _soaktop; printf '%s\n' "${COMPREPLY[@]}"
EOF
  completes() { bash "$T/ask" "$T/bash" soaktop "$@" | sort | paste -sd' ' -; }
  cd "$T" && mkdir dir && : >dir/file
  is "a command" "$(completes rep)" replay
  is "an option" "$(completes run --iter)" --iterations
  is "the words of a command" "$(completes deltas l)" list
  is "the options of a word" "$(completes deltas rollback --la)" --last
  is "and not those of another" "$(completes deltas rollback --unt)" ""
  is "of the word that is meant" "$(completes deltas --js)" --json
  is "a choice" "$(completes run --approve a)" auto
  is "a choice by its letter is none: a number" "$(completes run -n 1)" ""
  is "a directory" "$(completes gate --path di)" dir
  is "a file" "$(completes keys --check dir/)" dir/file
fi
if command -v zsh >/dev/null; then ok "zsh can read it" zsh -n "$T/zsh"; fi
if command -v fish >/dev/null; then ok "fish can read it" fish -n "$T/fish"; fi
done_testing
