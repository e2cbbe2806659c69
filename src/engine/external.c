/* external: what another process did to runtime_overrides.json: noticed before each write, and by
 * inotify wherever the engine waits. It is recorded and taken over, never overwritten. Engine
 * thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdlib.h>
#include <string.h>

#include "artifact/overrides.h"

static const struct proposal *waiting(const struct engine *engine)
{
    const struct decision *decision = &engine->decision;
    return decision->holding && !decision->done ? &decision->proposal : NULL;
}

static void tell_change(struct engine *engine, struct change *change)
{
    char others[40], *what = change_text(change, &engine->config->params);
    difference_others(change->difference, others, sizeof(others));
    run_add_change(&engine->run, change, engine->config->params.count);
    post_change(engine, change);
    post_params(engine);
    post_event(engine, EVENT_EXTERNAL_CHANGE,
               "another process changed the parameters, they are in force now: %s%s", what, others);
    change_fini(change);
    free(what);
}

static void note(struct engine *engine, const char *text, const char *more)
{
    struct error err = ERROR_INIT;
    char *whole = mem_printf("%s%s", text, more);
    if (record_note(&engine->recorder, event_kind_name(EVENT_NOTE), (int)engine->run.count, "",
                    whole, &err) != 0)
        loop_fail(engine, &err);
    post_event(engine, EVENT_NOTE, "%s", whole);
    free(whole);
}

enum pipeline_news external_look(struct engine *engine)
{
    struct error err = ERROR_INIT;
    struct change change = {0};
    struct error before = engine->pipeline.unreadable;
    enum pipeline_news news = pipeline_look(&engine->pipeline, (int)engine->run.count,
                                            waiting(engine), &change, &err);
    if (news == PIPELINE_CHANGED)
        tell_change(engine, &change);
    const struct error *now = &engine->pipeline.unreadable;
    /* told once, not at every look */
    if (news == PIPELINE_UNREADABLE && strcmp(before.text, now->text) != 0)
        note(engine, now->text,
             "; nothing is written until it can be read again, the soak goes on with the "
             "parameters that were in force");
    else if (news != PIPELINE_UNREADABLE && before.code != ERROR_NONE)
        note(engine, "the parameters can be read again", "");
    if (news == PIPELINE_FATAL)
        loop_fail(engine, &err);
    return news;
}

void external_watch(struct engine *engine)
{
    struct error err = ERROR_INIT;
    char *path = mem_printf("%s/soak/" OVERRIDES_NAME, engine->root.path);
    filewatch_free(engine->watch);
    engine->watch = filewatch_any(path, &err);
    if (!engine->watch)
        post_event(engine, EVENT_NOTE,
                   "%s: what another process writes there is noticed before the next write only",
                   err.text);
    free(path);
}

bool external_notice(struct engine *engine)
{
    switch (filewatch_take(engine->watch)) {
    case FILEWATCH_NOTHING:
        return false;
    case FILEWATCH_GONE:
        external_watch(engine);
        break;
    case FILEWATCH_COMPLETE:
        break;
    }
    if (external_look(engine) != PIPELINE_CHANGED)
        return false;
    approval_renew(engine);
    return true;
}
