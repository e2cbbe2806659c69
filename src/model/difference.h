/* difference: what another process made of runtime_overrides.json, beside what the journal expected
 * there and what the proposal that waited would have written: only what differs, by parameter, and
 * by key where no parameter has it. A plain value with owned parts: any thread that owns it. */
#ifndef SOAKTOP_MODEL_DIFFERENCE_H
#define SOAKTOP_MODEL_DIFFERENCE_H

#include "model/param.h"
#include "model/proposal.h"

enum { DIFFERENCE_KEY_MAX = 112, DIFFERENCE_ROWS_MAX = 256 };

struct difference_row {
    char key[DIFFERENCE_KEY_MAX];     /* "engine.min_interval_ms" */
    int param;                        /* index in the param table; -1: no parameter has this key */
    struct value expected, found;     /* of a parameter; missing: the file does not set it */
    char *expected_text, *found_text; /* of another key: compact JSON; NULL: not there; owned */
    struct value wanted;              /* by the proposal that waited; missing: nothing */
    bool staged;                      /* WANTED was staged, not only proposed */
};

struct difference {
    size_t count, capacity;
    struct difference_row *row; /* owned */
    size_t left_out;            /* rows beyond DIFFERENCE_ROWS_MAX */
};

/* The parameters (vectors of COUNT, in TABLE's order) that differ, or that a staged line of WAITING
 * (NULL: none waited) would write; never NULL. */
struct difference *difference_new(const struct value *expected, const struct value *found,
                                  size_t count, const struct param_table *table,
                                  const struct proposal *waiting);
/* A key that no parameter has, with its compact JSON (stolen; NULL: not there). */
void difference_add_key_take(struct difference *difference, const char *key, char *expected_text,
                             char *found_text);
/* ", 2 other keys": what its rows beyond the parameters are, for the end of a sentence; "" if there
 * are none. NULL is allowed. */
void difference_others(const struct difference *difference, char *text, size_t size);
/* NULL of NULL. */
struct difference *difference_copy(const struct difference *difference);
void difference_free(struct difference *difference);

/* What became of a row: "disk" (only the file changed), "staged" (only the operator would change
 * it), "agree" (the file has what was staged), "CONFLICT" (the file has another value than staged).
 */
const char *difference_word(const struct difference_row *row);
/* Rows of that word. */
size_t difference_conflicts(const struct difference *difference);

#endif
