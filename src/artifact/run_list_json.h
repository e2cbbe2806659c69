/* run_list_json: a list of runs as one canonical JSON object. Any thread. */
#ifndef SOAKTOP_ARTIFACT_RUN_LIST_JSON_H
#define SOAKTOP_ARTIFACT_RUN_LIST_JSON_H

#include "artifact/run_list.h"

/* {root, runs: [{run_id, directory, path, source, state, iterations, planned, verdict, thresholds,
 * started, ended, length_s, fault}]} with a newline (free it); NULL with ERR. */
char *run_list_json(const struct run_list *list, struct error *err);

#endif
