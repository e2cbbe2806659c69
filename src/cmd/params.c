/* params: each parameter with the value that a run would start with, where it came from, its bounds
 * and its unit. Reads only. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/twin.h"
#include "cmd/cmd.h"
#include "engine/starting.h"

static const struct option_row options[] = {
    {.name = "--artifacts",
     .type = OPTION_TEXT,
     .value = "DIR",
     .fallback = "artifacts",
     .help = "the artifact root whose runtime_overrides.json is read"},
    {.name = "--profile", .type = OPTION_TEXT, .value = "NAME", .help = "as if run with it"},
    {.name = "--preset", .type = OPTION_TEXT, .value = "NAME", .help = "as if run with it"},
    {.name = "--set",
     .type = OPTION_LIST,
     .value = "NAME=VALUE",
     .help = "as if run with it; may be repeated"},
    {.name = "--json", .help = "one canonical JSON object"},
    {.name = NULL},
};

/* Columns of the table. */
enum { COLUMN_NAME, COLUMN_VALUE, COLUMN_FROM, COLUMN_FLOOR, COLUMN_CAP, COLUMN_STEP, COLUMN_UNIT };
enum { COLUMN_COUNT = COLUMN_UNIT + 1, CELL_MAX = PARAM_NAME_MAX };

typedef char row_text[COLUMN_COUNT][CELL_MAX];

static bool is_text(int column)
{
    return column == COLUMN_NAME || column == COLUMN_FROM || column == COLUMN_UNIT;
}

static void format_bound(const struct param *param, struct value bound, char *text)
{
    if (value_present(bound))
        param_format(param, bound, text, CELL_MAX);
    else
        strcpy(text, "-");
}

static void fill_row(row_text cell, const struct twin_param *row)
{
    const struct param *param = row->param;
    snprintf(cell[COLUMN_NAME], CELL_MAX, "%s", param->name);
    param_format(param, row->value, cell[COLUMN_VALUE], CELL_MAX);
    snprintf(cell[COLUMN_FROM], CELL_MAX, "%s", row->origin);
    format_bound(param, param->floor, cell[COLUMN_FLOOR]);
    format_bound(param, param->cap, cell[COLUMN_CAP]);
    format_bound(param, param->step, cell[COLUMN_STEP]);
    snprintf(cell[COLUMN_UNIT], CELL_MAX, "%s", param->unit);
}

static void print_table(const struct twin_param *rows, size_t count)
{
    static const row_text head = {"parameter", "value", "from", "floor", "cap", "step", "unit"};
    static row_text cell[PARAM_MAX + 1];
    int width[COLUMN_COUNT] = {0};
    memcpy(cell[0], head, sizeof head);
    for (size_t i = 0; i < count; i++)
        fill_row(cell[i + 1], &rows[i]);
    for (size_t i = 0; i <= count; i++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            if ((int)strlen(cell[i][c]) > width[c])
                width[c] = (int)strlen(cell[i][c]);
    for (size_t i = 0; i <= count; i++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (c == COLUMN_UNIT)
                printf("%s\n", cell[i][c]);
            else
                printf("%*s  ", is_text(c) ? -width[c] : width[c], cell[i][c]);
}

static void print_head(const char *file, const struct starting *starting)
{
    cmd_print_safe(file);
    if (starting->file_missing)
        puts(": not there yet; a first run starts with");
    else
        printf(", state %.12s; a run starts with\n", starting->disk_hash);
}

static void print_notes(const struct starting *starting)
{
    if (starting->note_count > 0)
        putchar('\n');
    for (size_t i = 0; i < starting->note_count; i++) {
        cmd_print_safe(starting->note[i]);
        putchar('\n');
    }
}

/* The values as rows; the defaults stand in, as they do for the tuner. */
static void fill_rows(struct twin_param *rows, const struct starting *starting,
                      const struct param_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        rows[i] = (struct twin_param){&table->param[i],
                                      runtime_get_or_assumed(starting->runtime, &table->param[i]),
                                      param_origin_name(starting->origin[i])};
}

static int show(const struct command_line *line, const char *artifacts,
                const struct starting *starting, const struct config *config, struct error *err)
{
    struct twin_param rows[PARAM_MAX];
    char file[600], hash[HASH_TEXT_MAX];
    snprintf(file, sizeof file, "%s/soak/%s", artifacts, OVERRIDES_NAME);
    fill_rows(rows, starting, &config->params);
    if (option_given(line, "--json")) {
        char *text = overrides_text(starting->runtime, hash, NULL, err);
        free(text);
        if (!text)
            return cmd_fail(err);
        return cmd_print_take(twin_params(rows, config->params.count, file, hash, err), err);
    }
    print_head(file, starting);
    print_table(rows, config->params.count);
    print_notes(starting);
    return EXIT_DONE;
}

static int run(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    struct config config;
    struct root root;
    const char *artifacts = option_text(line, "--artifacts", "artifacts");
    const struct option_value *set = option(line, "--set");
    struct starting_options with = {.profile = option_text(line, "--profile", NULL),
                                    .preset = option_text(line, "--preset", NULL),
                                    .set_count = set->count,
                                    .set = set->list,
                                    .environment = getenv(STARTING_ENVIRONMENT)};
    if (config_load(&config, NULL, &err) != 0)
        return cmd_fail(&err);
    bool there = access(artifacts, F_OK) == 0 || errno != ENOENT;
    if (there && root_open(&root, artifacts, ROOT_READ, &err) != 0)
        return cmd_fail(&err);
    struct starting starting;
    int status;
    if (starting_fill(&starting, there ? &root : NULL, &with, &config, &err) != 0)
        status = cmd_fail(&err);
    else
        status = show(line, artifacts, &starting, &config, &err);
    starting_fini(&starting);
    if (there)
        root_close(&root);
    return status;
}

const struct command_row command_params = {
    .name = "params",
    .usage = "[OPTION]...",
    .summary = "each parameter's value and its source; or profiles, presets",
    .text = "Shows the value of each parameter that a run would start with and where it came from. "
            "Highest first: --set, the environment variable " STARTING_ENVIRONMENT
            ", --preset, --profile, the file, the best cell; the default is what the tuner assumes "
            "where nothing sets the parameter.",
    .options = options,
    .run = run,
};
