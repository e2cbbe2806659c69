if HAVE_CHECK
check_PROGRAMS += tests/ui/check_ui
TESTS += tests/ui/check_ui
tests_ui_check_ui_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/ui
tests_ui_check_ui_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_ui_check_ui_LDADD = libview.a libsoak.a $(CHECK_LIBS) $(JANSSON_LIBS) $(CRYPTO_LIBS)
tests_ui_check_ui_SOURCES = \
	tests/harness.h \
	tests/sandbox.h \
	tests/ui/check_ui.c \
	tests/ui/driver.c \
	tests/ui/driver.h \
	tests/ui/fixture.c \
	tests/ui/fixture.h \
	tests/ui/suites.h \
	tests/ui/test_actions.c \
	tests/ui/test_alerts.c \
	tests/ui/test_attached.c \
	tests/ui/test_bindings.c \
	tests/ui/test_canvas.c \
	tests/ui/test_chart.c \
	tests/ui/test_chart_at.c \
	tests/ui/test_compose.c \
	tests/ui/test_copy.c \
	tests/ui/test_deltas.c \
	tests/ui/test_deltas_past.c \
	tests/ui/test_dialog.c \
	tests/ui/test_duration.c \
	tests/ui/test_edit.c \
	tests/ui/test_effect_card.c \
	tests/ui/test_every_action.c \
	tests/ui/test_explain.c \
	tests/ui/test_external.c \
	tests/ui/test_filter.c \
	tests/ui/test_find.c \
	tests/ui/test_footer.c \
	tests/ui/test_fuzzy.c \
	tests/ui/test_gate.c \
	tests/ui/test_hold.c \
	tests/ui/test_keymap.c \
	tests/ui/test_keyname.c \
	tests/ui/test_layout.c \
	tests/ui/test_lines.c \
	tests/ui/test_link.c \
	tests/ui/test_looked.c \
	tests/ui/test_monkey.c \
	tests/ui/test_mouse.c \
	tests/ui/test_paint.c \
	tests/ui/test_palette.c \
	tests/ui/test_panel_gate.c \
	tests/ui/test_panel_guards.c \
	tests/ui/test_panel_params.c \
	tests/ui/test_panels.c \
	tests/ui/test_preferences.c \
	tests/ui/test_rehearse.c \
	tests/ui/test_rollback.c \
	tests/ui/test_rows.c \
	tests/ui/test_runs.c \
	tests/ui/test_script.c \
	tests/ui/test_series.c \
	tests/ui/test_theme.c \
	tests/ui/test_timeaxis.c \
	tests/ui/test_undo.c \
	tests/ui/test_view.c \
	tests/ui/test_wire.c
endif
