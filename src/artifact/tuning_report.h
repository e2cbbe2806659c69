/* tuning_report: TUNING_REPORT.json, always a whole valid document. Entries are kept as text, so
 * that N iterations cost time like N; the file is rewritten at most once a second and in at most a
 * tenth of the run's time, and when asked to flush. Engine thread. */
#ifndef SOAKTOP_ARTIFACT_TUNING_REPORT_H
#define SOAKTOP_ARTIFACT_TUNING_REPORT_H

#include "artifact/root.h"
#include "model/run.h"

#define TUNING_REPORT_NAME "TUNING_REPORT.json"

struct json_t;
struct tuning_report;

/* DIR NULL: for tuning_report_note and tuning_report_text alone. */
struct tuning_report *tuning_report_new(const struct rundir *dir, const struct param_table *table);
void tuning_report_free(struct tuning_report *report);
/* Puts ITERATION in (replacing the entry of that number, so never twice) and writes if due. */
int tuning_report_put(struct tuning_report *report, const struct iteration *iteration,
                      struct error *err);
/* The same without writing. */
int tuning_report_note(struct tuning_report *report, const struct iteration *iteration,
                       struct error *err);
/* The document as it stands; valid until the report is used again. */
const char *tuning_report_text(struct tuning_report *report, size_t *length);
/* Writes what is not yet on disk: at a pause, a gate and the end. */
int tuning_report_flush(struct tuning_report *report, struct error *err);

/* Merges what TUNING_REPORT.json of DIR knows and ITER_SUMMARY does not (signature, applied,
 * rolled_back_at, guard flags) into RUN's iterations. Reads {iterations: [...]} and a bare list. No
 * file: 0 and nothing merged. */
int tuning_report_merge(const struct rundir *dir, struct run *run, const struct param_table *table,
                        struct error *err);

#endif
