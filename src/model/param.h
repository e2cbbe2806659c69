/* param: the table of parameters (data/params.json): where each lives, its bounds and step. */
#ifndef SOAKTOP_MODEL_PARAM_H
#define SOAKTOP_MODEL_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include "model/error.h"
#include "model/value.h"

struct json_t;

enum { PARAM_NAME_MAX = 48, PARAM_UNIT_MAX = 24, PARAM_MAX = 64 };

struct param {
    char name[PARAM_NAME_MAX];
    char section[PARAM_NAME_MAX];
    char unit[PARAM_UNIT_MAX];
    struct value assumed; /* default: what the tuner assumes when the file does not set it */
    struct value first;   /* best cell: what a first run's file holds; missing: not written */
    struct value floor, cap;
    struct value step;     /* missing: any number */
    struct value max_step; /* a larger change wants a second look (level 2); missing: none is */
    bool integer;          /* the step is a whole number: written as a JSON integer */
    int decimals;          /* that show one step */
};

struct param_table {
    size_t count;
    struct param param[PARAM_MAX];
};

/* Checks and fills TABLE from the parsed FILE; a fault names FILE and the JSON path. */
int param_table_read(struct param_table *table, const struct json_t *json, const char *file,
                     struct error *err);

/* Index of the parameter of that name, or -1. */
int param_find(const struct param_table *table, const char *name);

/* The double nearest to the decimal multiple of the step that is nearest to NUMBER; ties half to
 * even (0.15, never 0.15000000000000002). ENGINE section 5. */
double param_quantize(const struct param *param, double number);

/* NUMBER moved into floor..cap. */
double param_clamp(const struct param *param, double number);

/* 0 if NUMBER is finite, within the bounds and on the step; else a sentence that names the bound.
 */
int param_check(const struct param *param, double number, struct error *err);

/* True if the change from NOW to AFTER is larger than the parameter's max step. */
bool param_oversized(const struct param *param, double now, double after);

/* cap - floor; missing if one of them is. */
struct value param_range(const struct param *param);

/* VALUE with the parameter's decimals; "n/a" if missing or not finite. Returns TEXT. */
char *param_format(const struct param *param, struct value value, char *text, size_t size);

#endif
