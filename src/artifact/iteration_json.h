/* iteration_json: parts of an iteration that TUNING_REPORT.json shares with ITER_SUMMARY. */
#ifndef SOAKTOP_ARTIFACT_ITERATION_JSON_H
#define SOAKTOP_ARTIFACT_ITERATION_JSON_H

#include "model/iteration.h"
#include "model/node.h"

struct json_t;

/* "" if nothing was skipped, else the flags and the note; a new reference. */
struct json_t *iteration_skip_to_json(const struct iteration *iteration);
/* skip_reason of NODE: "", a text, or an object; adds to the iteration's flags. */
int iteration_skip_from_json(struct iteration *iteration, const struct node *node,
                             struct error *err);
/* applied and the guards' flags of NODE; what is absent stays as it is. */
int iteration_flags_from_json(struct iteration *iteration, const struct node *node,
                              struct error *err);

#endif
