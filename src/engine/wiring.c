/* wiring: tripwires of a soak that runs: attached with an apply, looked at after each iteration,
 * and what then becomes of them. The journal has each step before anybody is told; whatever was cut
 * off between two of them is found by the next look. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/record_wire.h"

enum { ROLLBACK_TRIES = 3 /* where another process keeps writing the parameters */ };

static bool is_none(const char *text)
{
    return strcmp(text, "none") == 0;
}

int wiring_check(const char *text, struct error *err)
{
    struct tripwire wire;
    return text[0] == '\0' || is_none(text) ? 0 : tripwire_parse(&wire, text, err);
}

/* Durable, then in the run, then told. WIRE is a copy: the run's own may move. */
static int put(struct engine *engine, enum wire_op op, struct wire wire)
{
    struct error err = ERROR_INIT;
    int iteration = op == WIRE_SET    ? wire.applied_at
                    : op == WIRE_FIRE ? wire.fired_at
                                      : (int)engine->run.count;
    wire.revision++;
    if (record_wire(&engine->recorder, op, iteration, &engine->run, &wire, &err) != 0) {
        loop_fail(engine, &err);
        return -1;
    }
    run_put_wire(&engine->run, &wire);
    post_wire(engine, &wire);
    char *text = op == WIRE_SET       ? wire_set_sentence(&wire)
                 : op == WIRE_DISMISS ? wire_dismissed_sentence(&wire)
                 : op == WIRE_END     ? wire_ended_sentence(&wire)
                                      : wire_fired_sentence(&engine->run, &wire);
    post_event(engine, EVENT_TRIPWIRE, "%s", text);
    free(text);
    return 0;
}

static int end_one(struct engine *engine, struct wire wire, enum wire_fate fate)
{
    wire.ended = fate;
    wire.ended_at = (int)engine->run.count;
    return put(engine, WIRE_END, wire);
}

int wiring_attach(struct engine *engine, const char *actor, const char *text)
{
    struct wire wire = {.applied_at = engine->decision.proposal.iteration,
                        .what = engine->run.tripwire};
    /* of an apply of this iteration that a killed run had not come to */
    const struct wire *known = run_wire(&engine->run, wire.applied_at);
    bool wanted = text[0] ? !is_none(text) && tripwire_parse(&wire.what, text, NULL) == 0
                          : engine->run.has_tripwire;
    snprintf(wire.by, sizeof(wire.by), "%s", actor);
    if (!wanted)
        return known ? end_one(engine, *known, WIRE_UNUSED) : 0;
    if (known && known->ended == WIRE_IDLE &&
        memcmp(&known->what, &wire.what, sizeof(wire.what)) == 0 && strcmp(known->by, wire.by) == 0)
        return 0;
    return put(engine, WIRE_SET, wire);
}

void wiring_detach(struct engine *engine)
{
    const struct wire *wire = run_wire(&engine->run, engine->decision.proposal.iteration);
    if (wire && wire->ended == WIRE_IDLE && !run_apply_of(&engine->run, wire->applied_at))
        end_one(engine, *wire, WIRE_UNUSED);
}

/* Its rollback, by itself; what stands in the way leaves it to the operator. */
static void roll_back(struct engine *engine, struct wire wire)
{
    struct command command = {.kind = COMMAND_ROLLBACK,
                              .what = ROLLBACK_APPLY,
                              .iteration = wire.applied_at,
                              .confirmed = true};
    char what[TRIPWIRE_TEXT_MAX];
    struct error err = ERROR_INIT;
    int result = -1;
    snprintf(command.note, sizeof(command.note), "%s fired at iteration %d",
             tripwire_short(&wire.what, what), wire.fired_at);
    for (int tries = 0; result != 0 && tries < ROLLBACK_TRIES; tries++) {
        struct buffer text = {0};
        error_clear(&err);
        result = live_rollback_make(engine, &command, "tripwire", &text, &err);
        buffer_fini(&text);
        if (engine->fatal.code != ERROR_NONE)
            return;
        if (err.code != ERROR_CONFLICT)
            break;
    }
    const struct wire *now = run_wire(&engine->run, wire.applied_at);
    if (result == 0 || wire_status(&engine->run, now, 0).fate != WIRE_FIRED)
        return; /* or what changed meanwhile has ended it */
    wire = *now;
    wire.failed = true;
    snprintf(wire.note, sizeof(wire.note), "%.*s", (int)sizeof(wire.note) - 1, err.text);
    put(engine, WIRE_FAIL, wire);
}

static void look_at(struct engine *engine, struct wire wire)
{
    struct wire_status status = wire_status(&engine->run, &wire, 0);
    if (status.fate == WIRE_WATCHING && status.met_at > 0) {
        wire.fired_at = status.met_at;
        wire.rolls_back = engine->run.tripwire_rollback;
        if (put(engine, WIRE_FIRE, wire) != 0)
            return;
        status.fate = WIRE_FIRED;
    }
    if (status.fate == WIRE_FIRED && wire.rolls_back && !wire.failed)
        roll_back(engine, *run_wire(&engine->run, wire.applied_at));
}

void wiring_end(struct engine *engine)
{
    for (size_t i = 0; i < engine->run.wire_count; i++) {
        const struct wire *wire = &engine->run.wire[i];
        enum wire_fate fate = wire_status(&engine->run, wire, 0).fate;
        if (wire->ended == WIRE_IDLE && fate > WIRE_DISMISSED && end_one(engine, *wire, fate) != 0)
            return;
    }
}

void wiring_look(struct engine *engine)
{
    for (size_t i = 0; i < engine->run.wire_count && engine->fatal.code == ERROR_NONE; i++)
        if (engine->run.wire[i].ended == WIRE_IDLE)
            look_at(engine, engine->run.wire[i]);
    if (engine->fatal.code == ERROR_NONE)
        wiring_end(engine);
}

int wiring_dismiss(struct engine *engine, const struct command *command, struct buffer *text,
                   struct error *err)
{
    const struct wire *known = run_wire(&engine->run, command->iteration);
    if (!known || !wire_waits(&engine->run, known))
        return error_set(err, ERROR_REFUSED,
                         "no tripwire of an apply of iteration %d asks for a rollback",
                         command->iteration);
    struct wire wire = *known;
    wire.ended = WIRE_DISMISSED;
    wire.ended_at = (int)engine->run.count;
    snprintf(wire.ended_by, sizeof(wire.ended_by), "%s", command->actor);
    snprintf(wire.note, sizeof(wire.note), "%s", command->note);
    if (put(engine, WIRE_DISMISS, wire) != 0)
        return error_set(err, engine->fatal.code, "%s", engine->fatal.text);
    buffer_printf(text, "the apply of iteration %d stays: its tripwire is dismissed",
                  wire.applied_at);
    return 0;
}
