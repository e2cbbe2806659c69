libview_a_SOURCES += \
	src/ui/canvas.c \
	src/ui/canvas.h \
	src/ui/chart.h \
	src/ui/dialog.h \
	src/ui/footer.h \
	src/ui/keymap.h \
	src/ui/layout.h \
	src/ui/panel.h \
	src/ui/style.h \
	src/ui/view.h

# What needs the terminal: the program only.
soaktop_SOURCES += \
	src/ui/ui.h
