EXTRA_DIST += tests/screen/screen.sh
