/* verify: was every delta that was applied really in force in the next iteration? (ENGINE section
 * 9). Pure. */
#ifndef SOAKTOP_MODEL_VERIFY_H
#define SOAKTOP_MODEL_VERIFY_H

#include "model/running.h"

enum pair_outcome { PAIR_NONE /* nothing proposed */, PAIR_FULL, PAIR_PARTIAL_OK, PAIR_FAIL };

/* One entry that was looked for and how it was found. */
struct verify_entry {
    char name[PARAM_NAME_MAX];
    double expected; /* not a number if the file does not say it */
    struct value observed;
    bool found;         /* observed equals expected within 1e-9 */
    bool excused;       /* not found because it was rolled back in between */
    const char *reason; /* "", "parameter not found in runtime", "value differs", "rolled back" */
};

struct verify_pair {
    int from, to; /* iterations i-1 and i */
    enum pair_outcome outcome;
    bool applied, signature_changed, signature_stuck, rolled_back;
    enum running running; /* of TO, if something of FROM was written; else UNKNOWN */
    char reason[160];
    size_t entry_count;
    struct verify_entry entry[PROPOSAL_DELTAS_MAX];
};

struct verify {
    size_t pair_count;
    struct verify_pair *pair; /* owned */
    int full_apply_count, partial_ok_count, fail_count;
    int signature_stuck_count, proposed_count, operator_declined_count;
    /* pairs in which something was written, by what the bot says that it ran with next */
    int confirmed_count, diverged_count;
    struct value full_apply_ratio; /* missing when there is nothing to judge */
};

void verify_run(struct verify *verify, const struct run *run);
/* The same figures without the pairs (pair is NULL): for a screen that shows only the ratio. */
void verify_tally(struct verify *verify, const struct run *run);
void verify_fini(struct verify *verify);
/* True at or above MINIMUM, or when there is nothing to judge. */
bool verify_ok(const struct verify *verify, double minimum);

#endif
