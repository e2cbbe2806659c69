/* report_sections: sections of figures that the audit is put together from, each with its heading
 * (but for the anomalies, which other documents show too). Private to the report_*.c files. */
#ifndef SOAKTOP_ARTIFACT_REPORT_SECTIONS_H
#define SOAKTOP_ARTIFACT_REPORT_SECTIONS_H

#include <stddef.h>
#include "artifact/report_common.h"

void report_kpis(struct buffer *out, const struct report_input *input);
void report_trends(struct buffer *out, const struct report_input *input);
void report_guards(struct buffer *out, const struct report_input *input);
void report_signatures(struct buffer *out, const struct report_input *input);
void report_edge(struct buffer *out, const struct report_input *input);
void report_anomalies(struct buffer *out, const struct report_input *input);

/* Figures over the window of the struct value at OFFSET of struct summary. */
struct stats report_window_stats(const struct report_input *input, size_t offset);

#endif
