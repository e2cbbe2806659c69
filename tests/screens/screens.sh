#!/bin/sh
# Whole screens, compared with those that were recorded: NAME.script here drives the dashboard, its
# screens stand in NAME.txt. The script's first line is the command; "shot LABEL SIZE..." saves the
# screen at each size, in braille and in ASCII. SCREENS_UPDATE=1 records them anew (make
# update-screens).
. "$TEST_SRCDIR/tests/tap.sh"
here=$TEST_SRCDIR/tests/screens
cd "$T" || exit 99
LC_ALL=C.UTF-8
export LC_ALL

# expand: a script with shots to one that the program knows; the shots' files are in "files"
expand() {
  awk '$1 != "shot" { print; next }
    { for (i = 3; i <= NF; i++) for (c = 1; c <= 2; c++) {
        file = $2 "-" $i "-" (c == 1 ? "braille" : "ascii")
        print "size " $i "\ncharset " (c == 1 ? "braille" : "ascii") "\nsave " file
        print file >"files"
    } }'
}
# shots NAME [ENV...]: runs it in a directory of its own; its screens become one text, "shots"
shots() {
  name=$1; shift
  rm -rf "$T/stage"; mkdir "$T/stage"; cd "$T/stage" || exit 99
  cp -R "$T/run" run
  ln -s "${SOAKTOP_DATADIR:-$TEST_SRCDIR/data}" data
  command=$(sed -n '1s/^# //p' "$here/$name.script")
  expand <"$here/$name.script" >script
  # shellcheck disable=SC2086
  env SOAKTOP_DATADIR=data "$@" "$SOAKTOP" $command --script script >out 2>err </dev/null || { cat err; return 1; }
  while read -r file; do
    echo "== $file"
    cat "$file"
  done <files >shots
}

# the run that is replayed
echo 'until state completed' >script
status "a run to replay" 0 "$SOAKTOP" run --mock --approve auto --iterations 24 --artifacts run \
  --script script
for script in "$here"/*.script; do
  name=$(basename "$script" .script)
  if ! shots "$name" >"$T/fault"; then
    sed 's/^/# /' "$T/fault"
    ok "$name runs" false
    continue
  fi
  unlike "$name tells nothing of this machine" "$(cat shots)" '/tmp/|@'
  if [ -n "${SCREENS_UPDATE:-}" ]; then cp shots "$here/$name.txt"; fi
  ok "$name looks as it did" diff -u "$here/$name.txt" shots
done
shots live LC_ALL=C TZ=Asia/Tokyo TERM=dumb COLUMNS=33 >"$T/fault"
ok "in another time zone, locale and terminal too" diff -u "$here/live.txt" shots
done_testing
