soaktop_SOURCES += \
	src/cmd/cmd.h
