/* tuning_report: see tuning_report.h. An entry is turned into text once, when it is put; a rewrite
 * only strings the texts together. Engine thread; merging: any. */
#include "config.h"

#include "artifact/tuning_report.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact/delta_json.h"
#include "artifact/document.h"
#include "artifact/iteration_json.h"
#include "artifact/jsonfile.h"
#include "artifact/realclock.h"
#include "model/mem.h"

/* Written at most once in this time, and in at most this share of the run's time. */
enum { WRITE_PAUSE_MS = 1000, WRITE_SHARE = 10 };

/* Every line of an entry stands this far in. */
#define ENTRY_INDENT "    "

struct entry {
    char *text; /* indented, without a final newline; NULL: that iteration is not known */
    bool applied, oscillation, velocity, cooldown;
};

struct tuning_report {
    const struct rundir *dir;
    const struct param_table *table;
    struct entry *entry; /* [number - 1] */
    size_t count, capacity;
    struct buffer text; /* reused by every write */
    bool dirty, written;
    int64_t born_ms, written_ms, spent_ms; /* of the monotonic clock */
};

struct tuning_report *tuning_report_new(const struct rundir *dir, const struct param_table *table)
{
    struct tuning_report *report = mem_alloc(sizeof *report);
    report->dir = dir;
    report->table = table;
    report->born_ms = monotonic_ms();
    return report;
}

void tuning_report_free(struct tuning_report *report)
{
    if (!report)
        return;
    for (size_t i = 0; i < report->count; i++)
        free(report->entry[i].text);
    free(report->entry);
    buffer_fini(&report->text);
    free(report);
}

static json_t *entry_to_json(const struct iteration *it, const struct param_table *table)
{
    const struct summary *summary = &it->summary;
    json_t *json = document_object(), *drivers = document_array(), *changed = document_array();
    for (size_t i = 0; i < summary->driver_count; i++)
        document_append(drivers, document_string(summary->driver[i]));
    for (size_t i = 0; i < it->delta_count; i++)
        if (delta_changed(&it->delta[i]))
            document_append(changed, document_string(it->delta[i].name));
    document_put(json, "iteration", document_integer(it->number));
    document_put(json, "runtime_utc", document_text(summary->runtime_utc));
    document_put(json, "net_bps", document_value(summary->kpi[KPI_NET]));
    document_put(json, "kpi_verdict",
                 summary->kpi_verdict == VERDICT_NONE
                     ? json_null()
                     : document_string(verdict_name(summary->kpi_verdict)));
    document_put(json, "neg_edge_drivers", drivers);
    document_put(json, "proposed_deltas", deltas_object(it, table, delta_target, NULL));
    document_put(json, "suggested_deltas", deltas_object(it, table, delta_increment, NULL));
    document_put(json, "rationale", document_text(it->rationale));
    document_put(json, "applied", document_flag(it->applied));
    document_put(json, "signature", document_text(it->signature));
    document_put(json, "state_hash", document_text(it->state_hash));
    document_put(json, "skip_reason", iteration_skip_to_json(it));
    document_put(json, "changed_keys", changed);
    document_put(json, "oscillation_detected", document_flag(it->oscillation_detected));
    document_put(json, "velocity_violation", document_flag(it->velocity_violation));
    document_put(json, "cooldown_active", document_flag(it->cooldown_active));
    document_put(json, "freeze_triggered", document_flag(it->freeze_triggered));
    overrides_to_json(json, it, table);
    if (it->rolled_back_at[0])
        document_put(json, "rolled_back_at", document_string(it->rolled_back_at));
    return json;
}

/* The text of an entry as it stands in the document. */
static char *entry_text(const struct iteration *iteration, const struct param_table *table,
                        struct error *err)
{
    json_auto_t *json = entry_to_json(iteration, table);
    char *plain = canon_dump(json, CANON_PRETTY, NULL, err);
    if (!plain)
        return NULL;
    struct buffer text = {0};
    for (char *line = plain, *end = strchr(line, '\n'); end; end = strchr(line, '\n')) {
        buffer_puts(&text, line == plain ? ENTRY_INDENT : "\n" ENTRY_INDENT);
        buffer_add(&text, line, (size_t)(end - line));
        line = end + 1;
    }
    free(plain);
    return buffer_take(&text);
}

static struct entry *entry_at(struct tuning_report *report, int number)
{
    size_t wanted = (size_t)number;
    void *entries = report->entry;
    mem_grow(&entries, &report->capacity, wanted, sizeof *report->entry);
    report->entry = entries;
    while (report->count < wanted)
        report->entry[report->count++] = (struct entry){.text = NULL};
    return &report->entry[wanted - 1];
}

struct totals {
    size_t count, applied, oscillation, velocity, cooldown;
};

static void build(struct tuning_report *report)
{
    struct totals totals = {0};
    struct buffer *text = &report->text;
    buffer_reset(text);
    buffer_puts(text, "{\n  \"iterations\": [");
    for (size_t i = 0; i < report->count; i++) {
        const struct entry *entry = &report->entry[i];
        if (!entry->text)
            continue;
        buffer_puts(text, totals.count > 0 ? ",\n" : "\n");
        buffer_puts(text, entry->text);
        totals.count++;
        totals.applied += entry->applied;
        totals.oscillation += entry->oscillation;
        totals.velocity += entry->velocity;
        totals.cooldown += entry->cooldown;
    }
    buffer_printf(text,
                  "%s],\n  \"summary\": {\n    \"applied\": %zu,\n    \"blocked_oscillation\": "
                  "%zu,\n    \"blocked_velocity\": %zu,\n    \"cooldown_skips\": %zu,\n    "
                  "\"count\": %zu\n  }\n}\n",
                  totals.count > 0 ? "\n  " : "", totals.applied, totals.oscillation,
                  totals.velocity, totals.cooldown, totals.count);
}

static int write_out(struct tuning_report *report, struct error *err)
{
    char shown[sizeof report->dir->path + 32];
    int64_t start = monotonic_ms();
    build(report);
    snprintf(shown, sizeof shown, "%s/" TUNING_REPORT_NAME, report->dir->path);
    if (atomic_write(report->dir->fd, TUNING_REPORT_NAME, shown, report->text.text,
                     report->text.length, REBUILDABLE, err) < 0)
        return -1;
    report->written_ms = monotonic_ms();
    report->spent_ms += report->written_ms - start;
    report->written = true;
    report->dirty = false;
    return 0;
}

static bool is_due(const struct tuning_report *report)
{
    int64_t now = monotonic_ms();
    if (!report->written)
        return true;
    return now - report->written_ms >= WRITE_PAUSE_MS &&
           report->spent_ms * WRITE_SHARE <= now - report->born_ms;
}

int tuning_report_note(struct tuning_report *report, const struct iteration *iteration,
                       struct error *err)
{
    char *text = entry_text(iteration, report->table, err);
    if (!text)
        return -1;
    struct entry *entry = entry_at(report, iteration->number);
    free(entry->text);
    *entry = (struct entry){
        .text = text,
        .applied = iteration->applied,
        .oscillation = iteration->oscillation_detected || (iteration->skip & SKIP_OSCILLATION),
        .velocity = iteration->velocity_violation || (iteration->skip & SKIP_VELOCITY),
        .cooldown = iteration->cooldown_active || (iteration->skip & SKIP_COOLDOWN),
    };
    report->dirty = true;
    return 0;
}

int tuning_report_put(struct tuning_report *report, const struct iteration *iteration,
                      struct error *err)
{
    if (tuning_report_note(report, iteration, err) < 0)
        return -1;
    return is_due(report) ? write_out(report, err) : 0;
}

const char *tuning_report_text(struct tuning_report *report, size_t *length)
{
    build(report);
    *length = report->text.length;
    return report->text.text;
}

int tuning_report_flush(struct tuning_report *report, struct error *err)
{
    return report->dirty || !report->written ? write_out(report, err) : 0;
}

/* Takes over a text that the iteration's own file lacks. */
static int fill_text(const struct node *entry, const char *key, char *text, size_t size,
                     struct error *err)
{
    return text[0] ? 0 : node_text_cut(entry, key, text, size, err);
}

/* The file of the iteration says nothing of its tuning: all of it comes from here. */
static int fill_tuning(struct iteration *iteration, const struct node *entry,
                       const struct param_table *table, struct error *err)
{
    if (iteration->rationale || iteration->delta_count > 0 || iteration->skip != 0)
        return 0;
    if (iteration_skip_from_json(iteration, entry, err) < 0)
        return -1;
    return deltas_from_json(iteration, entry, table, err);
}

static int merge_entry(struct run *run, const struct node *entry, const struct param_table *table,
                       struct error *err)
{
    struct value number;
    if (node_object(entry, NULL, err) < 0 || node_value(entry, "iteration", &number, err) < 0)
        return -1;
    if (!value_at_least(number, 1.0) || !value_at_most(number, (double)run->count))
        return 0;
    struct iteration *iteration = run->iteration[(size_t)number.number - 1];
    if (iteration->state == ITERATION_GAP)
        return 0;
    if (iteration_flags_from_json(iteration, entry, err) < 0 ||
        fill_tuning(iteration, entry, table, err) < 0 ||
        fill_text(entry, "signature", iteration->signature, HASH_TEXT_MAX, err) < 0 ||
        fill_text(entry, "state_hash", iteration->state_hash, HASH_TEXT_MAX, err) < 0)
        return -1;
    return fill_text(entry, "rolled_back_at", iteration->rolled_back_at, UTC_TEXT_MAX, err);
}

int tuning_report_merge(const struct rundir *dir, struct run *run, const struct param_table *table,
                        struct error *err)
{
    char shown[sizeof dir->path + 32];
    struct stat status;
    if (fstatat(dir->fd, TUNING_REPORT_NAME, &status, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
        return 0;
    snprintf(shown, sizeof shown, "%s/" TUNING_REPORT_NAME, dir->path);
    json_auto_t *json = json_read_file(dir->fd, TUNING_REPORT_NAME, shown, err);
    if (!json)
        return -1;
    struct node root = node_root(json, shown);
    struct node list = json_is_array(json) ? root : node_member(&root, "iterations");
    if (node_array(&list, err) < 0)
        return -1;
    for (size_t i = 0; i < node_count(&list); i++) {
        struct node entry = node_element(&list, i);
        if (merge_entry(run, &entry, table, err) < 0)
            return -1;
    }
    return 0;
}
