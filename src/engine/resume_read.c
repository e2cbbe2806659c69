/* resume_read: brings the engine to where the journal ends: the run with its history, the
 * parameters in force, the proposal that was being decided with every decision on it, what is
 * standing. Nothing is written. Main thread, before the engine's own starts. */
#include "config.h"

#include "engine/resume_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int broken(const struct journal_entry *entry, struct error *err, const char *what)
{
    return error_set(err, ERROR_INTEGRITY, "journal.jsonl: record %ld %s", entry->seq, what);
}

/* The line as the operator made it; op and number of the record let it be taken back. */
static void restore_choice(struct resume_read *read, const struct journal_entry *entry)
{
    struct engine *engine = read->engine;
    struct delta *line = proposal_find(&engine->decision.proposal, entry->line.name);
    if (!line)
        return;
    const struct delta before = *line;
    const struct past_record record = {.op = entry->op,
                                       .seq = entry->seq,
                                       /* not one that a command of this process can have */
                                       .batch = entry->batch ? entry->batch | 1U << 31 : 0,
                                       .before = &before,
                                       .after = &entry->line};
    *line = entry->line;
    past_restore(engine, &record);
}

static int restore_decision(struct resume_read *read, struct journal_entry *entry,
                            struct error *err)
{
    struct engine *engine = read->engine;
    (void)err;
    if (!engine->decision.iteration || !engine->decision.holding)
        return 0;
    if (entry->has_line)
        restore_choice(read, entry);
    else if (strcmp(entry->actor, "timeout") == 0)
        approval_take_timeout(engine, strcmp(entry->op, "apply") == 0, entry->note);
    else
        approval_take(engine, entry->actor, entry->note, entry->tripwire);
    return 0;
}

static void begin_decision(struct engine *engine, const struct journal_entry *entry)
{
    struct decision *decision = &engine->decision;
    *decision = (struct decision){.iteration = iteration_new(entry->iteration)};
    iterate_put_params(engine);
    decision->summary = entry->proposal->summary;
    engine->run.current = entry->iteration;
    engine->turn_ms = entry->utc_ms;
}

/* The lines of the journal are what was offered and decided; the engine's own, made anew, tell the
 * guards' report and what a reset puts back. */
static void lay_lines(struct decision *decision, const struct proposal *journalled)
{
    struct proposal *proposal = &decision->proposal;
    bool same = proposal->count == journalled->count;
    for (size_t i = 0; same && i < proposal->count; i++)
        same = strcmp(proposal->delta[i].name, journalled->delta[i].name) == 0;
    proposal->count = journalled->count;
    memcpy(proposal->delta, journalled->delta, sizeof(proposal->delta));
    memcpy(proposal->base_hash, journalled->base_hash, sizeof(proposal->base_hash));
    memcpy(proposal->rationale, journalled->rationale, sizeof(proposal->rationale));
    proposal->fallback_fired = journalled->fallback_fired;
    if (!same)
        decision->offered = *proposal;
}

static int restore_proposal(struct resume_read *read, struct journal_entry *entry,
                            struct error *err)
{
    struct engine *engine = read->engine;
    struct decision *decision = &engine->decision;
    bool first = !decision->iteration;
    if (entry->iteration != (int)engine->run.count + 1)
        return broken(entry, err, "is a proposal of another iteration than the next");
    if (first)
        begin_decision(engine, entry);
    const struct proposal old = decision->proposal;
    iterate_propose(engine);
    lay_lines(decision, entry->proposal);
    decision->proposal.decided = old.decided;
    decision->proposal.taken_back = old.taken_back;
    decision->holding = entry->hold;
    decision->done = false;
    decision->stage = entry->hold ? DECISION_OPEN : DECISION_TAKEN;
    decision->skip = 0;
    decision->declined[0] = decision->override_reason[0] = decision->timeout_note[0] = '\0';
    snprintf(decision->actor, sizeof(decision->actor), "auto");
    if (!first)
        past_renew(engine);
    return 0;
}

static int restore_intent(struct resume_read *read, struct journal_entry *entry, struct error *err)
{
    (void)err;
    free(read->intent.text);
    read->has_intent = true;
    read->intent = (struct resume_intent){
        .kind = entry->change, .iteration = entry->iteration, .text = entry->text};
    entry->text = NULL;
    memcpy(read->intent.hash, entry->hash, sizeof(read->intent.hash));
    memcpy(read->intent.actor, entry->actor, sizeof(read->intent.actor));
    memcpy(read->intent.note, entry->note, sizeof(read->intent.note));
    return 0;
}

static int restore_outcome(struct resume_read *read, struct journal_entry *entry, struct error *err)
{
    struct engine *engine = read->engine;
    struct change change = {0};
    bool apply = read->intent.kind == CHANGE_APPLY && engine->decision.iteration;
    if (!read->has_intent)
        return 0;
    read->has_intent = false;
    if (!entry->ok) {
        if (apply)
            decide_mark_failed(&engine->decision, entry->fault);
        return 0;
    }
    if (pipeline_take_up(&engine->pipeline, read->intent.text, read->intent.hash, &change, err) !=
        0)
        return -1;
    if (apply)
        decide_mark_written(engine, &change);
    change_fini(&change);
    return 0;
}

static int restore_external(struct resume_read *read, struct journal_entry *entry,
                            struct error *err)
{
    return pipeline_take_up(&read->engine->pipeline, entry->text, entry->hash, NULL, err);
}

static int restore_iteration(struct resume_read *read, struct journal_entry *entry,
                             struct error *err)
{
    struct engine *engine = read->engine;
    struct iteration *iteration = entry->recorded;
    if (iteration->number != (int)engine->run.count + 1)
        return broken(entry, err, "is not the iteration that comes next");
    entry->recorded = NULL;
    iteration_free(engine->decision.iteration);
    past_clear(&engine->decision);
    engine->decision = (struct decision){.iteration = NULL};
    engine->run.current = 0;
    engine->turn_ms = iteration->utc_ms;
    post_earlier_iteration(engine, iteration);
    standing_add(&engine->standing, iteration);
    iteration_drop_text(iteration);
    run_put_iteration_take(&engine->run, iteration);
    return 0;
}

static int restore_start(struct resume_read *read, struct journal_entry *entry, struct error *err)
{
    struct engine *engine = read->engine;
    const struct param_table *table = &engine->config->params;
    if (read->started)
        return broken(entry, err, "is a second start");
    struct runtime *runtime = overrides_from_text(table, entry->text, "journal.jsonl", err);
    if (!runtime)
        return -1;
    read->started = true;
    read->has_disk_hash = entry->has_disk_hash;
    memcpy(read->disk_hash, entry->disk_hash, sizeof(read->disk_hash));
    engine->turn_ms = entry->utc_ms;
    return pipeline_init_take(&engine->pipeline, &engine->root, table, &engine->recorder, runtime,
                              entry->hash, err);
}

/* The changes that the fold has added since the last call. */
static void tell_changes(struct resume_read *read)
{
    const struct run *run = &read->engine->run;
    while (read->changes_told < run->change_count)
        post_earlier_change(read->engine, &run->change[read->changes_told++]);
}

static int restore(struct resume_read *read, struct journal_entry *entry, struct error *err)
{
    switch (entry->kind) {
    case ENTRY_START:
        return restore_start(read, entry, err);
    case ENTRY_PROPOSAL:
        return restore_proposal(read, entry, err);
    case ENTRY_DECISION:
        return restore_decision(read, entry, err);
    case ENTRY_INTENT:
        return restore_intent(read, entry, err);
    case ENTRY_OUTCOME:
        return restore_outcome(read, entry, err);
    case ENTRY_ITERATION:
        return restore_iteration(read, entry, err);
    case ENTRY_EXTERNAL:
        return restore_external(read, entry, err);
    case ENTRY_PAUSE:
    case ENTRY_UNPAUSE:
        read->engine->paused = entry->kind == ENTRY_PAUSE;
        return 0;
    case ENTRY_STOP:
    case ENTRY_RESUMED:
    case ENTRY_OTHER:
        break;
    }
    return 0;
}

static int visit(void *context, struct journal_entry *entry, struct error *err)
{
    struct resume_read *read = context;
    if (!read->started && entry->kind != ENTRY_START)
        return broken(entry, err, "comes before the start");
    tell_changes(read);
    if (entry->kind != ENTRY_START && entry->kind != ENTRY_RESUMED)
        read->only_start = false;
    if (entry->kind == ENTRY_STOP) {
        read->ended = true;
        read->end_ms = entry->utc_ms;
    } else if (entry->kind == ENTRY_PROPOSAL || entry->kind == ENTRY_ITERATION) {
        read->ended = false;
    }
    if (entry->has_audit)
        read->engine->audit = entry->audit;
    if (entry->utc_ms != UTC_NONE)
        read->last_ms = entry->utc_ms;
    return restore(read, entry, err);
}

/* What the records say, for the front end's journal. */
static void tell_events(struct engine *engine)
{
    struct run *run = &engine->run;
    for (size_t i = 0; i < run->event_count; i++) {
        post_earlier_event(engine, &run->event[i]);
        free(run->event[i].text);
    }
    for (size_t i = 0; i < run->wire_count; i++)
        post_wire(engine, &run->wire[i]);
    run->event_count = 0;
    run->has_pending = false;
}

int resume_read_journal(struct resume_read *read, struct engine *engine, struct error *err)
{
    *read = (struct resume_read){.engine = engine, .only_start = true, .last_ms = UTC_NONE};
    struct journal_fold *fold = journal_fold_new(&engine->run, &engine->config->params);
    int result = journal_entry_each(&engine->dir, &engine->config->params, fold, visit, read,
                                    &read->torn, err);
    journal_fold_end(fold);
    tell_changes(read);
    tell_events(engine);
    return result;
}

void resume_read_fini(struct resume_read *read)
{
    free(read->intent.text);
    read->intent.text = NULL;
}
