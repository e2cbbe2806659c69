# libFuzzer targets; configure CC=clang --enable-fuzzing --with-sanitizer=address,undefined, then for
# instance: tests/fuzz/fuzz_json -max_total_time=300 NEWDIR ../tests/fuzz/corpus/json
if ENABLE_FUZZING
noinst_PROGRAMS += \
	tests/fuzz/fuzz_edge \
	tests/fuzz/fuzz_iteration \
	tests/fuzz/fuzz_journal \
	tests/fuzz/fuzz_json
endif
fuzz_flags = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/fuzz -DFUZZ_DATADIR='"$(abs_top_srcdir)/data"'
fuzz_libs = libsoak.a $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_fuzz_fuzz_edge_CPPFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_edge_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_edge_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_edge_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_edge.c
tests_fuzz_fuzz_iteration_CPPFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_iteration_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_iteration_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_iteration_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_iteration.c
tests_fuzz_fuzz_journal_CPPFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_journal_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_journal_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_journal_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_journal.c
tests_fuzz_fuzz_json_CPPFLAGS = $(fuzz_flags)
tests_fuzz_fuzz_json_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_json_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_json_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz_json.c
EXTRA_DIST += \
	tests/fuzz/corpus/edge/full.json \
	tests/fuzz/corpus/edge/percent.json \
	tests/fuzz/corpus/edge/total.json \
	tests/fuzz/corpus/iteration/failed.json \
	tests/fuzz/corpus/iteration/older.json \
	tests/fuzz/corpus/iteration/ours.json \
	tests/fuzz/corpus/journal/append \
	tests/fuzz/corpus/journal/torn \
	tests/fuzz/corpus/journal/whole \
	tests/fuzz/corpus/json/broken.json \
	tests/fuzz/corpus/json/overrides.json \
	tests/fuzz/corpus/json/values.json
