/* run: starts a soak, in the dashboard or headless, and judges it at the end if asked to. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/realclock.h"
#include "cmd/gate_common.h"
#include "cmd/dashboard.h"
#include "cmd/headless.h"
#include "cmd/look.h"
#include "cmd/outlive.h"
#include "cmd/run_resume.h"
#include "cmd/scripted.h"
#include "engine/control.h"
#include "engine/signals.h"
#include "ui/ui.h"

enum { ITERATIONS_MAX = 1000000, INTERVAL_DEFAULT_S = 300 };

static const struct option_row options[] = {
    {.name = "--mock", .help = "source: the deterministic mock, for demonstrations and tests"},
    {.name = "--exec",
     .type = OPTION_TEXT,
     .value = "CMD",
     .help = "source: run CMD by /bin/sh for each iteration; it leaves the edge report at "
             "$SOAK_EDGE_REPORT"},
    {.name = "--edge-report",
     .type = OPTION_TEXT,
     .value = "PATH",
     .help = "source: wait for each new report that a running bot writes to PATH"},
    {.name = "--iterations",
     .letter = 'n',
     .type = OPTION_INT,
     .value = "N",
     .minimum = 1,
     .maximum = ITERATIONS_MAX,
     .help = "end after N iterations",
     .fallback = "until stopped"},
    {.name = "--interval",
     .letter = 'i',
     .type = OPTION_NUMBER,
     .value = "S",
     .maximum = 604800,
     .help = "seconds between two iterations",
     .fallback = "$SOAK_SLEEP_SECONDS, else 300; mock: 0, in the dashboard 1"},
    {.name = "--approve",
     .type = OPTION_CHOICE,
     .value = "MODE",
     .choices = "observe|auto|manual",
     .help = "who decides about proposed deltas: nobody, the guards alone, or you",
     .fallback = "manual in the dashboard, else observe"},
    {.name = "--auto-tune", .same_as = "--approve=auto", .help = "the same as --approve auto"},
    {.name = "--approve-timeout",
     .type = OPTION_NUMBER,
     .value = "S",
     .maximum = 604800,
     .help = "manual: decide a proposal without you after S seconds; 0: wait for ever",
     .fallback = "0"},
    {.name = "--on-timeout",
     .type = OPTION_CHOICE,
     .value = "WHAT",
     .choices = "apply|reject",
     .help = "what then becomes of it",
     .fallback = "reject"},
    {.name = "--tripwire",
     .type = OPTION_TEXT,
     .value = "COND",
     .help = "watch a KPI after every apply: 'risk > .45 for 2'",
     .fallback = "none"},
    {.name = "--tripwire-rollback",
     .help = "a tripwire that fires rolls its apply back; else it asks"},
    {.name = "--profile",
     .type = OPTION_TEXT,
     .value = "NAME",
     .help = "start with the values of a profile"},
    {.name = "--preset",
     .type = OPTION_TEXT,
     .value = "NAME",
     .help = "apply a preset once, at the start"},
    {.name = "--set",
     .type = OPTION_LIST,
     .value = "NAME=VALUE",
     .help = "start with this value; may be repeated"},
    {.name = "--artifacts",
     .type = OPTION_TEXT,
     .value = "DIR",
     .help = "the artifact root",
     .fallback = "artifacts"},
    {.name = "--keep",
     .type = OPTION_INT,
     .value = "N",
     .maximum = ITERATIONS_MAX,
     .help = "keep only the newest N earlier runs",
     .fallback = "all stay"},
    {.name = "--resume",
     .help = "go on with the newest run where it ended: after a crash, a kill, a full disk or a "
             "stop"},
    {.name = "--run-id", .type = OPTION_TEXT, .value = "ID", .help = "name of the run"},
    {.name = "--force-mock",
     .help = "let a mock take over parameters that a bot's soak has written"},
    {.name = "--exec-timeout",
     .type = OPTION_NUMBER,
     .value = "S",
     .maximum = 604800,
     .help = "an iteration fails if CMD takes longer; 0: it may take any time",
     .fallback = "0"},
    {.name = "--report-timeout",
     .type = OPTION_NUMBER,
     .value = "S",
     .maximum = 604800,
     .help = "an iteration fails if no new report comes; 0: wait for ever",
     .fallback = "0"},
    {.name = "--policy",
     .type = OPTION_TEXT,
     .value = "FILE",
     .help = "numbers of the tuner's rules and of the guards",
     .fallback = "the installed policy.json"},
    {.name = "--gate",
     .type = OPTION_CHOICE,
     .value = "KIND",
     .choices = "mock|strict",
     .help = "run that gate at the end and exit as it does"},
    {.name = "--readonly", .help = "the dashboard has no action that changes anything"},
    {.name = "--theme",
     .type = OPTION_TEXT,
     .value = "NAME",
     .help = "colours of the dashboard: a theme, or the path of a theme file",
     .fallback = "as set in config.json"},
    {.name = "--headless", .help = "no dashboard: one line per iteration"},
    {.name = "--json", .help = "headless: one canonical JSON object per iteration and line"},
    {.name = "--plain", .help = "headless: one sentence per change"},
    SCRIPTED_OPTION_ROWS,
    {.name = NULL},
};

enum front { FRONT_DASHBOARD, FRONT_SCRIPT, FRONT_HEADLESS };

static enum front front_of(const struct command_line *line)
{
    if (option_given(line, "--headless") || option_given(line, "--json") ||
        option_given(line, "--plain"))
        return FRONT_HEADLESS;
    if (scripted_wanted(line))
        return FRONT_SCRIPT;
    bool terminal = isatty(STDOUT_FILENO) == 1 && isatty(STDIN_FILENO) == 1;
    return terminal ? FRONT_DASHBOARD : FRONT_HEADLESS;
}

static int count_sources(const struct command_line *line)
{
    return option_given(line, "--mock") + option_given(line, "--exec") +
           option_given(line, "--edge-report");
}

static int read_source(const struct command_line *line, struct engine_options *with,
                       struct error *err)
{
    int given = count_sources(line);
    if (given == 0 && option_given(line, "--resume"))
        return 0;
    if (given == 0)
        return error_set(err, ERROR_USAGE,
                         "a source is wanted: --mock, --exec CMD or --edge-report PATH");
    if (given > 1)
        return error_set(err, ERROR_USAGE,
                         "one source only: --mock, --exec or --edge-report exclude each other");
    with->exec_command = option_text(line, "--exec", NULL);
    with->edge_report_path = option_text(line, "--edge-report", NULL);
    with->source = with->exec_command       ? SOURCE_EXEC
                   : with->edge_report_path ? SOURCE_EDGE_REPORT
                                            : SOURCE_MOCK;
    return 0;
}

/* ENGINE section 3: --interval, else SOAK_SLEEP_SECONDS, else 300; a mock 0, in the dashboard 1. */
static int read_interval(const struct command_line *line, enum front front,
                         struct engine_options *with, struct error *err)
{
    const char *sleep = getenv("SOAK_SLEEP_SECONDS");
    with->interval_s = INTERVAL_DEFAULT_S;
    if (with->source == SOURCE_MOCK)
        with->interval_s = front == FRONT_HEADLESS ? 0 : 1;
    if (sleep && *sleep && !option_given(line, "--interval")) {
        char *end;
        with->interval_s = strtod(sleep, &end);
        if (*end != '\0' || !isfinite(with->interval_s) || with->interval_s < 0)
            return error_set(err, ERROR_USAGE,
                             "SOAK_SLEEP_SECONDS wants seconds of at least 0, not \"%s\"", sleep);
    }
    with->interval_s = option_number(line, "--interval", with->interval_s);
    return 0;
}

static void read_mode(const struct command_line *line, enum front front,
                      struct engine_options *with)
{
    bool readonly = option_given(line, "--readonly");
    with->mode = front != FRONT_HEADLESS && !readonly ? APPROVE_MANUAL : APPROVE_OBSERVE;
    const char *name = option_text(line, "--approve", NULL);
    if (name)
        with->mode = approve_mode_parse(name);
    with->approve_timeout_s = option_number(line, "--approve-timeout", 0);
    with->timeout_applies = strcmp(option_text(line, "--on-timeout", "reject"), "apply") == 0;
}

/* Of a run that goes on: when its own terms are known. */
static int check_mode(const struct command_line *line, const struct engine_options *with,
                      struct error *err)
{
    if (option_given(line, "--on-timeout") && !option_given(line, "--approve-timeout") &&
        with->approve_timeout_s <= 0)
        return error_set(err, ERROR_USAGE, "--on-timeout wants --approve-timeout S");
    if (option_given(line, "--approve-timeout") && with->mode != APPROVE_MANUAL)
        return error_set(err, ERROR_USAGE, "--approve-timeout is for --approve manual");
    if (with->mode != APPROVE_MANUAL || !option_given(line, "--readonly"))
        return 0;
    return error_set(err, ERROR_USAGE,
                     "--approve manual wants somebody to decide, and --readonly forbids that; say "
                     "--approve observe or auto");
}

/* The options as typed, for run.json. */
static size_t typed_options(const struct command_line *line, struct manifest_option *typed,
                            size_t size)
{
    size_t count = 0;
    for (const struct option_row *row = options; row->name; row++) {
        const struct option_value *value = &line->value[row - options];
        if (!value->given)
            continue;
        if (row->type == OPTION_FLAG)
            typed[count++] = (struct manifest_option){row->name, ""};
        else if (row->type != OPTION_LIST)
            typed[count++] = (struct manifest_option){row->name, value->text};
        for (size_t i = 0; i < value->count && count < size; i++)
            typed[count++] = (struct manifest_option){row->name, value->list[i]};
    }
    return count;
}

static int read_options(const struct command_line *line, enum front front,
                        struct engine_options *with, struct error *err)
{
    const struct option_value *set = option(line, "--set");
    with->iterations = (int)option_number(line, "--iterations", 0);
    with->profile = option_text(line, "--profile", NULL);
    with->preset = option_text(line, "--preset", NULL);
    with->artifacts = option_text(line, "--artifacts", "artifacts");
    with->keep = (int)option_number(line, "--keep", -1);
    with->run_id = option_text(line, "--run-id", NULL);
    with->force_mock = option_given(line, "--force-mock");
    with->tripwire = option_text(line, "--tripwire", NULL);
    with->tripwire_rollback = option_given(line, "--tripwire-rollback");
    with->linger = front != FRONT_HEADLESS;
    with->virtual_time = front == FRONT_SCRIPT;
    with->exec_timeout_s = option_number(line, "--exec-timeout", 0);
    with->report_timeout_s = option_number(line, "--report-timeout", 0);
    with->set_count = set->count;
    for (size_t i = 0; i < set->count; i++)
        with->set[i] = set->list[i];
    if (read_source(line, with, err) != 0 || read_interval(line, front, with, err) != 0)
        return -1;
    read_mode(line, front, with);
    return 0;
}

/* Runs the gate over what the run left, tells its answer and gives its exit status. */
static int gate_at_end(const struct command_line *line, const struct rundir *dir,
                       const struct config *config)
{
    const struct clock clock = clock_real();
    bool mock = strcmp(option_text(line, "--gate", ""), "mock") == 0;
    const struct gate_options with = {
        .mock = mock, .strict = !mock, .prometheus = true, .clock = &clock};
    return gate_over(dir, config, &with,
                     option_given(line, "--json") ? GATE_OUTPUT_JSON : GATE_OUTPUT_TEXT);
}

/* What the dashboard looks like; taken over by it. */
static struct preferences preferences;

static int run_script(const struct dashboard *dashboard, struct engine *engine,
                      const struct ui_script *script)
{
    struct error err = ERROR_INIT;
    const struct ui_options with = {.config = dashboard->config,
                                    .engine = engine,
                                    .readonly = option_given(dashboard->line, "--readonly"),
                                    .mock_gate_default = dashboard->mock,
                                    .actor = dashboard->actor,
                                    .preferences = &preferences};
    if (engine_start(engine, &err) != 0)
        return cmd_fail(&err);
    int status = ui_script_run(&with, script, &err);
    engine_join(engine);
    return err.code == ERROR_NONE ? status : cmd_fail(&err);
}

static int run_headless(const struct command_line *line, struct engine *engine,
                        const struct config *config)
{
    struct line_style style = {.colour = line_colour_wanted(), .params = &config->params};
    struct error err = ERROR_INIT;
    if (line_form_read(&style.form, line, &err) != 0)
        return cmd_fail(&err);
    return headless_run(engine, config, &style);
}

/* Did the soak get to its last iteration? As run.json says. */
static bool has_completed(const struct rundir *dir)
{
    struct run run;
    struct error err = ERROR_INIT;
    run_init(&run);
    bool completed = manifest_read(dir, &run, &err) == 0 && run.state == RUN_COMPLETED;
    run_fini(&run);
    return completed;
}

static int run_front(const struct command_line *line, enum front front, struct engine *engine,
                     const struct dashboard *dashboard, const struct ui_script *script)
{
    struct error err = ERROR_INIT;
    const struct config *config = dashboard->config;
    struct control *control = control_start(engine_rundir(engine), &config->params,
                                            engine_inbox(engine), engine_outbox(engine), &err);
    if (!control)
        cmd_say("%s; the soak goes on without it", err.text);
    int status = front == FRONT_HEADLESS ? run_headless(line, engine, config)
                 : front == FRONT_SCRIPT ? run_script(dashboard, engine, script)
                                         : dashboard_run(dashboard, engine);
    control_stop(control);
    if (!option_given(line, "--gate"))
        return status;
    if (status == EXIT_DONE && has_completed(engine_rundir(engine)))
        return gate_at_end(line, engine_rundir(engine), config);
    cmd_say("the run did not get to its end: no gate; soaktop gate --path %s runs one",
            engine_rundir(engine)->path);
    return status;
}

/* The data files, and what a run that goes on has of its own. */
static int read_config(struct config *config, const struct command_line *line,
                       struct resume *resume, struct engine_options *with, struct error *err)
{
    bool resumes = option_given(line, "--resume");
    if (resumes && run_resume_read(resume, line, with, err) != 0)
        return -1;
    const char *policy = resumes ? run_resume_policy(resume, line)
                                 : option_text(line, "--policy", NULL);
    if (check_mode(line, with, err) != 0 || config_load(config, policy, err) != 0)
        return -1;
    if (resumes)
        run_resume_config(config, resume);
    return 0;
}

static int run(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    static struct config config;
    static struct resume resume;
    struct manifest_option typed[OPTIONS_MAX + OPTION_LIST_MAX];
    char actor[96];
    enum line_form form;
    enum front front = front_of(line);
    struct ui_script script;
    bool may_outlive = front == FRONT_DASHBOARD && outlive_begin();
    cmd_actor(actor, sizeof actor);
    if (front == FRONT_SCRIPT)
        snprintf(actor, sizeof actor, "%s", SCRIPTED_ACTOR);
    struct engine_options with = {.actor = actor, .typed = typed};
    with.typed_count = typed_options(line, typed, sizeof typed / sizeof *typed);
    signals_block();
    if (line_form_read(&form, line, &err) != 0 || scripted_read(&script, line, &err) != 0 ||
        read_options(line, front, &with, &err) != 0 ||
        read_config(&config, line, &resume, &with, &err) != 0 ||
        (front == FRONT_DASHBOARD && look_read(&preferences, line, &err) != 0) ||
        (front == FRONT_SCRIPT && look_scripted(&preferences, line, &err) != 0))
        return cmd_fail(&err);
    const struct dashboard dashboard = {line,
                                        &config,
                                        with.artifacts,
                                        actor,
                                        &preferences,
                                        may_outlive,
                                        with.source == SOURCE_MOCK};
    struct engine *engine = engine_new(&with, &config, &err);
    if (!engine && err.code == ERROR_LOCKED && front == FRONT_DASHBOARD)
        return dashboard_look_on(&dashboard, &err);
    if (!engine)
        return cmd_fail(&err);
    int status = run_front(line, front, engine, &dashboard, &script);
    engine_free(engine);
    resume_fini(&resume);
    return status;
}

const struct command_row command_run = {
    .name = "run",
    .usage = "(--mock | --exec CMD | --edge-report PATH) [OPTION]...",
    .summary = "start a soak, in the dashboard or with a line per iteration",
    .text = "Starts a soak: in the dashboard if standard output is a terminal, else with one line "
            "per iteration. SIGINT and SIGTERM stop it cleanly and give exit status 128 + the "
            "signal; a second one ends it at once. It outlives its terminal: soaktop attach opens "
            "the dashboard again. A soak that completes gives 0, with --gate the gate's status.",
    .options = options,
    .run = run,
};
