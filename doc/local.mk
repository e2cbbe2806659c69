dist_man_MANS += \
	doc/soaktop-artifacts.5 \
	doc/soaktop-control.7 \
	doc/soaktop.1
dist_doc_DATA += doc/architecture.md doc/operating.md doc/performance.md doc/screens.md
EXTRA_DIST += \
	doc/pictures/dashboard.png \
	doc/pictures/layout-120x40.png \
	doc/pictures/layout-200x60.png \
	doc/pictures/layout-20x4.png \
	doc/pictures/layout-40x8.png \
	doc/pictures/layout-60x16.png \
	doc/pictures/layout-80x24.png \
	doc/pictures/sandbox-120x40.png
