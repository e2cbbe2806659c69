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

/* The text of ITER_SUMMARY_<number>.json and of KPI_GATE.json (free it). NULL with ERR. */
char *iteration_file_text(const struct iteration *iteration, const struct param_table *table,
                          size_t *length, struct error *err);
char *kpi_gate_text(const struct iteration *iteration, size_t *length, struct error *err);

#define KPI_GATE_NAME "KPI_GATE.json"
enum { ITERATION_FILE_NAME_MAX = 48 };
/* "ITER_SUMMARY_7.json" */
void iteration_file_name(char name[ITERATION_FILE_NAME_MAX], int number);
/* 7 of that name; 0 of any other. */
int iteration_file_number(const char *name);
/* Writes ITER_SUMMARY_<number>.json and artifacts/KPI_GATE.json (rebuildable: no fsync). */
int iteration_file_write(const struct rundir *dir, const struct iteration *iteration,
                         const struct param_table *table, struct error *err);
/* The verdict in artifacts/KPI_GATE.json of DIR; VERDICT_NONE if absent or unreadable. */
enum verdict kpi_gate_read(const struct rundir *dir);

#endif
