/* states: see states.h. */
#include "config.h"

#include "engine/states.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

void states_put(struct states *states, const char *hash, const char *text)
{
    if (states->count && strcmp(states->state[states->count - 1].hash, hash) == 0)
        return;
    void *items = states->state;
    mem_grow(&items, &states->capacity, states->count + 1, sizeof(*states->state));
    states->state = items;
    struct state *added = &states->state[states->count++];
    snprintf(added->hash, sizeof(added->hash), "%s", hash);
    added->text = mem_strdup(text);
}

const char *states_find(const struct states *states, const char *hash)
{
    for (size_t i = states->count; i; i--)
        if (strcmp(states->state[i - 1].hash, hash) == 0)
            return states->state[i - 1].text;
    return NULL;
}

void states_fini(struct states *states)
{
    for (size_t i = 0; i < states->count; i++)
        free(states->state[i].text);
    free(states->state);
    *states = (struct states){0};
}
