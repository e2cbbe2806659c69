/* integrity: see integrity.h. The files that are rewritten are read first, then the journal, line
 * by line and once more record by record; so of a run that goes on no file is ahead of what was
 * read of the journal. */
#include "config.h"

#include "artifact/integrity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "artifact/directory.h"
#include "artifact/integrity_impl.h"
#include "artifact/iteration_file.h"
#include "artifact/manifest_json.h"
#include "artifact/tuning_report.h"

int integrity_blame(struct integrity *integrity, long record, const char *file, const char *place,
                    const char *format, ...)
{
    struct integrity_fault *fault = &integrity->fault;
    char text[ERROR_TEXT_MAX];
    size_t length = strlen(file);
    va_list args;
    if (fault->file[0])
        return -1;
    fault->record = record;
    snprintf(fault->file, sizeof fault->file, "%.60s", file);
    snprintf(fault->place, sizeof fault->place, "%s", place);
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bool named = strncmp(text, file, length) == 0 && strncmp(text + length, ": ", 2) == 0;
    snprintf(fault->text, sizeof fault->text, "%.399s", named ? text + length + 2 : text);
    return -1;
}

void integrity_note(struct integrity *integrity, const char *format, ...)
{
    va_list args;
    if (integrity->note_count == INTEGRITY_NOTES_MAX)
        return;
    va_start(args, format);
    vsnprintf(integrity->note[integrity->note_count++], INTEGRITY_TEXT_MAX, format, args);
    va_end(args);
}

bool integrity_ok(const struct integrity *integrity)
{
    return !integrity->fault.file[0];
}

struct audit {
    struct integrity *integrity;
    struct integrity_state state;
    struct integrity_files files;
    struct integrity_end end;
    struct rebuild *rebuild;
};

/* The line by itself and its place in the chain; what the run's end is. */
static int visit_line(void *context, const struct journal_line *line, struct error *err)
{
    struct audit *audit = context;
    long seq = audit->integrity->records + 1;
    (void)err;
    if (integrity_form(audit->integrity, line, seq) < 0)
        return -1;
    integrity_end_record(&audit->end, line, seq);
    audit->integrity->records = seq;
    return 0;
}

/* What the record means, and what follows from it. */
static int visit_record(void *context, const struct journal_line *line, struct error *err)
{
    struct audit *audit = context;
    struct integrity *integrity = audit->integrity;
    struct error fault = ERROR_INIT;
    long seq = integrity->records + 1;
    (void)err;
    if (integrity_state_record(integrity, &audit->state, line->record, seq) < 0)
        return -1;
    if (rebuild_record(audit->rebuild, line->record, &fault) < 0)
        return integrity_blame(integrity, seq, JOURNAL_NAME, "", "%s", fault.text);
    integrity->records = seq;
    integrity->iterations = (int)rebuild_run(audit->rebuild)->count;
    return integrity_files_record(integrity, &audit->files, audit->rebuild, seq);
}

static bool is_there(const struct rundir *dir, const char *name)
{
    struct stat status;
    return fstatat(dir->fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT;
}

static int is_iteration(void *context, const char *name)
{
    (void)context;
    return iteration_file_number(name) > 0;
}

/* Without a journal there is nothing to go by; if run.json is there it was taken away. */
static int no_journal(struct integrity *integrity, const struct rundir *dir, struct error *err)
{
    if (is_there(dir, MANIFEST_NAME)) {
        integrity_blame(integrity, 0, JOURNAL_NAME, "",
                        "the file is missing, and " MANIFEST_NAME " says that the run had one");
        return 0;
    }
    if (!is_there(dir, TUNING_REPORT_NAME) && directory_each(dir->fd, is_iteration, NULL) == 0)
        return error_set(err, ERROR_INPUT,
                         "%s holds no run; name a run directory or an artifact root", dir->path);
    return error_set(err, ERROR_INPUT,
                     "%s holds no " JOURNAL_NAME ", so there is nothing to audit it by: the Python "
                     "pipeline keeps none",
                     dir->path);
}

/* The part of a message after "PATH: record N: ". */
static const char *without_path(const char *text)
{
    const char *record = strstr(text, ": record ");
    const char *rest = record ? strstr(record + 9, ": ") : NULL;
    return rest ? rest + 2 : text;
}

/* The journal from its start. -1 with ERR: it cannot be read. What is broken is blamed. */
static int read_journal(struct audit *audit, const struct rundir *dir, journal_line_visit *visit,
                        long *torn, struct error *err)
{
    struct error fault = ERROR_INIT;
    struct integrity *integrity = audit->integrity;
    integrity->records = 0;
    int result = journal_each_line(dir, visit, audit, torn, &fault);
    if (result == 0 || !integrity_ok(integrity))
        return 0;
    if (fault.code != ERROR_INTEGRITY)
        return error_set(err, fault.code, "%s", fault.text);
    integrity_blame(integrity, integrity->records + 1, JOURNAL_NAME, "", "%s",
                    without_path(fault.text));
    return 0;
}

static void tell_torn(struct integrity *integrity, long torn)
{
    if (torn > 0 && !integrity->in_progress)
        integrity_note(integrity,
                       "a torn last line of %ld bytes, as a crash leaves it; run --resume cuts it "
                       "off",
                       torn);
    if (!integrity->sealed && !integrity->in_progress)
        integrity_note(integrity, MANIFEST_NAME
                       " does not name the journal's head: the last line is checked by the files "
                       "alone");
}

static int check_all(struct audit *audit, const struct rundir *dir, const struct param_table *table,
                     struct error *err)
{
    struct integrity *integrity = audit->integrity;
    long torn = 0;
    if (integrity->in_progress && integrity_files_open(integrity, &audit->files, dir) < 0)
        return 0;
    /* the whole chain first: who altered a record is not to be looked for in the files */
    if (read_journal(audit, dir, visit_line, &torn, err) < 0)
        return -1;
    if (!integrity_ok(integrity))
        return 0;
    if (integrity->records == 0)
        integrity_note(integrity, "the journal holds no record");
    else if (integrity_manifest(integrity, &audit->end, dir, torn) < 0)
        return 0;
    if (!integrity->in_progress && integrity_files_open(integrity, &audit->files, dir) < 0)
        return 0;
    if (read_journal(audit, dir, visit_record, NULL, err) < 0)
        return -1;
    if (!integrity_ok(integrity))
        return 0;
    audit->files.end_record = audit->end.seq;
    if (integrity_files_end(integrity, &audit->files, audit->rebuild, table) < 0 ||
        integrity_overrides(integrity, &audit->state, dir, table) < 0)
        return 0;
    tell_torn(integrity, torn);
    return 0;
}

/* What run.json says before anything is checked; a damaged one is blamed later. */
static void look_at_run(struct integrity *integrity, const struct rundir *dir)
{
    struct run run;
    size_t length = strlen(dir->shown);
    static const char latest[] = "soak/latest";
    run_init(&run);
    manifest_read(dir, &run, NULL);
    snprintf(integrity->directory, sizeof integrity->directory, "%s", dir->shown);
    snprintf(integrity->run_id, sizeof integrity->run_id, "%s", run.id);
    integrity->state = run.state;
    integrity->current = dir->soak_fd >= 0 ||
                         (length >= sizeof latest - 1 &&
                          strcmp(dir->shown + length - (sizeof latest - 1), latest) == 0);
    integrity->in_progress = dir->soak_fd >= 0 && lock_is_held(dir->soak_fd);
    run_fini(&run);
}

int integrity_check(struct integrity *integrity, const struct rundir *dir,
                    const struct param_table *table, struct error *err)
{
    *integrity = (struct integrity){.records = 0};
    look_at_run(integrity, dir);
    if (!is_there(dir, JOURNAL_NAME))
        return no_journal(integrity, dir, err);
    struct audit audit = {.integrity = integrity, .rebuild = rebuild_new(table)};
    bool over = integrity->state == RUN_COMPLETED || integrity->state == RUN_STOPPED;
    audit.files.strict = over && !integrity->in_progress;
    int result = check_all(&audit, dir, table, err);
    rebuild_free(audit.rebuild);
    integrity_files_fini(&audit.files);
    integrity_state_fini(&audit.state);
    integrity_end_fini(&audit.end);
    return result;
}
