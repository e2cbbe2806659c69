/* iteration_file: ITER_SUMMARY_n.json and KPI_GATE.json on disk. Both can be rebuilt from the
 * journal: renamed in, not synced. Engine thread writes; any thread reads. */
#include "config.h"

#include "artifact/iteration_file.h"

#include <jansson.h>
#include <stdio.h>

#include "artifact/document.h"
#include "artifact/jsonfile.h"
#include "model/node.h"

#define KPI_GATE_NAME "KPI_GATE.json"

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

int iteration_file_write(const struct rundir *dir, const struct iteration *iteration,
                         const struct param_table *table, struct error *err)
{
    char name[48], shown[sizeof dir->path + 64];
    snprintf(name, sizeof name, "ITER_SUMMARY_%d.json", iteration->number);
    snprintf(shown, sizeof shown, "%s/%s", dir->path, name);
    if (document_write_take(dir->fd, name, shown, iteration_to_json(iteration, table), REBUILDABLE,
                            err) < 0)
        return -1;
    snprintf(shown, sizeof shown, "%s/artifacts/" KPI_GATE_NAME, dir->path);
    if (dir->artifacts_fd < 0)
        return error_set(err, ERROR_IO, "cannot write %s: there is no such directory", shown);
    return document_write_take(dir->artifacts_fd, KPI_GATE_NAME, shown, kpi_gate_to_json(iteration),
                               REBUILDABLE, err);
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
