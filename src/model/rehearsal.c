/* rehearsal: the journal of a rehearsal: orders are carried out, taken back and done again. What is
 * taken back is not undone step by step: the run is made anew from the recorded one by the orders
 * that are left. See rehearsal.h. */
#include "config.h"

#include "model/rehearsal_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refuse(struct error *err, const char *text)
{
    return error_set(err, ERROR_REFUSED, "%s", text);
}

static enum event_kind kind_of(enum rehearsal_op op)
{
    switch (op) {
    case REHEARSE_APPLY:
    case REHEARSE_AUTO:
        return EVENT_APPLY;
    case REHEARSE_BACK:
    case REHEARSE_BACK_TO:
    case REHEARSE_BACK_OF:
        return EVENT_ROLLBACK;
    case REHEARSE_NEXT:
        return EVENT_NOTE;
    case REHEARSE_LINE:
    case REHEARSE_PASS:
        break;
    }
    return EVENT_DECISION;
}

static void tell_stacks(struct rehearsal *rehearsal);

/* Carries ORDER out, and tells it in the log of the run; TEXT gets the sentence. */
static int perform(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                   struct buffer *text, struct error *err)
{
    size_t from = text->length;
    if (rehearsal_carry_out(rehearsal, order, text, err) != 0)
        return -1;
    if (rehearsal->run->has_pending)
        rehearsal_show(rehearsal);
    if (text->length > from) {
        char *line = mem_printf("sandbox: %s", text->text + from);
        rehearsal_log(rehearsal, kind_of(order->op), line);
        free(line);
    }
    return 0;
}

int rehearsal_do(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                 struct buffer *text, struct error *err)
{
    size_t from = text->length;
    int iteration = rehearsal_at(rehearsal);
    bool waited = rehearsal->run->has_pending;
    if (perform(rehearsal, order, text, err) != 0)
        return -1;
    void *items = rehearsal->entry;
    mem_grow(&items, &rehearsal->capacity, rehearsal->done + 1, sizeof *rehearsal->entry);
    rehearsal->entry = items;
    rehearsal->undone = 0;
    struct rehearsal_entry *entry = &rehearsal->entry[rehearsal->done++];
    *entry = (struct rehearsal_entry){
        .order = *order, .iteration = iteration, .passed = waited && order->op == REHEARSE_NEXT};
    snprintf(entry->text, sizeof entry->text, "%s", text->text + from);
    rehearsal->steps++;
    tell_stacks(rehearsal);
    return 0;
}

/* How many entries go back, or forth, together with the one at INDEX. */
static size_t batch_at(const struct rehearsal *rehearsal, size_t index, int direction, size_t limit)
{
    unsigned batch = rehearsal->entry[index].order.batch;
    size_t count = 1;
    while (batch != 0 && count < limit) {
        size_t next = direction < 0 ? index - count : index + count;
        if (rehearsal->entry[next].order.batch != batch)
            break;
        count++;
    }
    return count;
}

static size_t batch_done(const struct rehearsal *rehearsal)
{
    return rehearsal->done > 0 ? batch_at(rehearsal, rehearsal->done - 1, -1, rehearsal->done) : 0;
}

static size_t batch_undone(const struct rehearsal *rehearsal)
{
    return rehearsal->undone > 0 ? batch_at(rehearsal, rehearsal->done, 1, rehearsal->undone) : 0;
}

static void name_batch(const struct rehearsal *rehearsal, size_t index, size_t count,
                       struct buffer *text)
{
    if (count == 1)
        buffer_puts(text, rehearsal->entry[index].text);
    else
        buffer_printf(text, "%s %zu lines", line_op_past(rehearsal->entry[index].order.line),
                      count);
}

static void put_name(const struct rehearsal *rehearsal, size_t index, size_t count,
                     char name[DECISION_NAME_MAX])
{
    struct buffer text = {0};
    if (count > 0)
        name_batch(rehearsal, index, count, &text);
    snprintf(name, DECISION_NAME_MAX, "%s", text.text ? text.text : "");
    buffer_fini(&text);
}

/* As the engine tells of its own stacks, for what looks at the proposal that waits. */
static void tell_stacks(struct rehearsal *rehearsal)
{
    struct proposal *pending = &rehearsal->run->pending;
    size_t done = batch_done(rehearsal), undone = batch_undone(rehearsal);
    pending->undo = (struct decision_stack){.count = rehearsal->done};
    pending->redo = (struct decision_stack){.count = rehearsal->undone};
    put_name(rehearsal, rehearsal->done - done, done, pending->undo.name);
    put_name(rehearsal, rehearsal->done, undone, pending->redo.name);
}

/* Carries out again what is in force; the recorded run is the same, so each goes through as it
 * did. */
static void replay(struct rehearsal *rehearsal)
{
    rehearsal_restart(rehearsal);
    for (size_t i = 0; i < rehearsal->done; i++) {
        struct buffer text = {0};
        struct error ignored = ERROR_INIT;
        perform(rehearsal, &rehearsal->entry[i].order, &text, &ignored);
        buffer_fini(&text);
    }
    rehearsal->steps++;
    tell_stacks(rehearsal);
}

int rehearsal_undo(struct rehearsal *rehearsal, struct buffer *text, struct error *err)
{
    size_t count = batch_done(rehearsal);
    if (count == 0)
        return refuse(err, "there is no decision to take back");
    rehearsal->done -= count;
    rehearsal->undone += count;
    name_batch(rehearsal, rehearsal->done, count, text);
    replay(rehearsal);
    return 0;
}

int rehearsal_redo(struct rehearsal *rehearsal, struct buffer *text, struct error *err)
{
    size_t count = batch_undone(rehearsal);
    if (count == 0)
        return refuse(err, "no decision was taken back");
    name_batch(rehearsal, rehearsal->done, count, text);
    rehearsal->done += count;
    rehearsal->undone -= count;
    replay(rehearsal);
    return 0;
}

bool rehearsal_decides(const struct rehearsal_entry *entry)
{
    return entry->order.op != REHEARSE_NEXT || entry->passed;
}

size_t rehearsal_decisions(const struct rehearsal *rehearsal)
{
    size_t count = 0;
    for (size_t i = 0; i < rehearsal->done; i++)
        count += rehearsal_decides(&rehearsal->entry[i]);
    return count;
}

/* "a 1 -> 2", with the state behind it unless it was written. */
static void tell_one(const struct delta *delta, const struct param_table *table, bool written,
                     struct buffer *text)
{
    char now[40] = "n/a", after[40] = "n/a";
    if (delta->param >= 0 && (size_t)delta->param < table->count) {
        const struct param *param = &table->param[delta->param];
        if (isfinite(delta->now))
            param_format(param, value_of(delta->now), now, sizeof now);
        if (isfinite(delta->after))
            param_format(param, value_of(delta->after), after, sizeof after);
    }
    if (written)
        buffer_printf(text, "%s %s -> %s", delta->name, now, after);
    else
        buffer_printf(text, "%s (%s%s%s)", delta->name, delta_state_name(delta->state),
                      delta->guard != GUARD_NONE ? " " : "",
                      delta->guard != GUARD_NONE ? guard_name(delta->guard) : "");
}

static bool was_written(const struct delta *delta)
{
    return delta->state == DELTA_APPLIED || delta->state == DELTA_VERIFIED ||
           delta->state == DELTA_SUPERSEDED || delta->state == DELTA_ROLLED_BACK;
}

void rehearsal_tell(const struct iteration *iteration, const struct param_table *table,
                    struct buffer *text)
{
    if (iteration->delta_count == 0) {
        buffer_puts(text, "nothing was proposed");
        return;
    }
    const char *gap = "";
    for (int written = 1; written >= 0; written--) {
        const char *before = written ? "applied " : "left out ";
        for (size_t i = 0; i < iteration->delta_count; i++) {
            const struct delta *delta = &iteration->delta[i];
            if (was_written(delta) != (bool)written)
                continue;
            buffer_printf(text, "%s%s", gap, before);
            tell_one(delta, table, written, text);
            gap = ", ";
            before = "";
        }
        gap = text->length > 0 && gap[0] ? "; " : "";
    }
}

/* True if the lines that a decision is asked for are not those of the record. */
static bool is_another(const struct proposal *proposal, const struct iteration *recorded)
{
    if (proposal->count != recorded->delta_count)
        return true;
    for (size_t i = 0; i < proposal->count; i++)
        if (strcmp(proposal->delta[i].name, recorded->delta[i].name) != 0 ||
            !number_equal(proposal->delta[i].target, recorded->delta[i].target))
            return true;
    return false;
}

int rehearsal_begin(struct rehearsal *rehearsal, struct run *run, const struct run *recorded,
                    int from, const struct policy *policy, const struct param_table *table,
                    const char *actor, struct error *err)
{
    const struct iteration *first = run_iteration(recorded, from);
    if (!first)
        return error_set(err, ERROR_REFUSED, "no iteration %d is recorded", from);
    if (!first->params || first->param_count != table->count)
        return error_set(err, ERROR_REFUSED,
                         "the parameters in force during iteration %d were not recorded: without "
                         "them there is nothing to rehearse with",
                         from);
    *rehearsal = (struct rehearsal){
        .recorded = recorded, .run = run, .policy = policy, .table = table, .from = from};
    snprintf(rehearsal->actor, sizeof rehearsal->actor, "%s", actor);
    run_init(run);
    rehearsal_restart(rehearsal);
    tell_stacks(rehearsal);
    rehearsal->differs = is_another(&rehearsal->offered, first);
    return 0;
}

void rehearsal_fini(struct rehearsal *rehearsal)
{
    standing_fini(&rehearsal->standing);
    free(rehearsal->entry);
    rehearsal->entry = NULL;
    rehearsal->done = rehearsal->undone = rehearsal->capacity = 0;
}
