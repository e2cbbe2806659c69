libsoak_a_SOURCES += \
	src/model/clock.c \
	src/model/clock.h \
	src/model/edge_report.h \
	src/model/error.c \
	src/model/error.h \
	src/model/guard.h \
	src/model/iteration.h \
	src/model/judge.h \
	src/model/kpi.c \
	src/model/kpi.h \
	src/model/mem.c \
	src/model/mem.h \
	src/model/param.h \
	src/model/policy.h \
	src/model/proposal.h \
	src/model/run.h \
	src/model/runtime.h \
	src/model/stats.c \
	src/model/stats.h \
	src/model/summary.h \
	src/model/text.c \
	src/model/text.h \
	src/model/thresholds.h \
	src/model/tuner.h \
	src/model/value.h \
	src/model/verify.h
