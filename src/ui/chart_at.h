/* chart_at: which iteration lies under a cell of the screen, in a graph or a rail. Pure. */
#ifndef SOAKTOP_UI_CHART_AT_H
#define SOAKTOP_UI_CHART_AT_H

#include "ui/layout.h"

/* Number of the recorded iteration to open for cell X, Y of the screen that LAYOUT describes; of a
 * column that several share the one that its graph or rail tells of: the worst. 0: the cell belongs
 * to no graph or rail, or nothing is recorded there. Looks not at dialogs: the caller does. */
int chart_iteration_at(const struct view *view, const struct layout *layout, int x, int y);

#endif
