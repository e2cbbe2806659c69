/* deltas approve, reject, hold, override, edit, undo, redo and apply: decisions on the proposal at
 * which a soak holds, over its control socket. The same levels as in the dashboard: staging asks
 * nothing, an apply wants --yes and shows first what it writes. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/control.h"
#include "cmd/delta_text.h"
#include "cmd/deltas.h"
#include "cmd/loaded.h"

enum { ANSWER_MS = 30000 };

#define ITERATION_ROW                                                                              \
    {                                                                                              \
        .name = "--iteration", .type = OPTION_INT, .value = "N", .minimum = 1, .maximum = 1000000, \
        .help = "only if the proposal is that of iteration N", .fallback = "the one that waits"    \
    }
#define REASON_ROW                                                                                 \
    {                                                                                              \
        .name = "--reason", .type = OPTION_TEXT, .value = "TEXT", .help = "why, for the journal"   \
    }

const struct option_row deltas_decide_options[] = {
    CONTROL_ROWS, ITERATION_ROW,  {.name = "--all", .help = "every line that no guard blocks"},
    REASON_ROW,   {.name = NULL},
};

const struct option_row deltas_hold_options[] = {
    CONTROL_ROWS,
    ITERATION_ROW,
    {.name = "--all", .help = "every line that no guard blocks"},
    {.name = "--until",
     .type = OPTION_INT,
     .value = "N",
     .minimum = 1,
     .maximum = 1000000,
     .help = "the line comes back in iteration N",
     .fallback = "when no guard holds it"},
    REASON_ROW,
    {.name = NULL},
};

const struct option_row deltas_edit_options[] = {
    CONTROL_ROWS,
    ITERATION_ROW,
    REASON_ROW,
    {.name = NULL},
};

const struct option_row deltas_undo_options[] = {
    CONTROL_ROWS,
    ITERATION_ROW,
    {.name = NULL},
};

const struct option_row deltas_apply_options[] = {
    CONTROL_ROWS,
    ITERATION_ROW,
    {.name = "--yes", .help = "do it; without it: show what would be written"},
    {.name = "--confirm",
     .type = OPTION_TEXT,
     .value = "WORD",
     .help = "instead of --yes against a guard or past a largest step: OVERRIDE"},
    {.name = "--tripwire",
     .type = OPTION_TEXT,
     .value = "COND",
     .help = "watch a KPI after it: 'risk > .45 for 2', or none",
     .fallback = "the run's --tripwire"},
    REASON_ROW,
    {.name = NULL},
};

/* The link, and the proposal that a decision is for. */
struct session {
    const struct command_line *line;
    struct control_link *link;
    struct rundir dir;
    int iteration;
    const char *reason; /* NULL: none */
    struct value until; /* of a hold; missing: not said */
};

static int session_open(struct session *session, const struct command_line *line, struct error *err)
{
    session->line = line;
    session->link = control_open(line, &session->dir, err);
    if (!session->link)
        return -1;
    int pending = control_link_state(session->link)->pending;
    int wanted = (int)option_number(line, "--iteration", pending);
    session->iteration = pending;
    if (pending > 0 && wanted == pending)
        return 0;
    if (pending == 0)
        error_set(err, ERROR_REFUSED, "no proposal waits for a decision");
    else
        error_set(err, ERROR_CONFLICT,
                  "the proposal that waits is that of iteration %d, not of %d: look at it with "
                  "soaktop deltas list",
                  pending, wanted);
    return -1;
}

static void session_close(struct session *session)
{
    if (!session->link)
        return;
    control_link_close(session->link);
    rundir_close(&session->dir);
}

/* Sends REQUEST and prints the answer. */
static int ask(struct session *session, const char *op, struct control_request *request,
               struct error *err)
{
    char text[sizeof((struct control_notice *)0)->text];
    snprintf(request->op, sizeof request->op, "%s", op);
    snprintf(request->note, sizeof request->note, "%s", session->reason ? session->reason : "");
    request->iteration = session->iteration;
    if (control_link_ask(session->link, request, ANSWER_MS, text, sizeof text, err) != 0)
        return -1;
    return control_answer(session->line, op, text) == EXIT_DONE ? 0 : -1;
}

static int put_name(struct control_request *request, const char *name, size_t length,
                    struct error *err)
{
    if (length == 0 || length >= sizeof request->name)
        return error_set(err, ERROR_USAGE, "\"%s\" is no parameter's name", name);
    memcpy(request->name, name, length);
    request->name[length] = '\0';
    return 0;
}

/* OP on each named line, in order; the first that is refused ends it. */
static int decide_names(struct session *session, const struct command_line *line, const char *op,
                        struct error *err)
{
    struct control_request request = {.value = session->until};
    bool all = option_given(line, "--all");
    if (all == (line->argument_count > 0))
        return error_set(err, ERROR_USAGE, "which lines? names of parameters, or --all");
    if (all)
        return ask(session, op, &request, err);
    for (size_t i = 0; i < line->argument_count; i++)
        if (put_name(&request, line->argument[i], strlen(line->argument[i]), err) != 0 ||
            ask(session, op, &request, err) != 0)
            return -1;
    return 0;
}

typedef int session_work(struct session *session, const struct command_line *line, const char *op,
                         struct error *err);

static int with_session(const struct command_line *line, session_work *work, const char *op)
{
    struct error err = ERROR_INIT;
    struct session session = {.until = value_missing()};
    int status = session_open(&session, line, &err);
    if (status == 0)
        status = work(&session, line, op, &err);
    session_close(&session);
    return status == 0 ? EXIT_DONE : cmd_fail(&err);
}

static int decide_reasoned(struct session *session, const struct command_line *line, const char *op,
                           struct error *err)
{
    session->reason = option_text(line, "--reason", NULL);
    return decide_names(session, line, op, err);
}

static int hold(struct session *session, const struct command_line *line, const char *op,
                struct error *err)
{
    if (option_given(line, "--until"))
        session->until = value_of(option_number(line, "--until", 0));
    return decide_reasoned(session, line, op, err);
}

int deltas_hold(const struct command_line *line)
{
    return with_session(line, hold, "hold");
}

/* The names alone: against guards nothing is done to all. */
static int override(struct session *session, const struct command_line *line, const char *op,
                    struct error *err)
{
    struct control_request request = {.value = value_missing()};
    session->reason = option_text(line, "--reason", NULL);
    for (size_t i = 0; i < line->argument_count; i++)
        if (put_name(&request, line->argument[i], strlen(line->argument[i]), err) != 0 ||
            ask(session, op, &request, err) != 0)
            return -1;
    return 0;
}

int deltas_override(const struct command_line *line)
{
    return with_session(line, override, "override");
}

int deltas_approve(const struct command_line *line)
{
    return with_session(line, decide_reasoned, "approve");
}

int deltas_reject(const struct command_line *line)
{
    return with_session(line, decide_reasoned, "reject");
}

/* "NAME=VALUE" */
static int edit_one(struct session *session, const char *argument, struct error *err)
{
    struct control_request request = {.value = value_missing()};
    const char *equals = strchr(argument, '=');
    char *end = NULL;
    double number = equals ? strtod(equals + 1, &end) : 0;
    if (!equals || end == equals + 1 || *end != '\0')
        return error_set(err, ERROR_USAGE, "\"%s\": NAME=VALUE is wanted, VALUE a number",
                         argument);
    request.value = value_of(number);
    if (put_name(&request, argument, (size_t)(equals - argument), err) != 0)
        return -1;
    return ask(session, "edit", &request, err);
}

static int edit_all(struct session *session, const struct command_line *line, const char *op,
                    struct error *err)
{
    (void)op;
    session->reason = option_text(line, "--reason", NULL);
    for (size_t i = 0; i < line->argument_count; i++)
        if (edit_one(session, line->argument[i], err) != 0)
            return -1;
    return 0;
}

int deltas_edit(const struct command_line *line)
{
    return with_session(line, edit_all, "edit");
}

static int ask_plain(struct session *session, const struct command_line *line, const char *op,
                     struct error *err)
{
    struct control_request request = {.value = value_missing()};
    (void)line;
    return ask(session, op, &request, err);
}

int deltas_undo(const struct command_line *line)
{
    return with_session(line, ask_plain, "undo");
}

int deltas_redo(const struct command_line *line)
{
    return with_session(line, ask_plain, "redo");
}

static void print_line(const struct delta *delta, const struct param_table *table)
{
    char now[40], after[40];
    delta_text_number(delta, delta->now, table, now, sizeof now);
    delta_text_number(delta, delta->after, table, after, sizeof after);
    printf("%-8s  %-22s  %10s -> %-10s  ", delta_state_name(delta->state), delta->name, now, after);
    cmd_print_safe(delta->guard != GUARD_NONE ? guard_name(delta->guard) : delta->note);
    putchar('\n');
}

/* Between the look at the soak's state and that at its journal. */
static int decided_meanwhile(const struct run *run, int number, struct error *err)
{
    const struct iteration *iteration = run_iteration(run, number);
    const char *by = iteration ? iteration->decided_by : "";
    return error_set(err, ERROR_CONFLICT, "the proposal of iteration %d was decided%s%s meanwhile",
                     number, by[0] ? " by " : "", by);
}

/* What waits, as the journal has it: each line with its state, and the base that it was made for.
 */
static int print_pending(struct session *session, struct control_request *request,
                         struct error *err)
{
    static struct config config;
    struct loaded loaded;
    if (config_load(&config, NULL, err) != 0 ||
        loaded_open(&loaded, session->dir.path, &config, err) != 0)
        return -1;
    const struct proposal *pending = &loaded.run.pending;
    bool json = option_given(session->line, "--json"); /* deltas list --json tells the lines */
    int status = 0;
    if (!loaded.run.has_pending || pending->iteration != session->iteration)
        status = decided_meanwhile(&loaded.run, session->iteration, err);
    for (size_t i = 0; status == 0 && !json && i < pending->count; i++)
        print_line(&pending->delta[i], &config.params);
    if (status == 0 && !json) {
        printf("%zu of %zu lines are staged; base %.12s\n", proposal_staged(pending),
               pending->count, pending->base_hash);
        if (request->tripwire[0] != '\0')
            printf("tripwire: %s\n", request->tripwire);
        fflush(stdout);
    }
    if (status == 0)
        memcpy(request->base_hash, pending->base_hash, sizeof request->base_hash);
    loaded_close(&loaded);
    return status;
}

/* Checked before it is sent, so that the fault names the option. */
static int read_tripwire(const struct command_line *line, struct control_request *request,
                         struct error *err)
{
    struct tripwire wire;
    const char *text = option_text(line, "--tripwire", "");
    if (text[0] == '\0')
        return 0;
    if (strcmp(text, "none") == 0)
        snprintf(request->tripwire, sizeof request->tripwire, "%s", text);
    else if (tripwire_parse(&wire, text, err) != 0)
        return -1;
    else
        tripwire_text(&wire, request->tripwire);
    return 0;
}

static int apply(struct session *session, const struct command_line *line, const char *op,
                 struct error *err)
{
    struct control_request request = {.value = value_missing()};
    session->reason = option_text(line, "--reason", NULL);
    if (read_tripwire(line, &request, err) != 0)
        return -1;
    if (print_pending(session, &request, err) != 0)
        return -1;
    if (!option_given(line, "--yes") && !option_given(line, "--confirm"))
        return error_set(err, ERROR_USAGE, "nothing was written; add --yes to do it");
    snprintf(request.word, sizeof request.word, "%s", option_text(line, "--confirm", ""));
    return ask(session, op, &request, err);
}

const struct option_row deltas_dismiss_options[] = {
    CONTROL_ROWS,
    {.name = "--apply",
     .type = OPTION_INT,
     .value = "N",
     .minimum = 1,
     .maximum = 1000000,
     .help = "the tripwire of the apply of iteration N"},
    REASON_ROW,
    {.name = NULL},
};

/* Needs no proposal that waits: a link of its own. */
int deltas_dismiss(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    struct session session = {.line = line, .iteration = (int)option_number(line, "--apply", 0)};
    struct control_request request = {.value = value_missing()};
    int status = -1;
    session.reason = option_text(line, "--reason", NULL);
    if (session.iteration == 0)
        error_set(&err, ERROR_USAGE, "which tripwire? --apply N names the iteration of its apply");
    else if ((session.link = control_open(line, &session.dir, &err)) != NULL)
        status = ask(&session, "tripwire_dismiss", &request, &err);
    session_close(&session);
    return status == 0 ? EXIT_DONE : cmd_fail(&err);
}

int deltas_apply(const struct command_line *line)
{
    return with_session(line, apply, "apply");
}
