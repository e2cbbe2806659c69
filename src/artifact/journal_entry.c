/* journal_entry: see journal_entry.h. What a run cannot go on without must be there; the rest is as
 * good as missing if its type is wrong. */
#include "config.h"

#include "artifact/journal_entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/canon.h"
#include "artifact/delta_json.h"
#include "artifact/iteration_file.h"
#include "artifact/journal.h"
#include "artifact/proposal_json.h"
#include "model/mem.h"

struct reading {
    const struct param_table *table;
    struct journal_fold *fold;
    journal_entry_visit *visit;
    void *context;
};

static void get_text(const struct node *node, const char *key, char *text, size_t size)
{
    if (node_text_cut(node, key, text, size, NULL) < 0)
        text[0] = '\0';
}

static long get_number(const struct node *node, const char *key)
{
    const json_t *json = node_member(node, key).json;
    return json_is_integer(json) ? (long)json_integer_value(json) : 0;
}

static int lacks(const struct journal_entry *entry, const char *what, struct error *err)
{
    return error_set(err, ERROR_INTEGRITY, "journal.jsonl: record %ld lacks %s", entry->seq, what);
}

/* The object KEY in compact form. */
static int get_object(struct journal_entry *entry, const struct node *node, const char *key,
                      char **text, struct error *err)
{
    const json_t *json = node_member(node, key).json;
    if (!json_is_object(json))
        return lacks(entry, key, err);
    *text = canon_dump(json, CANON_COMPACT, NULL, err);
    return *text ? 0 : -1;
}

static void get_audit(struct journal_entry *entry, const struct node *node)
{
    struct node audit = node_member(node, "audit_read");
    entry->has_audit = !node_absent(&audit);
    entry->audit = (struct audit_file){.offset = get_number(&audit, "offset"),
                                       .inode = (uint64_t)get_number(&audit, "inode")};
}

typedef int read_one(struct journal_entry *entry, const struct node *node,
                     const struct param_table *table, struct error *err);

static int read_state(struct journal_entry *entry, const struct node *node,
                      const struct param_table *table, struct error *err)
{
    const json_t *disk = node_member(node, "disk_hash").json;
    (void)table;
    get_text(node, "state_hash", entry->hash, sizeof entry->hash);
    get_text(node, "disk_hash", entry->disk_hash, sizeof entry->disk_hash);
    entry->has_disk_hash = disk != NULL;
    return get_object(entry, node, "runtime_overrides", &entry->text, err);
}

static int read_proposal(struct journal_entry *entry, const struct node *node,
                         const struct param_table *table, struct error *err)
{
    entry->proposal = mem_alloc(sizeof *entry->proposal);
    proposal_from_json(entry->proposal, entry->iteration, &entry->hold, node, table);
    get_audit(entry, node);
    struct node lines = node_member(node, "lines");
    return entry->proposal->count == node_count(&lines) ? 0 : lacks(entry, "whole lines", err);
}

static int read_decision(struct journal_entry *entry, const struct node *node,
                         const struct param_table *table, struct error *err)
{
    struct node line = node_member(node, "line");
    get_text(node, "op", entry->op, sizeof entry->op);
    get_text(node, "tripwire", entry->tripwire, sizeof entry->tripwire);
    entry->undo_of = get_number(node, "undo_of");
    entry->batch = (unsigned)get_number(node, "batch");
    entry->has_line = !node_absent(&line);
    if (entry->has_line && delta_from_json(&entry->line, &line, table, NULL) < 0)
        return lacks(entry, "its line", err);
    return 0;
}

static enum change_kind kind_of(const char *name)
{
    if (strcmp(name, change_kind_name(CHANGE_ROLLBACK)) == 0)
        return CHANGE_ROLLBACK;
    return strcmp(name, change_kind_name(CHANGE_RESTORE)) == 0 ? CHANGE_RESTORE : CHANGE_APPLY;
}

static int read_intent(struct journal_entry *entry, const struct node *node,
                       const struct param_table *table, struct error *err)
{
    char kind[24];
    (void)table;
    get_text(node, "kind", kind, sizeof kind);
    entry->change = kind_of(kind);
    get_text(node, "hash_before", entry->hash_before, sizeof entry->hash_before);
    get_text(node, "hash_after", entry->hash, sizeof entry->hash);
    if (get_object(entry, node, "before", &entry->before, err) < 0)
        return -1;
    return get_object(entry, node, "after", &entry->text, err);
}

static int read_outcome(struct journal_entry *entry, const struct node *node,
                        const struct param_table *table, struct error *err)
{
    (void)table;
    (void)err;
    get_text(node, "state_hash", entry->hash, sizeof entry->hash);
    get_text(node, "error", entry->fault, sizeof entry->fault);
    node_flag(node, "ok", &entry->ok, NULL);
    return 0;
}

static int read_iteration(struct journal_entry *entry, const struct node *node,
                          const struct param_table *table, struct error *err)
{
    struct error why = ERROR_INIT;
    char shown[48];
    snprintf(shown, sizeof shown, "journal.jsonl: record %ld", entry->seq);
    get_audit(entry, node);
    entry->recorded = iteration_from_json(node->json, table, shown, &why);
    return entry->recorded ? 0 : error_set(err, ERROR_INTEGRITY, "%s", why.text);
}

/* A pause or its end, a process that went on, a stop that was asked for, the end: they differ in
 * more than their type. */
static int read_note(struct journal_entry *entry, const struct node *node,
                     const struct param_table *table, struct error *err)
{
    bool resumed = false;
    (void)table;
    (void)err;
    node_flag(node, "run_resumed", &resumed, NULL);
    if (resumed)
        entry->kind = ENTRY_RESUMED;
    else if (entry->kind == ENTRY_STOP && entry->actor[0])
        entry->kind = ENTRY_OTHER;
    return 0;
}

static const struct {
    const char *type;
    enum entry_kind kind;
    read_one *read;
} types[] = {
    {"start", ENTRY_START, read_state},
    {"proposal", ENTRY_PROPOSAL, read_proposal},
    {"decision", ENTRY_DECISION, read_decision},
    {"apply_intent", ENTRY_INTENT, read_intent},
    {"apply_outcome", ENTRY_OUTCOME, read_outcome},
    {"rollback_intent", ENTRY_INTENT, read_intent},
    {"rollback_outcome", ENTRY_OUTCOME, read_outcome},
    {"iteration", ENTRY_ITERATION, read_iteration},
    {"external_change", ENTRY_EXTERNAL, read_state},
    {"pause", ENTRY_PAUSE, read_note},
    {"resume", ENTRY_UNPAUSE, read_note},
    {"stop", ENTRY_STOP, read_note},
};

static int read_entry(struct journal_entry *entry, const struct node *node,
                      const struct param_table *table, struct error *err)
{
    char type[24], utc[UTC_TEXT_MAX];
    entry->seq = get_number(node, "seq");
    entry->iteration = (int)get_number(node, "iteration");
    get_text(node, "type", type, sizeof type);
    get_text(node, "utc", utc, sizeof utc);
    get_text(node, "actor", entry->actor, sizeof entry->actor);
    get_text(node, "note", entry->note, sizeof entry->note);
    entry->utc_ms = utc_parse(utc);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].type, type) != 0)
            continue;
        entry->kind = types[i].kind;
        return types[i].read(entry, node, table, err);
    }
    return 0;
}

static int visit_record(void *context, const struct json_t *record, struct error *err)
{
    const struct reading *reading = context;
    struct journal_entry entry = {.kind = ENTRY_OTHER};
    struct node node = node_root(record, JOURNAL_NAME);
    int result = read_entry(&entry, &node, reading->table, err);
    if (result == 0)
        result = reading->visit(reading->context, &entry, err);
    free(entry.before);
    free(entry.text);
    free(entry.proposal);
    iteration_free(entry.recorded);
    return result == 0 ? journal_fold_record(reading->fold, record, err) : result;
}

int journal_entry_each(const struct rundir *dir, const struct param_table *table,
                       struct journal_fold *fold, journal_entry_visit *visit, void *context,
                       long *torn, struct error *err)
{
    struct reading reading = {table, fold, visit, context};
    return journal_each(dir, visit_record, &reading, torn, err);
}
