EXTRA_DIST += tests/tap.sh
