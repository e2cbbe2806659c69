soaktop_SOURCES += \
	src/ui/canvas.h \
	src/ui/chart.h \
	src/ui/dialog.h \
	src/ui/footer.h \
	src/ui/keymap.h \
	src/ui/layout.h \
	src/ui/panel.h \
	src/ui/style.h \
	src/ui/ui.h \
	src/ui/view.h
