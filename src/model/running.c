/* running: see running.h. The hash is compared whole, in either case of its letters. */
#include "config.h"

#include "model/running.h"

#include <stdio.h>
#include <strings.h>

static bool same(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

/* An operator's rollback or another process's change came after iteration BEFORE was recorded: the
 * bot may have begun the next one with what was in force until then. */
static bool replaced_meanwhile(const struct run *run, int before, const char *hash)
{
    for (size_t i = run->change_count; i > 0; i--) {
        const struct change *change = &run->change[i - 1];
        if (change->after_iteration < before)
            break;
        if (change->after_iteration == before && change->kind != CHANGE_APPLY &&
            same(change->hash_before, hash))
            return true;
    }
    return false;
}

enum running running_of(const struct run *run, int number)
{
    const struct iteration *iteration = run_iteration(run, number);
    if (!iteration || iteration->state != ITERATION_OK || iteration->signature[0] == '\0' ||
        iteration->summary.overrides_hash[0] == '\0')
        return RUNNING_UNKNOWN;
    const char *hash = iteration->summary.overrides_hash;
    if (same(hash, iteration->signature) || replaced_meanwhile(run, number - 1, hash))
        return RUNNING_EXPECTED;
    return RUNNING_DIVERGED;
}

enum delta_state running_state(const struct run *run, const struct delta *delta, int number)
{
    if (delta->state == DELTA_APPLIED && running_of(run, number + 1) == RUNNING_DIVERGED)
        return DELTA_DIVERGED;
    return delta->state;
}

void running_text(const struct run *run, int number, char *text, size_t size)
{
    text[0] = '\0';
    if (running_of(run, number) != RUNNING_DIVERGED)
        return;
    const struct iteration *iteration = run_iteration(run, number);
    snprintf(text, size, "the bot ran it %d with %.12s, not with %.12s", number,
             iteration->summary.overrides_hash, iteration->signature);
}
