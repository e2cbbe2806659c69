/* delta_text: see delta_text.h. */
#include "config.h"
#include "cmd/delta_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void delta_text_number(const struct delta *delta, double number, const struct param_table *table,
                       char *text, size_t size)
{
    if (!isfinite(number)) /* an older file does not tell */
        snprintf(text, size, "n/a");
    else if (delta->param < 0)
        snprintf(text, size, "%.6g", number);
    else
        param_format(&table->param[delta->param], value_of(number), text, size);
}

bool delta_text_was_written(const struct delta *delta)
{
    return delta->state == DELTA_APPLIED || delta->state == DELTA_VERIFIED ||
           delta->state == DELTA_ROLLED_BACK;
}

const char *delta_text_fate(const struct delta *delta)
{
    switch (delta->state) {
    case DELTA_APPLIED:
    case DELTA_VERIFIED:
        return "applied";
    case DELTA_DIVERGED:
        return "applied, but the bot ran with other parameters";
    case DELTA_ROLLED_BACK:
        return "applied, rolled back later";
    case DELTA_BLOCKED:
        return "blocked";
    case DELTA_REJECTED:
        return "rejected";
    case DELTA_HELD:
        return "held";
    case DELTA_SUPERSEDED:
        return "superseded";
    default:
        return "not applied";
    }
}

/* A guard's note begins with "600 -> 630: ", which stands beside it already. */
static const char *without_numbers(const char *note)
{
    const char *arrow = strstr(note, " -> ");
    const char *end = arrow ? strstr(arrow, ": ") : NULL;
    bool leads = arrow && end && !memchr(note, ' ', (size_t)(arrow - note));
    return leads ? end + 2 : note;
}

void delta_text_reason(const struct delta *delta, const struct iteration *iteration, char *text,
                       size_t size)
{
    const char *note = without_numbers(delta->note);
    if (delta->guard != GUARD_NONE)
        snprintf(text, size, "%s%s%s", guard_name(delta->guard), *note ? ": " : "", note);
    else if (*note)
        snprintf(text, size, "%s", note);
    else
        snprintf(text, size, "%s", iteration && iteration->skip & SKIP_OBSERVE ? "observe" : "");
}
