/* watch_json: see watch_json.h. */
#include "config.h"

#include "artifact/watch_json.h"

#include <jansson.h>
#include <stdlib.h>

#include "artifact/canon.h"
#include "artifact/document.h"
#include "artifact/iteration_file.h"
#include "model/mem.h"

/* JSON (stolen) of that type as a line. */
static char *line_take(json_t *json, const char *type, struct error *err)
{
    json_auto_t *own = json;
    document_put(own, "type", document_string(type));
    char *text = canon_dump(own, CANON_COMPACT, NULL, err);
    char *line = text ? mem_printf("%s\n", text) : NULL;
    free(text);
    return line;
}

static json_t *number_or_null(int number)
{
    return number > 0 ? document_integer(number) : json_null();
}

char *watch_json_run(const struct run *run, struct error *err)
{
    json_t *json = document_object();
    document_put(json, "run_id", document_text(run->id));
    document_put(json, "directory", document_text(run->directory));
    document_put(json, "source", document_string(run_source_name(run->source)));
    document_put(json, "approve",
                 run->has_manifest ? document_string(approve_mode_name(run->mode)) : json_null());
    document_put(json, "iterations", number_or_null(run->planned));
    return line_take(json, "run", err);
}

char *watch_json_iteration(const struct iteration *iteration, const struct param_table *table,
                           struct error *err)
{
    return line_take(iteration_to_json(iteration, table), "iteration", err);
}

char *watch_json_event(enum event_kind kind, int iteration, int64_t utc_ms, const char *text,
                       struct error *err)
{
    char utc[UTC_TEXT_MAX];
    json_t *json = document_object();
    utc_format(utc, utc_ms);
    document_put(json, "kind", document_string(event_kind_name(kind)));
    document_put(json, "iteration", number_or_null(iteration));
    document_put(json, "utc", document_text(utc));
    document_put(json, "text", document_text(text));
    return line_take(json, "event", err);
}

char *watch_json_verdict(const struct judgement *judgement, struct error *err)
{
    json_t *json = document_object();
    document_put(json, "verdict", document_string(verdict_name(judgement->verdict)));
    document_put(json, "thresholds", document_string(thresholds_name(judgement->mock)));
    document_put(json, "pass_count", document_integer(judgement->pass_count));
    document_put(json, "window", document_integer(judgement->window));
    document_put(json, "from", number_or_null(judgement->from));
    document_put(json, "to", number_or_null(judgement->to));
    return line_take(json, "verdict", err);
}

char *watch_json_guard(const char *name, bool active, int clears_at, const char *text,
                       struct error *err)
{
    json_t *json = document_object();
    document_put(json, "guard", document_string(name));
    document_put(json, "active", document_flag(active));
    document_put(json, "clears_at", number_or_null(clears_at));
    document_put(json, "text", document_text(text));
    return line_take(json, "guard", err);
}

char *watch_json_end(const struct run *run, struct error *err)
{
    json_t *json = document_object();
    document_put(json, "state", document_string(run_state_name(run->state)));
    document_put(json, "iterations", document_integer((long long)run->count));
    return line_take(json, "end", err);
}
