/* watch_json: what happens in a run as one canonical JSON object a line, each with a "type". Each
 * returns the line with its newline (free it), or NULL with ERR. Any thread. */
#ifndef SOAKTOP_ARTIFACT_WATCH_JSON_H
#define SOAKTOP_ARTIFACT_WATCH_JSON_H

#include "artifact/config.h"
#include "model/judge.h"

/* "run": run_id, directory, source, approve, iterations (planned). */
char *watch_json_run(const struct run *run, struct error *err);
/* "iteration": its ITER_SUMMARY. */
char *watch_json_iteration(const struct iteration *iteration, const struct param_table *table,
                           struct error *err);
/* "event": kind, iteration, utc, text. */
char *watch_json_event(enum event_kind kind, int iteration, int64_t utc_ms, const char *text,
                       struct error *err);
/* "verdict": of the run so far. */
char *watch_json_verdict(const struct judgement *judgement, struct error *err);
/* "guard": name, active, clears_at, text. */
char *watch_json_guard(const char *name, bool active, int clears_at, const char *text,
                       struct error *err);
/* "end": state, iterations. */
char *watch_json_end(const struct run *run, struct error *err);

#endif
