/* explain: why a thing on the screen is as it is (key i): sentences, one a line, with the value,
 * its limit, the file that either comes from, and when it clears. Each panel's .explain is one of
 * these; they append to TEXT. Nothing is judged here: the answers are the model's. UI thread; pure.
 */
#ifndef SOAKTOP_UI_EXPLAIN_H
#define SOAKTOP_UI_EXPLAIN_H

#include "model/mem.h"
#include "ui/action.h"
#include "ui/view.h"

/* The KPI under the cursor, or all four: the window's values, their sum and mean, limit, margin. */
void explain_kpis(const struct view *view, struct buffer *text);
/* The line under the cursor: rule, arithmetic, guard, decision. */
void explain_deltas(const struct view *view, struct buffer *text);
/* The parameter under the cursor: value, bounds, who set it and when. */
void explain_params(const struct view *view, struct buffer *text);
/* The guard under the cursor, or all that hold something. */
void explain_guards(const struct view *view, struct buffer *text);
/* The verdict: which iterations pass and which do not, the rule, what would change it. */
void explain_gate(const struct view *view, struct buffer *text);
void explain_runs(const struct view *view, struct buffer *text);
/* The last line shown, whole. */
void explain_journal(const struct view *view, struct buffer *text);
/* What ACTION does, its keys and level, and, where it cannot be used now, why. */
void explain_action(const struct view *view, const struct action *action, struct buffer *text);
/* The iteration NUMBER as the verdict counts it: which of the four KPIs pass, with their limits; or
 * why it has none. */
void explain_iteration(const struct view *view, int number, struct buffer *text);

enum { EXPLAIN_WHEN_MAX = 64 };
/* "it 25, in 3 iterations, ~15m"; without the time where no interval is known or the run is over.
 * Returns TEXT. */
char *explain_when(const struct view *view, int iteration, char text[EXPLAIN_WHEN_MAX]);
/* The key of the row under the panel's cursor; "" if none was chosen. */
const char *explain_chosen(const struct view *view, enum panel_id panel);

#endif
