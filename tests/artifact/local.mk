if HAVE_CHECK
check_PROGRAMS += tests/artifact/check_artifact
TESTS += tests/artifact/check_artifact
tests_artifact_check_artifact_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/artifact \
	-DTOP_SRCDIR='"$(abs_top_srcdir)"'
tests_artifact_check_artifact_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_artifact_check_artifact_LDADD = libsoak.a $(CHECK_LIBS) $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_artifact_check_artifact_SOURCES = \
	tests/harness.h \
	tests/sandbox.h \
