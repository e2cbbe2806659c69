/* loop: the engine thread: one iteration after another, pauses and sleeps between them, and the
 * end. Every wait goes through engine_wait, so that commands are served in all of them. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <stdlib.h>

#include "artifact/realclock.h"

/* BACKLOG_MAX: messages that may wait for a reader; BACKLOG_MS: how often it is looked after. */
enum { BACKLOG_MAX = 4096, BACKLOG_MS = 5 };

void loop_fail(struct engine *engine, const struct error *err)
{
    if (engine->fatal.code == ERROR_NONE)
        engine->fatal = *err;
}

bool loop_must_end(const struct engine *engine)
{
    return engine->stop_now || engine->fatal.code != ERROR_NONE;
}

/* A record comes after the end: run.json no longer names the journal's head. */
static int break_seal(void *context, struct error *err)
{
    struct engine *engine = context;
    engine->unsealed = true;
    return manifest_write(&engine->dir, &engine->run, engine->config, engine->typed,
                          engine->typed_count, err);
}

/* Of a run that is over run.json names the journal's head, until there is another record. */
int loop_write_manifest(struct engine *engine, struct error *err)
{
    struct journal *journal = engine->recorder.journal;
    const struct manifest_seal seal = manifest_seal_of(journal);
    bool over = engine->run.ended_ms != UTC_NONE;
    if (manifest_write_sealed(&engine->dir, &engine->run, engine->config, engine->typed,
                              engine->typed_count, over ? &seal : NULL, err) != 0)
        return -1;
    engine->unsealed = false;
    journal_before_next(journal, over ? break_seal : NULL, engine);
    return 0;
}

int64_t loop_now(const struct engine *engine)
{
    return engine->virtual_time ? engine->virtual_ms : monotonic_ms();
}

/* Virtual time stands still between two iterations, so that a script can look: a second at least
 * lies between them where a real soak would go on at once. */
void loop_set_next(struct engine *engine)
{
    double interval = engine->run.interval_s;
    if (engine->virtual_time && interval <= 0)
        interval = 1;
    engine->next_mono_ms = engine->last_mono_ms + (int64_t)(interval * 1000);
}

static bool all_done(const struct engine *engine)
{
    return engine->run.planned > 0 && engine->run.count >= (size_t)engine->run.planned;
}

void loop_flush(struct engine *engine)
{
    struct error err = ERROR_INIT;
    if (tuning_report_flush(engine->report, &err) != 0)
        loop_fail(engine, &err);
}

static void wait_paused(struct engine *engine)
{
    if (engine->run.state != RUN_PAUSED) {
        loop_flush(engine);
        engine->run.next_ms = UTC_NONE;
        post_state(engine, RUN_PAUSED);
    }
    engine_wait(engine, NULL, 0, -1);
}

static void wait_sleeping(struct engine *engine)
{
    const struct clock wall = engine->virtual_time ? engine->clock : clock_real();
    int64_t left = engine->next_mono_ms - loop_now(engine);
    engine->run.next_ms = clock_now(&wall) + (left > 0 ? left : 0);
    post_state(engine, RUN_SLEEPING);
    int64_t next = engine->next_mono_ms, deadline = engine->virtual_time ? -1 : next;
    while (engine_wait(engine, NULL, 0, deadline) == WAIT_WOKEN && !engine->paused &&
           !engine->next_now && !engine->stop_after && engine->next_mono_ms == next &&
           loop_now(engine) < next)
        ;
    engine->run.next_ms = UTC_NONE;
}

/* A reader that stands still (a stopped terminal, a full pipe) must not cost memory without end
 * when iterations follow each other at once. A soak that sleeps between them never waits for it. */
static void await_reader(struct engine *engine)
{
    while (engine->run.interval_s < 1 && outbox_count(engine->outbox) > BACKLOG_MAX &&
           !loop_must_end(engine) && !engine->stop_after)
        engine_wait(engine, NULL, 0, monotonic_ms() + BACKLOG_MS);
}

/* Waits until the next iteration may start; false: there is none. */
static bool await_turn(struct engine *engine)
{
    for (;;) {
        gates_reap(engine);
        serve_commands(engine);
        await_reader(engine);
        if (loop_must_end(engine) || engine->stop_after || all_done(engine))
            return false;
        if (engine->next_now) {
            engine->next_now = false;
            return true;
        }
        if (engine->paused)
            wait_paused(engine);
        else if (loop_now(engine) >= engine->next_mono_ms)
            return true;
        else
            wait_sleeping(engine);
    }
}

/* A mock's time goes on by the interval, or by one second, with each iteration: from the last one
 * on, so that it is the same if an iteration is begun again. */
static void advance(struct engine *engine)
{
    double interval = engine->run.interval_s;
    int64_t due = engine->turn_ms + (interval > 0 ? (int64_t)(interval * 1000) : 1000);
    int64_t now = clock_now(&engine->clock);
    if (!engine->virtual_time && due > now)
        clock_advance(&engine->clock, due - now);
    engine->turn_ms = clock_now(&engine->clock);
}

static void end_turn(struct engine *engine)
{
    engine->run.current = 0;
    engine->last_mono_ms = loop_now(engine);
    loop_set_next(engine);
}

/* An iteration that an earlier process began is finished before anything else; or what its
 * tripwires have not said yet. */
static void go_on(struct engine *engine)
{
    if (!engine->decision.iteration)
        return;
    iterate_go_on(engine);
    end_turn(engine);
}

static void iterate_all(struct engine *engine)
{
    wiring_look(engine); /* what a run that was killed had not come to */
    while (await_turn(engine)) {
        engine->run.current = (int)engine->run.count + 1;
        engine->run.next_ms = UTC_NONE;
        post_state(engine, RUN_RUNNING);
        advance(engine);
        iterate_once(engine);
        end_turn(engine);
    }
}

static enum run_state end_state(const struct engine *engine)
{
    if (engine->fatal.code != ERROR_NONE)
        return RUN_FAILED;
    return all_done(engine) ? RUN_COMPLETED : RUN_STOPPED;
}

/* Journal and files of the end, which is when the journal says so; the first fault ends it. The
 * manifest is the last: a run that it calls completed has everything. */
static int write_end(struct engine *engine, struct error *err)
{
    char text[96];
    snprintf(text, sizeof(text), "%s after %zu iterations", run_state_name(engine->run.state),
             engine->run.count);
    if (!engine->end_recorded) {
        if (record_note(&engine->recorder, event_kind_name(EVENT_STOP), (int)engine->run.count, "",
                        text, err) != 0)
            return -1;
        engine->end_ms = engine->recorder.utc_ms;
    }
    engine->run.ended_ms = engine->end_ms;
    if (tuning_report_flush(engine->report, err) != 0 ||
        manifest_write_summary(&engine->dir, &engine->run, err) != 0 ||
        loop_write_manifest(engine, err) != 0)
        return -1;
    post_event(engine, EVENT_STOP, "%s", text);
    return 0;
}

/* After a fault: what can still be written is, whatever fails. */
static void end_failed(struct engine *engine)
{
    engine->run.state = RUN_FAILED;
    tuning_report_flush(engine->report, NULL);
    loop_write_manifest(engine, NULL);
    post_event(engine, EVENT_ERROR, "the soak cannot go on: %s", engine->fatal.text);
}

static void end(struct engine *engine)
{
    struct error err = ERROR_INIT;
    engine->run.current = 0;
    engine->run.next_ms = UTC_NONE;
    engine->run.ended_ms = clock_now(&engine->clock);
    engine->run.state = end_state(engine);
    if (engine->run.state != RUN_FAILED && write_end(engine, &err) != 0)
        loop_fail(engine, &err);
    if (engine->fatal.code != ERROR_NONE)
        end_failed(engine);
    post_manifest(engine);
    post_state(engine, engine->run.state);
}

static void seal(struct engine *engine)
{
    struct error err = ERROR_INIT;
    if (engine->unsealed && loop_write_manifest(engine, &err) != 0)
        loop_fail(engine, &err);
}

/* A dashboard may still roll back and run gates. */
static void linger(struct engine *engine)
{
    engine->ended = true;
    while (engine->linger && !loop_must_end(engine)) {
        engine_wait(engine, NULL, 0, -1);
        seal(engine);
    }
    gates_end(engine);
    seal(engine);
    if (engine->fatal.code != ERROR_NONE && engine->run.state != RUN_FAILED)
        post_state(engine, RUN_FAILED);
}

void *loop_main(void *context)
{
    struct engine *engine = context;
    external_watch(engine);
    go_on(engine);
    iterate_all(engine);
    end(engine);
    linger(engine);
    post_end(engine);
    return NULL;
}
