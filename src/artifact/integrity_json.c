/* integrity_json: what an audit found, as JSON. Any thread. */
#include "config.h"

#include <jansson.h>

#include "artifact/document.h"
#include "artifact/integrity.h"

#define INTEGRITY_SCHEMA "soaktop-audit-1"

static json_t *fault_to_json(const struct integrity *integrity)
{
    const struct integrity_fault *fault = &integrity->fault;
    if (integrity_ok(integrity))
        return json_null();
    json_t *json = document_object();
    document_put(json, "record", fault->record > 0 ? document_integer(fault->record) : json_null());
    document_put(json, "file", document_string(fault->file));
    document_put(json, "place", document_text(fault->place));
    document_put(json, "text", document_string(fault->text));
    return json;
}

static json_t *checked_to_json(const struct integrity *integrity)
{
    json_t *json = document_object();
    document_put(json, "records", document_integer(integrity->records));
    document_put(json, "iterations", document_integer(integrity->iterations));
    document_put(json, "hashes", document_integer(integrity->hashes));
    document_put(json, "intents", document_integer(integrity->intents));
    document_put(json, "files", document_integer((long long)integrity->files));
    return json;
}

char *integrity_to_json(const struct integrity *integrity, enum canon_form form, struct error *err)
{
    json_auto_t *json = document_object();
    json_t *notes = document_array();
    for (size_t i = 0; i < integrity->note_count; i++)
        document_append(notes, document_string(integrity->note[i]));
    document_put(json, "schema", document_string(INTEGRITY_SCHEMA));
    document_put(json, "directory", document_string(integrity->directory));
    document_put(json, "run_id", document_text(integrity->run_id));
    document_put(json, "state", document_string(run_state_name(integrity->state)));
    document_put(json, "in_progress", document_flag(integrity->in_progress));
    document_put(json, "sealed", document_flag(integrity->sealed));
    document_put(json, "checked", checked_to_json(integrity));
    document_put(json, "notes", notes);
    document_put(json, "ok", document_flag(integrity_ok(integrity)));
    document_put(json, "fault", fault_to_json(integrity));
    return canon_dump(json, form, NULL, err);
}
