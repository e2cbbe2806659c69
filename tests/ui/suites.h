/* suites: one function a file of tests. */
#ifndef SOAKTOP_TESTS_SUITES_H
#define SOAKTOP_TESTS_SUITES_H

#include <check.h>

Suite *actions_suite(void);
Suite *attached_suite(void);
Suite *bindings_suite(void);
Suite *alerts_suite(void);
Suite *canvas_suite(void);
Suite *chart_at_suite(void);
Suite *chart_suite(void);
Suite *compose_suite(void);
Suite *deltas_past_suite(void);
Suite *copy_suite(void);
Suite *deltas_suite(void);
Suite *dialog_suite(void);
Suite *duration_suite(void);
Suite *edit_suite(void);
Suite *effect_card_suite(void);
Suite *every_action_suite(void);
Suite *explain_suite(void);
Suite *external_suite(void);
Suite *filter_suite(void);
Suite *find_suite(void);
Suite *footer_suite(void);
Suite *fuzzy_suite(void);
Suite *gate_suite(void);
Suite *hold_suite(void);
Suite *keymap_suite(void);
Suite *keyname_suite(void);
Suite *layout_suite(void);
Suite *lines_suite(void);
Suite *looked_suite(void);
Suite *link_suite(void);
Suite *monkey_suite(void);
Suite *palette_suite(void);
Suite *panel_gate_suite(void);
Suite *panel_guards_suite(void);
Suite *panel_params_suite(void);
Suite *mouse_suite(void);
Suite *paint_suite(void);
Suite *panels_suite(void);
Suite *preferences_suite(void);
Suite *rehearse_suite(void);
Suite *rollback_suite(void);
Suite *rows_suite(void);
Suite *runs_suite(void);
Suite *script_suite(void);
Suite *series_suite(void);
Suite *theme_suite(void);
Suite *timeaxis_suite(void);
Suite *undo_suite(void);
Suite *view_suite(void);
Suite *wire_suite(void);

#endif
