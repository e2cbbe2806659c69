/* document: builds the JSON of artifacts and writes it. The builders never fail: without memory the
 * program ends (mem.h). Any thread. */
#ifndef SOAKTOP_ARTIFACT_DOCUMENT_H
#define SOAKTOP_ARTIFACT_DOCUMENT_H

#include "artifact/atomic.h"
#include "artifact/canon.h"
#include "model/param.h"
#include "model/value.h"

struct json_t;

struct json_t *document_object(void);
struct json_t *document_array(void);
/* Put VALUE (stolen) in. */
void document_put(struct json_t *object, const char *key, struct json_t *value);
void document_append(struct json_t *array, struct json_t *value);

/* TEXT as a string; NULL or "" is null. What is no UTF-8 becomes visible. */
struct json_t *document_text(const char *text);
/* The same, but "" stays "". */
struct json_t *document_string(const char *text);
struct json_t *document_flag(bool flag);
struct json_t *document_integer(long long number);
/* A real; missing or not finite is null. */
struct json_t *document_value(struct value value);
/* The same, but a whole number is an integer. */
struct json_t *document_count(struct value value);
/* The same, as PARAM is written: an integer if its step is whole. PARAM may be NULL. */
struct json_t *document_param(const struct param *param, struct value value);

/* Writes JSON (stolen) canonically to NAME below DIRFD; SHOWN is the path for messages. */
int document_write_take(int dirfd, const char *name, const char *shown, struct json_t *json,
                        enum durability durability, struct error *err);

#endif
