libsoak_a_SOURCES += \
	src/artifact/atomic.c \
	src/artifact/atomic.h \
	src/artifact/canon.c \
	src/artifact/canon.h \
	src/artifact/config.h \
	src/artifact/gate.h \
	src/artifact/iteration_file.h \
	src/artifact/journal.h \
	src/artifact/jsonfile.c \
	src/artifact/jsonfile.h \
	src/artifact/loader.h \
	src/artifact/manifest.h \
	src/artifact/overrides.h \
	src/artifact/realclock.c \
	src/artifact/realclock.h \
	src/artifact/record.h \
	src/artifact/reports.h \
	src/artifact/root.h \
	src/artifact/sha256.c \
	src/artifact/sha256.h \
	src/artifact/tuning_report.h
