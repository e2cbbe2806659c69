/* difference_json: the keys of runtime_overrides.json that no parameter has, compared; and a
 * difference as JSON. Any thread; no state. */
#ifndef SOAKTOP_ARTIFACT_DIFFERENCE_JSON_H
#define SOAKTOP_ARTIFACT_DIFFERENCE_JSON_H

#include "model/run.h"

struct json_t;

/* Adds to DIFFERENCE every leaf whose value is another in FOUND than in EXPECTED (whole objects of
 * the file; NULL: not known) and that is not the path of a parameter of TABLE. */
void difference_add_keys(struct difference *difference, const struct json_t *expected,
                         const struct json_t *found, const struct param_table *table);
/* CHANGE, an external one, as {after_iteration, utc, hash_before, hash_after, conflicts, rows
 * [{key, parameter, expected, found, wanted, staged, kind}]}. What is not set is null. */
struct json_t *difference_change_json(const struct change *change, const struct param_table *table);

#endif
