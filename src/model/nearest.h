/* nearest: which known word did somebody mean? For unknown commands, options and names. Pure; any
 * thread. */
#ifndef SOAKTOP_MODEL_NEAREST_H
#define SOAKTOP_MODEL_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *word; /* as typed; borrowed */
    const char *best; /* of those offered; borrowed */
    size_t distance;
};

struct nearest nearest_to(const char *word);
/* Offers CANDIDATE (borrowed as long as the answer is used). */
void nearest_offer(struct nearest *nearest, const char *candidate);
/* The nearest word offered, or NULL if none is near enough to be meant: at most a third of the
 * letters changed, added, lost or swapped, or one begins with the other. */
const char *nearest_word(const struct nearest *nearest);

/* " did you mean WORD?", or "" if there is none: for a message before what to do instead. */
enum { NEAREST_HINT_MAX = 80 };
void nearest_hint(const struct nearest *nearest, char text[NEAREST_HINT_MAX]);

#endif
