#!/bin/sh
# A link names a moment: as lines here; the dashboard's side has unit tests.
. "$TEST_SRCDIR/tests/tap.sh"
cd "$T" || exit 99
status "a run" 0 "$SOAKTOP" run --mock --auto-tune --iterations 5 --run-id 'run_A'
cp out lines
status "open" 0 "$SOAKTOP" open 'soak://run_A@3#tail_age_ms'
is "is that iteration" "$(sed 's/ verified / applied /' out)" "$(sed -n 3p lines)"
status "without an iteration: the newest" 0 "$SOAKTOP" open 'soak://run_A'
is "is the last" "$(cat out)" "$(sed -n 5p lines)"
status "--plain" 0 "$SOAKTOP" open --plain 'soak://run_A@1#params:tail_age_ms'
like "sentences" "$(cat out)" '^Iteration 1 '
status "another root" 2 "$SOAKTOP" open --artifacts "$T/none" 'soak://run_A@1'
status "an iteration that is none" 2 "$SOAKTOP" open 'soak://run_A@6'
like "says how many there are" "$(cat err)" 'has 5 iterations'
status "a run that is none" 2 "$SOAKTOP" open 'soak://run_X@1'
status "a path is no run's name" 2 "$SOAKTOP" open 'soak://artifacts@1'
for l in run_A 'soak://' 'soak://@3' 'soak://run_A@' 'soak://run_A@x' 'soak://run_A@-1' \
  'soak://run_A@3#nowhere:x' 'soak://run_A%zz@3' 'soak://run_A%00@3'; do
  status "no link: $l" 2 "$SOAKTOP" open "$l"
done
like "says what one looks like" "$(cat err)" 'one is soak://RUN@17#tail_age_ms'
done_testing
