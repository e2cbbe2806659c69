/* loader: see loader.h. Files are small and many; each is read, checked, and let go. Any thread. */
#include "config.h"

#include "artifact/loader.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact/directory.h"
#include "artifact/iteration_file.h"
#include "artifact/journal.h"
#include "artifact/journal_fold.h"
#include "artifact/jsonfile.h"
#include "artifact/manifest.h"
#include "artifact/overrides.h"
#include "artifact/tuning_report.h"
#include "model/mem.h"

#define PREFIX "ITER_SUMMARY_"
#define SUFFIX ".json"

enum {
    GAP_MAX = 1000, /* more missing numbers in a row: what follows belongs to another run */
    NAME_SIZE = 40
};

/* Numbers of the files that are there. */
struct numbers {
    int *number;
    size_t count, capacity;
};

static int collect(void *context, const char *name)
{
    struct numbers *numbers = context;
    int number = iteration_file_number(name);
    if (number == 0)
        return 0;
    void *list = numbers->number;
    mem_grow(&list, &numbers->capacity, numbers->count + 1, sizeof *numbers->number);
    numbers->number = list;
    numbers->number[numbers->count++] = number;
    return 0;
}

static int compare_numbers(const void *left, const void *right)
{
    int a = *(const int *)left, b = *(const int *)right;
    return (a > b) - (a < b);
}

static bool is_there(int dirfd, const char *name)
{
    struct stat status;
    return fstatat(dirfd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT;
}

/* A run of ours that has not recorded its first iteration yet is a run all the same. */
static int list_files(const struct rundir *dir, struct numbers *numbers, struct error *err)
{
    if (directory_each(dir->fd, collect, numbers) < 0)
        return error_set(err, ERROR_IO, "cannot read the directory %s: %s", dir->path,
                         strerror(errno));
    if (numbers->count == 0 && !is_there(dir->fd, JOURNAL_NAME))
        return error_set(err, ERROR_INPUT,
                         "%s holds no ITER_SUMMARY_<n>.json; name the directory of a run",
                         dir->path);
    if (numbers->count > 0)
        qsort(numbers->number, numbers->count, sizeof *numbers->number, compare_numbers);
    return 0;
}

/* The iteration that file NAME holds; NULL with ERR, which names the file. */
static struct iteration *read_iteration(const struct rundir *dir, int number, const char *name,
                                        const struct param_table *table, struct error *err)
{
    json_auto_t *json = json_read_file(dir->fd, name, name, err);
    struct iteration *iteration = json ? iteration_from_json(json, table, name, err) : NULL;
    if (!iteration || iteration->number == number)
        return iteration;
    error_set(err, ERROR_INPUT, "%s: $.iteration is %d, but the file's name says %d", name,
              iteration->number, number);
    iteration_free(iteration);
    return NULL;
}

/* Every gap is told where the log is read. */
static void put_gap(struct run *run, int number, const char *why)
{
    struct iteration *gap = iteration_new(number);
    gap->state = ITERATION_GAP;
    gap->error = mem_strdup(why);
    run_put_iteration_take(run, gap);
    run_add_event(run, EVENT_ERROR, number, UTC_NONE, why);
}

static void fill_up_to(struct run *run, int number)
{
    for (int missing = (int)run->count + 1; missing < number; missing++) {
        char why[NAME_SIZE + 24];
        snprintf(why, sizeof why, PREFIX "%d" SUFFIX " is missing", missing);
        put_gap(run, missing, why);
    }
}

static void put_file(struct run *run, const struct rundir *dir, int number,
                     const struct param_table *table)
{
    char name[NAME_SIZE];
    struct error fault = ERROR_INIT;
    fill_up_to(run, number);
    snprintf(name, sizeof name, PREFIX "%d" SUFFIX, number);
    struct iteration *iteration = read_iteration(dir, number, name, table, &fault);
    if (!iteration) {
        put_gap(run, number, fault.text);
        return;
    }
    iteration_drop_text(iteration);
    run_put_iteration_take(run, iteration);
}

static int load_files(struct run *run, const struct rundir *dir, const struct numbers *numbers,
                      const struct param_table *table, loader_progress *progress, void *context,
                      struct error *err)
{
    for (size_t i = 0; i < numbers->count; i++) {
        int number = numbers->number[i];
        if (progress && !progress(context, i, numbers->count))
            return error_set(err, ERROR_STOPPED, "reading %s was stopped", dir->path);
        if (number > (int)run->count + GAP_MAX) {
            char why[NAME_SIZE + 80];
            snprintf(why, sizeof why,
                     PREFIX "%d" SUFFIX
                            " was passed over: more than %d files before it are missing",
                     number, (int)GAP_MAX);
            run_add_event(run, EVENT_ERROR, (int)run->count, UTC_NONE, why);
            continue;
        }
        put_file(run, dir, number, table);
    }
    if (progress)
        progress(context, numbers->count, numbers->count);
    return 0;
}

static int load_journal(struct run *run, const struct rundir *dir, const struct param_table *table,
                        struct error *err)
{
    long torn = 0;
    struct journal_fold *fold = journal_fold_new(run, table);
    int result = journal_each(dir, journal_fold_record, fold, &torn, err);
    journal_fold_end(fold);
    if (result < 0 || torn == 0)
        return result;
    char why[96];
    snprintf(why, sizeof why, JOURNAL_NAME ": a torn last line of %ld bytes was passed over", torn);
    run_add_event(run, EVENT_ERROR, (int)run->count, UTC_NONE, why);
    return 0;
}

/* The parameters that stand beside an older run; whoever wrote them, they are shown. */
static void load_params(struct run *run, const struct rundir *dir, const struct param_table *table)
{
    struct value values[PARAM_MAX];
    if (dir->soak_fd < 0)
        return;
    json_auto_t *json = json_read_file(dir->soak_fd, OVERRIDES_NAME, OVERRIDES_NAME, NULL);
    struct runtime *runtime = json ? runtime_new_from_json(table, json, OVERRIDES_NAME, NULL, NULL)
                                   : NULL;
    if (!runtime)
        return;
    runtime_values(runtime, table, values);
    run_set_params(run, values, table->count, "");
    runtime_free(runtime);
}

/* The pipeline keeps no journal: what happened follows from the iterations and the report. */
static void load_older(struct run *run, const struct rundir *dir, const struct param_table *table)
{
    struct error fault = ERROR_INIT;
    if (tuning_report_merge(dir, run, table, &fault) < 0)
        run_add_event(run, EVENT_ERROR, (int)run->count, UTC_NONE, fault.text);
    for (size_t i = 0; i < run->count; i++) {
        const struct iteration *iteration = run->iteration[i];
        if (iteration->state == ITERATION_GAP)
            continue;
        char *text = iteration_sentence(iteration);
        run_add_event(run, iteration->state == ITERATION_OK ? EVENT_ITERATION : EVENT_ERROR,
                      iteration->number, utc_parse(iteration->summary.runtime_utc), text);
        free(text);
    }
    load_params(run, dir, table);
}

static void load_manifest(struct run *run, const struct rundir *dir)
{
    struct error fault = ERROR_INIT;
    snprintf(run->directory, sizeof run->directory, "%s", dir->shown);
    if (manifest_read(dir, run, &fault) < 0)
        run_add_event(run, EVENT_ERROR, 0, UTC_NONE, fault.text);
    if (!run->has_manifest)
        run->state = is_there(dir->fd, "summary.txt") ? RUN_COMPLETED : RUN_STOPPED;
}

int run_load(struct run *run, const struct rundir *dir, const struct param_table *table,
             loader_progress *progress, void *context, struct error *err)
{
    struct numbers numbers = {0};
    int result = list_files(dir, &numbers, err);
    if (result == 0) {
        load_manifest(run, dir);
        result = load_files(run, dir, &numbers, table, progress, context, err);
    }
    free(numbers.number);
    if (result < 0)
        return -1;
    if (is_there(dir->fd, JOURNAL_NAME))
        return load_journal(run, dir, table, err);
    load_older(run, dir, table);
    return 0;
}
