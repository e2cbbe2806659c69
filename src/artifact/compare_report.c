/* compare_report: see compare_report.h. Invariant: a value that is missing reads n/a, or null. */
#include "config.h"

#include "artifact/compare_report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/canon.h"
#include "artifact/document.h"

enum { CELL = 24 };

const char *compare_run_name(const struct run *run)
{
    return run->id[0] != '\0' ? run->id : run->directory;
}

static const char *number(char text[CELL], struct value value, int decimals)
{
    if (value_present(value))
        snprintf(text, CELL, "%.*f", decimals, value.number);
    else
        snprintf(text, CELL, "n/a");
    return text;
}

static const char *signed_number(char text[CELL], struct value value, int decimals)
{
    if (value_present(value))
        snprintf(text, CELL, "%+.*f", decimals, value.number);
    else
        snprintf(text, CELL, "n/a");
    return text;
}

/* "it 7", "it 7 / it 9" where they are not the same; "nowhere". */
static const char *place(char text[CELL], int a, int b)
{
    if (a == 0)
        snprintf(text, CELL, "nowhere");
    else if (a == b)
        snprintf(text, CELL, "it %d", a);
    else
        snprintf(text, CELL, "it %d / it %d", a, b);
    return text;
}

void compare_head_line(char *text, size_t size)
{
    snprintf(text, size, "%-14s %9s %9s %9s %9s %9s %-6s  %s", "KPI", "mean A", "mean B", "B-A",
             "median A", "median B", "better", "first differs at");
}

void compare_kpi_line(const struct compare *compare, enum kpi kpi, char *text, size_t size)
{
    const struct kpi_info *info = &kpi_table[kpi];
    const struct compare_kpi *compared = &compare->kpi[kpi];
    char name[CELL], a[CELL], b[CELL], by[CELL], mid_a[CELL], mid_b[CELL], first[CELL];
    snprintf(name, sizeof name, "%s%s%s", info->label, info->unit[0] ? " " : "", info->unit);
    snprintf(
        text, size, "%-14s %9s %9s %9s %9s %9s %-6s  %s", name,
        number(a, compared->a.mean, info->decimals), number(b, compared->b.mean, info->decimals),
        signed_number(by, compared->difference, info->decimals),
        number(mid_a, compared->a.median, info->decimals),
        number(mid_b, compared->b.median, info->decimals), compare_better_name(compared->better),
        place(first, compared->first_a, compared->first_b));
}

void compare_param_line(const struct compare *compare, const struct param_table *table,
                        size_t index, char *text, size_t size)
{
    const struct compare_param *row = &compare->param[index];
    const struct param *param = &table->param[row->param];
    char a[40], b[40], last_a[40], last_b[40], first[CELL];
    snprintf(text, size, "%-24s %10s %10s  %s; at the end %s, %s", param->name,
             param_format(param, row->at_a, a, sizeof a),
             param_format(param, row->at_b, b, sizeof b), place(first, row->first_a, row->first_b),
             param_format(param, row->last_a, last_a, sizeof last_a),
             param_format(param, row->last_b, last_b, sizeof last_b));
}

static void remark_length(const struct compare *compare, struct buffer *text)
{
    const char *what = compare->align == ALIGN_EVENT ? "event" : "iteration";
    buffer_printf(text, "aligned by %s: the first %zu of both are compared", what, compare->rows);
    if (compare->count_a != compare->count_b)
        buffer_printf(text, "; A has %d, B has %d, what is beyond is left out", compare->count_a,
                      compare->count_b);
    buffer_puts(text, "\n");
}

void compare_remarks(const struct compare *compare, const struct run *a, const struct run *b,
                     struct buffer *text)
{
    remark_length(compare, text);
    buffer_puts(text, "B-A is the difference of the means; whether it is more than noise is not "
                      "judged\n");
    if (compare->source_differs)
        buffer_printf(text, "the sources differ: A %s, B %s\n", run_source_name(a->source),
                      run_source_name(b->source));
    if (compare->mode_differs)
        buffer_printf(text, "the modes differ: A %s, B %s\n", approve_mode_name(a->mode),
                      approve_mode_name(b->mode));
    if (!compare->params_known)
        buffer_puts(text, "parameters: n/a, one of the runs did not record them\n");
    else if (compare->param_count == 0)
        buffer_puts(text, "parameters: the same in all iterations compared\n");
}

char *compare_text(const struct compare *compare, const struct run *a, const struct run *b,
                   const struct param_table *table)
{
    struct buffer text = {0};
    char line[256];
    buffer_printf(&text, "A = %s (%s, %zu it)   B = %s (%s, %zu it)\n", compare_run_name(a),
                  a->directory, a->count, compare_run_name(b), b->directory, b->count);
    compare_remarks(compare, a, b, &text);
    compare_head_line(line, sizeof line);
    buffer_printf(&text, "\n%s\n", line);
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        compare_kpi_line(compare, (enum kpi)kpi, line, sizeof line);
        buffer_printf(&text, "%s\n", line);
    }
    if (compare->param_count > 0)
        buffer_printf(&text, "\n%-24s %10s %10s  %s\n", "parameter", "A", "B", "first differs at");
    for (size_t i = 0; i < compare->param_count; i++) {
        compare_param_line(compare, table, i, line, sizeof line);
        buffer_printf(&text, "%s\n", line);
    }
    char where[CELL];
    buffer_printf(&text, "\nfirst difference of all: %s\n",
                  place(where, compare->first_a, compare->first_b));
    return buffer_take(&text);
}

static json_t *iteration_or_null(int iteration)
{
    return iteration > 0 ? document_integer(iteration) : json_null();
}

static json_t *run_json(const struct run *run)
{
    json_t *json = document_object();
    document_put(json, "run_id", document_text(run->id));
    document_put(json, "directory", document_text(run->directory));
    document_put(json, "source", document_string(run_source_name(run->source)));
    document_put(json, "approve",
                 run->has_manifest ? document_string(approve_mode_name(run->mode)) : json_null());
    document_put(json, "iterations", document_integer((long long)run->count));
    return json;
}

static json_t *kpi_json(const struct compare *compare, enum kpi kpi)
{
    const struct compare_kpi *compared = &compare->kpi[kpi];
    bool judged = compared->better != BETTER_UNKNOWN;
    json_t *json = document_object();
    document_put(json, "kpi", document_string(kpi_table[kpi].key));
    document_put(json, "mean_a", document_value(compared->a.mean));
    document_put(json, "mean_b", document_value(compared->b.mean));
    document_put(json, "median_a", document_value(compared->a.median));
    document_put(json, "median_b", document_value(compared->b.median));
    document_put(json, "count_a", document_integer((long long)compared->a.count));
    document_put(json, "count_b", document_integer((long long)compared->b.count));
    document_put(json, "difference", document_value(compared->difference));
    document_put(json, "better",
                 judged ? document_string(compare_better_name(compared->better)) : json_null());
    document_put(json, "first_a", iteration_or_null(compared->first_a));
    document_put(json, "first_b", iteration_or_null(compared->first_b));
    return json;
}

static json_t *param_json(const struct compare_param *row, const struct param_table *table)
{
    const struct param *param = &table->param[row->param];
    json_t *json = document_object();
    document_put(json, "param", document_string(param->name));
    document_put(json, "a", document_param(param, row->at_a));
    document_put(json, "b", document_param(param, row->at_b));
    document_put(json, "last_a", document_param(param, row->last_a));
    document_put(json, "last_b", document_param(param, row->last_b));
    document_put(json, "first_a", iteration_or_null(row->first_a));
    document_put(json, "first_b", iteration_or_null(row->first_b));
    return json;
}

char *compare_json(const struct compare *compare, const struct run *a, const struct run *b,
                   const struct param_table *table, struct error *err)
{
    json_auto_t *json = document_object();
    json_t *kpis = document_array(), *params = document_array();
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        document_append(kpis, kpi_json(compare, (enum kpi)kpi));
    for (size_t i = 0; i < compare->param_count; i++)
        document_append(params, param_json(&compare->param[i], table));
    document_put(json, "align",
                 document_string(compare->align == ALIGN_EVENT ? "event" : "iteration"));
    document_put(json, "compared", document_integer((long long)compare->rows));
    document_put(json, "a", run_json(a));
    document_put(json, "b", run_json(b));
    document_put(json, "kpis", kpis);
    document_put(json, "params", compare->params_known ? params : json_null());
    if (!compare->params_known)
        json_decref(params);
    document_put(json, "first_a", iteration_or_null(compare->first_a));
    document_put(json, "first_b", iteration_or_null(compare->first_b));
    char *text = canon_dump(json, CANON_COMPACT, NULL, err);
    if (text == NULL)
        return NULL;
    char *line = mem_printf("%s\n", text);
    free(text);
    return line;
}
