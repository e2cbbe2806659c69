/* deltas rollback: puts earlier parameters back: over the control socket of the soak that runs in
 * the artifact root, else in its latest run. Says what it would write, now
 * -> back, before it writes; level 1 wants --yes, level 2 (more than two applies undone) a word and
 * a reason. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/control.h"
#include "cmd/deltas.h"
#include "cmd/loaded.h"
#include "engine/rollback_preview.h"
#include "model/mem.h"
#include "engine/signals.h"

enum { ANSWER_MS = 30000 };

const struct option_row deltas_rollback_options[] = {
    CONTROL_ROWS,
    {.name = "--last", .help = "undo the newest apply that is still in force"},
    {.name = "--to",
     .type = OPTION_INT,
     .value = "N",
     .minimum = 1,
     .maximum = 1000000,
     .help = "restore the parameters that iteration N ran with"},
    {.name = "--param",
     .type = OPTION_TEXT,
     .value = "NAME",
     .help = "undo the newest change of one parameter"},
    {.name = "--apply",
     .type = OPTION_INT,
     .value = "N",
     .minimum = 1,
     .maximum = 1000000,
     .help = "undo iteration N's apply alone; what was changed later stays"},
    {.name = "--also",
     .type = OPTION_TEXT,
     .value = "NAME,...",
     .help = "with --apply: parameters that go back though they were changed later"},
    {.name = "--redo", .help = "put back what the newest change, a rollback, took back"},
    {.name = "--yes", .help = "do it; without it: show what would be done"},
    {.name = "--confirm",
     .type = OPTION_TEXT,
     .value = "WORD",
     .help = "instead of --yes where more than two applies are undone: ROLLBACK"},
    {.name = "--reason",
     .type = OPTION_TEXT,
     .value = "TEXT",
     .help = "why, for the journal; wanted with --confirm"},
    {.name = NULL},
};

struct question {
    const struct command_line *line;
    const struct param_table *table;
};

/* One of the ways back. */
static int read_request(const struct command_line *line, struct rollback_request *request,
                        struct error *err)
{
    int given = option_given(line, "--last") + option_given(line, "--to") +
                option_given(line, "--param") + option_given(line, "--apply") +
                option_given(line, "--redo");
    if (given != 1)
        return error_set(err, ERROR_USAGE,
                         "how far back? exactly one of --last, --to N, --param NAME, --apply N and "
                         "--redo is wanted");
    bool apply = option_given(line, "--apply");
    request->also = option_text(line, "--also", "");
    if ((*request->also && !apply) || strlen(request->also) >= ROLLBACK_ALSO_MAX)
        return error_set(err, ERROR_USAGE, "--also NAME,... is for --apply N, and at most %d bytes",
                         ROLLBACK_ALSO_MAX - 1);
    request->iteration = (int)option_number(line, apply ? "--apply" : "--to", 0);
    request->name = option_text(line, "--param", NULL);
    request->what = apply                          ? ROLLBACK_APPLY
                    : option_given(line, "--redo") ? ROLLBACK_REDO
                    : request->iteration > 0       ? ROLLBACK_TO_ITERATION
                    : request->name                ? ROLLBACK_PARAM
                                                   : ROLLBACK_LAST;
    return 0;
}

static bool differs(struct value a, struct value b)
{
    return a.state != b.state || (value_present(a) && !number_equal(a.number, b.number));
}

/* "not set" where a value is missing: the file does not hold the parameter. */
static void format_side(const struct param *param, struct value value, char *text, size_t size)
{
    if (value_present(value))
        param_format(param, value, text, size);
    else
        snprintf(text, size, "not set");
}

static void print_preview(const struct change *change, int undone, const struct param_table *table)
{
    printf("%-22s  %10s    %-10s\n", "parameter", "now", "back");
    for (size_t i = 0; i < table->count && i < change->param_count; i++) {
        char now[32], back[32];
        if (!differs(change->before[i], change->after[i]))
            continue;
        const struct param *param = &table->param[i];
        format_side(param, change->before[i], now, sizeof now);
        format_side(param, change->after[i], back, sizeof back);
        printf("%-22s  %10s -> %-10s %s\n", param->name, now, back, param->unit);
    }
    printf("state %.12s -> %.12s", change->hash_before,
           change->hash_after[0] ? change->hash_after : "a new one");
    printf("; applies undone or in force again: %d\n", undone);
    fflush(stdout);
}

/* 0 if the operator has said enough for a change of this weight. */
static int check_consent(const struct command_line *line, int undone, struct error *err)
{
    if (undone <= ROLLBACK_LIGHT) {
        if (option_given(line, "--yes") || option_given(line, "--confirm"))
            return 0;
        return error_set(err, ERROR_USAGE, "nothing was changed; add --yes to do it");
    }
    const char *word = option_text(line, "--confirm", NULL);
    const char *reason = option_text(line, "--reason", "");
    if (word && strcmp(word, ROLLBACK_WORD) == 0 && *reason)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "nothing was changed; this undoes %d applies: add --confirm %s --reason TEXT",
                     undone, ROLLBACK_WORD);
}

static int ask(void *context, const struct change *change, int undone, struct error *err)
{
    const struct question *question = context;
    if (!option_given(question->line, "--json"))
        print_preview(change, undone, question->table);
    return check_consent(question->line, undone, err);
}

/* Asks the soak that runs: it decides itself, by the state that was shown here. */
static int send(struct control_link *link, const struct command_line *line,
                const struct rollback_request *wanted, const char *base_hash, struct error *err)
{
    static const char *const ops[] = {[ROLLBACK_LAST] = "rollback_last",
                                      [ROLLBACK_TO_ITERATION] = "rollback_to",
                                      [ROLLBACK_PARAM] = "rollback_param",
                                      [ROLLBACK_APPLY] = "rollback_apply",
                                      [ROLLBACK_REDO] = "rollback_redo"};
    char text[sizeof((struct control_notice *)0)->text];
    struct control_request request = {.value = value_missing(), .iteration = wanted->iteration};
    snprintf(request.op, sizeof request.op, "%s", ops[wanted->what]);
    snprintf(request.name, sizeof request.name, "%s", wanted->name ? wanted->name : "");
    snprintf(request.also, sizeof request.also, "%s", wanted->also);
    snprintf(request.note, sizeof request.note, "%s", option_text(line, "--reason", ""));
    snprintf(request.word, sizeof request.word, "%s", option_text(line, "--confirm", ""));
    snprintf(request.base_hash, sizeof request.base_hash, "%s", base_hash);
    if (control_link_ask(link, &request, ANSWER_MS, text, sizeof text, err) != 0)
        return -1;
    return control_answer(line, request.op, text) == EXIT_DONE ? 0 : -1;
}

static int roll_back_running(struct control_link *link, const struct rundir *dir,
                             struct question *question, const struct rollback_request *request,
                             const struct config *config, struct error *err)
{
    static struct rollback_preview preview;
    struct loaded loaded;
    if (loaded_open(&loaded, dir->path, config, err) != 0)
        return -1;
    int status = rollback_preview(&preview, &loaded.run, request, &config->params, err);
    if (status == 0) {
        struct change change = {.kind = preview.kind,
                                .before = preview.now,
                                .after = preview.then,
                                .param_count = preview.count};
        memcpy(change.hash_before, loaded.run.params_hash, sizeof change.hash_before);
        memcpy(change.hash_after, preview.hash, sizeof change.hash_after);
        status = ask(question, &change, preview.weight, err);
    }
    if (status == 0)
        status = send(link, question->line, request, loaded.run.params_hash, err);
    loaded_close(&loaded);
    return status;
}

int deltas_rollback(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    static struct config config;
    struct rollback_request request = {0};
    struct rollback_result result;
    char actor[96];
    struct question question = {line, &config.params};
    struct rollback_approval approval = {actor, option_text(line, "--reason", NULL), ask,
                                         &question};
    cmd_actor(actor, sizeof actor);
    signals_block();
    if (read_request(line, &request, &err) != 0 || config_load(&config, NULL, &err) != 0)
        return cmd_fail(&err);
    struct rundir dir;
    struct control_link *link = control_open(line, &dir, NULL);
    if (link) {
        int status = roll_back_running(link, &dir, &question, &request, &config, &err);
        control_link_close(link);
        rundir_close(&dir);
        return status == 0 ? EXIT_DONE : cmd_fail(&err);
    }
    if (rollback_offline(&result, option_text(line, "--artifacts", "artifacts"), &config, &request,
                         &approval, &err) != 0)
        return cmd_fail(&err);
    char *text = mem_printf("rolled back: %s; state %.12s", result.text, result.hash);
    int status = control_answer(line, "rollback", text);
    free(text);
    free(result.text);
    return status;
}
