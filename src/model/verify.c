/* verify: pairs each iteration with the next one and asks whether what was applied in the first was
 * in force in the second. It reads the run as it was recorded and changes nothing. Any thread. */
#include "config.h"

#include "model/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "model/mem.h"

static const char not_found[] = "parameter not found in runtime";
static const char differs[] = "value differs";

static bool delta_written(const struct delta *delta)
{
    return delta->state == DELTA_APPLIED || delta->state == DELTA_VERIFIED ||
           delta->state == DELTA_ROLLED_BACK;
}

/* An older file says only that it applied, not what: then all that it proposed was written. */
static bool lines_marked(const struct iteration *iteration)
{
    for (size_t i = 0; i < iteration->delta_count; i++) {
        if (delta_written(&iteration->delta[i]))
            return true;
    }
    return false;
}

static bool line_applied(const struct iteration *iteration, const struct delta *delta)
{
    return iteration->applied && (delta_written(delta) || !lines_marked(iteration));
}

/* True if the apply of FROM was taken back before TO ran. */
static bool undone_between(const struct iteration *from, const struct iteration *to)
{
    if (from->rolled_back_at[0] == '\0')
        return false;
    if (from->rolled_back_after > 0)
        return from->rolled_back_after <= from->number;
    int64_t undone_ms = utc_parse(from->rolled_back_at);
    return undone_ms == UTC_NONE || to->utc_ms == UTC_NONE || undone_ms <= to->utc_ms;
}

/* True if an operator's rollback or restore between the two moved this one parameter away. */
static bool entry_undone(const struct run *run, const struct iteration *from,
                         const struct delta *delta, double expected)
{
    for (size_t i = 0; i < run->change_count; i++) {
        const struct change *change = &run->change[i];
        if (change->kind != CHANGE_ROLLBACK && change->kind != CHANGE_RESTORE)
            continue;
        if (change->after_iteration != from->number || !change_moves(change, delta->param))
            continue;
        struct value after = change->after[delta->param];
        if (!value_usable(after) || !number_equal(after.number, expected))
            return true;
    }
    return false;
}

static struct value observed_in(const struct iteration *to, int param)
{
    if (to->params == NULL || param < 0 || (size_t)param >= to->param_count)
        return value_missing();
    return to->params[param];
}

static void look_for(struct verify_entry *entry, const struct iteration *from,
                     const struct iteration *to, const struct delta *delta)
{
    *entry = (struct verify_entry){.reason = ""};
    snprintf(entry->name, sizeof entry->name, "%s", delta->name);
    entry->expected = lines_marked(from) ? delta->after : delta->target;
    entry->observed = observed_in(to, delta->param);
    entry->found = value_usable(entry->observed) &&
                   number_equal(entry->observed.number, entry->expected);
    if (!entry->found)
        entry->reason = value_usable(entry->observed) ? differs : not_found;
}

/* What was proposed but not written needs a reason on record; a failed apply is none for the lines
 * that it should have written. */
static bool line_accounted(const struct iteration *from, const struct delta *delta)
{
    if (line_applied(from, delta) || from->rolled_back_at[0] != '\0')
        return true;
    bool failed_to_write = delta->state == DELTA_PROPOSED || delta->state == DELTA_APPROVED ||
                           delta->state == DELTA_EDITED;
    if ((from->skip & SKIP_ERROR) != 0 && failed_to_write)
        return false;
    return (from->skip & ~(unsigned)SKIP_ERROR) != 0;
}

static void append(char *text, size_t size, const char *separator, const char *more)
{
    size_t length = strlen(text);
    snprintf(text + length, size - length, "%s%s", length > 0 ? separator : "", more);
}

static void name_skips(struct verify_pair *pair, unsigned skip)
{
    char names[120] = "";
    for (int i = 0; i < SKIP_FLAG_COUNT; i++) {
        if ((skip & (1u << i)) != 0)
            append(names, sizeof names, ", ", skip_flag_names[i]);
    }
    if (names[0] != '\0')
        snprintf(pair->reason, sizeof pair->reason, "skipped: %s", names);
}

/* What the judging of one pair collects on its way. */
struct tally {
    bool accounted, written, all_found, all_excused;
    const char *fault; /* of the first entry that was not found */
};

static void tally_entry(struct tally *tally, struct verify_pair *pair,
                        const struct verify_entry *entry)
{
    /* an older file may hold more lines than a proposal of ours: all count, the first are shown */
    if (pair->entry_count < PROPOSAL_DELTAS_MAX)
        pair->entry[pair->entry_count++] = *entry;
    tally->written = true;
    if (entry->found)
        return;
    tally->all_found = false;
    if (entry->excused)
        return;
    tally->all_excused = false;
    tally->fault = tally->fault == NULL ? entry->reason : tally->fault;
}

static struct tally tally_lines(struct verify_pair *pair, const struct run *run,
                                const struct iteration *from, const struct iteration *to)
{
    struct tally tally = {.accounted = true, .all_found = true, .all_excused = true};
    for (size_t i = 0; i < from->delta_count; i++) {
        const struct delta *delta = &from->delta[i];
        struct verify_entry entry;
        tally.accounted = tally.accounted && line_accounted(from, delta);
        if (!line_applied(from, delta))
            continue;
        look_for(&entry, from, to, delta);
        if (!entry.found && (pair->rolled_back || entry_undone(run, from, delta, entry.expected))) {
            entry.excused = true;
            entry.reason = "rolled back";
        }
        tally_entry(&tally, pair, &entry);
    }
    return tally;
}

static void explain_failure(struct verify_pair *pair, const struct iteration *from,
                            const struct iteration *to, const struct tally *tally)
{
    if (tally->fault != NULL && to->state == ITERATION_GAP)
        snprintf(pair->reason, sizeof pair->reason, "%s: iteration %d is missing or torn",
                 tally->fault, to->number);
    else if (tally->fault != NULL)
        snprintf(pair->reason, sizeof pair->reason, "%s", tally->fault);
    else if ((from->skip & SKIP_ERROR) != 0)
        snprintf(pair->reason, sizeof pair->reason, "the apply failed");
    else
        snprintf(pair->reason, sizeof pair->reason, "not applied, and no reason is on record");
}

static void judge_pair(struct verify_pair *pair, const struct run *run,
                       const struct iteration *from, const struct iteration *to)
{
    struct tally tally = tally_lines(pair, run, from, to);
    if (from->delta_count == 0)
        return;
    if (!tally.accounted || !tally.all_excused) {
        pair->outcome = PAIR_FAIL;
        explain_failure(pair, from, to, &tally);
        return;
    }
    if (tally.written)
        pair->running = running_of(run, to->number);
    if (tally.written && tally.all_found && pair->running == RUNNING_DIVERGED) {
        pair->outcome = PAIR_FAIL;
        running_text(run, to->number, pair->reason, sizeof pair->reason);
        return;
    }
    pair->outcome = tally.written && tally.all_found ? PAIR_FULL : PAIR_PARTIAL_OK;
    name_skips(pair, from->skip);
    if (!tally.all_found) {
        pair->rolled_back = true;
        snprintf(pair->reason, sizeof pair->reason, "rolled back before iteration %d", to->number);
    }
}

static void pair_signatures(struct verify_pair *pair, const struct iteration *from,
                            const struct iteration *to)
{
    bool known = from->signature[0] != '\0' && to->signature[0] != '\0';
    bool same = strcmp(from->signature, to->signature) == 0;
    pair->signature_changed = known && !same;
    pair->signature_stuck = known && same && pair->applied && !pair->rolled_back;
}

static void count_pair(struct verify *verify, const struct verify_pair *pair,
                       const struct iteration *from)
{
    verify->full_apply_count += pair->outcome == PAIR_FULL;
    verify->partial_ok_count += pair->outcome == PAIR_PARTIAL_OK;
    verify->fail_count += pair->outcome == PAIR_FAIL;
    verify->proposed_count += pair->outcome != PAIR_NONE;
    verify->signature_stuck_count += pair->signature_stuck;
    verify->confirmed_count += pair->running == RUNNING_EXPECTED;
    verify->diverged_count += pair->running == RUNNING_DIVERGED;
    verify->operator_declined_count += pair->outcome != PAIR_NONE &&
                                       (from->skip & SKIP_OPERATOR) != 0;
}

static void fill_pair(struct verify *verify, struct verify_pair *pair, const struct run *run,
                      size_t index)
{
    const struct iteration *from = run->iteration[index], *to = run->iteration[index + 1];
    pair->from = from->number;
    pair->to = to->number;
    pair->applied = from->applied;
    pair->rolled_back = undone_between(from, to);
    judge_pair(pair, run, from, to);
    pair_signatures(pair, from, to);
    count_pair(verify, pair, from);
}

static void fill_ratio(struct verify *verify)
{
    int judged = verify->full_apply_count + verify->fail_count;
    if (judged > 0)
        verify->full_apply_ratio = value_of((double)verify->full_apply_count / judged);
}

void verify_run(struct verify *verify, const struct run *run)
{
    *verify = (struct verify){0};
    size_t pairs = run->count > 1 ? run->count - 1 : 0;
    verify->pair = mem_alloc((pairs + 1) * sizeof *verify->pair);
    verify->pair_count = pairs;
    for (size_t i = 0; i < pairs; i++)
        fill_pair(verify, &verify->pair[i], run, i);
    fill_ratio(verify);
}

void verify_tally(struct verify *verify, const struct run *run)
{
    *verify = (struct verify){0};
    for (size_t i = 0; i + 1 < run->count; i++) {
        const struct iteration *from = run->iteration[i];
        if (from->delta_count > 0 || from->applied) { /* else there is nothing to count */
            struct verify_pair pair = {0};
            fill_pair(verify, &pair, run, i);
        }
    }
    fill_ratio(verify);
}

void verify_fini(struct verify *verify)
{
    free(verify->pair);
    *verify = (struct verify){0};
}

bool verify_ok(const struct verify *verify, double minimum)
{
    return !value_present(verify->full_apply_ratio) ||
           number_at_least(verify->full_apply_ratio.number, minimum);
}
