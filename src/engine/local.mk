libsoak_a_SOURCES += \
	src/engine/child.c \
	src/engine/child.h \
	src/engine/command.c \
	src/engine/command.h \
	src/engine/engine.h \
	src/engine/event.c \
	src/engine/event.h \
	src/engine/filewatch.c \
	src/engine/filewatch.h \
	src/engine/gate_job.h \
	src/engine/procgroup.c \
	src/engine/procgroup.h \
	src/engine/signals.c \
	src/engine/signals.h \
	src/engine/source.c \
	src/engine/source.h \
	src/engine/source_edge_report.c \
	src/engine/source_exec.c \
	src/engine/source_mock.c \
	src/engine/starting.c \
	src/engine/starting.h \
	src/engine/wait.h
