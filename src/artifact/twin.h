/* twin: the machine-readable twins of what commands print: one canonical object on one line, with a
 * final newline. Commands themselves handle no JSON. Each returns text (free it), or NULL with ERR.
 */
#ifndef SOAKTOP_ARTIFACT_TWIN_H
#define SOAKTOP_ARTIFACT_TWIN_H

#include "artifact/config.h"
#include "model/run.h"

/* A recorded iteration: the object of its ITER_SUMMARY. */
char *twin_iteration(const struct iteration *iteration, const struct param_table *table,
                     struct error *err);

/* A parameter in force and where its value came from. */
struct twin_param {
    const struct param *param;
    struct value value;
    const char *origin;
};
/* {file, state_hash, params: [{name, section, unit, value, origin, default, floor, cap, step}]};
 * HASH "": null. */
char *twin_params(const struct twin_param *rows, size_t count, const char *file, const char *hash,
                  struct error *err);

/* {name, kind, description, file, steps: [{param, op, amount, reason}]} */
char *twin_preset(const struct preset *preset, enum preset_kind kind,
                  const struct param_table *table, struct error *err);
/* {profiles: [{name, description, file}]}, or presets. */
char *twin_preset_list(const struct preset *presets, size_t count, enum preset_kind kind,
                       struct error *err);

/* {ok: true, op, text}: what became of a command. */
char *twin_answer(const char *op, const char *text, struct error *err);

/* {run, directory, deltas: [{iteration, name, rule, state, now, increment, target, after, guard,
 * clears_at, note, why, decided_by, rolled_back_at}]}: every line that RUN's tuner proposed. */
char *twin_deltas(const struct run *run, const struct param_table *table, struct error *err);

#endif
