/* deltas_past: see deltas_past.h. UI thread; pure. */
#include "config.h"

#include "ui/deltas_past.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/past.h"
#include "ui/deltas.h"
#include "ui/figure.h"

enum { EFFECTS_MAX = 3, VALUES_MAX = 6, NUMBER_MAX = 32 };

static size_t append(char *text, size_t size, size_t length, const char *more)
{
    return length < size ? length + (size_t)snprintf(text + length, size - length, "%s", more)
                         : length;
}

static const char *times(size_t count, char text[NUMBER_MAX])
{
    if (count <= 2)
        return count == 1 ? "once" : "twice";
    snprintf(text, NUMBER_MAX, "%zu times", count);
    return text;
}

/* "risk ratio -.021 then -.008" of the effects that are known. */
static size_t add_kpi(char *text, size_t size, size_t length, enum kpi kpi,
                      const struct past_effect *effects, size_t count)
{
    char part[64];
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        struct value change = effects[i].change[kpi];
        char number[NUMBER_MAX] = "n/a";
        if (value_present(change))
            snprintf(number, sizeof number, "%+.*f", kpi_table[kpi].decimals, change.number);
        snprintf(part, sizeof part, "%s%s", first ? kpi_table[kpi].label : " then",
                 first ? " " : " ");
        length = append(text, size, length, part);
        length = append(text, size, length, number);
        first = false;
    }
    return length;
}

static size_t add_kpis(char *text, size_t size, size_t length, const struct past_effect *effects,
                       size_t count)
{
    static const enum kpi order[KPI_COUNT] = {KPI_RISK, KPI_P95, KPI_NET, KPI_MAKER_TAKER};
    for (int i = 0; i < KPI_COUNT; i++) {
        length = append(text, size, length, i > 0 ? ", " : "");
        length = add_kpi(text, size, length, order[i], effects, count);
    }
    return length;
}

/* How much all this is worth. */
static void add_evidence(char *text, size_t size, size_t length, const struct past_effect *effects,
                         size_t shown, size_t count)
{
    char part[96];
    int fewest = PAST_AFTER;
    bool mixed = false;
    for (size_t i = 0; i < shown; i++) {
        fewest = effects[i].followed < fewest ? effects[i].followed : fewest;
        mixed = mixed || effects[i].mixed;
    }
    if (fewest < PAST_AFTER)
        snprintf(part, sizeof part, " over the next %d it, of one only %d", (int)PAST_AFTER,
                 fewest);
    else
        snprintf(part, sizeof part, " over the next %d it", (int)PAST_AFTER);
    length = append(text, size, length, part);
    snprintf(part, sizeof part, "  n=%zu%s%s", count,
             count < PAST_EVIDENCE ? ": weak evidence" : "",
             mixed ? "; mixed: other parameters moved with it" : "");
    append(text, size, length, part);
}

void deltas_past_text(const struct view *view, const struct delta *delta, int iteration, char *text,
                      size_t size)
{
    struct past_effect effects[EFFECTS_MAX];
    size_t count, length = 0;
    char change[NUMBER_MAX], number[NUMBER_MAX], part[96];
    text[0] = '\0';
    if (delta->state == DELTA_PROPOSED && delta->rejected_at > 0) {
        snprintf(part, sizeof part, "rejected at it %d with the same target; ", delta->rejected_at);
        length = append(text, size, length, part);
    }
    enum past_match match = past_effects(effects, EFFECTS_MAX, &count, &view->run, iteration,
                                         delta->param, delta->after - delta->now);
    deltas_change(view, delta, change, sizeof change);
    if (match == PAST_NONE) {
        append(text, size, length, "this change was not made in this run before");
        return;
    }
    size_t shown = count < EFFECTS_MAX ? count : EFFECTS_MAX;
    if (match == PAST_SAME_STEP)
        snprintf(part, sizeof part, "%s was applied %s: ", change, times(count, number));
    else
        snprintf(part, sizeof part, "not by %s before, but that way %s: ", change,
                 times(count, number));
    length = append(text, size, length, part);
    length = add_kpis(text, size, length, effects, shown);
    add_evidence(text, size, length, effects, shown, count);
}

void deltas_past_values(const struct view *view, const struct delta *delta, int iteration,
                        char *text, size_t size)
{
    const struct param *param = deltas_param(view, delta);
    size_t length = 0;
    char number[NUMBER_MAX];
    text[0] = '\0';
    for (int n = iteration - VALUES_MAX + 1; param != NULL && n <= iteration; n++) {
        const struct iteration *own = run_iteration(&view->run, n);
        struct value value = n == iteration ? value_of(delta->now) : value_missing();
        if (own != NULL && own->params != NULL && (size_t)delta->param < own->param_count)
            value = own->params[delta->param];
        if (!value_present(value) || !isfinite(value.number))
            continue;
        length = append(text, size, length, length > 0 ? " " : "");
        length = append(text, size, length, param_format(param, value, number, sizeof number));
    }
}
