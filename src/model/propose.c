/* propose: see propose.h. */
#include "config.h"

#include "model/propose.h"

#include "model/tuner.h"

/* What the operator held back and rejected before. */
static void lay_standing(struct proposal *proposal, struct guard_report *report,
                         const struct guard_context *context, const struct standing *standing)
{
    struct proposal judged = *proposal;
    if (standing_waits_for_guard(standing)) {
        standing_lay(&judged, standing, context->values, context->table, NULL);
        guard_check(&judged, report, context);
    }
    standing_lay(proposal, standing, context->values, context->table, &judged);
}

void propose_lines(struct proposal *proposal, struct guard_report *report,
                   const struct guard_context *context, const struct standing *standing)
{
    const struct summary *summary = context->summary;
    *proposal = (struct proposal){0};
    if (summary)
        tuner_propose(proposal, summary, context->values,
                      guard_negative_streak(context->run, summary), context->policy,
                      context->table);
    proposal->iteration = context->iteration;
    if (summary && value_usable(summary->kpi[KPI_NET]))
        lay_standing(proposal, report, context, standing);
    proposal->has_summary = summary != NULL;
    if (summary)
        proposal->summary = *summary;
    guard_check(proposal, report, context);
}
