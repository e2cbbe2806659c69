/* gate_common: see gate_common.h. */
#include "config.h"

#include "cmd/gate_common.h"

#include <stdlib.h>
#include <string.h>

/* The Python tools took it from the environment too, and scripts rely on that. */
static bool mock_in_environment(void)
{
    const char *text = getenv("USE_MOCK");
    return text != NULL && strcmp(text, "1") == 0;
}

struct gate_options gate_options_from(const struct command_line *line, const struct clock *clock)
{
    return (struct gate_options){
        .mock = option_given(line, "--mock") || mock_in_environment(),
        .strict = option_given(line, "--strict"),
        .pretty = option_given(line, "--pretty"),
        .clock = clock,
    };
}

enum gate_output gate_output_from(const struct command_line *line)
{
    bool json = option_given(line, "--json") || option_given(line, "--pretty");
    return json ? GATE_OUTPUT_JSON : GATE_OUTPUT_TEXT;
}

static bool show_progress(void *context, enum gate_step step, size_t done, size_t total)
{
    struct progress *progress = context;
    progress->what = gate_step_name(step);
    progress_step(progress, done, total);
    return true;
}

static void print_answer(const struct gate_result *result, enum gate_output output)
{
    if (output == GATE_OUTPUT_JSON) {
        fputs(result->json, stdout);
        return;
    }
    fputs(result->text, stdout);
    for (size_t i = 0; i < result->file_count; i++)
        printf("%s%s", i == 0 ? "\nwritten: " : ", ", result->file[i]);
    puts("");
}

int gate_over(const struct rundir *dir, const struct config *config,
              const struct gate_options *options, enum gate_output output)
{
    struct error err = ERROR_INIT;
    struct gate_result result;
    struct progress progress;
    progress_start(&progress, gate_step_name(GATE_LOAD));
    int status = gate_run(&result, dir, config, options, show_progress, &progress, &err);
    progress_end(&progress);
    if (status != 0)
        return cmd_fail(&err);
    print_answer(&result, output);
    status = result.exit_status;
    gate_result_fini(&result);
    return status;
}

int gate_command(const struct command_line *line, const struct gate_options *options,
                 enum gate_output output)
{
    static struct config config; /* too large for a stack that tools may limit */
    struct error err = ERROR_INIT;
    struct rundir dir;
    if (config_load(&config, NULL, &err) != 0 ||
        rundir_open(&dir, option_text(line, "--path", "artifacts"), &err) != 0)
        return cmd_fail(&err);
    int status = gate_over(&dir, &config, options, output);
    rundir_close(&dir);
    return status;
}
