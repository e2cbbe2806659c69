/* report_json: small helpers of the reports that are JSON. Private to the report_*.c files. */
#ifndef SOAKTOP_ARTIFACT_REPORT_JSON_H
#define SOAKTOP_ARTIFACT_REPORT_JSON_H

#include "artifact/canon.h"
#include "artifact/reports.h"

struct json_t;

/* New references; NULL when memory is short. A missing or synthetic value is null. */
struct json_t *report_json_value(struct value value);
/* The same, rounded to 3 decimals as Python's round does. */
struct json_t *report_json_rounded(struct value value);
struct json_t *report_json_reasons(const struct judgement *judgement);
/* The seven fields of DELTA_VERIFY.json. */
struct json_t *report_json_verify(const struct verify *verify);

/* Text of JSON, which is released in every case; JSON NULL is "out of memory" for WHAT. The line
 * gets a final newline. */
char *report_json_text_take(struct json_t *json, enum snapshot_form form, const char *what,
                            struct error *err);

#endif
