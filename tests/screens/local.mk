screens = \
	tests/screens/dialogs \
	tests/screens/frozen \
	tests/screens/hold \
	tests/screens/live \
	tests/screens/panels \
	tests/screens/replay \
	tests/screens/sandbox
TESTS += tests/screens/screens.sh
EXTRA_DIST += tests/screens/screens.sh $(screens:=.script) $(screens:=.txt)

# Records every screen anew, after a change that was meant.
.PHONY: update-screens
update-screens: soaktop$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) SCREENS_UPDATE=1 $(SHELL) $(srcdir)/tests/screens/screens.sh
	@git -C $(srcdir) diff --stat -- tests/screens || :
