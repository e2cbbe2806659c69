/* value: a number together with whether it is one. Nothing turns a missing value into 0. */
#ifndef SOAKTOP_MODEL_VALUE_H
#define SOAKTOP_MODEL_VALUE_H

#include <stdbool.h>

enum value_state {
    VALUE_MISSING, /* the source did not give it: JSON null, "n/a" on a screen */
    VALUE_OK,
    VALUE_STALE,    /* known once, no longer current */
    VALUE_SYNTHETIC /* made up for want of data: shown as such, used by no rule */
};

struct value {
    double number; /* meaningful unless MISSING */
    enum value_state state;
};

static inline struct value value_of(double number)
{
    return (struct value){number, VALUE_OK};
}

static inline struct value value_missing(void)
{
    return (struct value){0.0, VALUE_MISSING};
}

/* True if a rule may use it: present and real. */
static inline bool value_usable(struct value value)
{
    return value.state == VALUE_OK;
}

static inline bool value_present(struct value value)
{
    return value.state != VALUE_MISSING;
}

/* Comparisons with limits and bounds allow this much (ENGINE section 5). */
#define VALUE_EPSILON 1e-9

static inline bool number_at_most(double number, double limit)
{
    return number <= limit + VALUE_EPSILON;
}

static inline bool number_at_least(double number, double limit)
{
    return number >= limit - VALUE_EPSILON;
}

static inline bool number_equal(double a, double b)
{
    return number_at_most(a, b) && number_at_least(a, b);
}

/* false for a missing or synthetic value (ENGINE section 5) */
static inline bool value_at_most(struct value value, double limit)
{
    return value_usable(value) && number_at_most(value.number, limit);
}

static inline bool value_at_least(struct value value, double limit)
{
    return value_usable(value) && number_at_least(value.number, limit);
}

static inline bool value_above(struct value value, double limit)
{
    return value_usable(value) && !number_at_most(value.number, limit);
}

static inline bool value_below(struct value value, double limit)
{
    return value_usable(value) && !number_at_least(value.number, limit);
}

#endif
