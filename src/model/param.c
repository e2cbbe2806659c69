/* param: see param.h. Pure; a table is read-only once it was read. */
#include "config.h"

#include "model/param.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/node.h"

#define PARAMS_SCHEMA "soaktop-params-1"

/* Up to here every integer is a double of its own. */
#define EXACT_MAX 9007199254740992.0

/* A number of steps this near to a half is a tie: what is left of a decimal tie in binary. */
#define TIE_EPSILON 1e-9

enum { DECIMALS_MAX = 9, DECIMALS_WITHOUT_STEP = 6 };

/* A step as whole / power: 0.0025 is 25 / 10000. */
struct fraction {
    double whole, power;
    int decimals;
};

/* False if the step is no decimal with at most DECIMALS_MAX places. */
static bool step_fraction(double step, struct fraction *fraction)
{
    double power = 1.0;
    for (int decimals = 0; decimals <= DECIMALS_MAX; decimals++, power *= 10.0) {
        double whole = nearbyint(step * power);
        if (whole >= 1.0 && whole <= EXACT_MAX && !(whole / power < step) &&
            !(whole / power > step)) {
            *fraction = (struct fraction){whole, power, decimals};
            return true;
        }
    }
    return false;
}

/* Half to even; what is within TIE_EPSILON of a half is a half. */
static double round_steps(double steps)
{
    double below = floor(steps);
    double part = steps - below;
    if (fabs(part - 0.5) <= TIE_EPSILON)
        return fmod(below, 2.0) < 0.0 || fmod(below, 2.0) > 0.0 ? below + 1.0 : below;
    return part < 0.5 ? below : below + 1.0;
}

double param_quantize(const struct param *param, double number)
{
    struct fraction step;
    if (!value_present(param->step) || !isfinite(number) ||
        !step_fraction(param->step.number, &step))
        return number;
    double steps = number * step.power / step.whole;
    if (fabs(steps) * step.whole >= EXACT_MAX)
        return number;
    /* Both are exact integers, so that the one division gives the nearest double. */
    double result = round_steps(steps) * step.whole / step.power;
    return result + 0.0; /* no negative zero */
}

double param_clamp(const struct param *param, double number)
{
    if (value_present(param->floor) && number < param->floor.number)
        return param->floor.number;
    if (value_present(param->cap) && number > param->cap.number)
        return param->cap.number;
    return number;
}

struct value param_range(const struct param *param)
{
    if (!value_present(param->floor) || !value_present(param->cap))
        return value_missing();
    return value_of(param->cap.number - param->floor.number);
}

bool param_oversized(const struct param *param, double now, double after)
{
    return value_present(param->max_step) &&
           !number_at_most(fabs(after - now), param->max_step.number);
}

/* The shortest decimal that reads back as the same number. */
static void format_shortest(double number, char *text, size_t size)
{
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, number);
        double back = 0.0;
        if (sscanf(text, "%lf", &back) == 1 && !(back < number) && !(back > number))
            return;
    }
}

char *param_format(const struct param *param, struct value value, char *text, size_t size)
{
    if (!value_present(value) || !isfinite(value.number))
        snprintf(text, size, "n/a");
    else if (!value_present(param->step))
        format_shortest(value.number, text, size);
    else
        snprintf(text, size, "%.*f", param->decimals, value.number);
    return text;
}

int param_find(const struct param_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->param[i].name, name) == 0)
            return (int)i;
    return -1;
}

/* "0.08 .. 0.12", with a dash for a bound that is not there. */
static void format_bounds(const struct param *param, char *text, size_t size)
{
    char low[40], high[40];
    snprintf(text, size, "%s .. %s",
             value_present(param->floor) ? param_format(param, param->floor, low, sizeof low) : "-",
             value_present(param->cap) ? param_format(param, param->cap, high, sizeof high) : "-");
}

int param_check(const struct param *param, double number, struct error *err)
{
    char bounds[96], shown[40];
    if (!isfinite(number))
        return error_set(err, ERROR_REFUSED, "%s must be a finite number", param->name);
    format_shortest(number, shown, sizeof shown);
    format_bounds(param, bounds, sizeof bounds);
    if (value_present(param->floor) && !number_at_least(number, param->floor.number))
        return error_set(err, ERROR_REFUSED, "%s %s is below its floor (bounds %s %s)", param->name,
                         shown, bounds, param->unit);
    if (value_present(param->cap) && !number_at_most(number, param->cap.number))
        return error_set(err, ERROR_REFUSED, "%s %s is above its cap (bounds %s %s)", param->name,
                         shown, bounds, param->unit);
    if (!number_equal(number, param_quantize(param, number))) {
        char nearest[40], step[40];
        format_shortest(param_quantize(param, number), nearest, sizeof nearest);
        format_shortest(param->step.number, step, sizeof step);
        return error_set(err, ERROR_REFUSED, "%s %s is not on its step of %s; the nearest is %s",
                         param->name, shown, step, nearest);
    }
    return 0;
}

/* Names become keys of JSON and of command lines: lower case, digits, underscore. */
static int read_name(const struct node *node, const char *key, char name[PARAM_NAME_MAX],
                     struct error *err)
{
    if (node_text(node, key, name, PARAM_NAME_MAX, err) < 0)
        return -1;
    if (name[0] < 'a' || name[0] > 'z' ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(name)) {
        struct node member = node_member(node, key);
        return node_refuse(&member, err, "a name is made of a..z, 0..9 and _, a letter first");
    }
    return 0;
}

static int check_on_step(const struct node *node, const char *key, const struct param *param,
                         struct value bound, struct error *err)
{
    if (!value_present(bound) || number_equal(bound.number, param_quantize(param, bound.number)))
        return 0;
    struct node member = node_member(node, key);
    return node_refuse(&member, err, "it must be a multiple of the step %.15g", param->step.number);
}

static int read_step(const struct node *node, struct param *param, struct error *err)
{
    struct fraction fraction;
    param->decimals = DECIMALS_WITHOUT_STEP;
    if (node_value(node, "step", &param->step, err) < 0)
        return -1;
    if (!value_present(param->step))
        return 0;
    struct node member = node_member(node, "step");
    if (param->step.number <= 0.0)
        return node_refuse(&member, err, "a step must be above 0");
    if (!step_fraction(param->step.number, &fraction))
        return node_refuse(&member, err, "a step may have at most %d decimals", DECIMALS_MAX);
    param->decimals = fraction.decimals;
    param->integer = fraction.decimals == 0;
    return 0;
}

static int read_bounds(const struct node *node, struct param *param, struct error *err)
{
    if (node_value(node, "default", &param->assumed, err) < 0 ||
        node_value(node, "first", &param->first, err) < 0 ||
        node_value(node, "floor", &param->floor, err) < 0 ||
        node_value(node, "cap", &param->cap, err) < 0)
        return -1;
    if (value_present(param->floor) && value_present(param->cap) &&
        param->floor.number > param->cap.number) {
        struct node member = node_member(node, "cap");
        return node_refuse(&member, err, "a cap must not be below the floor %.15g",
                           param->floor.number);
    }
    if (check_on_step(node, "floor", param, param->floor, err) < 0)
        return -1;
    return check_on_step(node, "cap", param, param->cap, err);
}

/* Above 0, on the step, and no more than the range. */
static int read_max_step(const struct node *node, struct param *param, struct error *err)
{
    if (node_value(node, "max_step", &param->max_step, err) < 0)
        return -1;
    if (!value_present(param->max_step))
        return 0;
    struct node member = node_member(node, "max_step");
    struct value range = param_range(param);
    if (param->max_step.number <= 0.0)
        return node_refuse(&member, err, "a largest step must be above 0");
    if (value_present(range) && !number_at_most(param->max_step.number, range.number))
        return node_refuse(&member, err, "it must not be above the range %.15g", range.number);
    return check_on_step(node, "max_step", param, param->max_step, err);
}

static int read_param(const struct node *node, struct param *param, struct error *err)
{
    static const char *const keys[] = {"name",  "section", "unit", "default",  "first",
                                       "floor", "cap",     "step", "max_step", NULL};
    *param = (struct param){.integer = false};
    if (node_object(node, keys, err) < 0 || read_name(node, "name", param->name, err) < 0 ||
        read_name(node, "section", param->section, err) < 0 ||
        node_text(node, "unit", param->unit, sizeof param->unit, err) < 0)
        return -1;
    if (read_step(node, param, err) < 0 || read_bounds(node, param, err) < 0)
        return -1;
    return read_max_step(node, param, err);
}

/* A flat name maps to exactly one path, and none may look like a section. */
static int check_unique(const struct param_table *table, const struct node *list, struct error *err)
{
    for (size_t i = 0; i < table->count; i++) {
        struct node element = node_element(list, i);
        struct node name = node_member(&element, "name");
        for (size_t j = 0; j < table->count; j++) {
            if (j < i && strcmp(table->param[i].name, table->param[j].name) == 0)
                return node_refuse(&name, err, "$.params[%zu] has that name already", j);
            if (strcmp(table->param[i].name, table->param[j].section) == 0)
                return node_refuse(&name, err, "$.params[%zu] has a section of that name", j);
        }
    }
    return 0;
}

int param_table_read(struct param_table *table, const struct json_t *json, const char *file,
                     struct error *err)
{
    static const char *const keys[] = {"schema", "params", NULL};
    struct node root = node_root(json, file), list = node_member(&root, "params");
    *table = (struct param_table){0};
    if (node_object(&root, keys, err) < 0 || node_schema(&root, PARAMS_SCHEMA, err) < 0 ||
        node_array(&list, err) < 0)
        return -1;
    size_t count = node_count(&list);
    if (count == 0 || count > PARAM_MAX)
        return node_refuse(&list, err, "it must hold 1 .. %d parameters, not %zu", PARAM_MAX,
                           count);
    for (size_t i = 0; i < count; i++) {
        struct node element = node_element(&list, i);
        if (read_param(&element, &table->param[i], err) < 0)
            return -1;
    }
    table->count = count;
    return check_unique(table, &list, err);
}
