libview_a_SOURCES += \
	src/ui/canvas.c \
	src/ui/canvas.h \
	src/ui/chart.c \
	src/ui/chart.h \
	src/ui/chart_curve.c \
	src/ui/chart_curve.h \
	src/ui/compose.c \
	src/ui/compose.h \
	src/ui/dialog.h \
	src/ui/duration.c \
	src/ui/duration.h \
	src/ui/figure.c \
	src/ui/figure.h \
	src/ui/footer.h \
	src/ui/header.c \
	src/ui/header.h \
	src/ui/keymap.h \
	src/ui/layout.c \
	src/ui/layout.h \
	src/ui/panel.c \
	src/ui/panel.h \
	src/ui/panel_guards.c \
	src/ui/panel_journal.c \
	src/ui/panel_kpis.c \
	src/ui/panel_params.c \
	src/ui/panel_runs.c \
	src/ui/rails.c \
	src/ui/rails.h \
	src/ui/small.c \
	src/ui/small.h \
	src/ui/style.h \
	src/ui/theme.c \
	src/ui/theme.h \
	src/ui/view.c \
	src/ui/view.h

# What needs the terminal: the program only.
libterm_a_SOURCES += \
	src/ui/curses_api.h \
	src/ui/input.c \
	src/ui/input.h \
	src/ui/loop.c \
	src/ui/loop.h \
	src/ui/screen.c \
	src/ui/screen.h \
	src/ui/ui.c \
	src/ui/ui.h
