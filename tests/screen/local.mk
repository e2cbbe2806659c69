screen_tests = \
	tests/screen/alert.sh \
	tests/screen/attach.sh \
	tests/screen/bytes.sh \
	tests/screen/detach.sh \
	tests/screen/external.sh \
	tests/screen/freeze.sh \
	tests/screen/idle.sh \
	tests/screen/keys_all.sh \
	tests/screen/keys_bound.sh \
	tests/screen/keys_decide.sh \
	tests/screen/keys_gate.sh \
	tests/screen/keys_move.sh \
	tests/screen/keys_pace.sh \
	tests/screen/keys_quit.sh \
	tests/screen/keys_readonly.sh \
	tests/screen/keys_replay.sh \
	tests/screen/keys_rollback.sh \
	tests/screen/keys_time.sh \
	tests/screen/paste.sh \
	tests/screen/resize.sh \
	tests/screen/signals.sh \
	tests/screen/sizes.sh \
	tests/screen/stall.sh \
	tests/screen/start.sh \
	tests/screen/terminal.sh \
	tests/screen/terms.sh \
	tests/screen/tripwire.sh \
	tests/screen/watch.sh
TESTS += $(screen_tests)
threaded_tests += tests/screen/freeze.sh tests/screen/resize.sh tests/screen/signals.sh
EXTRA_DIST += tests/screen/bot.sh tests/screen/keys.sh tests/screen/screen.sh $(screen_tests)
