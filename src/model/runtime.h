/* runtime: the parameters in force, as runtime_overrides.json holds them: section, then name.
 * Unknown keys and sections are kept as they are. A runtime belongs to one thread. */
#ifndef SOAKTOP_MODEL_RUNTIME_H
#define SOAKTOP_MODEL_RUNTIME_H

#include "model/param.h"

struct runtime; /* opaque */

/* One thing that reading an older file changed. */
struct runtime_notes {
    size_t count;
    char *text[PARAM_MAX]; /* "min_interval_ms moved to engine.min_interval_ms" */
};

struct runtime *runtime_new_best_cell(const struct param_table *table);
/* Reads a parsed file. Known flat names move to their nested path; if both are present the nested
 * one wins and the flat one is dropped; each is told in NOTES (may be NULL; free with
 * runtime_notes_fini). A section that is not an object, or a known parameter that is not a finite
 * number, is an error that names FILE and the path; NULL then. */
struct runtime *runtime_new_from_json(const struct param_table *table, const struct json_t *json,
                                      const char *file, struct runtime_notes *notes,
                                      struct error *err);
struct runtime *runtime_copy(const struct runtime *runtime);
void runtime_free(struct runtime *runtime);
void runtime_notes_fini(struct runtime_notes *notes);

/* The whole object, borrowed: valid as long as RUNTIME is not changed. */
const struct json_t *runtime_json(const struct runtime *runtime);

/* The value at the parameter's nested path; missing if the file does not set it. */
struct value runtime_get(const struct runtime *runtime, const struct param *param);
/* The same, or the parameter's default. */
struct value runtime_get_or_assumed(const struct runtime *runtime, const struct param *param);
/* Writes NUMBER at the nested path, as a JSON integer if the parameter's step is whole. Does not
 * check bounds: param_check does. */
void runtime_set(struct runtime *runtime, const struct param *param, double number);
/* Takes the parameter out, and its section if nothing else is in it: what a rollback of a value
 * that the file did not set comes to. */
void runtime_unset(struct runtime *runtime, const struct param *param);

/* Fills OUT[table->count] with runtime_get of every parameter. */
void runtime_values(const struct runtime *runtime, const struct param_table *table,
                    struct value *out);

#endif
