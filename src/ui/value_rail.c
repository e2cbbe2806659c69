/* value_rail: see value_rail.h. Pure. */
#include "config.h"

#include "ui/value_rail.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LABEL_MAX = 24, RAIL_MAX = 64, RAIL_MIN = 8 };

static int place_of(const struct param *param, double number, int width)
{
    double share = (param_clamp(param, number) - param->floor.number) / param_range(param).number;
    return (int)lround(share * (width - 1));
}

static int within(int at, int low, int high)
{
    return at < low ? low : at > high ? high : at;
}

/* The label of NOW at its place, that of AFTER on its side of it; both whole. */
static void put_labels(char *rail, int width, int at_now, int at_after, const char *now,
                       const char *after)
{
    int now_length = (int)strlen(now), after_length = (int)strlen(after);
    int start = at_now - now_length / 2, other = at_after;
    if (after_length == 0) {
        start = within(start, 0, width - now_length);
    } else if (after[0] == '>') {
        start = within(start, 0, width - now_length - after_length);
        other = within(other, start + now_length, width - after_length);
    } else {
        start = within(start, after_length, width - now_length);
        other = within(other - after_length + 1, 0, start - after_length);
    }
    memcpy(rail + start, now, (size_t)now_length);
    if (after_length > 0)
        memcpy(rail + other, after, (size_t)after_length);
}

void value_rail(char text[VALUE_RAIL_MAX], int width, const struct param *param, double now,
                double after)
{
    char rail[RAIL_MAX + 1], number[LABEL_MAX - 4], label[LABEL_MAX], target[LABEL_MAX] = "";
    struct value range = param != NULL ? param_range(param) : value_missing();
    text[0] = '\0';
    if (!value_present(range) || range.number <= 0.0 || !isfinite(now) || !isfinite(after))
        return;
    snprintf(label, sizeof label, "(%s)",
             param_format(param, value_of(now), number, sizeof number));
    param_format(param, value_of(after), number, sizeof number);
    if (!number_equal(now, after))
        snprintf(target, sizeof target, after > now ? ">%s" : "%s<", number);
    int needed = (int)(strlen(label) + strlen(target));
    width = within(width, needed > RAIL_MIN ? needed : RAIL_MIN, RAIL_MAX);
    memset(rail, '.', (size_t)width);
    rail[width] = '\0';
    put_labels(rail, width, place_of(param, now, width), place_of(param, after, width), label,
               target);
    snprintf(text, VALUE_RAIL_MAX, "%g %s %g", param->floor.number, rail, param->cap.number);
}
