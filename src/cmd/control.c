/* control: status, pause, resume, next and stop of a soak that runs, from any other terminal or a
 * script. Each is one request over the control socket. */
#include "config.h"

#include "cmd/control.h"

#include <stdlib.h>
#include <string.h>

#include "artifact/twin.h"
#include "artifact/realclock.h"
#include "cmd/loaded.h"

/* A stop waits for nothing; a pause may have to wait until the engine has written. */
enum { ANSWER_MS = 30000 };

static const struct option_row options[] = {CONTROL_ROWS, {.name = NULL}};

static const struct option_row status_options[] = {
    CONTROL_ROWS,
    {.name = NULL},
};

static const struct option_row stop_options[] = {
    CONTROL_ROWS,
    {.name = "--now", .help = "end the iteration that is at work too; it is not recorded"},
    {.name = "--yes", .help = "do it; a stopped soak cannot go on"},
    {.name = NULL},
};

struct control_link *control_open(const struct command_line *line, struct rundir *dir,
                                  struct error *err)
{
    struct rundir opened;
    if (rundir_open(&opened, option_text(line, "--artifacts", "artifacts"), err) != 0)
        return NULL;
    struct control_link *link = control_link_open(&opened, err);
    if (dir && link)
        *dir = opened;
    else
        rundir_close(&opened);
    return link;
}

int control_answer(const struct command_line *line, const char *op, const char *text)
{
    struct error err = ERROR_INIT;
    if (option_given(line, "--json"))
        return cmd_print_take(twin_answer(op, text, &err), &err);
    cmd_print_safe(text);
    putchar('\n');
    return EXIT_DONE;
}

int control_do(const struct command_line *line, struct control_request *request)
{
    struct error err = ERROR_INIT;
    char text[sizeof((struct control_notice *)0)->text];
    struct control_link *link = control_open(line, NULL, &err);
    if (!link)
        return cmd_fail(&err);
    int status = control_link_ask(link, request, ANSWER_MS, text, sizeof text, &err);
    control_link_close(link);
    if (status != 0)
        return cmd_fail(&err);
    return control_answer(line, request->op, text);
}

static int do_op(const struct command_line *line, const char *op)
{
    struct control_request request = {.value = value_missing()};
    snprintf(request.op, sizeof request.op, "%s", op);
    return control_do(line, &request);
}

static int run_pause(const struct command_line *line)
{
    return do_op(line, "pause");
}

static int run_resume(const struct command_line *line)
{
    return do_op(line, "resume");
}

static int run_next(const struct command_line *line)
{
    return do_op(line, "next");
}

static int run_stop(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    if (option_given(line, "--yes"))
        return do_op(line, option_given(line, "--now") ? "stop_now" : "stop");
    error_set(&err, ERROR_USAGE, "nothing was stopped: a stopped soak cannot go on; add --yes");
    return cmd_fail(&err);
}

static void print_next(const struct control_notice *state)
{
    const struct clock clock = clock_real();
    char utc[UTC_TEXT_MAX];
    if (state->next_ms == UTC_NONE)
        return;
    utc_format(utc, state->next_ms);
    printf(", next in %lld s (%s)", (long long)(state->next_ms - clock_now(&clock) + 999) / 1000,
           utc);
}

static void print_status(const struct control_notice *hello, const struct control_notice *state)
{
    cmd_print_safe(hello->directory);
    printf(": %s", run_state_name(state->state));
    if (state->current > 0)
        printf(", iteration %d at work", state->current);
    printf(", %d", state->recorded);
    if (state->planned > 0)
        printf(" of %d", state->planned);
    printf(" recorded");
    print_next(state);
    printf(", decisions %s", approve_mode_name(state->mode));
    if (hello->pid > 0)
        printf(", pid %d\n", hello->pid);
    else
        puts(", no process");
    if (state->pending > 0)
        printf("the proposal of iteration %d waits: soaktop deltas list\n", state->pending);
}

/* What the files say of a soak that no longer runs. */
static int read_files(const char *path, struct control_notice *hello, struct control_notice *state,
                      struct error *err)
{
    static struct config config;
    struct loaded loaded;
    if (config_load(&config, NULL, err) != 0 || loaded_open(&loaded, path, &config, err) != 0)
        return -1;
    const struct run *run = &loaded.run;
    snprintf(hello->run_id, sizeof hello->run_id, "%s", run->id);
    snprintf(hello->directory, sizeof hello->directory, "%s", loaded.dir.shown);
    state->state = run->state;
    state->mode = run->mode;
    state->planned = run->planned;
    state->recorded = (int)run->count;
    state->interval_s = run->interval_s;
    loaded_close(&loaded);
    return 0;
}

static int read_status(const struct command_line *line, struct control_notice *hello,
                       struct control_notice *state, struct error *err)
{
    struct rundir dir;
    struct error none = ERROR_INIT;
    *hello = (struct control_notice){.kind = CONTROL_HELLO};
    *state = (struct control_notice){.kind = CONTROL_STATE, .next_ms = UTC_NONE};
    const char *path = option_text(line, "--artifacts", "artifacts");
    if (rundir_open(&dir, path, err) != 0)
        return -1;
    struct control_link *link = control_link_open(&dir, &none);
    int status = 0;
    if (link) {
        *hello = *control_link_hello(link);
        *state = *control_link_state(link);
        control_link_close(link);
    } else if (none.code == ERROR_REFUSED) {
        status = read_files(path, hello, state, err);
    } else {
        status = error_set(err, none.code, "%s", none.text);
    }
    rundir_close(&dir);
    return status;
}

static int run_status(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    struct control_notice hello, state;
    if (read_status(line, &hello, &state, &err) != 0)
        return cmd_fail(&err);
    if (option_given(line, "--json"))
        return cmd_print_take(control_status_text(&hello, &state), &err);
    print_status(&hello, &state);
    return EXIT_DONE;
}

const struct command_row command_status = {
    .name = "status",
    .usage = "[OPTION]...",
    .summary = "what the soak of an artifact root does now",
    .options = status_options,
    .run = run_status,
};

const struct command_row command_pause = {
    .name = "pause",
    .usage = "[OPTION]...",
    .summary = "hold a soak before its next iteration; or resume, next, stop",
    .text = "Holds the soak that runs in an artifact root before its next iteration.",
    .options = options,
    .run = run_pause,
};

const struct command_row command_resume = {
    .name = "resume",
    .usage = "[OPTION]...",
    .summary = "let a paused soak go on",
    .beside = true,
    .options = options,
    .run = run_resume,
};

const struct command_row command_next = {
    .name = "next",
    .usage = "[OPTION]...",
    .summary = "run the next iteration now",
    .beside = true,
    .options = options,
    .run = run_next,
};

const struct command_row command_stop = {
    .name = "stop",
    .usage = "--yes [OPTION]...",
    .summary = "stop a running soak after its iteration",
    .beside = true,
    .text = "Stops the soak that runs in an artifact root: after the iteration that is at work, "
            "with --now at once. What it has recorded stays.",
    .options = stop_options,
    .run = run_stop,
};
