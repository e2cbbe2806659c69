libsoak_a_SOURCES += \
	src/engine/command.h \
	src/engine/engine.h \
	src/engine/event.h \
	src/engine/gate_job.h \
	src/engine/source.h \
	src/engine/starting.c \
	src/engine/starting.h \
	src/engine/wait.h
