/* runbook: what was decided in a rehearsal (model/rehearsal.h), to do it in the next run: at which
 * sight, what, and with which command lines. As Markdown, and as JSON. Any thread. */
#ifndef SOAKTOP_ARTIFACT_RUNBOOK_H
#define SOAKTOP_ARTIFACT_RUNBOOK_H

#include "model/judge.h"
#include "model/rehearsal.h"

struct runbook {
    const struct rehearsal *rehearsal;
    const struct thresholds *thresholds;
    bool mock_limits;
    const char *by;
    int64_t now_ms;
};

/* The document (free it). Text of files is made safe; each says that KPIs are the recorded ones. */
char *runbook_markdown(const struct runbook *runbook);
/* {schema, run, directory, from, to, by, written_at, note, decisions: [{iteration, op, param,
 * number, reason, text, command}], iterations: [{iteration, verdict, kpis, rehearsed, recorded,
 * guards, lines: [{param, rule, why, now, target, after, state, guard, clears_at}], params}]}, one
 * line of compact canonical JSON. */
char *runbook_json(const struct runbook *runbook);

/* What ENTRY comes to as a command for a shell: "soaktop deltas reject base_spread_bps --reason
 * 'too big'"; "": there is none (it only went on). */
void runbook_command(const struct rehearsal *rehearsal, const struct rehearsal_entry *entry,
                     struct buffer *text);

#endif
