dist_man_MANS += \
	doc/soaktop-artifacts.5 \
	doc/soaktop.1
