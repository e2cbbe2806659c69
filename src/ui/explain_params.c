/* explain_params: the parameter under the cursor: its value, bounds and unit, who set it, when and
 * in which iteration; without one what differs from the first state. UI thread; pure. */
#include "config.h"

#include "ui/explain.h"

#include <stdio.h>
#include <string.h>

#include "ui/params.h"

static void add_bounds(const struct view *view, const struct param *param, struct buffer *text)
{
    char floor[32], cap[32], assumed[32];
    param_format(param, param->floor, floor, sizeof floor);
    param_format(param, param->cap, cap, sizeof cap);
    param_format(param, param->assumed, assumed, sizeof assumed);
    buffer_printf(text, "Bounds %s..%s %s, step ", floor, cap, param->unit);
    if (value_present(param->step))
        buffer_printf(text, "%g", param->step.number);
    else
        buffer_puts(text, "any");
    buffer_printf(text, "; default %s (%s).\n", assumed, view->config->params_file);
}

static void add_change(const struct change *change, const struct param *param, int index,
                       struct buffer *text)
{
    char utc[UTC_TEXT_MAX], before[32], after[32];
    utc_format(utc, change->utc_ms);
    param_format(param, change->before[index], before, sizeof before);
    param_format(param, change->after[index], after, sizeof after);
    buffer_printf(text, "%s -> %s by %s, %s after it %d, %s.\n", before, after,
                  change->by[0] ? change->by : "n/a", change_kind_name(change->kind),
                  change->after_iteration, change->utc_ms == UTC_NONE ? "n/a" : utc);
}

/* What the file says, and where else in it the parameter stands. */
static void add_disk(const struct view *view, int index, struct buffer *text)
{
    const struct param *param = &view->config->params.param[index];
    const struct disk_lens *lens = &view->disk;
    struct value disk;
    char number[32];
    if (lens->state != DISK_LENS_READ || !params_shows_now(view))
        return;
    bool differs = params_disk_differs(view, index, &disk);
    buffer_printf(text, "On disk: runtime_overrides.json %.12s says %s%s.\n", lens->hash,
                  differs ? "something else, " : "the same",
                  !differs              ? ""
                  : value_present(disk) ? param_format(param, disk, number, sizeof number)
                                        : "nothing");
    for (size_t i = 0; i < lens->copy_count && i < DISK_LENS_LIST_MAX; i++)
        if (lens->copy[i].param == index)
            buffer_printf(text,
                          "A second copy stands at %s = %s: the engine does not read it "
                          "where %s.%s is set.\n",
                          lens->copy[i].path,
                          param_format(param, lens->copy[i].value, number, sizeof number),
                          param->section, param->name);
}

/* All that the file says otherwise. */
static void add_differences(const struct view *view, struct buffer *text)
{
    char notes[PARAMS_NOTES_MAX][PARAMS_NOTE_MAX], number[32], other[32];
    size_t count = params_disk_notes(view, notes), differ = 0;
    struct value disk;
    for (size_t i = 0; i < view->config->params.count; i++) {
        const struct param *param = &view->config->params.param[i];
        if (!params_disk_differs(view, (int)i, &disk))
            continue;
        differ++;
        buffer_printf(text, "! %s: in force %s, on disk %s.\n", param->name,
                      param_format(param, view->run.params[i], number, sizeof number),
                      param_format(param, disk, other, sizeof other));
    }
    for (size_t i = 0; i < count && i < PARAMS_NOTES_MAX; i++)
        buffer_printf(text, "%s.\n", notes[i]);
    if (view->disk.state == DISK_LENS_READ && differ + count == 0 && params_shows_now(view))
        buffer_printf(text, "runtime_overrides.json %.12s holds what is in force.\n",
                      view->disk.hash);
    buffer_puts(text, "\n");
}

static void add_param(const struct view *view, int index, struct value value, struct buffer *text)
{
    const struct param *param = &view->config->params.param[index];
    char number[32], origin[64];
    const struct change *change = params_change_of(view, index);
    param_format(param, value_present(value) ? value : param->assumed, number, sizeof number);
    buffer_printf(text, "%s.%s = %s %s", param->section, param->name, number, param->unit);
    if (!value_present(value))
        buffer_puts(text, value_present(param->assumed)
                              ? " (default: the file does not set it, the tuner assumes it)"
                              : ": the file does not set it and it has no default");
    buffer_puts(text, ".\n");
    add_bounds(view, param, text);
    buffer_printf(text, "From: %s.\n", params_origin(view, index, origin, sizeof origin));
    add_disk(view, index, text);
    if (change == NULL) {
        buffer_puts(text, "Not changed in this run: it is what the run started with.\n");
        return;
    }
    buffer_puts(text, "Set: ");
    add_change(change, param, index, text);
}

void explain_params(const struct view *view, struct buffer *text)
{
    size_t count = 0;
    const struct value *values = params_shown(view, &count);
    int index = param_find(&view->config->params, explain_chosen(view, PANEL_PARAMS));
    if (values == NULL) {
        buffer_printf(text, "n/a: %s.\n",
                      view->run.count > 0 ? "this run's files hold no parameters"
                                          : "no parameters are known yet");
        return;
    }
    if (index >= 0) {
        add_param(view, index, (size_t)index < count ? values[index] : value_missing(), text);
        buffer_puts(text, "\n");
        add_differences(view, text);
        return;
    }
    add_differences(view, text);
    for (size_t i = 0; i < view->config->params.count; i++) {
        if (i >= count || !value_present(values[i]))
            continue;
        add_param(view, (int)i, values[i], text);
        buffer_puts(text, "\n");
    }
}
