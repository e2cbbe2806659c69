/* propose: an iteration's proposal as the operator gets it: the tuner's lines, what he held back
 * and rejected before, and the guards over all of it. The engine and a rehearsal make it the same
 * way. Pure; any thread. */
#ifndef SOAKTOP_MODEL_PROPOSE_H
#define SOAKTOP_MODEL_PROPOSE_H

#include "model/guard.h"
#include "model/standing.h"

/* Fills PROPOSAL whole but for its base_hash, and REPORT, for the iteration that CONTEXT tells of;
 * of one that failed (no summary), or without net_bps, nothing is proposed and nothing comes back.
 */
void propose_lines(struct proposal *proposal, struct guard_report *report,
                   const struct guard_context *context, const struct standing *standing);

#endif
