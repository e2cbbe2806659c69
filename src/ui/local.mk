libview_a_SOURCES += \
	src/ui/canvas.c \
	src/ui/canvas.h \
	src/ui/chart.c \
	src/ui/chart.h \
	src/ui/chart_curve.c \
	src/ui/chart_curve.h \
	src/ui/compose.h \
	src/ui/dialog.h \
	src/ui/footer.h \
	src/ui/header.h \
	src/ui/keymap.h \
	src/ui/layout.c \
	src/ui/layout.h \
	src/ui/panel.h \
	src/ui/rails.h \
	src/ui/small.h \
	src/ui/style.h \
	src/ui/theme.c \
	src/ui/theme.h \
	src/ui/view.h

# What needs the terminal: the program only.
soaktop_SOURCES += \
	src/ui/ui.h
