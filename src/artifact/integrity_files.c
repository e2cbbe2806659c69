/* integrity_files: that the files beside a journal are those that its records make. Of a run that
 * has not ended the newest may be one record behind, and the report further: each of them must then
 * be what it was at an earlier record. Any thread. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "artifact/directory.h"
#include "artifact/integrity_impl.h"
#include "artifact/iteration_file.h"
#include "artifact/jsonfile.h"
#include "artifact/manifest.h"
#include "artifact/tuning_report.h"

#define GATE_SHOWN "artifacts/" KPI_GATE_NAME

/* No report of a run that can be recorded is longer. */
#define FILE_BYTES_MAX ((size_t)1 << 30)

static struct integrity_text text_of(const struct buffer *buffer)
{
    return (struct integrity_text){buffer->text, buffer->length};
}

static bool same(struct integrity_text left, struct integrity_text right)
{
    return left.text && right.text && left.length == right.length &&
           memcmp(left.text, right.text, left.length) == 0;
}

static bool is_there(int dirfd, const char *name)
{
    struct stat status;
    return fstatat(dirfd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT;
}

/* BUFFER gets the file; its text stays NULL if there is none. */
static int read_in(struct integrity *integrity, struct buffer *buffer, int dirfd, const char *name,
                   const char *shown, long record)
{
    struct error fault = ERROR_INIT;
    *buffer = (struct buffer){0};
    if (dirfd < 0 || !is_there(dirfd, name))
        return 0;
    buffer->text = file_read(dirfd, name, shown, FILE_BYTES_MAX, &buffer->length, &fault);
    return buffer->text ? 0 : integrity_blame(integrity, record, shown, "", "%s", fault.text);
}

/* FOUND is not what the journal makes it. */
static int blame_text(struct integrity *integrity, long record, const char *file,
                      struct integrity_text expected, struct integrity_text found)
{
    char place[200], text[200];
    if (!found.text)
        return integrity_blame(integrity, record, file, "", "the file is missing");
    if (!expected.text)
        return integrity_blame(integrity, record, file, "", "no record of the journal makes it");
    integrity_place(expected, found, place, text);
    return integrity_blame(integrity, record, file, place, "%s", text);
}

int integrity_files_open(struct integrity *integrity, struct integrity_files *files,
                         const struct rundir *dir)
{
    files->dir = dir;
    if (read_in(integrity, &files->report, dir->fd, TUNING_REPORT_NAME, TUNING_REPORT_NAME, 0) <
            0 ||
        read_in(integrity, &files->gate, dir->artifacts_fd, KPI_GATE_NAME, GATE_SHOWN, 0) < 0)
        return -1;
    return read_in(integrity, &files->summary, dir->fd, SUMMARY_NAME, SUMMARY_NAME, 0);
}

void integrity_files_fini(struct integrity_files *files)
{
    buffer_fini(&files->report);
    buffer_fini(&files->gate);
    buffer_fini(&files->summary);
    free(files->record_of);
    files->record_of = NULL;
}

static long record_of(const struct integrity_files *files, const struct rebuild *rebuild,
                      int number)
{
    bool known = number >= 1 && (size_t)number <= rebuild_run(rebuild)->count;
    return known ? files->record_of[number - 1] : 0;
}

/* The newest file of a run that was killed may not be there yet: that is seen at the end. */
static int check_iteration(struct integrity *integrity, struct integrity_files *files,
                           struct integrity_text expected, int number, long seq)
{
    char name[ITERATION_FILE_NAME_MAX];
    struct buffer found;
    iteration_file_name(name, number);
    if (read_in(integrity, &found, files->dir->fd, name, name, seq) < 0)
        return -1;
    int result = 0;
    if (!found.text && !files->strict)
        files->missing = number;
    else if (!same(expected, text_of(&found)))
        result = blame_text(integrity, seq, name, expected, text_of(&found));
    else
        integrity->files++;
    buffer_fini(&found);
    return result;
}

int integrity_files_record(struct integrity *integrity, struct integrity_files *files,
                           const struct rebuild *rebuild, long seq)
{
    struct integrity_text text, gate;
    int number = 0;
    text.text = rebuild_iteration(rebuild, &number, &text.length);
    if (!text.text)
        return 0;
    if (files->missing) {
        char name[ITERATION_FILE_NAME_MAX];
        iteration_file_name(name, files->missing);
        /* of a soak that goes on it may have come since: before the record that is read now */
        if (!integrity->in_progress || !is_there(files->dir->fd, name))
            return integrity_blame(integrity, record_of(files, rebuild, files->missing), name, "",
                                   "the file is missing");
        files->missing = 0;
    }
    void *records = files->record_of;
    mem_grow(&records, &files->capacity, (size_t)number, sizeof *files->record_of);
    files->record_of = records;
    files->record_of[number - 1] = seq;
    gate.text = rebuild_kpi_gate(rebuild, &gate.length);
    if (same(gate, text_of(&files->gate)))
        files->gate_match = number;
    return check_iteration(integrity, files, text, number, seq);
}

static int check_gate(struct integrity *integrity, const struct integrity_files *files,
                      const struct rebuild *rebuild)
{
    struct integrity_text expected;
    int count = (int)rebuild_run(rebuild)->count;
    int behind = integrity->in_progress ? INT_MAX : 1;
    expected.text = rebuild_kpi_gate(rebuild, &expected.length);
    if (!expected.text && !files->gate.text)
        return 0;
    bool lags = !files->strict && (files->gate_match || !files->gate.text) &&
                count - files->gate_match <= behind;
    if (files->gate_match != count && !lags)
        return blame_text(integrity, record_of(files, rebuild, count), GATE_SHOWN, expected,
                          text_of(&files->gate));
    integrity->files++;
    return 0;
}

static int check_summary(struct integrity *integrity, const struct integrity_files *files,
                         const struct rebuild *rebuild)
{
    struct integrity_text expected;
    expected.text = rebuild_summary(rebuild, &expected.length);
    if (!files->summary.text && (!files->strict || !expected.text))
        return 0;
    if (!same(expected, text_of(&files->summary)))
        return blame_text(integrity, files->end_record, SUMMARY_NAME, expected,
                          text_of(&files->summary));
    integrity->files++;
    return 0;
}

/* The journal read again, until the report was what the file is. */
struct search {
    struct rebuild *rebuild;
    struct integrity_text wanted;
    size_t count; /* iterations that the file holds */
    long record;  /* the last at which the report had as many */
    bool found;
};

static int look_back(void *context, const json_t *record, struct error *err)
{
    struct search *search = context;
    struct integrity_text text;
    if (rebuild_record(search->rebuild, record, err) < 0)
        return -1;
    size_t count = rebuild_run(search->rebuild)->count;
    if (count < search->count)
        return 0;
    if (count > search->count)
        return 1; /* past it */
    text.text = rebuild_tuning_report(search->rebuild, &text.length);
    search->record = (long)json_integer_value(json_object_get(record, "seq"));
    search->found = same(text, search->wanted);
    return search->found ? 1 : 0;
}

/* True if the report of a run that goes on, or was killed, is that of an earlier record. */
static bool report_lags(const struct integrity_files *files, const struct param_table *table,
                        struct search *search)
{
    json_auto_t *json = json_read_text(files->report.text, files->report.length, "it", NULL);
    search->count = json_array_size(json_object_get(json, "iterations"));
    search->wanted = text_of(&files->report);
    search->rebuild = rebuild_new(table);
    journal_each(files->dir, look_back, search, NULL, NULL);
    rebuild_free(search->rebuild);
    return search->found;
}

/* The iteration that PLACE of a report is about: "$.iterations[2].applied" is of the third. */
static int iteration_at(const char *place)
{
    static const char start[] = "$.iterations[";
    if (strncmp(place, start, sizeof start - 1) != 0)
        return 0;
    return (int)strtol(place + sizeof start - 1, NULL, 10) + 1;
}

static int check_report(struct integrity *integrity, const struct integrity_files *files,
                        struct rebuild *rebuild, const struct param_table *table)
{
    struct integrity_text expected, found = text_of(&files->report);
    char place[200], text[200];
    size_t count = rebuild_run(rebuild)->count;
    expected.text = rebuild_tuning_report(rebuild, &expected.length);
    if (!found.text && !files->strict && count <= 1)
        return 0;
    if (same(expected, found)) {
        integrity->files++;
        return 0;
    }
    if (!found.text)
        return blame_text(integrity, integrity->records, TUNING_REPORT_NAME, expected, found);
    struct search search = {.found = false};
    if (!files->strict && report_lags(files, table, &search)) {
        integrity->files++;
        integrity_note(integrity, TUNING_REPORT_NAME " is that of record %ld and lags behind%s",
                       search.record,
                       integrity->in_progress ? ": the soak goes on" : "; run --resume renews it");
        return 0;
    }
    integrity_place(expected, found, place, text);
    int number = iteration_at(place);
    return integrity_blame(integrity,
                           number ? record_of(files, rebuild, number) : integrity->records,
                           TUNING_REPORT_NAME, place, "%s", text);
}

struct stray {
    int count, number;
};

static int look_stray(void *context, const char *name)
{
    struct stray *stray = context;
    int number = iteration_file_number(name);
    if (number > stray->count && (stray->number == 0 || number < stray->number))
        stray->number = number;
    return 0;
}

static int check_strays(struct integrity *integrity, const struct integrity_files *files,
                        const struct rebuild *rebuild)
{
    char name[ITERATION_FILE_NAME_MAX];
    struct stray stray = {.count = (int)rebuild_run(rebuild)->count};
    if (integrity->in_progress) /* it may have come since the journal was read */
        return 0;
    directory_each(files->dir->fd, look_stray, &stray);
    if (stray.number == 0)
        return 0;
    iteration_file_name(name, stray.number);
    return integrity_blame(integrity, integrity->records, name, "",
                           "no record of the journal makes it: the last is of iteration %d",
                           stray.count);
}

int integrity_files_end(struct integrity *integrity, struct integrity_files *files,
                        struct rebuild *rebuild, const struct param_table *table)
{
    if (check_strays(integrity, files, rebuild) < 0 ||
        check_report(integrity, files, rebuild, table) < 0 ||
        check_gate(integrity, files, rebuild) < 0)
        return -1;
    if (files->missing)
        integrity_note(integrity, "ITER_SUMMARY_%d.json is not written yet%s", files->missing,
                       integrity->in_progress ? ": the soak goes on" : "; run --resume writes it");
    return check_summary(integrity, files, rebuild);
}
