/* serve: carries out the front ends' commands, one after another, and answers each. Called wherever
 * the engine waits, and between iterations. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <math.h>

/* One row a command; TEXT gets what was done, ERR why not. */
typedef int serve_one(struct engine *engine, const struct command *command, struct buffer *text,
                      struct error *err);

static int note(struct engine *engine, enum event_kind kind, const struct command *command,
                const char *text, struct error *err)
{
    if (record_note(&engine->recorder, event_kind_name(kind), (int)engine->run.count,
                    command->actor, text, err) != 0) {
        loop_fail(engine, err);
        return -1;
    }
    post_event(engine, kind, "%s%s%s", text, command->actor[0] ? " by " : "", command->actor);
    return 0;
}

static int refuse_ended(const struct engine *engine, struct error *err)
{
    return engine->ended ? error_set(err, ERROR_REFUSED, "the run has ended") : 0;
}

static int serve_pause(struct engine *engine, const struct command *command, struct buffer *text,
                       struct error *err)
{
    if (refuse_ended(engine, err) != 0)
        return -1;
    if (engine->paused)
        return error_set(err, ERROR_REFUSED, "the soak is paused already");
    engine->paused = true;
    buffer_printf(text,
                  engine->run.current ? "the soak pauses after iteration %d" : "the soak pauses",
                  engine->run.current);
    return note(engine, EVENT_PAUSE, command, "paused", err);
}

static int serve_resume(struct engine *engine, const struct command *command, struct buffer *text,
                        struct error *err)
{
    if (!engine->paused)
        return error_set(err, ERROR_REFUSED, "the soak is not paused");
    engine->paused = false;
    buffer_puts(text, "the soak goes on");
    return note(engine, EVENT_RESUME, command, "resumed", err);
}

static int serve_next(struct engine *engine, const struct command *command, struct buffer *text,
                      struct error *err)
{
    (void)command;
    if (refuse_ended(engine, err) != 0)
        return -1;
    engine->next_now = true;
    if (engine->run.current)
        buffer_printf(text, "the next iteration starts as soon as iteration %d is done",
                      engine->run.current);
    else
        buffer_printf(text, "iteration %zu starts now", engine->run.count + 1);
    return 0;
}

static int serve_stop(struct engine *engine, const struct command *command, struct buffer *text,
                      struct error *err)
{
    if (command->kind == COMMAND_STOP_NOW) {
        engine->stop_now = true;
        buffer_puts(text, "stopping now");
        return engine->ended ? 0 : note(engine, EVENT_STOP, command, "stop now asked for", err);
    }
    if (refuse_ended(engine, err) != 0)
        return -1;
    engine->stop_after = true;
    buffer_printf(text,
                  engine->run.current ? "the soak stops after iteration %d" : "the soak stops",
                  engine->run.current);
    return note(engine, EVENT_STOP, command, "stop after this iteration asked for", err);
}

/* What the run goes on with, also in a process after this one. */
static int note_terms(struct engine *engine, const struct command *command, const char *text,
                      struct error *err)
{
    post_manifest(engine);
    if (note(engine, EVENT_NOTE, command, text, err) != 0)
        return -1;
    const enum run_state state = engine->run.state;
    if (!engine->ended)
        engine->run.state = RUN_RUNNING;
    int result = loop_write_manifest(engine, err);
    engine->run.state = state;
    if (result != 0)
        loop_fail(engine, err);
    return result;
}

static int serve_interval(struct engine *engine, const struct command *command, struct buffer *text,
                          struct error *err)
{
    if (!isfinite(command->number) || command->number < 0 || command->number > 1e7)
        return error_set(err, ERROR_REFUSED, "an interval has 0 to 10000000 seconds, not %g",
                         command->number);
    engine->run.interval_s = command->number;
    loop_set_next(engine);
    buffer_printf(text, "the interval is %g s", command->number);
    return note_terms(engine, command, text->text, err);
}

static int serve_mode(struct engine *engine, const struct command *command, struct buffer *text,
                      struct error *err)
{
    if (command->mode < 0 || command->mode >= APPROVE_COUNT)
        return error_set(err, ERROR_REFUSED, "there is no such mode");
    engine->run.mode = (enum approve_mode)command->mode;
    buffer_printf(text, "mode %s", approve_mode_name(engine->run.mode));
    if (engine->decision.holding)
        buffer_printf(text, " from the next proposal on; that of iteration %d still waits",
                      engine->decision.proposal.iteration);
    return note_terms(engine, command, text->text, err);
}

static int serve_unattended(struct engine *engine, const struct command *command,
                            struct buffer *text, struct error *err)
{
    (void)command;
    (void)text;
    (void)err;
    engine->linger = false;
    return 0;
}

static int serve_gate_stop(struct engine *engine, const struct command *command,
                           struct buffer *text, struct error *err)
{
    (void)command;
    return gates_stop(engine, text, err);
}

static serve_one *const rows[] = {
    [COMMAND_PAUSE] = serve_pause,
    [COMMAND_RESUME] = serve_resume,
    [COMMAND_NEXT] = serve_next,
    [COMMAND_STOP_AFTER] = serve_stop,
    [COMMAND_STOP_NOW] = serve_stop,
    [COMMAND_INTERVAL] = serve_interval,
    [COMMAND_DECIDE] = choice_decide,
    [COMMAND_APPLY] = approval_apply,
    [COMMAND_ROLLBACK] = live_rollback,
    [COMMAND_GATE] = gates_start,
    [COMMAND_GATE_STOP] = serve_gate_stop,
    [COMMAND_GATE_VOID] = gates_void,
    [COMMAND_MODE] = serve_mode,
    [COMMAND_WIRE_DISMISS] = wiring_dismiss,
    [COMMAND_UNATTENDED] = serve_unattended,
};

static void pass(struct engine *engine, const struct command *command)
{
    if (!engine->virtual_time)
        return;
    engine->virtual_ms = (int64_t)command->number;
    engine->clock = clock_virtual(engine->virtual_from_ms + engine->virtual_ms);
    engine->rest_wanted = true;
}

static void serve(struct engine *engine, const struct command *command)
{
    if (command->kind == COMMAND_PASS) {
        pass(engine, command);
        return;
    }
    struct buffer text = {0};
    struct error err = ERROR_INIT;
    bool known = (size_t)command->kind < sizeof(rows) / sizeof(rows[0]) && rows[command->kind];
    int result = known ? rows[command->kind](engine, command, &text, &err)
                       : error_set(&err, ERROR_REFUSED, "unknown command");
    post_reply(engine, command, result == 0, result == 0 && text.text ? text.text : err.text);
    buffer_fini(&text);
}

/* A proposal was decided: its iteration is recorded before anything else changes, so that a
 * rollback right after an apply finds that apply on record. */
static bool is_decided(const struct engine *engine)
{
    return engine->decision.holding && engine->decision.done;
}

bool serve_commands(struct engine *engine)
{
    struct command command;
    bool any = false;
    while (engine->fatal.code == ERROR_NONE && !is_decided(engine) &&
           inbox_next(engine->inbox, &command)) {
        serve(engine, &command);
        any = true;
    }
    return any;
}
