/* runbook_json: see runbook.h: the JSON form. */
#include "config.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/document.h"
#include "artifact/runbook.h"
#include "model/mem.h"

enum { SCHEMA = 1 };

static const char *op_name(const struct rehearsal_order *order)
{
    static const char *const names[] = {[REHEARSE_LINE] = "",
                                        [REHEARSE_APPLY] = "apply",
                                        [REHEARSE_PASS] = "decline",
                                        [REHEARSE_AUTO] = "auto",
                                        [REHEARSE_BACK] = "rollback",
                                        [REHEARSE_BACK_TO] = "restore",
                                        [REHEARSE_BACK_OF] = "rollback_param",
                                        [REHEARSE_NEXT] = "decline"};
    return order->op == REHEARSE_LINE ? line_op_name(order->line) : names[order->op];
}

static json_t *decision_json(const struct rehearsal *rehearsal, const struct rehearsal_entry *entry)
{
    const struct rehearsal_order *order = &entry->order;
    struct buffer command = {0};
    json_t *object = document_object();
    bool numbered = order->op == REHEARSE_BACK_TO ||
                    (order->op == REHEARSE_LINE &&
                     (order->line == DECIDE_EDIT ||
                      (order->line == DECIDE_HOLD && order->number > 0)));
    runbook_command(rehearsal, entry, &command);
    document_put(object, "iteration", document_integer(entry->iteration));
    document_put(object, "op", document_string(op_name(order)));
    document_put(object, "param", document_text(order->name));
    document_put(object, "number",
                 document_count(numbered ? value_of(order->number) : value_missing()));
    document_put(object, "reason", document_text(order->note));
    document_put(object, "text", document_text(entry->text));
    document_put(object, "command", document_text(command.text ? command.text : ""));
    buffer_fini(&command);
    return object;
}

static json_t *line_json(const struct delta *delta, const struct param_table *table)
{
    const struct param *param = delta->param >= 0 ? &table->param[delta->param] : NULL;
    json_t *object = document_object();
    document_put(object, "param", document_string(delta->name));
    document_put(object, "rule", document_string(rule_name(delta->rule)));
    document_put(object, "why", document_text(delta->why));
    document_put(object, "now", document_param(param, value_of(delta->now)));
    document_put(object, "target", document_param(param, value_of(delta->target)));
    document_put(object, "after", document_param(param, value_of(delta->after)));
    document_put(object, "state", document_string(delta_state_name(delta->state)));
    document_put(object, "guard",
                 document_text(delta->guard == GUARD_NONE ? "" : guard_name(delta->guard)));
    document_put(
        object, "clears_at",
        document_count(delta->clears_at > 0 ? value_of(delta->clears_at) : value_missing()));
    return object;
}

static json_t *told_json(const struct iteration *iteration, const struct param_table *table)
{
    struct buffer text = {0};
    rehearsal_tell(iteration, table, &text);
    json_t *json = document_text(text.text);
    buffer_fini(&text);
    return json;
}

static json_t *iteration_json(const struct rehearsal *rehearsal, int number)
{
    const struct param_table *table = rehearsal->table;
    const struct iteration *iteration = run_iteration(rehearsal->run, number);
    json_t *object = document_object(), *kpis = document_object(), *lines = document_array(),
           *params = document_object();
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        document_put(kpis, kpi_table[kpi].key,
                     document_value(iteration_kpi(iteration, (enum kpi)kpi)));
    for (size_t i = 0; i < iteration->delta_count; i++)
        document_append(lines, line_json(&iteration->delta[i], table));
    for (size_t i = 0; i < table->count; i++)
        document_put(params, table->param[i].name,
                     document_param(&table->param[i], iteration->params[i]));
    document_put(object, "iteration", document_integer(number));
    document_put(object, "verdict",
                 document_text(iteration_valid(iteration)
                                   ? verdict_name(iteration->summary.kpi_verdict)
                                   : ""));
    document_put(object, "kpis", kpis);
    document_put(object, "rehearsed", told_json(iteration, table));
    document_put(object, "recorded", told_json(run_iteration(rehearsal->recorded, number), table));
    document_put(object, "guards", document_text(iteration->skip_note));
    document_put(object, "freeze_triggered", document_flag(iteration->freeze_triggered));
    document_put(object, "lines", lines);
    document_put(object, "params", params);
    return object;
}

char *runbook_json(const struct runbook *runbook)
{
    const struct rehearsal *rehearsal = runbook->rehearsal;
    char utc[UTC_TEXT_MAX];
    struct error err = ERROR_INIT;
    json_t *object = document_object(), *decisions = document_array(),
           *iterations = document_array();
    utc_format(utc, runbook->now_ms);
    for (size_t i = 0; i < rehearsal->done; i++)
        if (rehearsal_decides(&rehearsal->entry[i]))
            document_append(decisions, decision_json(rehearsal, &rehearsal->entry[i]));
    for (int number = rehearsal->from; number <= rehearsal_at(rehearsal); number++)
        document_append(iterations, iteration_json(rehearsal, number));
    document_put(object, "schema", document_integer(SCHEMA));
    document_put(object, "sandbox", document_flag(true));
    document_put(object, "run", document_text(rehearsal->recorded->id));
    document_put(object, "directory", document_text(rehearsal->recorded->directory));
    document_put(object, "from", document_integer(rehearsal->from));
    document_put(object, "to", document_integer(rehearsal_at(rehearsal)));
    document_put(object, "by", document_text(runbook->by));
    document_put(object, "written_at", document_string(utc));
    document_put(object, "note",
                 document_string("KPIs are those that were recorded; they are not simulated"));
    document_put(object, "proposal_differs", document_flag(rehearsal->differs));
    document_put(object, "decisions", decisions);
    document_put(object, "iterations", iterations);
    char *text = canon_dump(object, CANON_COMPACT, NULL, &err);
    json_decref(object);
    size_t length = text ? strlen(text) : 0;
    text = mem_resize(text, length + 2, 1); /* the numbers of a run can all be written */
    memcpy(text + length, "\n", 2);
    return text;
}
