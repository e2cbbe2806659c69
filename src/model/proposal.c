/* proposal: names of guards and line states, and the counts that dialogs and the engine ask for.
 * Plain values; any thread. */
#include "config.h"

#include "model/proposal.h"

#include <string.h>

static const char *const guard_names[GUARD_COUNT] = {
    [GUARD_NONE] = "-",
    [GUARD_FREEZE] = "freeze",
    [GUARD_OSCILLATION] = "oscillation",
    [GUARD_VELOCITY] = "velocity",
    [GUARD_COOLDOWN] = "cooldown",
    [GUARD_STATE_OSCILLATION] = "state_oscillation",
    [GUARD_LATE] = "late",
    [GUARD_NO_OP] = "no_op",
};

static const char *const delta_state_names[DELTA_STATE_COUNT] = {
    [DELTA_PROPOSED] = "PROP",
    [DELTA_APPROVED] = "OK",
    [DELTA_EDITED] = "EDIT",
    [DELTA_HELD] = "HOLD",
    [DELTA_REJECTED] = "NO",
    [DELTA_BLOCKED] = "BLOCKED",
    [DELTA_APPLIED] = "APPLIED",
    [DELTA_VERIFIED] = "VERIFIED",
    [DELTA_DECLINED] = "DECLINED",
    [DELTA_SUPERSEDED] = "SUPERSEDED",
    [DELTA_ROLLED_BACK] = "ROLLED BACK",
    [DELTA_DIVERGED] = "DIVERGED",
};

const char *guard_name(enum guard guard)
{
    return guard_names[guard];
}

enum guard guard_parse(const char *name)
{
    for (int i = 0; i < GUARD_COUNT; i++)
        if (strcmp(guard_names[i], name) == 0)
            return (enum guard)i;
    return GUARD_NONE;
}

const char *delta_state_name(enum delta_state state)
{
    return delta_state_names[state];
}

enum delta_state delta_state_parse(const char *name)
{
    for (int i = 0; i < DELTA_STATE_COUNT; i++)
        if (strcmp(delta_state_names[i], name) == 0)
            return (enum delta_state)i;
    return DELTA_PROPOSED;
}

struct delta *proposal_find(struct proposal *proposal, const char *name)
{
    for (size_t i = 0; i < proposal->count; i++)
        if (strcmp(proposal->delta[i].name, name) == 0)
            return &proposal->delta[i];
    return NULL;
}

size_t proposal_count(const struct proposal *proposal, enum delta_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < proposal->count; i++)
        count += proposal->delta[i].state == state;
    return count;
}

size_t proposal_staged(const struct proposal *proposal)
{
    return proposal_count(proposal, DELTA_APPROVED) + proposal_count(proposal, DELTA_EDITED);
}
