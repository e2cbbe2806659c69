/* panel: the table of panels. */
#include "config.h"

#include "ui/panel.h"

const struct panel_class *const panel_table[PANEL_COUNT] = {
    [PANEL_KPIS] = &panel_kpis,       [PANEL_DELTAS] = &panel_deltas,
    [PANEL_PARAMS] = &panel_params,   [PANEL_GUARDS] = &panel_guards,
    [PANEL_GATE] = &panel_gate,       [PANEL_RUNS] = &panel_runs,
    [PANEL_JOURNAL] = &panel_journal,
};
