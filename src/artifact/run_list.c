/* run_list: see run_list.h. Each run is read whole for its verdict and let go. Any thread. */
#include "config.h"

#include "artifact/run_list.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/directory.h"
#include "artifact/manifest.h"
#include "model/judge.h"
#include "model/mem.h"

/* What one listing works with. */
struct listing {
    struct run_list *list;
    const struct config *config;
    const struct run_list *before;
};

static struct run_entry *add(struct run_list *list)
{
    void *items = list->entry;
    mem_grow(&items, &list->capacity, list->count + 1, sizeof *list->entry);
    list->entry = items;
    struct run_entry *entry = &list->entry[list->count++];
    *entry = (struct run_entry){.started_ms = UTC_NONE, .ended_ms = UTC_NONE, .date_ms = UTC_NONE};
    return entry;
}

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Adds PATH unless it is listed or no directory. */
static void offer(struct run_list *list, const char *path)
{
    struct stat status, other;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode) ||
        strlen(path) >= sizeof list->entry->path)
        return;
    for (size_t i = 0; i < list->count; i++)
        if (stat(list->entry[i].path, &other) == 0 && other.st_dev == status.st_dev &&
            other.st_ino == status.st_ino)
            return;
    snprintf(add(list)->path, sizeof list->entry->path, "%s", path);
}

/* Runs that were retired: the directories of soak/runs. */
struct retired {
    struct run_list *list;
    const char *path;
};

static int offer_retired(void *context, const char *name)
{
    const struct retired *retired = context;
    char path[1024];
    int length = snprintf(path, sizeof path, "%s/%s", retired->path, name);
    if (name[0] != '.' && length > 0 && (size_t)length < sizeof path)
        offer(retired->list, path);
    return 0;
}

static void offer_soak(struct run_list *list, const char *soak)
{
    char path[PATH_MAX + 16];
    snprintf(list->root, sizeof list->root, "%.511s", soak);
    snprintf(path, sizeof path, "%s/latest", soak);
    offer(list, path);
    snprintf(path, sizeof path, "%s/runs", soak);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    struct retired retired = {list, path};
    directory_each(fd, offer_retired, &retired);
    close(fd);
}

/* True if PATH followed by MORE is a soak directory: it holds latest or runs. Its path in SOAK. */
static bool find_soak(const char *path, const char *more, char soak[PATH_MAX])
{
    char joined[PATH_MAX], inside[PATH_MAX + 16];
    int length = snprintf(joined, sizeof joined, "%s%s", path, more);
    if (length < 0 || (size_t)length >= sizeof joined || !realpath(joined, soak))
        return false;
    snprintf(inside, sizeof inside, "%s/latest", soak);
    if (is_directory(inside))
        return true;
    snprintf(inside, sizeof inside, "%s/runs", soak);
    return is_directory(inside);
}

/* All directories that may hold a run. */
static void collect(struct run_list *list, const char *path)
{
    static const char *const ways[] = {"/soak", "", "/..", "/../.."};
    char soak[PATH_MAX], real[PATH_MAX];
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!find_soak(path, ways[i], soak))
            continue;
        offer_soak(list, soak);
        if (i >= 2 && realpath(path, real))
            offer(list, real);
        return;
    }
    snprintf(list->root, sizeof list->root, "%.511s", path);
    if (realpath(path, real))
        offer(list, real);
}

static const struct run_entry *known_before(const struct listing *listing,
                                            const struct run_entry *entry)
{
    for (size_t i = 0; listing->before && i < listing->before->count; i++) {
        const struct run_entry *old = &listing->before->entry[i];
        bool over = old->state == RUN_COMPLETED || old->state == RUN_STOPPED ||
                    old->state == RUN_FAILED;
        if (over && old->has_manifest && old->fault[0] == '\0' &&
            old->changed_ms == entry->changed_ms && strcmp(old->path, entry->path) == 0)
            return old;
    }
    return NULL;
}

static void judge(struct run_entry *entry, const struct run *run, const struct config *config)
{
    struct judgement judgement = {0};
    struct judge_options options = {.mock = entry->mock, .skip_verify = true};
    judge_run(&judgement, run, NULL, &config->thresholds, &options);
    entry->verdict = judgement.verdict;
    judge_fini(&judgement);
}

static void describe(struct run_entry *entry, const struct run *run, const struct config *config)
{
    memcpy(entry->id, run->id, sizeof entry->id);
    entry->has_manifest = run->has_manifest;
    entry->source = run->source;
    entry->state = run->state;
    entry->count = (int)run->count;
    entry->planned = run->planned;
    entry->started_ms = run->started_ms;
    entry->ended_ms = run->ended_ms;
    entry->mock = run->source == SOURCE_MOCK;
    entry->date_ms = run->started_ms;
    for (size_t i = 0; i < run->count && entry->date_ms == UTC_NONE; i++)
        entry->date_ms = run->iteration[i]->utc_ms;
    if (run->count > 0)
        judge(entry, run, config);
}

static void read_entry(const struct listing *listing, struct run_entry *entry)
{
    struct rundir dir;
    struct run run;
    struct stat status;
    struct error fault = ERROR_INIT;
    if (stat(entry->path, &status) == 0)
        entry->changed_ms = (int64_t)status.st_mtim.tv_sec * 1000 +
                            status.st_mtim.tv_nsec / 1000000;
    const struct run_entry *old = known_before(listing, entry);
    if (old) {
        *entry = *old;
        return;
    }
    run_init(&run);
    if (rundir_open(&dir, entry->path, &fault) == 0) {
        memcpy(entry->shown, dir.shown, sizeof entry->shown);
        if (run_load(&run, &dir, &listing->config->params, NULL, NULL, &fault) < 0)
            manifest_read(&dir, &run, NULL); /* it may have begun, and have no iteration yet */
        describe(entry, &run, listing->config);
        rundir_close(&dir);
    }
    run_fini(&run);
    if (entry->date_ms == UTC_NONE)
        entry->date_ms = entry->changed_ms;
    if (fault.code != ERROR_NONE)
        memcpy(entry->fault, fault.text, sizeof entry->fault);
}

static bool is_latest(const struct run_entry *entry)
{
    size_t length = strlen(entry->path);
    return length >= 7 && strcmp(entry->path + length - 7, "/latest") == 0;
}

static int compare_entries(const void *left, const void *right)
{
    const struct run_entry *a = left, *b = right;
    if (a->date_ms != b->date_ms)
        return a->date_ms < b->date_ms ? 1 : -1;
    if (is_latest(a) != is_latest(b))
        return is_latest(a) ? -1 : 1;
    return strcmp(b->path, a->path);
}

int run_list_read(struct run_list *list, const char *path, const struct config *config,
                  const struct run_list *before, loader_progress *progress, void *context,
                  struct error *err)
{
    struct listing listing = {list, config, before};
    *list = (struct run_list){.count = 0};
    collect(list, path);
    for (size_t i = 0; i < list->count; i++) {
        if (progress && !progress(context, i, list->count))
            return error_set(err, ERROR_STOPPED, "listing the runs of %s was stopped", path);
        read_entry(&listing, &list->entry[i]);
    }
    if (list->count == 0)
        return error_set(err, ERROR_INPUT, "%s holds no run; name an artifact root", path);
    qsort(list->entry, list->count, sizeof *list->entry, compare_entries);
    return 0;
}

void run_list_fini(struct run_list *list)
{
    free(list->entry);
    *list = (struct run_list){.count = 0};
}

const char *run_entry_name(const struct run_entry *entry)
{
    if (entry->id[0] != '\0')
        return entry->id;
    const char *slash = strrchr(entry->path, '/');
    return slash && slash[1] ? slash + 1 : entry->path;
}

static bool is_named(const struct run_entry *entry, const char *name)
{
    const char *slash = strrchr(entry->path, '/');
    return strcmp(entry->id, name) == 0 || strcmp(entry->path, name) == 0 ||
           strcmp(entry->shown, name) == 0 || (slash && strcmp(slash + 1, name) == 0);
}

const struct run_entry *run_list_find(const struct run_list *list, const char *name)
{
    for (size_t i = 0; name[0] != '\0' && i < list->count; i++)
        if (is_named(&list->entry[i], name))
            return &list->entry[i];
    return NULL;
}
