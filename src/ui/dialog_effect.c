/* dialog_effect: the effect card of an apply: each KPI before and after it, the band that the run's
 * own noise leaves, the answer; and its tripwire. As of the iteration shown. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/wires.h"
#include "ui/dialog_class.h"
#include "ui/effect_card.h"
#include "ui/figure.h"

struct card {
    struct dialog dialog;
    int iteration; /* of the apply */
};

bool effect_card_fill(const struct view *view, int iteration, struct effect *effect)
{
    const struct change *apply = run_apply_of(&view->run, iteration);
    int upto = view_number(view);
    if (apply == NULL)
        return false;
    effect_fill(effect, &view->run, apply, EFFECT_K, upto > iteration ? upto : iteration,
                view->ended || view_recorded(view) || view->run.state >= RUN_STOPPED);
    return true;
}

static void card_title(const struct dialog *dialog, char *text, size_t size)
{
    snprintf(text, size, "EFFECT of the apply of it %d", ((const struct card *)dialog)->iteration);
}

static void value_text(struct value value, int decimals, bool sign, char *text, size_t size)
{
    if (!value_present(value))
        snprintf(text, size, "n/a");
    else
        snprintf(text, size, sign ? "%+.*f" : "%.*f", decimals, value.number);
}

static void add_kpi(const struct effect *effect, enum kpi kpi, struct dialog_lines *lines)
{
    const struct effect_kpi *result = &effect->kpi[kpi];
    char before[24], after[24], shift[24], low[24], high[24], name[32], band[52];
    int decimals = kpi_table[kpi].decimals;
    figure_name(name, sizeof name, kpi);
    value_text(result->before, decimals, false, before, sizeof before);
    value_text(result->after, decimals, false, after, sizeof after);
    value_text(result->shift, decimals, true, shift, sizeof shift);
    value_text(result->low, decimals, true, low, sizeof low);
    value_text(result->high, decimals, true, high, sizeof high);
    snprintf(band, sizeof band, "%s..%s", low, high);
    dialog_add(lines, result->answer == EFFECT_HURT ? STYLE_WARN : STYLE_TEXT,
               "%-11s %7s %7s %8s %15s  %s%s%s n=%zu,%zu", name, before, after, shift,
               value_present(result->low) ? band : "n/a", effect_answer_name(result->answer),
               result->why != EFFECT_WHY_NONE ? ": " : "", effect_why_name(result->why),
               result->before_count, result->after_count);
}

static void add_remarks(const struct effect *effect, struct dialog_lines *lines)
{
    if (!effect->ready)
        dialog_add(lines, STYLE_BOLD, "cannot tell yet (%d of %d it)", effect->have, effect->k);
    if (effect->params > 1)
        dialog_add(lines, STYLE_BOLD, "mixed: %d parameters changed together", effect->params);
    if (effect->other_at > 0)
        dialog_add(lines, STYLE_BOLD, "mixed: another change came within, after it %d",
                   effect->other_at);
    if (effect->taken_back)
        dialog_add(lines, STYLE_TEXT, "rolled back after %d of %d iterations", effect->have,
                   effect->k);
    dialog_add(lines, STYLE_DIM,
               "before: medians of it %d..%d, after: of it %d..%d; band: what the", effect->from,
               effect->applied_at, effect->applied_at + 1, effect->applied_at + effect->have);
    dialog_add(lines, STYLE_DIM,
               "run's own noise leaves of the shift; 1 KPI in 20 seems to move by");
    dialog_add(lines, STYLE_DIM, "chance alone");
}

static void card_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    const struct card *card = (const struct card *)dialog;
    const struct wire *wire = run_wire(&view->run, card->iteration);
    struct effect effect;
    if (!effect_card_fill(view, card->iteration, &effect))
        return;
    dialog_add(lines, STYLE_TITLE, "%-11s %7s %7s %8s %15s  %s", "KPI", "before", "after", "shift",
               "band", "answer");
    for (int i = 0; i < KPI_COUNT; i++)
        add_kpi(&effect, figure_order[i], lines);
    add_remarks(&effect, lines);
    if (wire != NULL) {
        char what[TRIPWIRE_TEXT_MAX], count[WIRE_COUNT_TEXT_MAX];
        struct wire_status status = wire_status(&view->run, wire, view_number(view));
        dialog_add(lines, STYLE_TEXT, "tripwire %s by %s: %s", tripwire_text(&wire->what, what),
                   wire->by, wire_count_text(wire, &status, count));
    }
}

static void card_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  close");
}

static unsigned card_key(struct dialog *dialog, struct view *view, unsigned key)
{
    if (!dialog_cancels(key))
        return dialog_scroll(dialog, key);
    dialog_close(view);
    return REACT_REDRAW;
}

static const struct dialog_class card_class = {
    .title = card_title,
    .lines = card_lines,
    .buttons = card_buttons,
    .key = card_key,
};

unsigned dialog_effect_open(struct view *view, int iteration)
{
    if (run_apply_of(&view->run, iteration) == NULL) {
        view_say(view, true, "nothing was applied in it %d: there is no effect to tell", iteration);
        return REACT_REDRAW;
    }
    struct card *card = mem_alloc(sizeof *card);
    card->dialog.class = &card_class;
    card->iteration = iteration;
    return dialog_open_take(view, &card->dialog);
}
