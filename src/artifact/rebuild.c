/* rebuild: see rebuild.h. The records are folded into a run in their order, as a follower of a live
 * journal does; a text is kept only as long as it is the newest. */
#include "config.h"

#include "artifact/rebuild.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/atomic.h"
#include "artifact/directory.h"
#include "artifact/iteration_file.h"
#include "artifact/journal.h"
#include "artifact/journal_fold.h"
#include "artifact/jsonfile.h"
#include "artifact/manifest.h"
#include "artifact/tuning_report.h"
#include "model/mem.h"

struct text {
    char *text; /* NULL: none */
    size_t length;
};

struct rebuild {
    const struct param_table *table;
    struct run run;
    struct journal_fold *fold;
    struct tuning_report *report;
    int newest; /* the last record is this iteration; 0: it is another */
    struct text iteration, kpi_gate, summary;
    bool *rolled_back; /* [iteration - 1]: its entry in the report says so */
    size_t rolled_capacity;
};

struct rebuild *rebuild_new(const struct param_table *table)
{
    struct rebuild *rebuild = mem_alloc(sizeof *rebuild);
    rebuild->table = table;
    run_init(&rebuild->run);
    rebuild->fold = journal_fold_new(&rebuild->run, table);
    rebuild->report = tuning_report_new(NULL, table);
    return rebuild;
}

void rebuild_free(struct rebuild *rebuild)
{
    if (!rebuild)
        return;
    journal_fold_end(rebuild->fold);
    tuning_report_free(rebuild->report);
    run_fini(&rebuild->run);
    free(rebuild->iteration.text);
    free(rebuild->kpi_gate.text);
    free(rebuild->summary.text);
    free(rebuild->rolled_back);
    free(rebuild);
}

static void replace_take(struct text *text, char *with, size_t length)
{
    free(text->text);
    *text = (struct text){with, length};
}

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* Notes ITERATION in the report. */
static int note_entry(struct rebuild *rebuild, const struct iteration *iteration, struct error *err)
{
    size_t index = (size_t)iteration->number - 1, before = rebuild->rolled_capacity;
    void *marks = rebuild->rolled_back;
    mem_grow(&marks, &rebuild->rolled_capacity, index + 1, sizeof *rebuild->rolled_back);
    rebuild->rolled_back = marks;
    for (size_t i = before; i < rebuild->rolled_capacity; i++)
        rebuild->rolled_back[i] = false;
    rebuild->rolled_back[index] = iteration->rolled_back_at[0] != '\0';
    return tuning_report_note(rebuild->report, iteration, err);
}

static int take_texts(struct rebuild *rebuild, const struct iteration *iteration, struct error *err)
{
    size_t length = 0;
    char *text = iteration_file_text(iteration, rebuild->table, &length, err);
    if (!text)
        return -1;
    replace_take(&rebuild->iteration, text, length);
    text = kpi_gate_text(iteration, &length, err);
    if (!text)
        return -1;
    replace_take(&rebuild->kpi_gate, text, length);
    return note_entry(rebuild, iteration, err);
}

static int take_iteration(struct rebuild *rebuild, const json_t *record, struct error *err)
{
    struct error fault = ERROR_INIT;
    struct iteration *iteration = iteration_from_json(record, rebuild->table, "it", &fault);
    if (!iteration)
        return error_set(err, ERROR_INTEGRITY, "it holds no iteration: %s", fault.text);
    int expected = (int)rebuild->run.count + 1;
    if (iteration->number != expected) {
        error_set(err, ERROR_INTEGRITY, "it records iteration %d where iteration %d is the next",
                  iteration->number, expected);
        iteration_free(iteration);
        return -1;
    }
    if (take_texts(rebuild, iteration, err) < 0) {
        iteration_free(iteration);
        return -1;
    }
    rebuild->newest = iteration->number;
    iteration_drop_text(iteration);
    run_put_iteration_take(&rebuild->run, iteration);
    return 0;
}

/* A rollback changes entries of iterations that were recorded before it. */
static int note_rolled_back(struct rebuild *rebuild, struct error *err)
{
    for (size_t i = 0; i < rebuild->run.count; i++) {
        const struct iteration *iteration = rebuild->run.iteration[i];
        if (iteration->rolled_back_at[0] && !rebuild->rolled_back[i] &&
            note_entry(rebuild, iteration, err) < 0)
            return -1;
    }
    return 0;
}

static void take_start(struct rebuild *rebuild, const json_t *record)
{
    rebuild->run.started_ms = utc_parse(text_at(json_object_get(record, "run"), "started"));
}

/* The end itself has no actor; who asks for a stop has one. */
static void take_stop(struct rebuild *rebuild, const json_t *record)
{
    size_t length = 0;
    if (text_at(record, "actor")[0])
        return;
    rebuild->run.ended_ms = utc_parse(text_at(record, "utc"));
    char *text = manifest_summary_text(&rebuild->run, &length);
    replace_take(&rebuild->summary, text, length);
}

int rebuild_record(struct rebuild *rebuild, const struct json_t *record, struct error *err)
{
    const char *type = text_at(record, "type");
    rebuild->newest = 0;
    if (strcmp(type, "start") == 0)
        take_start(rebuild, record);
    else if (strcmp(type, "stop") == 0)
        take_stop(rebuild, record);
    else if (strcmp(type, "iteration") == 0 && take_iteration(rebuild, record, err) < 0)
        return -1;
    if (journal_fold_record(rebuild->fold, record, err) < 0)
        return -1;
    return strcmp(type, "rollback_outcome") == 0 ? note_rolled_back(rebuild, err) : 0;
}

const struct run *rebuild_run(const struct rebuild *rebuild)
{
    journal_fold_sync(rebuild->fold);
    return &rebuild->run;
}

const char *rebuild_iteration(const struct rebuild *rebuild, int *number, size_t *length)
{
    *number = rebuild->newest;
    *length = rebuild->iteration.length;
    return rebuild->newest ? rebuild->iteration.text : NULL;
}

const char *rebuild_kpi_gate(const struct rebuild *rebuild, size_t *length)
{
    *length = rebuild->kpi_gate.length;
    return rebuild->kpi_gate.text;
}

const char *rebuild_tuning_report(struct rebuild *rebuild, size_t *length)
{
    return tuning_report_text(rebuild->report, length);
}

const char *rebuild_summary(const struct rebuild *rebuild, size_t *length)
{
    *length = rebuild->summary.length;
    return rebuild->summary.text;
}

struct writer {
    const struct rundir *dir;
    struct rebuild *rebuild;
    size_t written;
};

static bool is_so(int dirfd, const char *name, const char *text, size_t length)
{
    size_t found = 0;
    char *old = file_read(dirfd, name, name, length + 1, &found, NULL);
    bool same = old && found == length && memcmp(old, text, length) == 0;
    free(old);
    return same;
}

/* TEXT NULL: there is no such file to make. */
static int put(struct writer *writer, int dirfd, const char *name, const char *text, size_t length,
               struct error *err)
{
    char shown[sizeof writer->dir->path + 64];
    if (!text || (dirfd >= 0 && is_so(dirfd, name, text, length)))
        return 0;
    bool below = dirfd == writer->dir->artifacts_fd;
    snprintf(shown, sizeof shown, "%s/%s%s", writer->dir->path, below ? "artifacts/" : "", name);
    if (dirfd < 0)
        return error_set(err, ERROR_IO, "cannot write %s: there is no such directory", shown);
    writer->written++;
    return atomic_write(dirfd, name, shown, text, length, REBUILDABLE, err);
}

static int write_record(void *context, const struct json_t *record, struct error *err)
{
    struct writer *writer = context;
    struct error fault = ERROR_INIT;
    char name[ITERATION_FILE_NAME_MAX];
    size_t length;
    int number;
    if (rebuild_record(writer->rebuild, record, &fault) < 0)
        return error_set(err, ERROR_INTEGRITY, "%s/" JOURNAL_NAME ": record %lld: %s",
                         writer->dir->path,
                         (long long)json_integer_value(json_object_get(record, "seq")), fault.text);
    const char *text = rebuild_iteration(writer->rebuild, &number, &length);
    if (!text)
        return 0;
    iteration_file_name(name, number);
    return put(writer, writer->dir->fd, name, text, length, err);
}

struct stray {
    int count, number; /* iterations on record; of the file of none */
};

static int look_stray(void *context, const char *name)
{
    struct stray *stray = context;
    int number = iteration_file_number(name);
    if (number > stray->count && (stray->number == 0 || number < stray->number))
        stray->number = number;
    return 0;
}

/* The journal comes first: a file that no record made is not of this run. */
static int refuse_strays(const struct writer *writer, struct error *err)
{
    struct stray stray = {.count = (int)rebuild_run(writer->rebuild)->count};
    directory_each(writer->dir->fd, look_stray, &stray);
    if (stray.number == 0)
        return 0;
    return error_set(err, ERROR_INTEGRITY,
                     "%s/ITER_SUMMARY_%d.json: no record of the journal made it, which holds %d "
                     "iterations; move it away",
                     writer->dir->path, stray.number, stray.count);
}

static int write_rest(struct writer *writer, struct error *err)
{
    const struct rundir *dir = writer->dir;
    struct rebuild *rebuild = writer->rebuild;
    size_t length;
    const char *text = rebuild_kpi_gate(rebuild, &length);
    if (refuse_strays(writer, err) < 0 ||
        put(writer, dir->artifacts_fd, KPI_GATE_NAME, text, length, err) < 0)
        return -1;
    text = rebuild_tuning_report(rebuild, &length);
    if (put(writer, dir->fd, TUNING_REPORT_NAME, text, length, err) < 0)
        return -1;
    text = rebuild_summary(rebuild, &length);
    return put(writer, dir->fd, SUMMARY_NAME, text, length, err);
}

int rebuild_write(const struct rundir *dir, const struct param_table *table, size_t *count,
                  struct error *err)
{
    struct writer writer = {.dir = dir, .rebuild = rebuild_new(table)};
    int result = journal_each(dir, write_record, &writer, NULL, err);
    if (result == 0)
        result = write_rest(&writer, err);
    rebuild_free(writer.rebuild);
    if (count)
        *count = writer.written;
    return result;
}
