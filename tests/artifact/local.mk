if HAVE_CHECK
check_PROGRAMS += tests/artifact/check_artifact
TESTS += tests/artifact/check_artifact
tests_artifact_check_artifact_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/artifact \
	-DTOP_SRCDIR='"$(abs_top_srcdir)"'
tests_artifact_check_artifact_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_artifact_check_artifact_LDADD = libsoak.a $(CHECK_LIBS) $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_artifact_check_artifact_SOURCES = \
	tests/artifact/check_artifact.c \
	tests/artifact/suites.h \
	tests/artifact/table.h \
	tests/artifact/test_atomic.c \
	tests/artifact/test_canon.c \
	tests/artifact/test_config.c \
	tests/artifact/test_control_proposal.c \
	tests/artifact/test_disk_lens.c \
	tests/artifact/test_export.c \
	tests/artifact/test_iteration_file.c \
	tests/artifact/test_iteration_json.c \
	tests/artifact/test_journal.c \
	tests/artifact/test_jsonfile.c \
	tests/artifact/test_key_file.c \
	tests/artifact/test_loader.c \
	tests/artifact/test_lock.c \
	tests/artifact/test_manifest.c \
	tests/artifact/test_markdown.c \
	tests/artifact/test_overrides.c \
	tests/artifact/test_realclock.c \
	tests/artifact/test_record.c \
	tests/artifact/test_reports.c \
	tests/artifact/test_retire.c \
	tests/artifact/test_root.c \
	tests/artifact/test_rundir.c \
	tests/artifact/test_settings.c \
	tests/artifact/test_sha256.c \
	tests/artifact/test_tuning_report.c \
	tests/harness.h \
	tests/judge_fixture.h \
	tests/sandbox.h
endif
check_PROGRAMS += tests/artifact/canon_filter tests/artifact/journal_check
tests_artifact_journal_check_LDADD = libsoak.a $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_artifact_journal_check_SOURCES = tests/artifact/journal_check.c
tests_artifact_canon_filter_LDADD = libsoak.a $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_artifact_canon_filter_SOURCES = tests/artifact/canon_filter.c
artifact_tests = \
	tests/artifact/canon_python.sh \
	tests/artifact/crash.sh \
	tests/artifact/durability.sh
TESTS += $(artifact_tests)
EXTRA_DIST += $(artifact_tests) \
	tests/data/canon/README \
	tests/data/canon/documents.jsonl \
	tests/data/canon/numbers.txt
