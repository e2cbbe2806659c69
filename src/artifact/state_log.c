/* state_log: see state_log.h. */
#include "config.h"

#include "artifact/state_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/canon.h"
#include "artifact/journal.h"

struct each {
    state_log_visit *visit;
    void *context;
};

static const char *text_of(const json_t *record, const char *key)
{
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

static int visit_state(const struct each *each, const json_t *record, const char *object_key,
                       const char *hash_key, struct error *err)
{
    const json_t *object = json_object_get(record, object_key);
    if (!json_is_object(object))
        return 0;
    char *text = canon_dump(object, CANON_COMPACT, NULL, err);
    if (!text)
        return -1;
    each->visit(each->context, text_of(record, hash_key), text);
    free(text);
    return 0;
}

static bool is_intent(const char *type)
{
    return strcmp(type, "apply_intent") == 0 || strcmp(type, "rollback_intent") == 0;
}

static bool is_outcome(const char *type)
{
    return strcmp(type, "apply_outcome") == 0 || strcmp(type, "rollback_outcome") == 0;
}

static bool is_whole(const char *type)
{
    return strcmp(type, "start") == 0 || strcmp(type, "external_change") == 0;
}

static int each_record(void *context, const struct json_t *record, struct error *err)
{
    const char *type = text_of(record, "type");
    if (is_whole(type))
        return visit_state(context, record, "runtime_overrides", "state_hash", err);
    if (!is_intent(type))
        return 0;
    return visit_state(context, record, "before", "hash_before", err) ||
                   visit_state(context, record, "after", "hash_after", err)
               ? -1
               : 0;
}

int state_log_each(const struct rundir *dir, state_log_visit *visit, void *context,
                   struct error *err)
{
    struct each each = {visit, context};
    return journal_each(dir, each_record, &each, NULL, err);
}

struct last {
    char *hash, *begun;
};

static int last_record(void *context, const struct json_t *record, struct error *err)
{
    struct last *last = context;
    const char *type = text_of(record, "type");
    (void)err;
    if (is_whole(type) || is_outcome(type)) {
        bool ours = strcmp(type, "external_change") != 0;
        snprintf(last->hash, HASH_TEXT_MAX, "%s", ours ? text_of(record, "state_hash") : "");
        last->begun[0] = '\0';
    } else if (is_intent(type)) {
        snprintf(last->begun, HASH_TEXT_MAX, "%s", text_of(record, "hash_after"));
    }
    return 0;
}

int state_log_last(const struct rundir *dir, char hash[HASH_TEXT_MAX], char begun[HASH_TEXT_MAX],
                   struct error *err)
{
    struct last last = {hash, begun};
    hash[0] = begun[0] = '\0';
    return journal_each(dir, last_record, &last, NULL, err);
}
