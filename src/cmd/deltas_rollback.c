/* deltas rollback: puts earlier parameters back where no engine runs. Says what it would write, now
 * -> back, before it writes; level 1 wants --yes, level 2 (more than two applies undone) a word and
 * a reason. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/deltas.h"
#include "engine/rollback.h"
#include "engine/signals.h"

enum { LEVEL_1_UNDONE_MAX = 2 };
static const char confirm_word[] = "ROLLBACK";

const struct option_row deltas_rollback_options[] = {
    {.name = "--artifacts",
     .type = OPTION_TEXT,
     .value = "DIR",
     .fallback = "artifacts",
     .help = "the artifact root"},
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

/* One of the three ways back. */
static int read_request(const struct command_line *line, struct rollback_request *request,
                        struct error *err)
{
    int given = option_given(line, "--last") + option_given(line, "--to") +
                option_given(line, "--param");
    if (given != 1)
        return error_set(err, ERROR_USAGE,
                         "how far back? exactly one of --last, --to N and --param NAME is wanted");
    request->iteration = (int)option_number(line, "--to", 0);
    request->name = option_text(line, "--param", NULL);
    request->what = request->iteration > 0 ? ROLLBACK_TO_ITERATION
                    : request->name        ? ROLLBACK_PARAM
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
    printf("state %.12s -> %.12s", change->hash_before, change->hash_after);
    printf("; applies undone or in force again: %d\n", undone);
    fflush(stdout);
}

/* 0 if the operator has said enough for a change of this weight. */
static int check_consent(const struct command_line *line, int undone, struct error *err)
{
    if (undone <= LEVEL_1_UNDONE_MAX) {
        if (option_given(line, "--yes") || option_given(line, "--confirm"))
            return 0;
        return error_set(err, ERROR_USAGE, "nothing was changed; add --yes to do it");
    }
    const char *word = option_text(line, "--confirm", NULL);
    const char *reason = option_text(line, "--reason", "");
    if (word && strcmp(word, confirm_word) == 0 && *reason)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "nothing was changed; this undoes %d applies: add --confirm %s --reason TEXT",
                     undone, confirm_word);
}

static int ask(void *context, const struct change *change, int undone, struct error *err)
{
    const struct question *question = context;
    print_preview(change, undone, question->table);
    return check_consent(question->line, undone, err);
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
    if (read_request(line, &request, &err) != 0 || config_load(&config, NULL, &err) != 0 ||
        rollback_offline(&result, option_text(line, "--artifacts", "artifacts"), &config, &request,
                         &approval, &err) != 0)
        return cmd_fail(&err);
    fputs("rolled back: ", stdout);
    cmd_print_safe(result.text);
    printf("; state %.12s\n", result.hash);
    free(result.text);
    return EXIT_DONE;
}
