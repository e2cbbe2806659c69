/* rails: one letter an iteration, two lines: how it was judged, and what happened. Pure.
 * KPI rail: P, W or F of the iteration's own gate, ! failed, _ its file is missing; underlined if
 * it passes all four KPIs. Event rail: A applied, x rejected, r rolled back, V velocity, O
 * oscillation, C cooldown, Z freeze, ? waiting, - nothing. */
#ifndef SOAKTOP_UI_RAILS_H
#define SOAKTOP_UI_RAILS_H

#include "ui/view.h"

/* Letters above, the most telling first: of several the first stands. */
#define RAIL_EVENT_RANK "rAx?VOCZ-"

char rail_kpi_letter(const struct iteration *iteration);
char rail_event_letter(const struct iteration *iteration);

void rails_draw_kpi(const struct view *view, struct canvas *canvas, struct rect row);
void rails_draw_event(const struct view *view, struct canvas *canvas, struct rect row);
/* The iteration at column X of the screen in a rail at ROW; 0: none is recorded there. */
int rails_iteration_at(const struct view *view, struct rect row, int x);

#endif
