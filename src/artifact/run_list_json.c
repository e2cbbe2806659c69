/* run_list_json: see run_list_json.h. What is not known is null. */
#include "config.h"

#include "artifact/run_list_json.h"

#include <jansson.h>
#include <stdlib.h>

#include "artifact/canon.h"
#include "artifact/document.h"
#include "model/mem.h"

static json_t *time_json(int64_t ms)
{
    char utc[UTC_TEXT_MAX];
    utc_format(utc, ms);
    return document_text(utc);
}

static json_t *entry_json(const struct run_entry *entry)
{
    bool timed = entry->started_ms != UTC_NONE && entry->ended_ms != UTC_NONE;
    json_t *json = document_object();
    document_put(json, "run_id", document_text(entry->id));
    document_put(json, "directory", document_text(entry->shown));
    document_put(json, "path", document_text(entry->path));
    document_put(json, "source", document_string(run_source_name(entry->source)));
    document_put(json, "state",
                 entry->has_manifest ? document_string(run_state_name(entry->state)) : json_null());
    document_put(json, "iterations", document_integer(entry->count));
    document_put(json, "planned",
                 entry->planned > 0 ? document_integer(entry->planned) : json_null());
    document_put(json, "verdict",
                 entry->verdict == VERDICT_NONE ? json_null()
                                                : document_string(verdict_name(entry->verdict)));
    document_put(json, "thresholds", document_string(thresholds_name(entry->mock)));
    document_put(json, "started", time_json(entry->started_ms));
    document_put(json, "ended", time_json(entry->ended_ms));
    document_put(json, "length_s",
                 timed ? document_integer((entry->ended_ms - entry->started_ms) / 1000)
                       : json_null());
    document_put(json, "fault", document_text(entry->fault));
    return json;
}

char *run_list_json(const struct run_list *list, struct error *err)
{
    json_auto_t *json = document_object();
    json_t *runs = document_array();
    for (size_t i = 0; i < list->count; i++)
        document_append(runs, entry_json(&list->entry[i]));
    document_put(json, "root", document_text(list->root));
    document_put(json, "runs", runs);
    char *text = canon_dump(json, CANON_COMPACT, NULL, err);
    char *line = text ? mem_printf("%s\n", text) : NULL;
    free(text);
    return line;
}
