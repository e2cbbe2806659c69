dist_man_MANS += \
	doc/soaktop-artifacts.5 \
	doc/soaktop-control.7 \
	doc/soaktop.1
dist_doc_DATA += doc/architecture.md doc/operating.md
EXTRA_DIST += doc/pictures/dashboard.png
