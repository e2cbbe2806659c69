/* external: what another process did to runtime_overrides.json. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdlib.h>
#include <string.h>

static void tell_change(struct engine *engine, struct change *change)
{
    char *what = change_text(change, &engine->config->params);
    run_add_change(&engine->run, change, engine->config->params.count);
    post_change(engine, change);
    post_params(engine);
    post_event(engine, EVENT_EXTERNAL_CHANGE,
               "another process changed the parameters, they are in force now: %s", what);
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
    enum pipeline_news news = pipeline_look(&engine->pipeline, (int)engine->run.count, &change,
                                            &err);
    if (news == PIPELINE_CHANGED)
        tell_change(engine, &change);
    const struct error *now = &engine->pipeline.unreadable;
    /* told once, not at every look */
    if (news == PIPELINE_UNREADABLE && strcmp(before.text, now->text) != 0)
        note(engine, now->text, "; nothing is applied until it can be read");
    else if (news != PIPELINE_UNREADABLE && before.code != ERROR_NONE)
        note(engine, "the parameters can be read again", "");
    if (news == PIPELINE_FATAL)
        loop_fail(engine, &err);
    return news;
}
