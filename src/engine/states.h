/* states: every state of the parameters that was in force in a run, by its hash, so that each can
 * be put back as it was. One thread owns it. */
#ifndef SOAKTOP_ENGINE_STATES_H
#define SOAKTOP_ENGINE_STATES_H

#include <stddef.h>
#include "model/proposal.h"

struct state {
    char hash[HASH_TEXT_MAX];
    char *text; /* the object in compact canonical form; owned */
};

/* Initialise with {0}. */
struct states {
    size_t count, capacity;
    struct state *state;
};

/* Keeps copies of both. */
void states_put(struct states *states, const char *hash, const char *text);
/* The text of the state, or NULL. */
const char *states_find(const struct states *states, const char *hash);
void states_fini(struct states *states);

#endif
