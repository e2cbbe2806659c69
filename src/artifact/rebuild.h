/* rebuild: the files that follow from a run's journal, made from its records by the functions that
 * the live engine writes them with: ITER_SUMMARY_<n>.json, TUNING_REPORT.json, KPI_GATE.json and
 * summary.txt. A rebuild belongs to one thread. */
#ifndef SOAKTOP_ARTIFACT_REBUILD_H
#define SOAKTOP_ARTIFACT_REBUILD_H

#include "artifact/root.h"
#include "model/run.h"

struct json_t;

/* Makes every such file of DIR what its journal says, and leaves alone what is so already; COUNT
 * (may be NULL) gets how many were written. summary.txt is that of the run's last end, and is left
 * as it is if the journal holds none. The journal must be whole (journal_open cuts a torn last line
 * off), and the caller holds the lock. ERROR_INTEGRITY: a broken chain, a record that cannot be
 * read, or an ITER_SUMMARY that no record made: it is not written over nor deleted. */
int rebuild_write(const struct rundir *dir, const struct param_table *table, size_t *count,
                  struct error *err);

/* The same files as texts, record by record. */
struct rebuild;
struct rebuild *rebuild_new(const struct param_table *table);
void rebuild_free(struct rebuild *rebuild);
/* The next record, in the journal's order. ERROR_INTEGRITY if it cannot be what it says. */
int rebuild_record(struct rebuild *rebuild, const struct json_t *record, struct error *err);
/* What the records so far make; its iterations have their bulky text dropped. */
const struct run *rebuild_run(const struct rebuild *rebuild);

/* Texts as of the last record, valid until the next. NULL: there is none. */
/* ITER_SUMMARY of the last record, if that is an iteration; *NUMBER is the iteration's. */
const char *rebuild_iteration(const struct rebuild *rebuild, int *number, size_t *length);
/* KPI_GATE.json; none before the first iteration. */
const char *rebuild_kpi_gate(const struct rebuild *rebuild, size_t *length);
/* TUNING_REPORT.json; costs as much as it is long. */
const char *rebuild_tuning_report(struct rebuild *rebuild, size_t *length);
/* summary.txt as the last end of the run left it. */
const char *rebuild_summary(const struct rebuild *rebuild, size_t *length);

#endif
