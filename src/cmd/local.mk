soaktop_SOURCES += \
	src/cmd/cmd.c \
	src/cmd/cmd.h \
	src/cmd/nearest.c \
	src/cmd/nearest.h \
	src/cmd/options.c \
	src/cmd/options.h \
	src/cmd/progress.c \
	src/cmd/progress.h
