/* node: a place in a parsed JSON document that knows its file and its path, so that every message
 * about it names both ("params.json: $.params[3].cap ..."). Borrowed: valid as long as the document
 * is. For the readers of this layer and of artifact. */
#ifndef SOAKTOP_MODEL_NODE_H
#define SOAKTOP_MODEL_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include "model/error.h"
#include "model/value.h"

struct json_t;

enum { NODE_PATH_MAX = 192 };

struct node {
    const struct json_t *json; /* NULL: there is no such member */
    const char *file;
    char path[NODE_PATH_MAX];
};

struct node node_root(const struct json_t *json, const char *file);
/* json NULL if NODE is no object or has no such member. */
struct node node_member(const struct node *node, const char *key);
struct node node_element(const struct node *node, size_t index);

/* True if it is absent or null. */
bool node_absent(const struct node *node);
/* Elements of an array or members of an object; 0 of anything else. */
size_t node_count(const struct node *node);

/* Fails with "FILE: PATH is VALUE, but SENTENCE". */
int node_refuse(const struct node *node, struct error *err, const char *sentence, ...)
    __attribute__((format(printf, 3, 4)));

/* It must be an object; with KEYS (ends with NULL) it may have no other member. */
int node_object(const struct node *node, const char *const *keys, struct error *err);
int node_array(const struct node *node, struct error *err);
/* Member "schema" must be the string SCHEMA. */
int node_schema(const struct node *node, const char *schema, struct error *err);

/* Member KEY of an object; absent or null: missing. Anything but a finite number is refused. */
int node_value(const struct node *node, const char *key, struct value *value, struct error *err);
/* The same, but it must be there. */
int node_number(const struct node *node, const char *key, double *number, struct error *err);
/* The same within LEAST..MOST. */
int node_number_in(const struct node *node, const char *key, double least, double most,
                   double *number, struct error *err);
/* A whole number within LEAST..MOST that must be there. */
int node_integer(const struct node *node, const char *key, int least, int most, int *number,
                 struct error *err);
/* true or false; absent: FLAG stays as it is. */
int node_flag(const struct node *node, const char *key, bool *flag, struct error *err);
/* A string of at most SIZE-1 bytes that must be there. */
int node_text(const struct node *node, const char *key, char *text, size_t size, struct error *err);
/* The same, but it may be absent or null (then ""), and what is too long is cut between characters.
 */
int node_text_cut(const struct node *node, const char *key, char *text, size_t size,
                  struct error *err);

/* The node's own value, for nodes of arrays: a string of at most SIZE-1 bytes; or cut to them. */
int node_own_text(const struct node *node, char *text, size_t size, struct error *err);
int node_own_text_cut(const struct node *node, char *text, size_t size, struct error *err);

#endif
