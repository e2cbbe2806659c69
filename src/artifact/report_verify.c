/* report_verify: DELTA_VERIFY_REPORT.md and DELTA_VERIFY.json: was what was applied in force in the
 * next iteration? Any thread. */
#include "config.h"

#include "artifact/report_common.h"
#include "artifact/report_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 400 };

static const char *outcome_name(enum pair_outcome outcome)
{
    switch (outcome) {
    case PAIR_FULL:
        return "full";
    case PAIR_PARTIAL_OK:
        return "partial ok";
    case PAIR_FAIL:
        return "FAIL";
    case PAIR_NONE:
        break;
    }
    return "-";
}

static double minimum_of(const struct report_input *input)
{
    const struct thresholds *thresholds = &input->config->thresholds;
    return input->judgement->strict ? thresholds->full_apply_min_strict
                                    : thresholds->full_apply_min;
}

static void counts(struct buffer *out, const struct verify *verify)
{
    static const struct markdown_column columns[] = {{"pairs of iterations", MARKDOWN_LEFT},
                                                     {"count", MARKDOWN_RIGHT},
                                                     {"meaning", MARKDOWN_LEFT}};
    const struct {
        const char *name, *meaning;
        int count;
    } rows[] = {
        {"proposed", "the tuner proposed at least one change", verify->proposed_count},
        {"full", "all that was applied was in force in the next iteration",
         verify->full_apply_count},
        {"partial ok", "nothing stayed applied, and the record says why", verify->partial_ok_count},
        {"fail", "not in force, or not accounted for", verify->fail_count},
        {"signature stuck", "applied, but the signature did not change",
         verify->signature_stuck_count},
        {"confirmed", "applied, and the bot reported those parameters next",
         verify->confirmed_count},
        {"diverged", "applied, but the bot reported other parameters next", verify->diverged_count},
        {"declined", "an operator declined at least one line", verify->operator_declined_count},
    };
    struct markdown_table *table = markdown_table_new(columns, 3);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        markdown_cell(table, "%s", rows[i].name);
        markdown_cell(table, "%d", rows[i].count);
        markdown_cell(table, "%s", rows[i].meaning);
    }
    buffer_puts(out, "## Counts\n\n");
    markdown_table_end(table, out);
}

static void names_cell(struct markdown_table *table, const struct iteration *iteration)
{
    struct buffer names = {0};
    for (size_t i = 0; iteration != NULL && i < iteration->delta_count; i++) {
        buffer_puts(&names, i > 0 ? ", " : "");
        buffer_puts(&names, iteration->delta[i].name);
        if (isfinite(iteration->delta[i].after))
            buffer_printf(&names, " %.10g", iteration->delta[i].after);
    }
    markdown_cell_text(table, names.text, NAMES_MAX);
    buffer_fini(&names);
}

static const char *signature_word(const struct run *run, const struct verify_pair *pair)
{
    const struct iteration *from = run_iteration(run, pair->from);
    const struct iteration *to = run_iteration(run, pair->to);
    if (from == NULL || to == NULL || from->signature[0] == '\0' || to->signature[0] == '\0')
        return "n/a";
    if (pair->signature_stuck)
        return "STUCK";
    return pair->signature_changed ? "changed" : "same";
}

static void pairs(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {
        {"pair", MARKDOWN_RIGHT},     {"proposed", MARKDOWN_LEFT}, {"applied", MARKDOWN_LEFT},
        {"signature", MARKDOWN_LEFT}, {"result", MARKDOWN_LEFT},   {"why", MARKDOWN_LEFT},
    };
    const struct verify *verify = input->verify;
    buffer_puts(out, "\n## Pairs with a proposal\n\n");
    if (verify->proposed_count == 0) {
        buffer_puts(out, "None: the tuner proposed nothing that a next iteration could show.\n");
        return;
    }
    struct markdown_table *table = markdown_table_new(columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < verify->pair_count; i++) {
        const struct verify_pair *pair = &verify->pair[i];
        if (pair->outcome == PAIR_NONE)
            continue;
        markdown_cell(table, "%d to %d", pair->from, pair->to);
        names_cell(table, run_iteration(input->run, pair->from));
        markdown_cell(table, "%s", pair->applied ? "yes" : "no");
        markdown_cell(table, "%s", signature_word(input->run, pair));
        markdown_cell(table, "%s", outcome_name(pair->outcome));
        markdown_cell_text(table, pair->reason, NAMES_MAX);
    }
    markdown_table_end(table, out);
    int silent = (int)verify->pair_count - verify->proposed_count;
    buffer_printf(out, "\nThe other %d pair%s had no proposal.\n", silent, silent == 1 ? "" : "s");
}

static void entry_row(struct markdown_table *table, const struct verify_pair *pair,
                      const struct verify_entry *entry)
{
    markdown_cell(table, "%d to %d", pair->from, pair->to);
    markdown_cell_text(table, entry->name, PARAM_NAME_MAX);
    if (isfinite(entry->expected))
        markdown_cell(table, "%.10g", entry->expected);
    else
        markdown_cell(table, "n/a");
    if (isfinite(entry->expected) && value_present(entry->observed)) {
        markdown_cell(table, "%.10g", entry->observed.number);
        markdown_cell(table, "%+.10g", entry->observed.number - entry->expected);
    } else {
        markdown_cell_value(table, entry->observed, 6);
        markdown_cell(table, "n/a");
    }
    markdown_cell(table, "%s", entry->reason);
}

static void mismatches(struct buffer *out, const struct verify *verify)
{
    static const struct markdown_column columns[] = {
        {"pair", MARKDOWN_RIGHT},     {"parameter", MARKDOWN_LEFT},   {"applied", MARKDOWN_RIGHT},
        {"observed", MARKDOWN_RIGHT}, {"difference", MARKDOWN_RIGHT}, {"why", MARKDOWN_LEFT},
    };
    struct markdown_table *table = markdown_table_new(columns, sizeof columns / sizeof columns[0]);
    size_t rows = 0;
    for (size_t i = 0; i < verify->pair_count; i++) {
        const struct verify_pair *pair = &verify->pair[i];
        for (size_t k = 0; k < pair->entry_count; k++) {
            if (pair->entry[k].found)
                continue;
            entry_row(table, pair, &pair->entry[k]);
            rows++;
        }
    }
    struct buffer text = {0};
    markdown_table_end(table, &text);
    buffer_puts(out, "\n## What was applied and not found\n\n");
    buffer_puts(out, rows > 0 ? text.text : "Nothing: every applied value was found.\n");
    buffer_fini(&text);
}

struct offender {
    const char *name;
    int count;
};

static int compare_offenders(const void *left, const void *right)
{
    const struct offender *a = left, *b = right;
    if (a->count != b->count)
        return b->count - a->count;
    return strcmp(a->name, b->name);
}

static void count_offender(struct offender *list, size_t *count, const char *name)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(list[i].name, name) == 0) {
            list[i].count++;
            return;
        }
    }
    if (*count < PARAM_MAX)
        list[(*count)++] = (struct offender){name, 1};
}

static void offenders(struct buffer *out, const struct verify *verify)
{
    struct offender list[PARAM_MAX];
    size_t count = 0;
    for (size_t i = 0; i < verify->pair_count; i++) {
        const struct verify_pair *pair = &verify->pair[i];
        for (size_t k = 0; pair->outcome == PAIR_FAIL && k < pair->entry_count; k++) {
            if (!pair->entry[k].found)
                count_offender(list, &count, pair->entry[k].name);
        }
    }
    if (count == 0)
        return;
    qsort(list, count, sizeof list[0], compare_offenders);
    buffer_puts(out, "\n## Parameters, most mismatches first\n\n");
    for (size_t i = 0; i < count; i++) {
        buffer_puts(out, "- ");
        markdown_add_text(out, list[i].name, PARAM_NAME_MAX);
        buffer_printf(out, ": %d\n", list[i].count);
    }
}

static void conclusion(struct buffer *out, const struct report_input *input)
{
    const struct verify *verify = input->verify;
    bool ok = verify_ok(verify, minimum_of(input));
    if (value_present(verify->full_apply_ratio))
        buffer_printf(out,
                      "%d of %d judged proposals were applied in full: full_apply_ratio %.3f, "
                      "limit >= %.2f%s.\n\n",
                      verify->full_apply_count, verify->full_apply_count + verify->fail_count,
                      verify->full_apply_ratio.number, minimum_of(input),
                      input->judgement->strict ? " (--strict)" : "");
    else
        buffer_puts(out, "There was nothing to judge: full_apply_ratio is not defined, and the "
                         "gate does not hold it against the run.\n\n");
    if (!ok)
        buffer_puts(out, "Find out who else writes the parameters, or why the bot does not read "
                         "them, before the next soak.\n\n");
}

char *report_verify(const struct report_input *input)
{
    struct buffer out = {0};
    bool ok = verify_ok(input->verify, minimum_of(input));
    report_head(&out, input, "Delta verification", ok ? "PASS" : "FAIL");
    conclusion(&out, input);
    counts(&out, input->verify);
    pairs(&out, input);
    mismatches(&out, input->verify);
    offenders(&out, input->verify);
    report_foot(&out);
    return buffer_take(&out);
}

char *report_verify_text(const struct report_input *input)
{
    const struct verify *verify = input->verify;
    struct buffer out = {0};
    bool ok = verify_ok(verify, minimum_of(input));
    buffer_printf(&out, "%sdelta verification%s: %s\n", input->judgement->mock ? "MOCK " : "",
                  input->judgement->strict ? " --strict" : "", ok ? "PASS" : "FAIL");
    if (value_present(verify->full_apply_ratio))
        buffer_printf(&out, "full_apply_ratio %.3f, limit >= %.2f: %s\n",
                      verify->full_apply_ratio.number, minimum_of(input), ok ? "pass" : "fail");
    else
        buffer_puts(&out, "full_apply_ratio n/a: there is nothing to judge\n");
    buffer_printf(&out,
                  "proposed %d: full %d, partial ok %d, fail %d; signature stuck %d, declined by "
                  "an operator %d\n",
                  verify->proposed_count, verify->full_apply_count, verify->partial_ok_count,
                  verify->fail_count, verify->signature_stuck_count,
                  verify->operator_declined_count);
    if (verify->confirmed_count + verify->diverged_count > 0)
        buffer_printf(&out, "by the bot's own word: confirmed %d, diverged %d\n",
                      verify->confirmed_count, verify->diverged_count);
    for (size_t i = 0; i < verify->pair_count; i++) {
        const struct verify_pair *pair = &verify->pair[i];
        if (pair->outcome == PAIR_FAIL)
            buffer_printf(&out, "fail: iterations %d to %d: %s\n", pair->from, pair->to,
                          pair->reason);
    }
    return buffer_take(&out);
}

char *report_verify_json(const struct report_input *input, enum snapshot_form form,
                         struct error *err)
{
    return report_json_text_take(report_json_verify(input->verify), form, "DELTA_VERIFY.json", err);
}
