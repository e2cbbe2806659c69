if HAVE_CHECK
check_PROGRAMS += tests/engine/check_engine
TESTS += tests/engine/check_engine
threaded_tests += tests/engine/check_engine
tests_engine_check_engine_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/engine \
	-DTOP_SRCDIR='"$(abs_top_srcdir)"'
tests_engine_check_engine_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_engine_check_engine_LDADD = libsoak.a $(CHECK_LIBS) $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_engine_check_engine_SOURCES = \
	tests/harness.h \
	tests/engine/check_engine.c \
	tests/engine/soak.c \
	tests/engine/soak.h \
	tests/engine/suites.h \
	tests/engine/tempdir.c \
	tests/engine/tempdir.h \
	tests/engine/test_attach.c \
	tests/engine/test_audit.c \
	tests/engine/test_child.c \
	tests/engine/test_command.c \
	tests/engine/test_control.c \
	tests/engine/test_control_odd.c \
	tests/engine/test_event.c \
	tests/engine/test_external.c \
	tests/engine/test_failure.c \
	tests/engine/test_filewatch.c \
	tests/engine/test_forgery.c \
	tests/engine/test_hold.c \
	tests/engine/test_hook.c \
	tests/engine/test_mock_run.c \
	tests/engine/test_operator.c \
	tests/engine/test_property.c \
	tests/engine/test_random.c \
	tests/engine/test_rebuild.c \
	tests/engine/test_replay.c \
	tests/engine/test_rollback.c \
	tests/engine/test_source.c \
	tests/engine/test_undo.c \
	tests/engine/test_wiring.c

# Its writes go through tests/engine/crash.c.
check_PROGRAMS += tests/engine/check_resume
TESTS += tests/engine/check_resume
tests_engine_check_resume_CPPFLAGS = $(tests_engine_check_engine_CPPFLAGS)
tests_engine_check_resume_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_engine_check_resume_LDADD = $(tests_engine_check_engine_LDADD)
tests_engine_check_resume_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=write,--wrap=openat,--wrap=renameat,--wrap=unlinkat,--wrap=ftruncate \
	-Wl,--wrap=mkdirat,--wrap=fsync,--wrap=fdatasync
tests_engine_check_resume_SOURCES = \
	tests/harness.h \
	tests/engine/check_resume.c \
	tests/engine/crash.c \
	tests/engine/crash.h \
	tests/engine/mortal.c \
	tests/engine/mortal.h \
	tests/engine/mortal_same.c \
	tests/engine/soak.c \
	tests/engine/soak.h \
	tests/engine/suites.h \
	tests/engine/tempdir.c \
	tests/engine/tempdir.h \
	tests/engine/test_crash.c
endif
