/* summary_json: an iteration's summary as JSON (ENGINE section 3). Writing it is declared in
 * iteration_file.h. */
#ifndef SOAKTOP_ARTIFACT_SUMMARY_JSON_H
#define SOAKTOP_ARTIFACT_SUMMARY_JSON_H

#include "model/node.h"
#include "model/summary.h"

/* Reads the object NODE (absent or null: everything is missing). What the Python pipeline left out
 * is missing; what has the wrong type is refused. */
int summary_from_json(struct summary *summary, const struct node *node, struct error *err);

#endif
