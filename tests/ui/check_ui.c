/* check_ui: all unit tests of src/ui. */
#include "config.h"

#include <locale.h>

#include "harness.h"
#include "suites.h"

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    static Suite *(*const suites[])(void) = {
        actions_suite,      alerts_suite,     attached_suite,
        bindings_suite,     canvas_suite,     chart_at_suite,
        chart_suite,        compose_suite,    copy_suite,
        deltas_past_suite,  deltas_suite,     dialog_suite,
        duration_suite,     edit_suite,       effect_card_suite,
        every_action_suite, explain_suite,    external_suite,
        filter_suite,       find_suite,       footer_suite,
        fuzzy_suite,        gate_suite,       hold_suite,
        keymap_suite,       keyname_suite,    layout_suite,
        lines_suite,        link_suite,       looked_suite,
        monkey_suite,       mouse_suite,      paint_suite,
        palette_suite,      panel_gate_suite, panel_guards_suite,
        panel_params_suite, panels_suite,     preferences_suite,
        rehearse_suite,     rollback_suite,   rows_suite,
        runs_suite,         script_suite,     series_suite,
        theme_suite,        timeaxis_suite,   undo_suite,
        view_suite,         wire_suite,       NULL,
    };
    return harness_run(suites);
}
