/* run: the one read model's container: iterations, events, parameters in force, and its names.
 * What changes of parameters mean for each other stands in run_change.c. One thread owns a run. */
#include "config.h"

#include "model/run.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

static const char *const source_names[SOURCE_COUNT] = {"unknown", "mock", "exec", "edge_report"};
static const char *const mode_names[APPROVE_COUNT] = {"observe", "auto", "manual"};
static const char *const state_names[RUN_STATE_COUNT] = {
    "starting", "running", "holding", "sleeping", "paused", "stopped", "completed", "failed",
};
static const char *const event_names[EVENT_KIND_COUNT] = {
    "start",    "iteration", "proposal", "decision", "apply", "rollback", "external_change",
    "gate",     "gate_void", "pause",    "resume",   "stop",  "note",     "error",
    "tripwire",
};

/* Index of NAME among COUNT names; COUNT if it is none of them. */
static size_t name_index(const char *const *names, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && strcmp(names[i], name) != 0)
        i++;
    return i;
}

const char *run_source_name(enum run_source source)
{
    return source_names[source];
}

enum run_source run_source_parse(const char *name)
{
    size_t i = name_index(source_names, SOURCE_COUNT, name);
    return i == SOURCE_COUNT ? SOURCE_UNKNOWN : (enum run_source)i;
}

const char *approve_mode_name(enum approve_mode mode)
{
    return mode_names[mode];
}

enum approve_mode approve_mode_parse(const char *name)
{
    return (enum approve_mode)name_index(mode_names, APPROVE_COUNT, name);
}

const char *run_state_name(enum run_state state)
{
    return state_names[state];
}

enum run_state run_state_parse(const char *name)
{
    return (enum run_state)name_index(state_names, RUN_STATE_COUNT, name);
}

const char *event_kind_name(enum event_kind kind)
{
    return event_names[kind];
}

void run_init(struct run *run)
{
    *run = (struct run){.started_ms = UTC_NONE, .ended_ms = UTC_NONE, .next_ms = UTC_NONE};
}

void run_fini(struct run *run)
{
    for (size_t i = 0; i < run->count; i++)
        iteration_free(run->iteration[i]);
    for (size_t i = 0; i < run->change_count; i++)
        change_fini(&run->change[i]);
    for (size_t i = 0; i < run->event_count; i++)
        free(run->event[i].text);
    free(run->iteration);
    free(run->change);
    free(run->event);
    free(run->wire);
    free(run->params);
    run_init(run);
}

void run_put_iteration_take(struct run *run, struct iteration *iteration)
{
    size_t index = (size_t)iteration->number - 1;
    assert(iteration->number >= 1 && index <= run->count);
    if (index < run->count) {
        iteration_free(run->iteration[index]);
    } else {
        void *items = run->iteration;
        mem_grow(&items, &run->capacity, run->count + 1, sizeof *run->iteration);
        run->iteration = items;
        run->count++;
    }
    run->iteration[index] = iteration;
}

const struct iteration *run_iteration(const struct run *run, int number)
{
    if (number < 1 || (size_t)number > run->count)
        return NULL;
    return run->iteration[number - 1];
}

const struct iteration *run_last(const struct run *run)
{
    return run->count ? run->iteration[run->count - 1] : NULL;
}

void run_add_event(struct run *run, enum event_kind kind, int iteration, int64_t utc_ms,
                   const char *text)
{
    void *items = run->event;
    mem_grow(&items, &run->event_capacity, run->event_count + 1, sizeof *run->event);
    run->event = items;
    run->event[run->event_count++] = (struct run_event){
        .kind = kind, .iteration = iteration, .utc_ms = utc_ms, .text = mem_strdup(text)};
}

void run_set_params(struct run *run, const struct value *params, size_t count, const char *hash)
{
    struct value *copy = NULL;
    if (params && count) {
        copy = mem_resize(NULL, count, sizeof *copy);
        memcpy(copy, params, count * sizeof *copy);
    }
    free(run->params);
    run->params = copy;
    run->param_count = copy ? count : 0;
    snprintf(run->params_hash, sizeof run->params_hash, "%s", hash);
}
