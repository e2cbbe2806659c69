/* iteration_file: ITER_SUMMARY_n.json and KPI_GATE.json on disk. Both can be rebuilt from the
 * journal: renamed in, not synced. Engine thread writes; any thread reads. */
#include "config.h"

#include "artifact/iteration_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/document.h"
#include "artifact/jsonfile.h"
#include "model/node.h"

#define PREFIX "ITER_SUMMARY_"
#define SUFFIX ".json"

enum { ITERATION_MAX = 1000000, NUMBER_DIGITS = 7 };

void iteration_file_name(char name[ITERATION_FILE_NAME_MAX], int number)
{
    snprintf(name, ITERATION_FILE_NAME_MAX, PREFIX "%d" SUFFIX, number);
}

int iteration_file_number(const char *name)
{
    size_t prefix = strlen(PREFIX);
    if (strncmp(name, PREFIX, prefix) != 0)
        return 0;
    const char *digits = name + prefix;
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > NUMBER_DIGITS || digits[0] == '0' ||
        strcmp(digits + count, SUFFIX) != 0)
        return 0;
    long number = strtol(digits, NULL, 10);
    return number <= ITERATION_MAX ? (int)number : 0;
}

static json_t *kpi_gate_to_json(const struct iteration *iteration)
{
    const struct summary *summary = &iteration->summary;
    json_t *json = document_object(), *runtime = document_object(), *reasons = document_array();
    char utc[UTC_TEXT_MAX];
    bool failed = iteration->state != ITERATION_OK;
    utc_format(utc, iteration->utc_ms);
    if (failed)
        document_append(reasons, document_string("iteration failed"));
    for (size_t i = 0; !failed && i < summary->reason_count; i++)
        document_append(reasons, document_string(summary->reason[i]));
    document_put(runtime, "utc", document_text(utc));
    document_put(runtime, "version", document_text(summary->version));
    document_put(json, "verdict",
                 document_string(verdict_name(failed ? VERDICT_FAIL : summary->kpi_verdict)));
    document_put(json, "reasons", reasons);
    document_put(json, "runtime", runtime);
    return json;
}

char *iteration_file_text(const struct iteration *iteration, const struct param_table *table,
                          size_t *length, struct error *err)
{
    json_auto_t *json = iteration_to_json(iteration, table);
    return canon_dump(json, CANON_PRETTY, length, err);
}

char *kpi_gate_text(const struct iteration *iteration, size_t *length, struct error *err)
{
    json_auto_t *json = kpi_gate_to_json(iteration);
    return canon_dump(json, CANON_PRETTY, length, err);
}

/* Writes TEXT (stolen; NULL with ERR set: it cannot be written). */
static int write_take(int dirfd, const char *name, const char *shown, char *text, size_t length,
                      struct error *err)
{
    if (!text) {
        error_prefix(err, "%s", shown);
        return -1;
    }
    int result = atomic_write(dirfd, name, shown, text, length, REBUILDABLE, err);
    free(text);
    return result;
}

int iteration_file_write(const struct rundir *dir, const struct iteration *iteration,
                         const struct param_table *table, struct error *err)
{
    char name[ITERATION_FILE_NAME_MAX], shown[sizeof dir->path + 64];
    size_t length = 0;
    iteration_file_name(name, iteration->number);
    snprintf(shown, sizeof shown, "%s/%s", dir->path, name);
    char *text = iteration_file_text(iteration, table, &length, err);
    if (write_take(dir->fd, name, shown, text, length, err) < 0)
        return -1;
    snprintf(shown, sizeof shown, "%s/artifacts/" KPI_GATE_NAME, dir->path);
    if (dir->artifacts_fd < 0)
        return error_set(err, ERROR_IO, "cannot write %s: there is no such directory", shown);
    text = kpi_gate_text(iteration, &length, err);
    return write_take(dir->artifacts_fd, KPI_GATE_NAME, shown, text, length, err);
}

enum verdict kpi_gate_read(const struct rundir *dir)
{
    char verdict[16];
    if (dir->artifacts_fd < 0)
        return VERDICT_NONE;
    json_auto_t *json = json_read_file(dir->artifacts_fd, KPI_GATE_NAME, KPI_GATE_NAME, NULL);
    struct node root = node_root(json, KPI_GATE_NAME);
    if (!json || node_text_cut(&root, "verdict", verdict, sizeof verdict, NULL) < 0)
        return VERDICT_NONE;
    return verdict_parse(verdict);
}
