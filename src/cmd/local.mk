soaktop_SOURCES += \
	src/cmd/cmd.c \
	src/cmd/cmd.h \
	src/cmd/delta_text.c \
	src/cmd/delta_text.h \
	src/cmd/deltas.c \
	src/cmd/deltas.h \
	src/cmd/deltas_rollback.c \
	src/cmd/headless.c \
	src/cmd/headless.h \
	src/cmd/keys.c \
	src/cmd/lines.c \
	src/cmd/lines.h \
	src/cmd/loaded.c \
	src/cmd/loaded.h \
	src/cmd/nearest.c \
	src/cmd/nearest.h \
	src/cmd/options.c \
	src/cmd/options.h \
	src/cmd/params.c \
	src/cmd/preset.c \
	src/cmd/preset.h \
	src/cmd/presets.c \
	src/cmd/profiles.c \
	src/cmd/progress.c \
	src/cmd/progress.h \
	src/cmd/replay.c \
	src/cmd/run.c
