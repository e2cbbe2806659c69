/* past: the decisions on the proposal that waits, so that the newest can be taken back and done
 * again. Taking back is a decision of its own in the journal, which names the record that it takes
 * back: history is never edited. Decisions made by one key (a range of lines) go back together.
 * Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "edited tail_age_ms 650 -> 640" */
static void name_one(const struct engine *engine, const struct past_decision *one,
                     char name[DECISION_NAME_MAX])
{
    const struct param *param = &engine->config->params.param[one->after.param];
    char from[40], to[40];
    if (one->op != DECIDE_EDIT) {
        snprintf(name, DECISION_NAME_MAX, "%s %s", line_op_past(one->op), one->after.name);
        return;
    }
    snprintf(name, DECISION_NAME_MAX, "edited %s %s -> %s", one->after.name,
             param_format(param, value_of(one->before.after), from, sizeof(from)),
             param_format(param, value_of(one->after.after), to, sizeof(to)));
}

/* COUNT decisions from FIRST on, which go back together. */
static void name_batch(const struct engine *engine, size_t first, size_t count,
                       char name[DECISION_NAME_MAX])
{
    const struct past_decision *one = &engine->decision.past.one[first];
    if (count == 1)
        name_one(engine, one, name);
    else
        snprintf(name, DECISION_NAME_MAX, "%s %zu lines", line_op_past(one->op), count);
}

/* How many of the newest go back together. */
static size_t batch_done(const struct past_decisions *past)
{
    size_t count = past->done > 0;
    while (count < past->done && count > 0 && past->one[past->done - 1].batch != 0 &&
           past->one[past->done - 1 - count].batch == past->one[past->done - 1].batch)
        count++;
    return count;
}

static size_t batch_undone(const struct past_decisions *past)
{
    const struct past_decision *first = &past->one[past->done];
    size_t count = past->undone > 0;
    while (count < past->undone && count > 0 && first->batch != 0 &&
           first[count].batch == first->batch)
        count++;
    return count;
}

static void tell(struct engine *engine)
{
    struct past_decisions *past = &engine->decision.past;
    struct proposal *proposal = &engine->decision.proposal;
    size_t done = batch_done(past), undone = batch_undone(past);
    proposal->undo = (struct decision_stack){.count = past->done};
    proposal->redo = (struct decision_stack){.count = past->undone};
    if (done > 0)
        name_batch(engine, past->done - done, done, proposal->undo.name);
    if (undone > 0)
        name_batch(engine, past->done, undone, proposal->redo.name);
}

static void push(struct past_decisions *past, const struct past_decision *one)
{
    void *items = past->one;
    past->undone = 0;
    mem_grow(&items, &past->capacity, past->done + 1, sizeof(*past->one));
    past->one = items;
    past->one[past->done++] = *one;
}

void past_note(struct engine *engine, const struct command *command, const struct delta *before,
               const struct delta *after)
{
    const struct past_decision one = {.op = command->op,
                                      .batch = command->batch,
                                      .seq = journal_seq(engine->recorder.journal),
                                      .before = *before,
                                      .after = *after};
    push(&engine->decision.past, &one);
    engine->decision.proposal.decided++;
    tell(engine);
}

/* The operations that leave something to take back, by their names in the journal. */
static enum decide_op op_of(const char *name)
{
    static const struct {
        const char *name;
        enum decide_op op;
    } ops[] = {{"reject", DECIDE_REJECT},     {"edit", DECIDE_EDIT},   {"hold", DECIDE_HOLD},
               {"override", DECIDE_OVERRIDE}, {"reset", DECIDE_RESET}, {"undo", DECIDE_UNDO},
               {"redo", DECIDE_REDO}};
    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
        if (strcmp(ops[i].name, name) == 0)
            return ops[i].op;
    return DECIDE_APPROVE;
}

void past_restore(struct engine *engine, const struct past_record *record)
{
    struct past_decisions *past = &engine->decision.past;
    struct proposal *proposal = &engine->decision.proposal;
    const struct past_decision one = {op_of(record->op), record->batch, record->seq,
                                      *record->before, *record->after};
    if (one.op == DECIDE_UNDO && past->done > 0) {
        past->one[--past->done].seq = record->seq;
        past->undone++;
        proposal->taken_back++;
    } else if (one.op == DECIDE_REDO && past->undone > 0) {
        past->one[past->done++].seq = record->seq;
        past->undone--;
        proposal->decided++;
    } else if (one.op != DECIDE_UNDO && one.op != DECIDE_REDO) {
        push(past, &one);
        proposal->decided++;
    }
    tell(engine);
}

void past_clear(struct decision *decision)
{
    free(decision->past.one);
    decision->past = (struct past_decisions){0};
    decision->proposal.undo = decision->proposal.redo = (struct decision_stack){0};
}

/* Puts the line LINE in place of what it became; the journal first. */
static int put_line(struct engine *engine, struct past_decision *one, const struct delta *line,
                    const struct command *command, struct error *err)
{
    struct proposal *proposal = &engine->decision.proposal;
    struct delta *now = proposal_find(proposal, line->name);
    const struct decision_record record = {.iteration = proposal->iteration,
                                           .actor = command->actor,
                                           .op = command->op == DECIDE_UNDO ? "undo" : "redo",
                                           .note = command->note,
                                           .from = now,
                                           .line = line,
                                           .undo_of = one->seq};
    if (record_decision(&engine->recorder, &record, err) != 0) {
        loop_fail(engine, err);
        return -1;
    }
    one->seq = journal_seq(engine->recorder.journal);
    *now = *line;
    post_event(engine, EVENT_DECISION, "%s %s by %s%s%s", record.op, line->name, command->actor,
               command->note[0] ? ": " : "", command->note);
    return 0;
}

int past_undo(struct engine *engine, const struct command *command, struct buffer *text,
              struct error *err)
{
    struct past_decisions *past = &engine->decision.past;
    size_t count = batch_done(past);
    if (count == 0)
        return error_set(err, ERROR_REFUSED, "there is no decision to take back");
    buffer_printf(text, "undid: %s", engine->decision.proposal.undo.name);
    while (count-- > 0) {
        struct past_decision *one = &past->one[past->done - 1];
        if (put_line(engine, one, &one->before, command, err) != 0)
            return -1;
        past->done--;
        past->undone++;
    }
    engine->decision.proposal.taken_back++;
    tell(engine);
    return 0;
}

int past_redo(struct engine *engine, const struct command *command, struct buffer *text,
              struct error *err)
{
    struct past_decisions *past = &engine->decision.past;
    size_t count = batch_undone(past);
    if (count == 0)
        return error_set(err, ERROR_REFUSED, "no decision was taken back");
    buffer_printf(text, "redid: %s", engine->decision.proposal.redo.name);
    while (count-- > 0) {
        struct past_decision *one = &past->one[past->done];
        if (put_line(engine, one, &one->after, command, err) != 0)
            return -1;
        past->done++;
        past->undone--;
    }
    engine->decision.proposal.decided++;
    tell(engine);
    return 0;
}

void past_renew(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    struct past_decisions old = decision->past;
    decision->past = (struct past_decisions){0};
    for (size_t i = 0; i < decision->proposal.count; i++) {
        const struct delta *line = &decision->proposal.delta[i];
        const struct delta *offered = &decision->offered.delta[i];
        size_t k = old.done;
        while (k > 0 && strcmp(old.one[k - 1].after.name, line->name) != 0)
            k--;
        if (k == 0 || memcmp(line, offered, sizeof(*line)) == 0)
            continue;
        struct past_decision one = old.one[k - 1];
        one.before = *offered;
        one.after = *line;
        one.batch = 0;
        push(&decision->past, &one);
    }
    free(old.one);
    tell(engine);
}
