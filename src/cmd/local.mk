soaktop_SOURCES += \
	src/cmd/analyze.c \
	src/cmd/cmd.c \
	src/cmd/cmd.h \
	src/cmd/gate.c \
	src/cmd/gate_common.c \
	src/cmd/gate_common.h \
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
	src/cmd/snapshot.c \
	src/cmd/verify.c
