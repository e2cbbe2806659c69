/* source: where an iteration's edge report comes from. One const record and one file each. */
#ifndef SOAKTOP_ENGINE_SOURCE_H
#define SOAKTOP_ENGINE_SOURCE_H

#include "artifact/edge_file.h"
#include "artifact/root.h"
#include "engine/engine.h"
#include "engine/wait.h"
#include "model/run.h"

/* What a source may use while it works on one iteration. */
struct source_call {
    int iteration;
    const struct root *root;
    const struct rundir *dir;
    struct waiter *waiter; /* every wait goes through it: commands are served meanwhile */
    char *output_tail;     /* the command's last lines; owned by the caller after the call */
    int64_t now_ms;        /* recorded time of this iteration (virtual for a mock run) */
    char params_hash[HASH_TEXT_MAX]; /* state hash of the parameters in force */
    /* the report as the source found it, for the copy in latest/artifacts; owned by the caller
     * after the call; NULL: there is none */
    char *report_text;
    size_t report_length;
};

struct source_class {
    enum run_source kind;
    /* STATE of its own from the engine's options; NULL with ERR if it cannot work at all. */
    void *(*open)(const struct engine_options *options, const struct root *root, struct error *err);
    /* Leaves a checked report in REPORT. -1: the iteration failed, ERR says why; code
     * ERROR_STOPPED: a stop was asked for meanwhile and nothing is to be recorded. */
    int (*iterate)(void *state, struct source_call *call, struct edge_report *report,
                   struct error *err);
    void (*close)(void *state);
};

/* Reads the report TEXT (stolen) into REPORT and, if it is valid, leaves it in CALL for the copy.
 */
enum edge_reading source_use_take(struct source_call *call, char *text, size_t length,
                                  const char *shown, struct edge_report *report, struct error *err);

extern const struct source_class source_mock, source_exec, source_edge_report;
const struct source_class *source_find(enum run_source kind);

#endif
