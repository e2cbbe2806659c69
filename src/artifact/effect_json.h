/* effect_json: effects of applies and tripwires for the machine-readable twins. Any thread. */
#ifndef SOAKTOP_ARTIFACT_EFFECT_JSON_H
#define SOAKTOP_ARTIFACT_EFFECT_JSON_H

#include "model/run.h"

struct json_t;

/* [{apply, k, have, ready, from, parameters, other_at, mixed, rolled_back, kpis {field of
 * ITER_SUMMARY: {answer, why, before, after, before_count, after_count, shift, low, high}}}] of
 * every apply of RUN, oldest first. */
struct json_t *effects_to_json(const struct run *run);
/* [{apply, condition, by, fate, streak, fired_at, ends_at, waits, note}], by their applies. */
struct json_t *wires_to_json(const struct run *run);

#endif
