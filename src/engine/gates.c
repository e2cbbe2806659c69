/* gates: gates that run beside the loop, at most one at a time, and their place in the journal.
 * Engine thread. */
#include "config.h"

#include "artifact/gate_log.h"
#include "engine/engine_impl.h"

static const char *gate_name(const struct engine *engine)
{
    return engine->gate_strict ? "strict" : "mock";
}

int gates_start(struct engine *engine, const struct command *command, struct buffer *text,
                struct error *err)
{
    if (engine->gate)
        return error_set(err, ERROR_REFUSED, "a %s gate runs already", gate_name(engine));
    if (tuning_report_flush(engine->report, err) != 0) {
        loop_fail(engine, err);
        return -1;
    }
    const struct gate_options options = {.mock = !command->strict,
                                         .strict = command->strict,
                                         .prometheus = true,
                                         .clock = &engine->clock};
    engine->gate = gate_job_start_kept(&engine->dir, engine->config, &options, engine->outbox, err);
    if (!engine->gate)
        return -1;
    engine->gate_strict = command->strict;
    buffer_printf(text, "the %s gate runs", gate_name(engine));
    return 0;
}

int gates_stop(struct engine *engine, struct buffer *text, struct error *err)
{
    if (!engine->gate)
        return error_set(err, ERROR_REFUSED, "no gate runs");
    gate_job_cancel(engine->gate);
    buffer_puts(text, "the gate stops");
    return 0;
}

int gates_void(struct engine *engine, const struct command *command, struct buffer *text,
               struct error *err)
{
    struct gate_log last;
    if (engine->gate)
        return error_set(err, ERROR_REFUSED, "a %s gate runs: its report is not there yet",
                         gate_name(engine));
    if (gate_log_last(&engine->dir, &last, err) != 0)
        return -1;
    if (last.number == 0)
        return error_set(err, ERROR_REFUSED, "no gate is on record");
    if (command->iteration != last.number)
        return error_set(err, ERROR_REFUSED, "report #%d is not the newest: #%d is",
                         command->iteration, last.number);
    if (last.voided)
        return error_set(err, ERROR_REFUSED, "report #%d is void already", last.number);
    if (record_gate_void(&engine->recorder, (int)engine->run.count, last.number, command->actor,
                         command->note, err) != 0) {
        loop_fail(engine, err);
        return -1;
    }
    post_event(engine, EVENT_GATE_VOID, "gate report #%d is void: %s, by %s", last.number,
               command->note, command->actor);
    buffer_printf(text, "report #%d (%s gate: %s) is void", last.number, last.name, last.verdict);
    return 0;
}

static void record(struct engine *engine, const struct gate_ending *ending)
{
    struct error err = ERROR_INIT;
    const char *reasons[GATE_CHECKS_MAX];
    for (size_t i = 0; i < ending->reason_count; i++)
        reasons[i] = ending->reason[i];
    if (record_gate(&engine->recorder, (int)engine->run.count, gate_name(engine), ending->verdict,
                    ending->exit_status, reasons, ending->reason_count, &err) != 0)
        loop_fail(engine, &err);
    post_event(engine, EVENT_GATE, "%s gate: %s, exit %d%s%s", gate_name(engine),
               verdict_name(ending->verdict), ending->exit_status, ending->reason_count ? ": " : "",
               ending->reason_count ? ending->reason[0] : "");
}

static void finish(struct engine *engine)
{
    struct gate_ending ending;
    gate_job_finish(engine->gate, &ending);
    engine->gate = NULL;
    if (ending.error.code == ERROR_NONE)
        record(engine, &ending);
    else
        post_event(engine, EVENT_ERROR, "%s gate: %s", gate_name(engine), ending.error.text);
    outbox_post_take(engine->outbox, ending.result);
}

void gates_reap(struct engine *engine)
{
    if (engine->gate && gate_job_done(engine->gate))
        finish(engine);
}

void gates_end(struct engine *engine)
{
    if (!engine->gate)
        return;
    gate_job_cancel(engine->gate);
    finish(engine);
}
