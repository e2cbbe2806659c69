/* deltas: decisions without a screen. list: what the tuner proposed and what became of it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "artifact/twin.h"
#include "cmd/cmd.h"
#include "cmd/delta_text.h"
#include "cmd/deltas.h"
#include "cmd/loaded.h"
#include "model/mem.h"
#include "model/running.h"

static const struct option_row list_options[] = {
    {.name = "--path",
     .type = OPTION_TEXT,
     .value = "DIR",
     .fallback = "artifacts",
     .help = "a run directory, or an artifact root (its soak/latest)"},
    {.name = "--json", .help = "one canonical JSON object"},
    {.name = NULL},
};

/* Columns of the list. */
enum { COLUMN_ITERATION, COLUMN_STATE, COLUMN_RULE, COLUMN_NAME, COLUMN_NOW, COLUMN_AFTER };
enum { COLUMN_COUNT = COLUMN_AFTER + 1, CELL_MAX = PARAM_NAME_MAX };

struct list_row {
    char cell[COLUMN_COUNT][CELL_MAX];
    const struct delta *delta;         /* NULL: the head */
    const struct iteration *iteration; /* of DELTA; NULL: its proposal waits */
};

static void fill_row(struct list_row *row, const struct run *run, const struct iteration *iteration,
                     const struct delta *delta, const struct param_table *table)
{
    int number = iteration ? iteration->number : run->pending.iteration;
    enum delta_state state = iteration ? running_state(run, delta, number) : delta->state;
    row->delta = delta;
    row->iteration = iteration;
    snprintf(row->cell[COLUMN_ITERATION], CELL_MAX, "%d", number);
    snprintf(row->cell[COLUMN_STATE], CELL_MAX, "%s", delta_state_name(state));
    snprintf(row->cell[COLUMN_RULE], CELL_MAX, "%s", delta->rule ? rule_name(delta->rule) : "n/a");
    snprintf(row->cell[COLUMN_NAME], CELL_MAX, "%s", delta->name);
    delta_text_number(delta, delta->now, table, row->cell[COLUMN_NOW], CELL_MAX);
    delta_text_number(delta, delta->after, table, row->cell[COLUMN_AFTER], CELL_MAX);
}

/* The head and every proposed line of RUN, those that wait last (free it); their count in *COUNT.
 */
static struct list_row *make_rows(const struct run *run, const struct param_table *table,
                                  size_t *count)
{
    static const struct list_row head = {
        .cell = {"it", "state", "rule", "parameter", "now", "after"}};
    *count = 1;
    for (size_t i = 0; i < run->count; i++)
        *count += run->iteration[i]->delta_count;
    size_t waiting = run->has_pending ? run->pending.count : 0;
    *count += waiting;
    struct list_row *rows = mem_alloc(*count * sizeof *rows);
    struct list_row *row = rows;
    *row++ = head;
    for (size_t i = 0; i < run->count; i++)
        for (size_t k = 0; k < run->iteration[i]->delta_count; k++)
            fill_row(row++, run, run->iteration[i], &run->iteration[i]->delta[k], table);
    for (size_t k = 0; k < waiting; k++)
        fill_row(row++, run, NULL, &run->pending.delta[k], table);
    return rows;
}

/* Why a line was not written, or who decided that it was. */
static void print_remark(const struct list_row *row)
{
    char text[DELTA_NOTE_MAX + 32] = "remark";
    if (row->delta && !delta_text_was_written(row->delta))
        delta_text_reason(row->delta, row->iteration, text, sizeof text);
    else if (row->delta && row->delta->state == DELTA_ROLLED_BACK)
        snprintf(text, sizeof text, "at %s", row->iteration->rolled_back_at);
    else if (row->delta && row->iteration)
        snprintf(text, sizeof text, "%s", row->iteration->decided_by);
    if (*text)
        fputs("  ", stdout);
    cmd_print_safe(text);
}

static void print_rows(const struct list_row *rows, size_t count)
{
    int width[COLUMN_COUNT] = {0};
    for (size_t i = 0; i < count; i++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            if ((int)strlen(rows[i].cell[c]) > width[c])
                width[c] = (int)strlen(rows[i].cell[c]);
    for (size_t i = 0; i < count; i++) {
        for (int c = 0; c < COLUMN_COUNT; c++) {
            bool right = c == COLUMN_ITERATION || c == COLUMN_NOW || c == COLUMN_AFTER;
            printf("%s%*s", c == 0 ? "" : "  ", right ? width[c] : -width[c], rows[i].cell[c]);
        }
        print_remark(&rows[i]);
        putchar('\n');
    }
}

static int print_list(const struct command_line *line, const struct run *run,
                      const struct config *config, struct error *err)
{
    if (option_given(line, "--json"))
        return cmd_print_take(twin_deltas(run, &config->params, err), err);
    size_t count;
    struct list_row *rows = make_rows(run, &config->params, &count);
    if (count == 1)
        printf("nothing was proposed in %zu iteration%s\n", run->count, run->count == 1 ? "" : "s");
    else
        print_rows(rows, count);
    free(rows);
    return EXIT_DONE;
}

static int run_list(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    struct config config;
    struct loaded loaded;
    if (config_load(&config, NULL, &err) != 0 ||
        loaded_open(&loaded, option_text(line, "--path", "artifacts"), &config, &err) != 0)
        return cmd_fail(&err);
    int status = print_list(line, &loaded.run, &config, &err);
    loaded_close(&loaded);
    return status;
}

static const struct command_row words[] = {
    {
        .name = "list",
        .parent = "deltas",
        .usage = "[OPTION]...",
        .summary = "every proposed change of a run, what became of it and what waits",
        .options = list_options,
        .run = run_list,
    },
    {
        .name = "approve",
        .parent = "deltas",
        .usage = "(NAME... | --all) [OPTION]...",
        .summary = "stage lines of the proposal that waits",
        .text = "Stages lines of the proposal at which the soak holds; nothing is written before "
                "deltas apply. A line that a guard blocks is not staged.",
        .options = deltas_decide_options,
        .arguments_max = ARGUMENTS_MAX,
        .run = deltas_approve,
    },
    {
        .name = "reject",
        .parent = "deltas",
        .usage = "(NAME... | --all) [OPTION]...",
        .summary = "reject lines of the proposal that waits",
        .options = deltas_decide_options,
        .arguments_max = ARGUMENTS_MAX,
        .run = deltas_reject,
    },
    {
        .name = "hold",
        .parent = "deltas",
        .usage = "(NAME... | --all) [OPTION]...",
        .summary = "hold lines back until an iteration, or until no guard holds them",
        .options = deltas_hold_options,
        .arguments_max = ARGUMENTS_MAX,
        .run = deltas_hold,
    },
    {
        .name = "override",
        .parent = "deltas",
        .usage = "NAME... [OPTION]...",
        .summary = "stage lines that a guard blocks",
        .options = deltas_edit_options,
        .arguments_min = 1,
        .arguments_max = ARGUMENTS_MAX,
        .run = deltas_override,
    },
    {
        .name = "edit",
        .parent = "deltas",
        .usage = "NAME=VALUE... [OPTION]...",
        .summary = "stage lines with a value of your own",
        .options = deltas_edit_options,
        .arguments_min = 1,
        .arguments_max = ARGUMENTS_MAX,
        .run = deltas_edit,
    },
    {
        .name = "undo",
        .parent = "deltas",
        .usage = "[OPTION]...",
        .summary = "take the newest decision back",
        .options = deltas_undo_options,
        .run = deltas_undo,
    },
    {
        .name = "redo",
        .parent = "deltas",
        .usage = "[OPTION]...",
        .summary = "decide again what undo took back",
        .options = deltas_undo_options,
        .run = deltas_redo,
    },
    {
        .name = "apply",
        .parent = "deltas",
        .usage = "--yes [OPTION]...",
        .summary = "write the staged lines and let the soak go on",
        .text = "Shows what would be written to runtime_overrides.json and what is left out; with "
                "--yes writes it. Lines that are not staged are declined. Nothing is written if "
                "the proposal or the parameters changed meanwhile.",
        .options = deltas_apply_options,
        .run = deltas_apply,
    },
    {
        .name = "dismiss",
        .parent = "deltas",
        .usage = "--apply N [OPTION]...",
        .summary = "keep an apply whose tripwire has fired",
        .options = deltas_dismiss_options,
        .run = deltas_dismiss,
    },
    {
        .name = "rollback",
        .parent = "deltas",
        .usage = "(--last | --to N | --param NAME | --apply N | --redo) [OPTION]...",
        .summary = "put earlier parameters back",
        .text = "Puts earlier parameters back in soak/latest of an artifact root; a soak that runs "
                "there does it at once. Prints what would be written first; nothing is written "
                "without --yes, or "
                "where more than two applies are undone --confirm ROLLBACK --reason TEXT. A "
                "rollback is a new write with its own place in the journal: history is never "
                "erased.",
        .options = deltas_rollback_options,
        .run = deltas_rollback,
    },
    {.name = NULL},
};

const struct command_row command_deltas = {
    .name = "deltas",
    .usage = "[WORD] [OPTION]...",
    .summary = "list proposed changes, decide on them, roll applied ones back",
    .words = words,
};
