/* report_json: see report_json.h. */
#include "config.h"

#include "artifact/report_json.h"

#include <jansson.h>
#include <stdlib.h>

#include "model/mem.h"

json_t *report_json_value(struct value value)
{
    return value_usable(value) ? json_real(value.number) : json_null();
}

json_t *report_json_rounded(struct value value)
{
    return value_usable(value) ? json_real(stats_round(value.number, 3)) : json_null();
}

json_t *report_json_reasons(const struct judgement *judgement)
{
    json_t *reasons = json_array();
    for (size_t i = 0; i < judgement->reason_count; i++) {
        if (json_array_append_new(reasons, json_string(judgement->reason[i])) != 0) {
            json_decref(reasons);
            return NULL;
        }
    }
    return reasons;
}

json_t *report_json_verify(const struct verify *verify)
{
    return json_pack("{s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "full_apply_ratio",
                     report_json_rounded(verify->full_apply_ratio), "full_apply_count",
                     verify->full_apply_count, "partial_ok_count", verify->partial_ok_count,
                     "fail_count", verify->fail_count, "signature_stuck_count",
                     verify->signature_stuck_count, "proposed_count", verify->proposed_count,
                     "operator_declined_count", verify->operator_declined_count, "confirmed_count",
                     verify->confirmed_count, "diverged_count", verify->diverged_count);
}

char *report_json_text_take(json_t *json, enum snapshot_form form, const char *what,
                            struct error *err)
{
    if (json == NULL) {
        error_set(err, ERROR_IO, "%s: memory is short", what);
        return NULL;
    }
    bool pretty = form == SNAPSHOT_PRETTY;
    size_t length = 0;
    char *text = canon_dump(json, pretty ? CANON_PRETTY : CANON_COMPACT, &length, err);
    json_decref(json);
    if (text == NULL) {
        error_prefix(err, "%s", what);
        return NULL;
    }
    if (pretty)
        return text;
    struct buffer out = {0};
    buffer_add(&out, text, length);
    buffer_puts(&out, "\n");
    free(text);
    return buffer_take(&out);
}
