/* edge_file: EDGE_REPORT.json as text: to and from struct edge_report. Any thread. */
#ifndef SOAKTOP_ARTIFACT_EDGE_FILE_H
#define SOAKTOP_ARTIFACT_EDGE_FILE_H

#include <stddef.h>
#include "model/edge_report.h"

#define EDGE_REPORT_NAME "EDGE_REPORT.json"

enum edge_reading {
    EDGE_READ,
    EDGE_INCOMPLETE, /* the text ends before the document does: its writer may not be done */
    EDGE_INVALID     /* not JSON, or values that edge_report_read refuses */
};

/* Fills REPORT from TEXT; SHOWN names the file in ERR, which is set unless EDGE_READ is returned.
 */
enum edge_reading edge_file_parse(struct edge_report *report, const char *text, size_t length,
                                  const char *shown, struct error *err);

/* REPORT as the document that edge_file_parse reads, indented (free it); what is missing is left
 * out. */
char *edge_file_text(const struct edge_report *report, size_t *length, struct error *err);

#endif
