/* tuner: proposes parameter changes from an iteration's summary (ENGINE section 5). Pure. */
#ifndef SOAKTOP_MODEL_TUNER_H
#define SOAKTOP_MODEL_TUNER_H

#include "model/proposal.h"
#include "model/summary.h"

/* VALUES[table->count]: in force, as runtime_values gives them (defaults stand in for missing
 * ones). NEGATIVE_STREAK: valid iterations running with net_bps < 0, this one included, since
 * FALLBACK last fired (guard_negative_streak). Fills PROPOSAL whole: absolute targets with
 * increments, rules and whys, all lines DELTA_PROPOSED, iteration and base_hash left empty.
 * A parameter is proposed once, by the first rule in order that names and would move it. */
void tuner_propose(struct proposal *proposal, const struct summary *summary,
                   const struct value *values, int negative_streak, const struct policy *policy,
                   const struct param_table *table);

#endif
