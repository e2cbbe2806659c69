# Measures; never part of make check. Python 3 drives the terminal.
EXTRA_PROGRAMS = tests/bench/frames
tests_bench_frames_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/ui
tests_bench_frames_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_bench_frames_LDADD = libview.a libsoak.a $(CHECK_LIBS) $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_bench_frames_SOURCES = \
	tests/bench/frames.c \
	tests/ui/fixture.c \
	tests/ui/fixture.h
EXTRA_DIST += tests/bench/bench.py
CLEANFILES += tests/bench/frames$(EXEEXT)

.PHONY: bench
bench: soaktop$(EXEEXT) tests/bench/frames$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) BENCH_FRAMES=$(abs_builddir)/tests/bench/frames \
		XDG_CONFIG_HOME=/dev/null XDG_STATE_HOME=/dev/null python3 $(srcdir)/tests/bench/bench.py
