/* rails: one letter an iteration, two lines: how it was judged, and what happened; of iterations
 * that share a column the worst, and the most telling. Pure.
 * KPI rail: P, W or F of the iteration's own gate, ! failed, _ its file is missing; underlined if
 * it passes all four KPIs. Event rail: A applied, x rejected, r rolled back, V velocity, O
 * oscillation, C cooldown, Z freeze, ? waiting, - nothing. */
#ifndef SOAKTOP_UI_RAILS_H
#define SOAKTOP_UI_RAILS_H

#include "ui/view.h"

char rail_kpi_letter(const struct iteration *iteration);
char rail_event_letter(const struct iteration *iteration);

void rails_draw_kpi(const struct view *view, struct canvas *canvas, struct rect row);
void rails_draw_event(const struct view *view, struct canvas *canvas, struct rect row);
/* The iteration to open for column X of the screen in the rail at ROW: the one that its letter is
 * of; 0: none is recorded there. */
int rails_kpi_at(const struct view *view, struct rect row, int x);
int rails_event_at(const struct view *view, struct rect row, int x);

#endif
