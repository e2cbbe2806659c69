#!/bin/sh
# Where a program finds its data files: a user's first, then SOAKTOP_DATADIR, then the source tree
# that an uninstalled program lies in; never a directory that only looks like a tree.
. "$TEST_SRCDIR/tests/tap.sh"

unset SOAKTOP_DATADIR

# A tree with the program beside data/ and in a build directory below; its profile is called NAME.
make_tree() {
  mkdir -p "$1/data/profiles" "$1/build"
  cp "$TEST_SRCDIR"/data/*.json "$1/data"
  sed "s/steady_safe/$2/" "$TEST_SRCDIR/data/profiles/steady_safe.json" >"$1/data/profiles/$2.json"
  cp "$SOAKTOP" "$1/soaktop"
  cp "$SOAKTOP" "$1/build/soaktop"
}

make_tree "$T/tree" of_the_tree
: >"$T/tree/configure.ac"
cd "$T" || exit 99
status "beside the program" 0 "$T/tree/soaktop" profiles
like "the tree's profile is listed" "$(cat "$T/out")" of_the_tree
status "one level above the program" 0 "$T/tree/build/soaktop" profiles
like "the tree's profile is listed for a build directory" "$(cat "$T/out")" of_the_tree

make_tree "$T/other" of_no_tree
"$T/other/soaktop" profiles >"$T/out" 2>&1
unlike "data/ without configure.ac is somebody else's" "$(cat "$T/out")" of_no_tree

mkdir -p "$XDG_CONFIG_HOME/soaktop/profiles" "$T/given/profiles"
sed 's/steady_safe/given/' "$TEST_SRCDIR/data/profiles/steady_safe.json" >"$T/given/profiles/given.json"
sed 's/steady_safe/mine/' "$TEST_SRCDIR/data/profiles/steady_safe.json" \
  >"$XDG_CONFIG_HOME/soaktop/profiles/mine.json"
SOAKTOP_DATADIR="$T/given" "$T/tree/soaktop" profiles >"$T/out" 2>&1
like "a user's profile is found" "$(cat "$T/out")" mine
like "SOAKTOP_DATADIR is searched" "$(cat "$T/out")" given
like "and the tree after it" "$(cat "$T/out")" of_the_tree

echo '{"schema": "soaktop-params-1", "params": []}' >"$XDG_CONFIG_HOME/soaktop/params.json"
status "a user's file comes first, faults and all" 2 "$T/tree/soaktop" params
like "the message names file and path" "$(cat "$T/err")" \
  'soaktop/params.json: \$\.params .*1 \.\. 64 parameters'
done_testing
