/* proposal_json: a proposal as the journal's record holds it. Any thread. */
#ifndef SOAKTOP_ARTIFACT_PROPOSAL_JSON_H
#define SOAKTOP_ARTIFACT_PROPOSAL_JSON_H

#include "model/node.h"
#include "model/proposal.h"

/* Fills PROPOSAL (of ITERATION) from the record NODE; lines that cannot be read are left out. *HOLD
 * (may be NULL): it waited for a decision; a record that does not say did. */
void proposal_from_json(struct proposal *proposal, int iteration, bool *hold,
                        const struct node *node, const struct param_table *table);

#endif
