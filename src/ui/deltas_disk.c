/* deltas_disk: see deltas_disk.h. */
#include "config.h"

#include "ui/deltas_disk.h"

#include <math.h>
#include <stdio.h>

#include "ui/deltas.h"
#include "ui/view.h"

void deltas_disk_copies(const struct view *view, const struct delta *delta, char *text, size_t size)
{
    const struct disk_lens *lens = &view->disk;
    size_t length = 0;
    text[0] = '\0';
    if (lens->state != DISK_LENS_READ)
        return;
    for (size_t i = 0; i < lens->copy_count && i < DISK_LENS_LIST_MAX && length < size; i++)
        if (lens->copy[i].param == delta->param)
            length += (size_t)snprintf(text + length, size - length, ", ! copy at %s = %g stays",
                                       lens->copy[i].path, lens->copy[i].value.number);
}

void deltas_disk_clamp(const struct view *view, const struct delta *delta, char *text, size_t size)
{
    const struct param *param = deltas_param(view, delta);
    double wanted = delta->now + delta->increment;
    text[0] = '\0';
    if (param == NULL || delta->state == DELTA_EDITED || !isfinite(wanted) ||
        number_equal(param_clamp(param, wanted), wanted))
        return;
    snprintf(text, size, "clamped: %+g would lead to %g", delta->increment, wanted);
}
