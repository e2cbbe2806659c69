/* starting: see starting.h. Each step is laid over the one before, lowest precedence first; what
 * differs afterwards is told in a note and gets the step's origin. */
#include "config.h"
#include "engine/starting.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

const char *param_origin_name(enum param_origin origin)
{
    static const char *const names[ORIGIN_COUNT] = {
        [ORIGIN_UNSET] = "not set",           [ORIGIN_DEFAULT] = "default",
        [ORIGIN_BEST_CELL] = "best cell",     [ORIGIN_FILE] = "file",
        [ORIGIN_PROFILE] = "profile",         [ORIGIN_PRESET] = "preset",
        [ORIGIN_ENVIRONMENT] = "environment", [ORIGIN_SET] = "--set",
    };
    return names[origin];
}

static void note_take(struct starting *starting, char *text)
{
    starting->note = mem_resize(starting->note, starting->note_count + 1, sizeof *starting->note);
    starting->note[starting->note_count++] = text;
}

/* "PREFIX: tail_age_ms 600 -> 700" */
static void note_change(struct starting *starting, const char *prefix, const struct param *param,
                        struct value before, struct value after)
{
    char from[32], to[32];
    param_format(param, before, from, sizeof from);
    param_format(param, after, to, sizeof to);
    note_take(starting, mem_printf("%s: %s %s -> %s", prefix, param->name, from, to));
}

static bool values_differ(struct value a, struct value b)
{
    return a.state != b.state || (value_present(a) && !number_equal(a.number, b.number));
}

static int read_file(struct starting *starting, const struct root *root,
                     const struct config *config, struct error *err)
{
    struct runtime_notes notes = {0};
    starting->file_missing = true;
    if (root) {
        starting->file_missing = false;
        starting->runtime = overrides_read(root, &config->params, starting->disk_hash, &notes,
                                           &starting->file_missing, err);
    }
    for (size_t i = 0; i < notes.count; i++)
        note_take(starting, mem_printf("%s: %s", OVERRIDES_NAME, notes.text[i]));
    runtime_notes_fini(&notes);
    if (!starting->runtime && !starting->file_missing)
        return -1;
    if (!starting->runtime)
        starting->runtime = runtime_new_best_cell(&config->params);
    enum param_origin origin = starting->file_missing ? ORIGIN_BEST_CELL : ORIGIN_FILE;
    for (size_t i = 0; i < config->params.count; i++) {
        const struct param *param = &config->params.param[i];
        if (value_present(runtime_get(starting->runtime, param)))
            starting->origin[i] = origin;
        else
            starting->origin[i] = value_present(param->assumed) ? ORIGIN_DEFAULT : ORIGIN_UNSET;
    }
    return 0;
}

/* Lays the profile or preset NAME over the runtime; a step that changes nothing still counts as
 * where the value comes from. */
static int lay_preset(struct starting *starting, enum preset_kind kind, const char *name,
                      const struct config *config, struct error *err)
{
    struct preset preset;
    if (!name)
        return 0;
    if (preset_load(&preset, kind, name, &config->params, err) != 0)
        return -1;
    struct runtime *before = runtime_copy(starting->runtime);
    int status = preset_apply(&preset, starting->runtime, &config->params, err);
    for (size_t i = 0; status == 0 && i < preset.count; i++) {
        const struct param *param = &config->params.param[preset.step[i].param];
        struct value now = runtime_get(starting->runtime, param);
        char prefix[128];
        snprintf(prefix, sizeof prefix, "%s %s", kind == KIND_PROFILE ? "profile" : "preset", name);
        if (values_differ(runtime_get(before, param), now))
            note_change(starting, prefix, param, runtime_get_or_assumed(before, param), now);
        starting->origin[preset.step[i].param] = kind == KIND_PROFILE ? ORIGIN_PROFILE
                                                                      : ORIGIN_PRESET;
    }
    runtime_free(before);
    return status;
}

/* Sets parameter INDEX to NUMBER if that is a change; bounds hold for changes only. */
static int lay_value(struct starting *starting, size_t index, double number,
                     enum param_origin origin, const char *prefix, const struct config *config,
                     struct error *err)
{
    const struct param *param = &config->params.param[index];
    struct value assumed = runtime_get_or_assumed(starting->runtime, param);
    starting->origin[index] = origin;
    if (!values_differ(runtime_get(starting->runtime, param), value_of(number)))
        return 0;
    struct error fault = ERROR_INIT;
    if (param_check(param, number, &fault) != 0)
        return error_set(err, ERROR_USAGE, "%s: %s", prefix, fault.text);
    runtime_set(starting->runtime, param, number);
    note_change(starting, prefix, param, assumed, value_of(number));
    return 0;
}

static int lay_environment(struct starting *starting, const char *text, const struct config *config,
                           struct error *err)
{
    if (!text || *text == '\0')
        return 0;
    struct runtime *given = overrides_from_text(&config->params, text, STARTING_ENVIRONMENT, err);
    if (!given)
        return -1;
    int status = 0;
    for (size_t i = 0; status == 0 && i < config->params.count; i++) {
        struct value value = runtime_get(given, &config->params.param[i]);
        if (value_present(value))
            status = lay_value(starting, i, value.number, ORIGIN_ENVIRONMENT, STARTING_ENVIRONMENT,
                               config, err);
    }
    runtime_free(given);
    return status;
}

static int lay_set(struct starting *starting, const char *text, const struct config *config,
                   struct error *err)
{
    char name[PARAM_NAME_MAX];
    size_t length = strcspn(text, "=");
    if (text[length] != '=' || length == 0 || length >= sizeof name)
        return error_set(err, ERROR_USAGE, "--set wants name=value, not \"%s\"", text);
    snprintf(name, sizeof name, "%.*s", (int)length, text);
    int index = param_find(&config->params, name);
    if (index < 0)
        return error_set(err, ERROR_USAGE,
                         "--set %s: there is no parameter \"%s\"; soaktop params lists all", text,
                         name);
    char *end;
    errno = 0;
    double number = strtod(text + length + 1, &end);
    if (end == text + length + 1 || *end != '\0' || errno == ERANGE || !isfinite(number) ||
        strpbrk(text + length + 1, "xX ") != NULL)
        return error_set(err, ERROR_USAGE, "--set %s: \"%s\" is no decimal number", text,
                         text + length + 1);
    return lay_value(starting, (size_t)index, number, ORIGIN_SET, "--set", config, err);
}

int starting_fill(struct starting *starting, const struct root *root,
                  const struct starting_options *options, const struct config *config,
                  struct error *err)
{
    *starting = (struct starting){0};
    if (read_file(starting, root, config, err) != 0 ||
        lay_preset(starting, KIND_PROFILE, options->profile, config, err) != 0 ||
        lay_preset(starting, KIND_PRESET, options->preset, config, err) != 0 ||
        lay_environment(starting, options->environment, config, err) != 0)
        return -1;
    for (size_t i = 0; i < options->set_count; i++)
        if (lay_set(starting, options->set[i], config, err) != 0)
            return -1;
    return 0;
}

void starting_fini(struct starting *starting)
{
    runtime_free(starting->runtime);
    for (size_t i = 0; i < starting->note_count; i++)
        free(starting->note[i]);
    free(starting->note);
    *starting = (struct starting){0};
}
