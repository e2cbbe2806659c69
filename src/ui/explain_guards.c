/* explain_guards: the guard under the cursor, or each of them: what it looks at with values and
 * limits, and when it clears. UI thread; pure. */
#include "config.h"

#include "ui/explain.h"

#include <string.h>

#include "model/guard.h"

static const char *const rules[GUARD_COUNT] = {
    [GUARD_FREEZE] = "Two steady iterations running lock the risk parameters; a bad one ends it.",
    [GUARD_OSCILLATION] = "A parameter that goes to and fro without getting anywhere is stopped.",
    [GUARD_VELOCITY] = "A parameter may move only so far within a few iterations.",
    [GUARD_COOLDOWN] = "After a large change or a rollback nothing is proposed for a while.",
    [GUARD_STATE_OSCILLATION] =
        "A whole state that was left may not come back: that is rollback's.",
    [GUARD_LATE] = "What the last iteration proposes is only recorded.",
    [GUARD_NO_OP] = "A proposal that changes nothing is not applied.",
};

static void add_guard(const struct view *view, const struct guard_status *status,
                      struct buffer *text)
{
    char when[EXPLAIN_WHEN_MAX];
    buffer_printf(text, "%s: %s. %s\n", guard_name(status->guard), status->active ? "ON" : "off",
                  rules[status->guard]);
    buffer_printf(text, "It sees: %s.\n", status->text);
    if (status->active && status->clears_at > 0)
        buffer_printf(text, "It clears at %s.\n", explain_when(view, status->clears_at, when));
    else if (status->active)
        buffer_puts(text, "When it clears depends on the next targets.\n");
    if (status->last_at > 0)
        buffer_printf(text, "Last in it %d (tuning of ITER_SUMMARY_%d.json).\n", status->last_at,
                      status->last_at);
}

void explain_guards(const struct view *view, struct buffer *text)
{
    struct guard_status status[GUARD_COUNT];
    const char *chosen = explain_chosen(view, PANEL_GUARDS);
    enum guard only = guard_parse(chosen);
    guard_status_fill(status, &view->run, view_number(view), &view->config->policy,
                      &view->config->params);
    buffer_printf(text, "As after it %d; limits of %s.\n\n", view_number(view),
                  view->config->policy_file);
    for (int guard = GUARD_NONE + 1; guard < GUARD_COUNT; guard++)
        if (chosen[0] == '\0' || only == GUARD_NONE || only == (enum guard)guard) {
            add_guard(view, &status[guard], text);
            buffer_puts(text, "\n");
        }
}
