/* reports: the documents that a gate leaves, made from the one judgement. Each builds its text
 * (free it); gate.c writes them. Text from artifacts is escaped for Markdown and made safe. */
#ifndef SOAKTOP_ARTIFACT_REPORTS_H
#define SOAKTOP_ARTIFACT_REPORTS_H

#include "artifact/config.h"
#include "model/judge.h"

struct report_input {
    const struct run *run;
    const struct judgement *judgement;
    const struct verify *verify; /* NULL if skipped */
    const struct config *config;
    const char *source; /* directory, for display */
    int64_t generated_ms;
    enum verdict kpi_gate; /* of artifacts/KPI_GATE.json; NONE: absent */
};

char *report_audit(const struct report_input *input); /* POST_SOAK_AUDIT.md */
char *report_recommendations(const struct report_input *input);
char *report_failures(const struct report_input *input); /* only on FAIL */
char *report_verify(const struct report_input *input);   /* DELTA_VERIFY_REPORT.md */
char *report_prometheus(const struct report_input *input);

/* JSON: compact, one line with a final newline; PRETTY: indented by two. */
enum snapshot_form { SNAPSHOT_LINE, SNAPSHOT_PRETTY };
char *report_verify_json(const struct report_input *input, enum snapshot_form form,
                         struct error *err); /* DELTA_VERIFY.json */
char *report_snapshot(const struct report_input *input, enum snapshot_form form, struct error *err);
/* The gate's answer for --json: verdict, exit status, checks, reasons. */
char *report_gate_json(const struct report_input *input, enum snapshot_form form,
                       struct error *err);
/* The same, that of analyze and that of verify as lines for a person; the thresholds in use stand
 * in the first one. */
char *report_gate_text(const struct report_input *input);
char *report_analysis_text(const struct report_input *input);
char *report_verify_text(const struct report_input *input);

#endif
