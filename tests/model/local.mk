if HAVE_CHECK
check_PROGRAMS += tests/model/check_model
TESTS += tests/model/check_model
tests_model_check_model_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/model \
	-DTOP_SRCDIR='"$(abs_top_srcdir)"'
tests_model_check_model_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_model_check_model_LDADD = libsoak.a $(CHECK_LIBS) $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_model_check_model_SOURCES = \
	tests/harness.h \
	tests/judge_fixture.h \
	tests/model/check_model.c \
	tests/model/soak.c \
	tests/model/soak.h \
	tests/model/suites.h \
	tests/model/test_clock.c \
	tests/model/test_compare.c \
	tests/model/test_difference.c \
	tests/model/test_edge_report.c \
	tests/model/test_effect.c \
	tests/model/test_error.c \
	tests/model/test_example.c \
	tests/model/test_guard.c \
	tests/model/test_guard_cooldown.c \
	tests/model/test_guard_freeze.c \
	tests/model/test_guard_moves.c \
	tests/model/test_guard_status.c \
	tests/model/test_judge.c \
	tests/model/test_kpi.c \
	tests/model/test_mem.c \
	tests/model/test_node.c \
	tests/model/test_param.c \
	tests/model/test_past.c \
	tests/model/test_policy.c \
	tests/model/test_properties.c \
	tests/model/test_rehearsal.c \
	tests/model/test_run.c \
	tests/model/test_run_change.c \
	tests/model/test_running.c \
	tests/model/test_runtime.c \
	tests/model/test_stats.c \
	tests/model/test_summary.c \
	tests/model/test_text.c \
	tests/model/test_thresholds.c \
	tests/model/test_tripwire.c \
	tests/model/test_tuner.c \
	tests/model/test_verify.c \
	tests/model/test_wires.c \
	tests/model/test_xray.c \
	tests/testdata.h
endif
EXTRA_DIST += \
	tests/data/edge_report_full.json
