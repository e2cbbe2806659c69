/* delta_json: the lines of an iteration's proposal as JSON: the increments, targets and written
 * values that ENGINE section 3 names, and whole lines. Any thread. */
#ifndef SOAKTOP_ARTIFACT_DELTA_JSON_H
#define SOAKTOP_ARTIFACT_DELTA_JSON_H

#include "model/iteration.h"
#include "model/node.h"

struct json_t;

/* Put deltas, proposed_deltas, applied_deltas, changed_keys and lines into TUNING. */
void deltas_to_json(struct json_t *tuning, const struct iteration *iteration,
                    const struct param_table *table);
/* Puts `overridden` into JSON, if an operator's higher confirmation let something pass. */
void overrides_to_json(struct json_t *json, const struct iteration *iteration,
                       const struct param_table *table);
/* An object {name: number} of NUMBER_OF each line that WANTED takes (NULL: all); a new reference.
 */
struct json_t *deltas_object(const struct iteration *iteration, const struct param_table *table,
                             double (*number_of)(const struct delta *delta),
                             bool (*wanted)(const struct delta *delta));
/* Numbers and choices for that. */
double delta_increment(const struct delta *delta);
double delta_target(const struct delta *delta);
/* It was written, rolled back later or not. */
bool delta_written(const struct delta *delta);
/* It was written, and with another value than the one before. */
bool delta_changed(const struct delta *delta);

/* One whole line, as `lines` and a journal's proposal and decision hold it; a new reference. */
struct json_t *delta_to_json(const struct delta *delta, const struct param_table *table);
/* Reads one whole line, as `lines` and a journal's proposal hold it. */
int delta_from_json(struct delta *delta, const struct node *node, const struct param_table *table,
                    struct error *err);

/* Reads the lines from the object TUNING; `applied` and `skip` of ITERATION must be read already. A
 * file without "lines" (the Python pipeline's) gives a line for each proposed delta: its state
 * follows from applied_deltas, applied and skip_reason, its `now` is not a number. */
int deltas_from_json(struct iteration *iteration, const struct node *tuning,
                     const struct param_table *table, struct error *err);

#endif
