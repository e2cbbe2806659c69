/* journal_fold: see journal_fold.h. A record holds what an older or a damaged program may have
 * written: a field of the wrong type is as good as missing, and nothing here fails. */
#include "config.h"

#include "artifact/journal_fold.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/delta_json.h"
#include "artifact/difference_json.h"
#include "artifact/proposal_json.h"
#include "artifact/record_wire.h"
#include "model/mem.h"

enum { ACTOR_SIZE = 96, TEXT_SIZE = 400 };

struct journal_fold {
    struct run *run;
    const struct param_table *table;
    struct value now[PARAM_MAX]; /* in force */
    char now_hash[HASH_TEXT_MAX];
    struct json_t *now_object; /* the whole of it; owned; NULL: not known */
    bool known;                /* now is */
    bool has_intent;
    struct json_t *intent_object; /* what it would put in force; owned */
    struct change intent;         /* of an apply or rollback whose outcome is still to come */
    char note[TEXT_SIZE];         /* of that intent */
};

/* One record, and what all of them have. */
struct record {
    struct node node;
    int iteration;
    int64_t utc_ms;
};

struct journal_fold *journal_fold_new(struct run *run, const struct param_table *table)
{
    struct journal_fold *fold = mem_alloc(sizeof *fold);
    fold->run = run;
    fold->table = table;
    return fold;
}

/* A text of the record; "" if it has none. */
static void get_text(const struct node *node, const char *key, char *text, size_t size)
{
    if (node_text_cut(node, key, text, size, NULL) < 0)
        text[0] = '\0';
}

static void add_event(struct journal_fold *fold, enum event_kind kind, const struct record *record,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

static void add_event(struct journal_fold *fold, enum event_kind kind, const struct record *record,
                      const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    run_add_event(fold->run, kind, record->iteration, record->utc_ms, text);
}

static void read_params(const struct node *runtime, const struct param_table *table,
                        struct value values[PARAM_MAX])
{
    for (size_t i = 0; i < table->count; i++) {
        struct node section = node_member(runtime, table->param[i].section);
        if (node_value(&section, table->param[i].name, &values[i], NULL) < 0)
            values[i] = value_missing();
    }
}

static struct value *copy_params(const struct value *values, size_t count)
{
    struct value *copy = mem_alloc(count * sizeof *copy);
    memcpy(copy, values, count * sizeof *copy);
    return copy;
}

/* Another reference to what RUNTIME is, to outlive its record. */
static json_t *object_of(const struct node *runtime)
{
    return json_incref((json_t *)runtime->json);
}

/* OBJECT is stolen. */
static void set_now(struct journal_fold *fold, const struct value *values, json_t *object,
                    const char *hash)
{
    json_decref(fold->now_object);
    fold->now_object = object;
    memcpy(fold->now, values, fold->table->count * sizeof *values);
    snprintf(fold->now_hash, sizeof fold->now_hash, "%s", hash);
    fold->known = true;
}

/* "tail_age_ms 600 -> 630, ..." (free it). */
static char *change_sentence(const struct change *change, const struct param_table *table)
{
    struct buffer text = {0};
    for (size_t i = 0; i < table->count; i++) {
        char before[40], after[40];
        if (!change_moves(change, (int)i))
            continue;
        buffer_printf(&text, "%s%s %s -> %s", text.length > 0 ? ", " : "", table->param[i].name,
                      param_format(&table->param[i], change->before[i], before, sizeof before),
                      param_format(&table->param[i], change->after[i], after, sizeof after));
    }
    if (text.length == 0)
        buffer_puts(&text, "no known parameter");
    return buffer_take(&text);
}

static void fold_start(struct journal_fold *fold, const struct record *record)
{
    char id[64], source[24], mode[24], hash[HASH_TEXT_MAX];
    struct value values[PARAM_MAX];
    struct node run = node_member(&record->node, "run"),
                notes = node_member(&record->node, "notes");
    struct node runtime = node_member(&record->node, "runtime_overrides");
    get_text(&run, "run_id", id, sizeof id);
    get_text(&run, "source", source, sizeof source);
    get_text(&run, "approve", mode, sizeof mode);
    get_text(&record->node, "state_hash", hash, sizeof hash);
    read_params(&runtime, fold->table, values);
    set_now(fold, values, object_of(&runtime), hash);
    add_event(fold, EVENT_START, record, "run %s started: %s, %s", id, source, mode);
    for (size_t i = 0; i < node_count(&notes); i++) {
        struct node note = node_element(&notes, i);
        char text[TEXT_SIZE];
        if (node_own_text_cut(&note, text, sizeof text, NULL) == 0)
            add_event(fold, EVENT_NOTE, record, "%s", text);
    }
}

static void fold_proposal(struct journal_fold *fold, const struct record *record)
{
    struct proposal *proposal = &fold->run->pending;
    bool hold = true;
    run_drop_idle_wire(fold->run, record->iteration);
    proposal_from_json(proposal, record->iteration, &hold, &record->node, fold->table);
    fold->run->has_pending = hold && proposal->count > 0;
    if (hold)
        add_event(fold, EVENT_PROPOSAL, record,
                  "iteration %d proposes %zu changes, %zu of them blocked", record->iteration,
                  proposal->count, proposal_count(proposal, DELTA_BLOCKED));
}

/* What the operator made of a line of the proposal that waits; an older record holds no line. */
static void fold_choice(struct journal_fold *fold, const struct node *record, const char *op,
                        const char *name, struct value target)
{
    struct delta *delta = proposal_find(&fold->run->pending, name), whole;
    struct node line = node_member(record, "line");
    if (!delta || !fold->run->has_pending)
        return;
    if (!node_absent(&line) && delta_from_json(&whole, &line, fold->table, NULL) == 0 &&
        strcmp(whole.name, name) == 0) {
        *delta = whole;
        return;
    }
    if (strcmp(op, "approve") == 0)
        delta->state = DELTA_APPROVED;
    else if (strcmp(op, "reject") == 0)
        delta->state = DELTA_REJECTED;
    else if (strcmp(op, "edit") == 0)
        delta->state = DELTA_EDITED;
    else if (strcmp(op, "reset") == 0)
        delta->state = delta->guard == GUARD_NONE ? DELTA_PROPOSED : DELTA_BLOCKED;
    if (value_present(target))
        delta->after = target.number;
}

static void fold_decision(struct journal_fold *fold, const struct record *record)
{
    char actor[ACTOR_SIZE], op[24], name[PARAM_NAME_MAX], note[DELTA_NOTE_MAX], shown[40] = "";
    struct value target;
    get_text(&record->node, "actor", actor, sizeof actor);
    get_text(&record->node, "op", op, sizeof op);
    get_text(&record->node, "name", name, sizeof name);
    get_text(&record->node, "note", note, sizeof note);
    if (node_value(&record->node, "target", &target, NULL) < 0)
        target = value_missing();
    fold_choice(fold, &record->node, op, name, target);
    int param = param_find(fold->table, name);
    if (param >= 0 && value_present(target) && strcmp(op, "edit") == 0)
        param_format(&fold->table->param[param], target, shown, sizeof shown);
    add_event(fold, EVENT_DECISION, record, "%s %s%s%s by %s%s%s", op, name[0] ? name : "all lines",
              shown[0] ? " to " : "", shown, actor, note[0] ? ": " : "", note);
}

static enum change_kind kind_parse(const char *name)
{
    static const enum change_kind kinds[] = {CHANGE_APPLY, CHANGE_ROLLBACK, CHANGE_RESTORE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(change_kind_name(kinds[i]), name) == 0)
            return kinds[i];
    return CHANGE_APPLY;
}

static void drop_intent(struct journal_fold *fold)
{
    if (fold->has_intent)
        change_fini(&fold->intent);
    json_decref(fold->intent_object);
    fold->intent_object = NULL;
    fold->has_intent = false;
}

/* The program ended between an intent and its outcome: only the file itself can tell what is in
 * force. */
static void tell_open_intent(struct journal_fold *fold)
{
    const struct change *intent = &fold->intent;
    struct record record = {.iteration = intent->after_iteration, .utc_ms = intent->utc_ms};
    if (!fold->has_intent)
        return;
    add_event(fold, EVENT_ERROR, &record,
              "the %s after iteration %d has no outcome: the program ended before it was known",
              change_kind_name(intent->kind), intent->after_iteration);
    drop_intent(fold);
}

static void fold_intent(struct journal_fold *fold, const struct record *record)
{
    char kind[24];
    struct value values[PARAM_MAX];
    struct change *intent = &fold->intent;
    struct node before = node_member(&record->node, "before");
    struct node after = node_member(&record->node, "after");
    tell_open_intent(fold);
    get_text(&record->node, "kind", kind, sizeof kind);
    *intent = (struct change){.kind = kind_parse(kind),
                              .after_iteration = record->iteration,
                              .utc_ms = record->utc_ms,
                              .param_count = fold->table->count};
    get_text(&record->node, "actor", intent->by, sizeof intent->by);
    get_text(&record->node, "hash_before", intent->hash_before, sizeof intent->hash_before);
    get_text(&record->node, "hash_after", intent->hash_after, sizeof intent->hash_after);
    get_text(&record->node, "note", fold->note, sizeof fold->note);
    read_params(&before, fold->table, values);
    intent->before = copy_params(values, fold->table->count);
    read_params(&after, fold->table, values);
    intent->after = copy_params(values, fold->table->count);
    fold->intent_object = object_of(&after);
    fold->has_intent = true;
}

static void fold_outcome(struct journal_fold *fold, const struct record *record)
{
    struct change *change = &fold->intent;
    char fault[TEXT_SIZE];
    bool ok = false, apply = change->kind == CHANGE_APPLY;
    if (!fold->has_intent)
        return;
    get_text(&record->node, "error", fault, sizeof fault);
    node_flag(&record->node, "ok", &ok, NULL);
    if (!ok) {
        add_event(fold, EVENT_ERROR, record, "the %s failed, nothing was written: %s",
                  change_kind_name(change->kind), fault);
        drop_intent(fold);
        return;
    }
    change->utc_ms = record->utc_ms;
    run_add_change(fold->run, change, fold->table->count);
    set_now(fold, change->after, json_incref(fold->intent_object), change->hash_after);
    char *what = change_sentence(change, fold->table);
    add_event(fold, apply ? EVENT_APPLY : EVENT_ROLLBACK, record, "%s by %s: %s%s%s",
              apply ? "applied" : change_kind_name(change->kind), change->by, what,
              fold->note[0] ? "; " : "", fold->note);
    free(what);
    drop_intent(fold);
}

static void fold_external(struct journal_fold *fold, const struct record *record)
{
    struct value values[PARAM_MAX];
    struct node runtime = node_member(&record->node, "runtime_overrides");
    struct change change = {.kind = CHANGE_EXTERNAL,
                            .after_iteration = record->iteration,
                            .utc_ms = record->utc_ms,
                            .param_count = fold->table->count};
    get_text(&record->node, "expected_hash", change.hash_before, sizeof change.hash_before);
    get_text(&record->node, "state_hash", change.hash_after, sizeof change.hash_after);
    read_params(&runtime, fold->table, values);
    change.before = copy_params(fold->now, fold->table->count);
    change.after = copy_params(values, fold->table->count);
    change.difference = difference_new(change.before, change.after, fold->table->count, fold->table,
                                       fold->run->has_pending ? &fold->run->pending : NULL);
    difference_add_keys(change.difference, fold->now_object, runtime.json, fold->table);
    run_add_change(fold->run, &change, fold->table->count);
    char others[40], *what = change_sentence(&change, fold->table);
    difference_others(change.difference, others, sizeof others);
    add_event(fold, EVENT_EXTERNAL_CHANGE, record,
              "another process changed the parameters, they are in force now: %s%s", what, others);
    free(what);
    set_now(fold, values, object_of(&runtime), change.hash_after);
    change_fini(&change);
}

char *iteration_sentence(const struct iteration *iteration)
{
    struct buffer text = {0};
    if (iteration->state != ITERATION_OK)
        return mem_printf("iteration %d failed: %s", iteration->number,
                          iteration->error ? iteration->error : "no reason is on record");
    buffer_printf(&text, "iteration %d: %s", iteration->number,
                  verdict_name(iteration->summary.kpi_verdict));
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct kpi_info *info = &kpi_table[kpi];
        struct value value = iteration->summary.kpi[kpi];
        if (value_present(value))
            buffer_printf(&text, ", %s %.*f%s%s%s", info->label, info->decimals, value.number,
                          info->unit[0] ? " " : "", info->unit,
                          value.state == VALUE_SYNTHETIC ? " (made up)" : "");
        else
            buffer_printf(&text, ", %s n/a", info->label);
    }
    return buffer_take(&text);
}

static void fold_iteration(struct journal_fold *fold, const struct record *record)
{
    const struct iteration *iteration = run_iteration(fold->run, record->iteration);
    if (fold->run->pending.iteration <= record->iteration)
        fold->run->has_pending = false;
    if (!iteration || iteration->state == ITERATION_GAP) {
        add_event(fold, EVENT_ITERATION, record, "iteration %d", record->iteration);
        return;
    }
    char *text = iteration_sentence(iteration);
    add_event(fold, iteration->state == ITERATION_OK ? EVENT_ITERATION : EVENT_ERROR, record, "%s",
              text);
    free(text);
}

static void fold_gate(struct journal_fold *fold, const struct record *record)
{
    char name[24], verdict[24], reason[TEXT_SIZE] = "";
    struct value status;
    struct node reasons = node_member(&record->node, "reasons");
    struct node first = node_element(&reasons, 0);
    get_text(&record->node, "name", name, sizeof name);
    get_text(&record->node, "verdict", verdict, sizeof verdict);
    if (node_value(&record->node, "exit_status", &status, NULL) < 0)
        status = value_missing();
    if (node_own_text_cut(&first, reason, sizeof reason, NULL) < 0)
        reason[0] = '\0';
    add_event(fold, EVENT_GATE, record, "%s gate: %s, exit %.0f%s%s", name, verdict,
              value_present(status) ? status.number : -1.0, reason[0] ? ": " : "", reason);
}

static void fold_gate_void(struct journal_fold *fold, const struct record *record)
{
    char actor[ACTOR_SIZE], reason[TEXT_SIZE];
    struct value report;
    if (node_value(&record->node, "report", &report, NULL) < 0)
        report = value_missing();
    get_text(&record->node, "actor", actor, sizeof actor);
    get_text(&record->node, "reason", reason, sizeof reason);
    add_event(fold, EVENT_GATE_VOID, record, "gate report #%.0f is void: %s, by %s",
              value_present(report) ? report.number : 0.0, reason, actor);
}

static void fold_note(struct journal_fold *fold, enum event_kind kind, const struct record *record)
{
    char actor[ACTOR_SIZE], text[TEXT_SIZE];
    get_text(&record->node, "actor", actor, sizeof actor);
    get_text(&record->node, "text", text, sizeof text);
    /* Who asks for a stop ends nothing yet; the end itself has no actor. */
    if (kind == EVENT_STOP && actor[0] == '\0')
        fold->run->has_pending = false;
    add_event(fold, kind, record, "%s%s%s", text[0] ? text : event_kind_name(kind),
              actor[0] ? " by " : "", actor);
}

static void fold_tripwire(struct journal_fold *fold, const struct record *record)
{
    char *text;
    record_wire_fold(fold->run, &record->node, record->iteration, &text);
    if (text)
        add_event(fold, EVENT_TRIPWIRE, record, "%s", text);
    free(text);
}

static void fold_pause(struct journal_fold *fold, const struct record *record)
{
    fold_note(fold, EVENT_PAUSE, record);
}

static void fold_resume(struct journal_fold *fold, const struct record *record)
{
    fold_note(fold, EVENT_RESUME, record);
}

static void fold_stop(struct journal_fold *fold, const struct record *record)
{
    fold_note(fold, EVENT_STOP, record);
}

static void fold_remark(struct journal_fold *fold, const struct record *record)
{
    fold_note(fold, EVENT_NOTE, record);
}

static const struct {
    const char *type;
    void (*fold)(struct journal_fold *fold, const struct record *record);
} folders[] = {
    {"start", fold_start},
    {"proposal", fold_proposal},
    {"decision", fold_decision},
    {"apply_intent", fold_intent},
    {"apply_outcome", fold_outcome},
    {"rollback_intent", fold_intent},
    {"rollback_outcome", fold_outcome},
    {"iteration", fold_iteration},
    {"external_change", fold_external},
    {"gate", fold_gate},
    {"gate_void", fold_gate_void},
    {"tripwire", fold_tripwire},
    {"note", fold_remark},
    {"pause", fold_pause},
    {"resume", fold_resume},
    {"stop", fold_stop},
};

int journal_fold_record(void *context, const struct json_t *json, struct error *err)
{
    char type[24], utc[UTC_TEXT_MAX];
    struct value iteration;
    struct record record = {.node = node_root(json, "journal.jsonl")};
    (void)err;
    get_text(&record.node, "type", type, sizeof type);
    get_text(&record.node, "utc", utc, sizeof utc);
    record.utc_ms = utc_parse(utc);
    if (node_value(&record.node, "iteration", &iteration, NULL) == 0 &&
        value_at_least(iteration, 0.0) && value_at_most(iteration, 1e6))
        record.iteration = (int)iteration.number;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (strcmp(folders[i].type, type) == 0)
            folders[i].fold(context, &record);
    return 0;
}

void journal_fold_sync(struct journal_fold *fold)
{
    if (fold->known)
        run_set_params(fold->run, fold->now, fold->table->count, fold->now_hash);
}

void journal_fold_end(struct journal_fold *fold)
{
    tell_open_intent(fold);
    journal_fold_sync(fold);
    json_decref(fold->now_object);
    free(fold);
}
