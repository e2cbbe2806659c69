libsoak_a_SOURCES += \
	src/engine/command.c \
	src/engine/command.h \
	src/engine/engine.h \
	src/engine/event.c \
	src/engine/event.h \
	src/engine/gate_job.h \
	src/engine/signals.c \
	src/engine/signals.h \
	src/engine/source.h \
	src/engine/starting.c \
	src/engine/starting.h \
	src/engine/wait.h
