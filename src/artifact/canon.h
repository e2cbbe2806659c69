/* canon: canonical JSON, byte-identical with Python's json.dumps(obj, sort_keys=True): keys sorted,
 * ASCII only, numbers in the shortest form that reads back as the same double. Any thread. */
#ifndef SOAKTOP_ARTIFACT_CANON_H
#define SOAKTOP_ARTIFACT_CANON_H

#include <stddef.h>
#include "model/error.h"

struct json_t;

enum canon_form {
    CANON_COMPACT, /* separators "," and ":", no final newline */
    CANON_PRETTY   /* indented by two, final newline */
};

/* Text of JSON (free it), its length in *LENGTH (may be NULL). NULL with ERR if it holds what
 * canonical JSON cannot: the JSON path is named. */
char *canon_dump(const struct json_t *json, enum canon_form form, size_t *length,
                 struct error *err);

/* NUMBER as Python's repr prints a float: "0.08", "100.0", "1e-05". TEXT takes 32 bytes. */
void canon_number(char text[32], double number);

#endif
