/* iteration_file: ITER_SUMMARY_n.json to and from struct iteration; KPI_GATE.json. */
#ifndef SOAKTOP_ARTIFACT_ITERATION_FILE_H
#define SOAKTOP_ARTIFACT_ITERATION_FILE_H

#include "artifact/root.h"
#include "model/run.h"

struct json_t;

/* The whole document (new reference). */
struct json_t *iteration_to_json(const struct iteration *iteration,
                                 const struct param_table *table);
/* Reads ours and the Python pipeline's (which lacks state, runtime_overrides, applied_deltas and
 * more: those stay empty). SHOWN names the file in messages. NULL with ERR. */
struct iteration *iteration_from_json(const struct json_t *json, const struct param_table *table,
                                      const char *shown, struct error *err);

/* The summary object alone (new reference); also what a proposal record holds. */
struct json_t *summary_to_json(const struct summary *summary);

/* Writes ITER_SUMMARY_<number>.json and artifacts/KPI_GATE.json (rebuildable: no fsync). */
int iteration_file_write(const struct rundir *dir, const struct iteration *iteration,
                         const struct param_table *table, struct error *err);
/* The verdict in artifacts/KPI_GATE.json of DIR; VERDICT_NONE if absent or unreadable. */
enum verdict kpi_gate_read(const struct rundir *dir);

#endif
