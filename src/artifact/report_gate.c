/* report_gate: the gate's answer on standard output: lines for a person, or one JSON object. Any
 * thread. */
#include "config.h"

#include "artifact/report_common.h"
#include "artifact/report_json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "model/text.h"

enum { LINE_WIDTH = 79 };

static json_t *checks_json(const struct judgement *judgement)
{
    json_t *checks = json_array();
    for (size_t i = 0; i < judgement->check_count; i++) {
        const struct gate_check *check = &judgement->check[i];
        json_t *row = json_pack("{s:s, s:s, s:s, s:b, s:b}", "name", check->name, "value",
                                check->value, "limit", check->limit, "passed", check->passed,
                                "decides", check->decides);
        if (json_array_append_new(checks, row) != 0) {
            json_decref(checks);
            return NULL;
        }
    }
    return checks;
}

static json_t *limits_json(const struct report_input *input)
{
    json_t *limits = json_object();
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        if (json_object_set_new(limits, kpi_table[kpi].key,
                                json_real(report_limits(input)->limit[kpi])) != 0) {
            json_decref(limits);
            return NULL;
        }
    }
    return limits;
}

char *report_gate_json(const struct report_input *input, enum snapshot_form form, struct error *err)
{
    const struct judgement *judgement = input->judgement;
    char *source = text_safe_copy(report_directory(input)); /* a path may be no UTF-8 */
    json_t *json = json_pack(
        "{s:s, s:s, s:s, s:b, s:o, s:s, s:b, s:i, s:i, s:i, s:i, s:b, s:b, s:b, s:o, s:o, s:o}",
        "schema", "soaktop-gate-1", "source", source, "thresholds",
        thresholds_name(judgement->mock), "strict", judgement->strict, "limits", limits_json(input),
        "verdict", verdict_name(judgement->verdict), "gate_failed", judgement->gate_failed,
        "exit_status", judge_exit_status(judgement), "pass_count_last8", judgement->pass_count,
        "fail_count_last8", judgement->fail_count, "lacking_count_last8", judgement->lacking_count,
        "freeze_seen", judgement->freeze_seen, "freeze_ready", judgement->freeze_ready,
        "promotable", judgement->promotable, "checks", checks_json(judgement), "reasons",
        report_json_reasons(judgement), "delta_verify",
        input->verify != NULL ? report_json_verify(input->verify) : json_null());
    free(source);
    return report_json_text_take(json, form, "the gate's answer", err);
}

static void print_checks(struct buffer *out, const struct judgement *judgement)
{
    int name = 5, value = 5, limit = 5;
    for (size_t i = 0; i < judgement->check_count; i++) {
        const struct gate_check *check = &judgement->check[i];
        name = (int)strlen(check->name) > name ? (int)strlen(check->name) : name;
        value = (int)strlen(check->value) > value ? (int)strlen(check->value) : value;
        limit = (int)strlen(check->limit) > limit ? (int)strlen(check->limit) : limit;
    }
    buffer_printf(out, "  %-*s  %*s  %-*s  result\n", name, "check", value, "value", limit,
                  "limit");
    for (size_t i = 0; i < judgement->check_count; i++) {
        const struct gate_check *check = &judgement->check[i];
        buffer_printf(out, "  %-*s  %*s  %-*s  %s%s\n", name, check->name, value, check->value,
                      limit, check->limit, check->passed ? "pass" : "fail",
                      !check->passed && check->decides ? ", the gate fails by it" : "");
    }
}

static const char *thresholds_words(const struct judgement *judgement)
{
    if (judgement->mock)
        return judgement->strict ? "mock thresholds, --strict" : "mock thresholds";
    return judgement->strict ? "strict thresholds, --strict" : "strict thresholds";
}

/* Adds a list whose items begin with "- ", broken at the width of a terminal. */
static void add_wrapped(struct buffer *out, const char *list)
{
    size_t column = 0;
    while (*list != '\0') {
        size_t length = strcspn(list, " \n");
        if (column > 0 && column + 1 + length > LINE_WIDTH) {
            buffer_puts(out, "\n ");
            column = 1;
        }
        if (column > 0)
            buffer_puts(out, " ");
        buffer_add(out, list, length);
        column += length + (column > 0);
        list += length;
        if (*list == '\n') {
            buffer_puts(out, "\n");
            column = 0;
        }
        list += *list != '\0';
    }
}

/* All but the first line. */
static void print_body(struct buffer *out, const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    char *source = text_safe_copy(report_directory(input));
    buffer_printf(out, "%s: %zu iterations, the last %d are judged\n\n", source, input->run->count,
                  judgement->window - judgement->lacking_count);
    free(source);
    print_checks(out, judgement);
    if (input->verify == NULL)
        buffer_puts(out, "  the applied deltas were not verified\n");
    for (size_t i = 0; i < judgement->reason_count; i++)
        buffer_printf(out, "%sreason: %s\n", i == 0 ? "\n" : "", judgement->reason[i]);
    buffer_puts(out, "\n");
    struct buffer advice = {0};
    report_advice(&advice, input);
    add_wrapped(out, advice.text != NULL ? advice.text : "");
    buffer_fini(&advice);
}

char *report_gate_text(const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    struct buffer out = {0};
    buffer_printf(&out, "%s %s: verdict %s (%s)\n", judgement->mock ? "MOCK gate" : "Gate",
                  report_gate_word(judgement), verdict_name(judgement->verdict),
                  thresholds_words(judgement));
    print_body(&out, input);
    return buffer_take(&out);
}

char *report_analysis_text(const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    struct buffer out = {0};
    buffer_printf(&out, "%s: verdict %s (%s)\n", judgement->mock ? "MOCK analysis" : "Analysis",
                  verdict_name(judgement->verdict), thresholds_words(judgement));
    print_body(&out, input);
    return buffer_take(&out);
}
