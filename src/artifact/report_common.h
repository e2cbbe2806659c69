/* report_common: what the documents of a gate share: title, limits, times, advice, footer. Private
 * to the report_*.c files. Any thread. */
#ifndef SOAKTOP_ARTIFACT_REPORT_COMMON_H
#define SOAKTOP_ARTIFACT_REPORT_COMMON_H

#include "artifact/markdown.h"
#include "artifact/reports.h"
#include "model/mem.h"

/* The last line of every document; by it a gate knows its own files. */
#define REPORT_FOOTER "*Written by soaktop.*"

enum { REPORT_TEXT_MAX = 300 };

/* "# TITLE: WORD", with "(MOCK thresholds)" where they are in use, and when and from what. */
void report_head(struct buffer *out, const struct report_input *input, const char *title,
                 const char *word);
void report_foot(struct buffer *out);

/* The limits in use. */
const struct kpi_limits *report_limits(const struct report_input *input);
/* "<= 0.42". */
void report_limit(char *text, size_t size, enum kpi kpi, const struct kpi_limits *limits);
/* One sentence with the four limits and the name of their set. */
void report_limits_sentence(struct buffer *out, const struct report_input *input);

/* When ITERATION was recorded, as its files say; "" if they do not. */
void report_time(char text[UTC_TEXT_MAX], const struct iteration *iteration);
/* The same in whole seconds, for tables. */
void report_time_short(char text[UTC_TEXT_MAX], const struct iteration *iteration);
/* The directory that the documents are about, for a command that the reader can type. */
const char *report_directory(const struct report_input *input);

/* Table of the gate's checks, each with value, limit and result. */
void report_checks(struct buffer *out, const struct report_input *input);
/* "passed", "FAILED", "not decided". */
const char *report_gate_word(const struct judgement *judgement);
/* A list of the gate's reasons, and what to do next, one sentence a line. */
void report_reasons(struct buffer *out, const struct report_input *input);
void report_advice(struct buffer *out, const struct report_input *input);
/* "ok", "failed", "missing or torn". */
const char *report_state_name(enum iteration_state state);
/* The iterations that failed or are missing, with their error, those in a row with the same one on
 * one line; nothing if there are none. */
void report_unusable(struct buffer *out, const struct report_input *input);

#endif
