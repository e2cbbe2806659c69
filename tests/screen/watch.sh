#!/bin/sh
# A soak that another process drives, watched: what is decided elsewhere is seen, nothing can be
# changed, and leaving leaves it alone.
. "$TEST_SRCDIR/tests/tap.sh"
. "$TEST_SRCDIR/tests/screen/screen.sh"
cd "$T" || exit 99
pid=
end_all() { [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; screen_end; }
cleanup_hook=end_all
waits() { "$SOAKTOP" status | grep -q "iteration $1 waits"; }

"$SOAKTOP" run --mock --headless --approve manual --iterations 5 --interval 0 >out 2>err &
pid=$!
ok "a soak holds without a screen" screen_wait waits 1
mkdir -p config/soaktop
SCREEN_ENV="SOAKTOP_DATADIR=$SOAKTOP_DATADIR XDG_CONFIG_HOME=$T/config XDG_STATE_HOME=$T/state"
screen_start 120x40 "$SOAKTOP" watch "$T/artifacts" --theme mono
shows "it is watched, read-only" 'WATCH.*\[RO\]'
shows "the proposal that waits is seen" 'PROP +impact_cap_ratio'
"$SOAKTOP" deltas approve impact_cap_ratio >/dev/null
shows "a decision from elsewhere" 'OK +impact_cap_ratio'
screen_keys 2 A
shows "nothing can be decided here, and it says why" 'another process drives this run'
"$SOAKTOP" deltas apply --yes >/dev/null
shows "what was applied" 'APPLIED +impact_cap_ratio|it 1.*impact_cap_ratio'
shows "and the next iteration" 'it 2/5'
screen_keys q
ends "q leaves" 0
ok "the soak goes on without its watcher" waits 2
"$SOAKTOP" stop --now --yes >/dev/null
wait "$pid"; is "until it is stopped" $? 0; pid=
done_testing
