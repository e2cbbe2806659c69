/* preset: see preset.h. */
#include "config.h"
#include "cmd/preset.h"

#include <stdlib.h>
#include <string.h>

#include "artifact/twin.h"
#include "model/mem.h"
#include "model/nearest.h"

const struct option_row preset_options[] = {
    {.name = "--json", .help = "one canonical JSON object"},
    {.name = NULL},
};

static const char *kind_name(enum preset_kind kind)
{
    return kind == KIND_PROFILE ? "profile" : "preset";
}

static void names_free(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

/* All of KIND in *PRESETS (free it); -1 if one cannot be read. */
static int load_all(struct preset **presets, size_t *count, enum preset_kind kind,
                    const struct param_table *table, struct error *err)
{
    char **names;
    int status = 0;
    *count = preset_list(kind, &names);
    *presets = mem_alloc((*count + 1) * sizeof **presets);
    for (size_t i = 0; status == 0 && i < *count; i++)
        status = preset_load(&(*presets)[i], kind, names[i], table, err);
    names_free(names, *count);
    return status;
}

static void print_list(const struct preset *presets, size_t count)
{
    int width = 0;
    for (size_t i = 0; i < count; i++)
        if ((int)strlen(presets[i].name) > width)
            width = (int)strlen(presets[i].name);
    for (size_t i = 0; i < count; i++) {
        printf("%-*s  ", width, presets[i].name);
        cmd_print_safe(presets[i].description);
        putchar('\n');
    }
}

int preset_cmd_list(const struct command_line *line, enum preset_kind kind)
{
    struct error err = ERROR_INIT;
    struct config config;
    if (config_load(&config, NULL, &err) != 0)
        return cmd_fail(&err);
    struct preset *presets = NULL;
    size_t count;
    int status = EXIT_DONE;
    if (load_all(&presets, &count, kind, &config.params, &err) != 0)
        status = cmd_fail(&err);
    else if (option_given(line, "--json"))
        status = cmd_print_take(twin_preset_list(presets, count, kind, &err), &err);
    else if (count == 0)
        printf("there is no %s\n", kind_name(kind));
    else
        print_list(presets, count);
    free(presets);
    return status;
}

/* "0.16", "+15", "x 0.90" */
static void format_step(const struct preset_step *step, const struct param *param, char *text,
                        size_t size)
{
    char amount[32];
    if (step->op == PRESET_MUL) {
        snprintf(text, size, "x %.2f", step->amount);
        return;
    }
    param_format(param, value_of(step->amount), amount, sizeof amount);
    snprintf(text, size, "%s%s", step->op == PRESET_ADD && step->amount > 0 ? "+" : "", amount);
}

static void print_one(const struct preset *preset, enum preset_kind kind,
                      const struct param_table *table)
{
    printf("%s %s: ", kind_name(kind), preset->name);
    cmd_print_safe(preset->description);
    fputs("\nread from ", stdout);
    cmd_print_safe(preset->file);
    puts("\n");
    for (size_t i = 0; i < preset->count; i++) {
        const struct preset_step *step = &preset->step[i];
        const struct param *param = &table->param[step->param];
        char amount[48];
        format_step(step, param, amount, sizeof amount);
        const char *unit = step->op == PRESET_MUL ? "" : param->unit;
        printf("  %-22s %8s", param->name, amount);
        if (step->reason[0]) {
            printf(" %-5s  ", unit);
            cmd_print_safe(step->reason);
        } else if (*unit)
            printf(" %s", unit);
        putchar('\n');
    }
}

/* "there is no profile "x"; did you mean "y"? soaktop profiles lists all" */
static int unknown(const char *name, enum preset_kind kind)
{
    struct error err = ERROR_INIT;
    char hint[NEAREST_HINT_MAX];
    char **names;
    size_t count = preset_list(kind, &names);
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; i < count; i++)
        nearest_offer(&nearest, names[i]);
    nearest_hint(&nearest, hint);
    error_set(&err, ERROR_USAGE, "there is no %s \"%s\";%s soaktop %ss lists all", kind_name(kind),
              name, hint, kind_name(kind));
    names_free(names, count);
    return cmd_fail(&err);
}

static bool exists(const char *name, enum preset_kind kind)
{
    char **names;
    size_t count = preset_list(kind, &names);
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found = found || strcmp(names[i], name) == 0;
    names_free(names, count);
    return found;
}

int preset_cmd_show(const struct command_line *line, enum preset_kind kind)
{
    struct error err = ERROR_INIT;
    struct config config;
    if (config_load(&config, NULL, &err) != 0)
        return cmd_fail(&err);
    const char *name = line->argument[0];
    if (!exists(name, kind))
        return unknown(name, kind);
    struct preset preset;
    if (preset_load(&preset, kind, name, &config.params, &err) != 0)
        return cmd_fail(&err);
    if (option_given(line, "--json"))
        return cmd_print_take(twin_preset(&preset, kind, &config.params, &err), &err);
    print_one(&preset, kind, &config.params);
    return EXIT_DONE;
}
