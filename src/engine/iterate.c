/* iterate: one iteration: source, summary, tuner, guards, decision, record (ENGINE section 3). The
 * parameters that it is recorded with are those in force when its summary is judged. Engine thread.
 */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "artifact/atomic.h"
#include "artifact/iteration_file.h"
#include "artifact/journal_fold.h"
#include "artifact/overrides.h"
#include "model/propose.h"

/* What the source gave. */
struct yield {
    struct source_call call;
    struct edge_report report;
    struct error error; /* code NONE: the report is valid */
};

static void yield_fini(struct yield *yield)
{
    free(yield->call.output_tail);
    free(yield->call.report_text);
}

static void ask_source(struct engine *engine, struct yield *yield)
{
    struct source_call *call = &yield->call;
    *call = (struct source_call){.iteration = engine->run.current,
                                 .root = &engine->root,
                                 .dir = &engine->dir,
                                 .waiter = &engine->waiter,
                                 .now_ms = clock_now(&engine->clock)};
    memcpy(call->params_hash, engine->pipeline.hash, sizeof(call->params_hash));
    if (engine->source->iterate(engine->source_state, call, &yield->report, &yield->error) != 0 &&
        yield->error.code == ERROR_NONE)
        error_set(&yield->error, ERROR_INPUT, "the source gave no report");
}

static void copy_report(struct engine *engine, const struct source_call *call)
{
    struct error err = ERROR_INIT;
    char shown[sizeof(engine->dir.path) + 40];
    snprintf(shown, sizeof(shown), "%s/artifacts/%s", engine->dir.path, EDGE_REPORT_NAME);
    if (call->report_text &&
        atomic_write(engine->dir.artifacts_fd, EDGE_REPORT_NAME, shown, call->report_text,
                     call->report_length, REBUILDABLE, &err) != 0)
        loop_fail(engine, &err);
}

void iterate_put_params(struct engine *engine)
{
    struct iteration *iteration = engine->decision.iteration;
    const struct pipeline *pipeline = &engine->pipeline;
    memcpy(iteration->signature, pipeline->hash, sizeof(iteration->signature));
    iteration->param_count = pipeline->table->count;
    iteration->params = mem_resize(NULL, pipeline->table->count, sizeof(*iteration->params));
    runtime_values(pipeline->runtime, pipeline->table, iteration->params);
    iteration->runtime_text = mem_strdup(pipeline->text);
}

struct guard_context iterate_context(const struct engine *engine, struct value values[PARAM_MAX])
{
    runtime_values(engine->pipeline.runtime, &engine->config->params, values);
    const struct decision *decision = &engine->decision;
    int number = decision->iteration->number;
    return (struct guard_context){
        .run = &engine->run,
        .iteration = number,
        .summary = decision->iteration->state == ITERATION_OK ? &decision->summary : NULL,
        .values = values,
        .final = number == engine->run.planned,
        .policy = &engine->config->policy,
        .table = &engine->config->params,
    };
}

void iterate_propose(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    struct value values[PARAM_MAX];
    const struct guard_context context = iterate_context(engine, values);
    propose_lines(&decision->proposal, &decision->guards, &context, &engine->standing);
    memcpy(decision->proposal.base_hash, engine->pipeline.hash,
           sizeof(decision->proposal.base_hash));
    decision->offered = decision->proposal;
}

/* A file that another process wrote in its own form has other bytes than its state: a bot that
 * tells the bytes' hash runs with that state. */
static void put_running_state(struct summary *summary, const struct pipeline *pipeline)
{
    if (strcasecmp(summary->overrides_hash, pipeline->disk_hash) == 0)
        snprintf(summary->overrides_hash, sizeof(summary->overrides_hash), "%s", pipeline->hash);
}

/* KPIs of the iteration: from the report, or none. */
static void summarize(struct engine *engine, struct yield *yield)
{
    struct decision *decision = &engine->decision;
    struct iteration *iteration = decision->iteration;
    const struct kpi_gate_limits *limits = &engine->config->thresholds.kpi_gate;
    if (yield->error.code == ERROR_NONE) {
        summary_from_report(&decision->summary, &yield->report, engine->run.source == SOURCE_MOCK,
                            limits);
        put_running_state(&decision->summary, &engine->pipeline);
    } else {
        iteration->state = ITERATION_FAILED;
        iteration->error = mem_strdup(yield->error.text);
        summary_judge(&decision->summary, limits);
    }
    iteration->output_tail = yield->call.output_tail;
    yield->call.output_tail = NULL;
    audit_file_read(&engine->audit, &engine->dir, &decision->summary.blocks);
}

static void tell_iteration(struct engine *engine, const struct iteration *iteration)
{
    char *text = iteration_sentence(iteration);
    post_iteration(engine, iteration);
    post_event(engine, iteration->state == ITERATION_OK ? EVENT_ITERATION : EVENT_ERROR, "%s",
               text);
    free(text);
}

/* The journal first: it alone makes the iteration durable; then what can be rebuilt from it. */
static void record_take(struct engine *engine, struct iteration *iteration)
{
    struct error err = ERROR_INIT;
    if (record_iteration(&engine->recorder, iteration, &err) != 0 ||
        iteration_file_write(&engine->dir, iteration, &engine->config->params, &err) != 0 ||
        tuning_report_put(engine->report, iteration, &err) != 0) {
        loop_fail(engine, &err);
        iteration_free(iteration);
        return;
    }
    tell_iteration(engine, iteration);
    standing_add(&engine->standing, iteration);
    iteration_drop_text(iteration);
    run_put_iteration_take(&engine->run, iteration);
}

/* The decision is made, or cannot be. */
static void finish(struct engine *engine)
{
    struct iteration *iteration = engine->decision.iteration;
    decide_finish(engine);
    engine->decision.iteration = NULL;
    if (engine->fatal.code == ERROR_NONE)
        record_take(engine, iteration);
    else
        iteration_free(iteration);
    wiring_look(engine);
}

/* True if the source's wait was ended by a stop, or the engine cannot go on. */
static bool given_up(const struct engine *engine, const struct yield *yield)
{
    return yield->error.code == ERROR_STOPPED || engine->fatal.code != ERROR_NONE;
}

void iterate_once(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    struct yield yield = {0};
    if (external_look(engine) == PIPELINE_FATAL)
        return;
    ask_source(engine, &yield);
    if (given_up(engine, &yield) || external_look(engine) == PIPELINE_FATAL) {
        yield_fini(&yield);
        return;
    }
    *decision = (struct decision){.iteration = iteration_new(engine->run.current)};
    iterate_put_params(engine);
    copy_report(engine, &yield.call);
    summarize(engine, &yield);
    yield_fini(&yield);
    iterate_propose(engine);
    decide(engine);
    finish(engine);
}

void iterate_go_on(struct engine *engine)
{
    post_state(engine, RUN_RUNNING);
    decide_go_on(engine);
    finish(engine);
}
