/* resume: see resume.h. How the engine goes on stands in resume_run.c. */
#include "config.h"

#include "engine/resume.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/root.h"

static int nothing(struct error *err, const char *artifacts, const char *why)
{
    return error_set(err, ERROR_REFUSED, "nothing to resume: %s/soak/latest %s; start a new run",
                     artifacts, why);
}

static int read_terms(struct resume *resume, const struct root *root, struct error *err)
{
    struct rundir dir;
    if (rundir_open_latest(&dir, root, ROOT_READ, NULL) != 0)
        return nothing(err, root->path, "holds no run");
    int result = run_terms_read(&resume->terms, &dir, err);
    if (result == 0 && !resume->terms.run.has_manifest)
        result = nothing(err, root->path, "has no run.json");
    rundir_close(&dir);
    return result;
}

int resume_read(struct resume *resume, const char *artifacts, struct error *err)
{
    struct root root = {.fd = -1, .reports_fd = -1, .soak_fd = -1};
    *resume = (struct resume){.change_count = 0};
    run_init(&resume->terms.run);
    if (root_open(&root, artifacts, ROOT_READ, NULL) != 0)
        return nothing(err, artifacts, "holds no run");
    int result = read_terms(resume, &root, err);
    root_close(&root);
    return result;
}

void resume_fini(struct resume *resume)
{
    run_terms_fini(&resume->terms);
}

static const char *text_of(const struct resume *resume, const char *name)
{
    const char *text = run_terms_option(&resume->terms, name);
    return text ? text : "";
}

static double number_of(const struct resume *resume, const char *name)
{
    return strtod(text_of(resume, name), NULL);
}

void resume_note_change(struct resume *resume, const char *name, const char *from, const char *to)
{
    if (strcmp(from, to) == 0 || resume->change_count == RESUME_CHANGES_MAX)
        return;
    struct term_change *change = &resume->change[resume->change_count++];
    snprintf(change->name, sizeof(change->name), "%s", name);
    snprintf(change->from, sizeof(change->from), "%s", from);
    snprintf(change->to, sizeof(change->to), "%s", to);
    char option[32];
    snprintf(option, sizeof(option), "--%s", name);
    run_terms_set(&resume->terms, option, to);
}

/* *NUMBER is the run's OLD one unless GIVEN anew. */
static void merge_number(struct resume *resume, const char *name, bool given, double old,
                         double *number)
{
    char from[64], to[64];
    if (!given) {
        *number = old;
        return;
    }
    snprintf(from, sizeof(from), "%.17g", old);
    snprintf(to, sizeof(to), "%.17g", *number);
    resume_note_change(resume, name, from, to);
}

static void merge_iterations(struct resume *resume, bool given, int *iterations)
{
    char from[24], to[24];
    int old = resume->terms.run.planned;
    if (!given) {
        *iterations = old;
        return;
    }
    snprintf(from, sizeof(from), "%d", old);
    snprintf(to, sizeof(to), "%d", *iterations);
    resume_note_change(resume, "iterations", old ? from : "until stopped", to);
}

static void merge_mode(struct resume *resume, bool given, enum approve_mode *mode)
{
    enum approve_mode old = resume->terms.run.mode;
    if (!given)
        *mode = old;
    else
        resume_note_change(resume, "approve", approve_mode_name(old), approve_mode_name(*mode));
}

static void merge_on_timeout(struct resume *resume, bool given, bool *applies)
{
    bool old = strcmp(text_of(resume, "--on-timeout"), "apply") == 0;
    if (!given)
        *applies = old;
    else
        resume_note_change(resume, "on-timeout", old ? "apply" : "reject",
                           *applies ? "apply" : "reject");
}

static void merge_tripwire(struct resume *resume, unsigned given, struct engine_options *options)
{
    const char *old = run_terms_option(&resume->terms, "--tripwire");
    bool rolls_back = run_terms_option(&resume->terms, "--tripwire-rollback") != NULL;
    if (given & RESUME_TRIPWIRE)
        resume_note_change(resume, "tripwire", old ? old : "none", options->tripwire);
    else
        options->tripwire = old;
    if (!(given & RESUME_TRIPWIRE_ROLLBACK))
        options->tripwire_rollback = rolls_back;
    else if (!rolls_back)
        resume_note_change(resume, "tripwire-rollback", "off", "");
}

/* What the run's source works on: its command or path whole, which the manifest may have cut. */
static const char *detail_of(const struct resume *resume)
{
    static const char *const names[SOURCE_COUNT] = {
        [SOURCE_EXEC] = "--exec", [SOURCE_EDGE_REPORT] = "--edge-report"};
    const char *name = names[resume->terms.run.source];
    const char *text = name ? run_terms_option(&resume->terms, name) : NULL;
    return text ? text : resume->terms.run.source_detail;
}

static int check_source(const struct engine_options *options, const struct resume *resume,
                        struct error *err)
{
    const struct run *run = &resume->terms.run;
    const char *detail = options->exec_command       ? options->exec_command
                         : options->edge_report_path ? options->edge_report_path
                                                     : "";
    if (options->source == run->source && strcmp(detail, detail_of(resume)) == 0)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "the run %s has the source %s%s%s, not %s%s%s: leave the source out, or start "
                     "a new run without --resume",
                     run->id, run_source_name(run->source), detail_of(resume)[0] ? " " : "",
                     detail_of(resume), run_source_name(options->source), detail[0] ? " " : "",
                     detail);
}

int resume_merge(struct engine_options *options, struct resume *resume, unsigned given,
                 struct error *err)
{
    const struct run *run = &resume->terms.run;
    if ((given & RESUME_SOURCE) && check_source(options, resume, err) != 0)
        return -1;
    options->source = run->source;
    options->exec_command = run->source == SOURCE_EXEC ? detail_of(resume) : NULL;
    options->edge_report_path = run->source == SOURCE_EDGE_REPORT ? detail_of(resume) : NULL;
    merge_iterations(resume, given & RESUME_ITERATIONS, &options->iterations);
    merge_mode(resume, given & RESUME_MODE, &options->mode);
    merge_number(resume, "interval", given & RESUME_INTERVAL, run->interval_s,
                 &options->interval_s);
    merge_number(resume, "approve-timeout", given & RESUME_APPROVE_TIMEOUT,
                 number_of(resume, "--approve-timeout"), &options->approve_timeout_s);
    merge_on_timeout(resume, given & RESUME_ON_TIMEOUT, &options->timeout_applies);
    merge_number(resume, "exec-timeout", given & RESUME_EXEC_TIMEOUT,
                 number_of(resume, "--exec-timeout"), &options->exec_timeout_s);
    merge_number(resume, "report-timeout", given & RESUME_REPORT_TIMEOUT,
                 number_of(resume, "--report-timeout"), &options->report_timeout_s);
    merge_tripwire(resume, given, options);
    options->run_id = run->id;
    options->profile = options->preset = NULL;
    options->set_count = 0;
    options->resume = resume;
    return 0;
}
