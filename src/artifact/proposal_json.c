/* proposal_json: see proposal_json.h. A field of the wrong type is as good as missing. */
#include "config.h"

#include "artifact/proposal_json.h"

#include "artifact/delta_json.h"
#include "artifact/summary_json.h"

void proposal_from_json(struct proposal *proposal, int iteration, bool *hold,
                        const struct node *node, const struct param_table *table)
{
    struct node lines = node_member(node, "lines");
    struct node summary = node_member(node, "summary");
    bool waits = true;
    *proposal = (struct proposal){.iteration = iteration};
    if (node_text_cut(node, "base_hash", proposal->base_hash, sizeof proposal->base_hash, NULL) < 0)
        proposal->base_hash[0] = '\0';
    if (node_text_cut(node, "rationale", proposal->rationale, sizeof proposal->rationale, NULL) < 0)
        proposal->rationale[0] = '\0';
    for (size_t i = 0; i < node_count(&lines) && proposal->count < PROPOSAL_DELTAS_MAX; i++) {
        struct node line = node_element(&lines, i);
        if (delta_from_json(&proposal->delta[proposal->count], &line, table, NULL) == 0)
            proposal->count++;
    }
    proposal->has_summary = !node_absent(&summary) &&
                            summary_from_json(&proposal->summary, &summary, NULL) == 0;
    node_flag(node, "fallback_fired", &proposal->fallback_fired, NULL);
    if (node_flag(node, "hold", &waits, NULL) == 0 && hold)
        *hold = waits;
    else if (hold)
        *hold = true;
}
