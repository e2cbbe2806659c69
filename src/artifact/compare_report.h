/* compare_report: a comparison of two runs in words and as JSON; the command and the dashboard show
 * the same. Any thread. */
#ifndef SOAKTOP_ARTIFACT_COMPARE_REPORT_H
#define SOAKTOP_ARTIFACT_COMPARE_REPORT_H

#include "model/compare.h"
#include "model/mem.h"
#include "model/param.h"

/* Lines of a comparison, without newlines. */
void compare_head_line(char *text, size_t size); /* the columns' names */
void compare_kpi_line(const struct compare *compare, enum kpi kpi, char *text, size_t size);
void compare_param_line(const struct compare *compare, const struct param_table *table,
                        size_t index, char *text, size_t size);
/* What is aligned, how much of it both have, and what else differs: sentences, one a line. */
void compare_remarks(const struct compare *compare, const struct run *a, const struct run *b,
                     struct buffer *text);

/* The whole comparison for a terminal or a file (free it). */
char *compare_text(const struct compare *compare, const struct run *a, const struct run *b,
                   const struct param_table *table);
/* {align, rows, a: {...}, b: {...}, kpis: [...], params: [...], first, ...} with a newline (free
 * it); NULL with ERR. */
char *compare_json(const struct compare *compare, const struct run *a, const struct run *b,
                   const struct param_table *table, struct error *err);
/* What a run is called: its id, else its directory. */
const char *compare_run_name(const struct run *run);

#endif
