/* live_rollback: a rollback while the soak runs. It takes effect at once, whatever the engine waits
 * for; a proposal that waits is made anew. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/rollback.h"

static int put_entry(void *context, const struct iteration *iteration, struct error *err)
{
    struct engine *engine = context;
    post_iteration(engine, iteration);
    return tuning_report_put(engine->report, iteration, err);
}

/* The journal has it; now the run, the report and the front end. */
static void tell(struct engine *engine, const struct change *change, const char *note)
{
    struct error err = ERROR_INIT;
    char *what = change_text(change, &engine->config->params);
    post_change(engine, change);
    if (rollback_mark(&engine->run, change, engine->config->params.count, put_entry, engine,
                      &err) != 0 ||
        tuning_report_flush(engine->report, &err) != 0)
        loop_fail(engine, &err);
    post_params(engine);
    post_event(engine, EVENT_ROLLBACK, "%s by %s: %s%s%s", change_kind_name(change->kind),
               change->by, what, note[0] ? "; " : "", note);
    free(what);
}

static int write_rollback(struct engine *engine, const struct rollback_request *request,
                          const char *actor, const char *note, bool consent, struct buffer *text,
                          struct error *err)
{
    enum change_kind kind;
    struct runtime *target = rollback_target(&engine->run, &engine->pipeline, request, &kind, err);
    if (!target)
        return -1;
    int weight = rollback_weigh(&engine->run, &engine->pipeline, target, kind);
    if (weight > ROLLBACK_LIGHT && !consent) {
        runtime_free(target);
        return error_set(err, ERROR_REFUSED,
                         "this undoes or restores %d applies, more than %d: that wants the word "
                         "%s and a reason",
                         weight, (int)ROLLBACK_LIGHT, ROLLBACK_WORD);
    }
    struct change change = {0};
    const struct apply_request write = {kind, (int)engine->run.count, actor, note};
    switch (apply_write_take(&engine->pipeline, target, &write, &change, err)) {
    case APPLY_WRITTEN:
        break;
    case APPLY_NO_OP:
        return error_set(err, ERROR_REFUSED, "these parameters are in force already");
    case APPLY_FAILED:
        post_event(engine, EVENT_ERROR, "the %s failed, nothing was written: %s",
                   change_kind_name(kind), err->text);
        return -1;
    case APPLY_FATAL:
        loop_fail(engine, err);
        return -1;
    }
    char *what = change_text(&change, &engine->config->params);
    buffer_printf(text, "%s: %s", kind == CHANGE_RESTORE ? "restored" : "rolled back", what);
    free(what);
    tell(engine, &change, note);
    change_fini(&change);
    return 0;
}

int live_rollback_make(struct engine *engine, const struct command *command, const char *actor,
                       struct buffer *text, struct error *err)
{
    const struct rollback_request request = {command->what, command->iteration, command->name,
                                             command->also};
    switch (external_look(engine)) {
    case PIPELINE_SAME:
        break;
    case PIPELINE_CHANGED:
        approval_renew(engine);
        return error_set(err, ERROR_CONFLICT,
                         "another process has just changed the parameters: look at them and roll "
                         "back again");
    case PIPELINE_UNREADABLE:
        return error_set(err, ERROR_CONFLICT, "nothing was rolled back: %s",
                         engine->pipeline.unreadable.text);
    case PIPELINE_FATAL:
        return error_set(err, engine->fatal.code, "%s", engine->fatal.text);
    }
    if (command->base_hash[0] && strcmp(command->base_hash, engine->pipeline.hash) != 0)
        return error_set(err, ERROR_CONFLICT,
                         "the parameters changed since this was shown, by another process or "
                         "another decision: look at them and roll back again");
    if (write_rollback(engine, &request, actor, command->note,
                       command->confirmed && command->note[0], text, err) != 0)
        return -1;
    wiring_end(engine);
    approval_renew(engine);
    return 0;
}

int live_rollback(struct engine *engine, const struct command *command, struct buffer *text,
                  struct error *err)
{
    char actor[96];
    snprintf(actor, sizeof(actor), "operator:%.86s", command->actor);
    return live_rollback_make(engine, command, actor, text, err);
}
