/* gate_log: see gate_log.h. */
#include "config.h"

#include "artifact/gate_log.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "artifact/journal.h"

static const char *text_of(const json_t *record, const char *key)
{
    const char *text = json_string_value(json_object_get(record, key));
    return text ? text : "";
}

static int visit(void *context, const struct json_t *record, struct error *err)
{
    struct gate_log *last = context;
    const char *type = text_of(record, "type");
    (void)err;
    if (strcmp(type, "gate") == 0) {
        last->number++;
        last->voided = false;
        snprintf(last->name, sizeof last->name, "%s", text_of(record, "name"));
        snprintf(last->verdict, sizeof last->verdict, "%s", text_of(record, "verdict"));
    } else if (strcmp(type, "gate_void") == 0) {
        last->voided = true;
    }
    return 0;
}

int gate_log_last(const struct rundir *dir, struct gate_log *last, struct error *err)
{
    *last = (struct gate_log){0};
    return journal_each(dir, visit, last, NULL, err);
}
