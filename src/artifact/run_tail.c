/* run_tail: see run_tail.h. A journal is read record by record; a directory without one is small
 * and read anew whenever it changes. */
#include "config.h"

#include "artifact/run_tail.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact/iteration_file.h"
#include "artifact/journal.h"
#include "artifact/journal_fold.h"
#include "artifact/loader.h"
#include "artifact/manifest.h"
#include "model/mem.h"

struct run_tail {
    struct rundir dir;
    const struct config *config;
    struct run run;
    struct journal_reader *reader; /* NULL: no journal yet */
    struct journal_fold *fold;     /* with READER */
};

struct run_tail *run_tail_new(const char *path, const struct config *config, struct error *err)
{
    struct run_tail *tail = mem_alloc(sizeof *tail);
    tail->config = config;
    run_init(&tail->run);
    if (rundir_open(&tail->dir, path, err) == 0) {
        memcpy(tail->run.directory, tail->dir.shown, sizeof tail->run.directory);
        return tail;
    }
    free(tail);
    return NULL;
}

void run_tail_free(struct run_tail *tail)
{
    if (!tail)
        return;
    journal_reader_free(tail->reader);
    if (tail->fold)
        journal_fold_end(tail->fold);
    run_fini(&tail->run);
    rundir_close(&tail->dir);
    free(tail);
}

static bool is_there(const struct run_tail *tail, const char *name)
{
    struct stat status;
    return fstatat(tail->dir.fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/* The record of an iteration is its ITER_SUMMARY; it stands in the journal first. */
static void take_iteration(struct run_tail *tail, const json_t *record)
{
    const char *type = json_string_value(json_object_get(record, "type"));
    if (!type || strcmp(type, "iteration") != 0)
        return;
    struct iteration *iteration = iteration_from_json(record, &tail->config->params, JOURNAL_NAME,
                                                      NULL);
    if (!iteration)
        return;
    if (iteration->number < 1 || iteration->number > (int)tail->run.count + 1) {
        iteration_free(iteration);
        return;
    }
    iteration_drop_text(iteration);
    run_put_iteration_take(&tail->run, iteration);
}

static int visit(void *context, const json_t *record, struct error *err)
{
    struct run_tail *tail = context;
    take_iteration(tail, record);
    return journal_fold_record(tail->fold, record, err);
}

static int read_journal(struct run_tail *tail, struct error *err)
{
    if (!tail->reader) {
        tail->reader = journal_reader_new(&tail->dir, err);
        if (!tail->reader)
            return -1;
        tail->fold = journal_fold_new(&tail->run, &tail->config->params);
    }
    int result = journal_reader_more(tail->reader, visit, tail, err);
    journal_fold_sync(tail->fold);
    return result;
}

/* The last file may be half written: it counts once it can be read. */
static void drop_torn_end(struct run *run)
{
    while (run->count > 0 && run->iteration[run->count - 1]->state == ITERATION_GAP) {
        iteration_free(run->iteration[--run->count]);
        run->iteration[run->count] = NULL;
    }
    while (run->event_count > 0 && run->event[run->event_count - 1].iteration > (int)run->count)
        free(run->event[--run->event_count].text);
}

static void read_files(struct run_tail *tail)
{
    struct run fresh;
    run_init(&fresh);
    if (run_load(&fresh, &tail->dir, &tail->config->params, NULL, NULL, NULL) == 0) {
        drop_torn_end(&fresh);
        run_fini(&tail->run);
        tail->run = fresh;
        return;
    }
    run_fini(&fresh);
}

int run_tail_read(struct run_tail *tail, struct error *err)
{
    int result = 0;
    if (!tail->reader && !is_there(tail, JOURNAL_NAME)) {
        if (!is_there(tail, "run.json"))
            read_files(tail);
        return 0;
    }
    result = read_journal(tail, err);
    enum run_state before = tail->run.state;
    if (manifest_read(&tail->dir, &tail->run, NULL) < 0) /* it is being replaced: as it was */
        tail->run.state = before;
    if (!run_tail_over(tail))
        tail->run.state = tail->run.has_pending ? RUN_HOLDING : RUN_RUNNING;
    return result;
}

const struct run *run_tail_run(const struct run_tail *tail)
{
    return &tail->run;
}

const struct rundir *run_tail_dir(const struct run_tail *tail)
{
    return &tail->dir;
}

bool run_tail_moved(const struct run_tail *tail)
{
    struct stat open_one, named;
    return fstat(tail->dir.fd, &open_one) != 0 || stat(tail->dir.path, &named) != 0 ||
           open_one.st_dev != named.st_dev || open_one.st_ino != named.st_ino;
}

bool run_tail_over(const struct run_tail *tail)
{
    enum run_state state = tail->run.state;
    if (!tail->reader)
        return state == RUN_COMPLETED && tail->run.count > 0;
    return tail->run.has_manifest &&
           (state == RUN_COMPLETED || state == RUN_STOPPED || state == RUN_FAILED);
}
