/* compare: two runs beside each other. Reads only; takes no lock. */
#include "config.h"

#include <stdlib.h>

#include "artifact/compare_report.h"
#include "cmd/cmd.h"
#include "cmd/found.h"

static const struct option_row options[] = {
    {.name = "--by-event",
     .help = "align the n-th event of A with the n-th of B, instead of the iterations"},
    {.name = "--artifacts",
     .type = OPTION_TEXT,
     .value = "DIR",
     .help = "where a run that is named by its id is looked for",
     .fallback = "artifacts"},
    {.name = "--json", .help = "one canonical JSON object"},
    {.name = NULL},
};

static int print(const struct command_line *line, const struct run *a, const struct run *b,
                 const struct param_table *table)
{
    struct error err = ERROR_INIT;
    struct compare compare;
    compare_runs(&compare, a, b, (int)b->count,
                 option_given(line, "--by-event") ? ALIGN_EVENT : ALIGN_ITERATION);
    int status = EXIT_DONE;
    if (option_given(line, "--json")) {
        status = cmd_print_take(compare_json(&compare, a, b, table, &err), &err);
    } else {
        char *text = compare_text(&compare, a, b, table);
        for (char *from = text, *end; *from; from = end) {
            end = from;
            while (*end && *end != '\n')
                end++;
            bool more = *end == '\n';
            *end = '\0';
            cmd_print_safe(from);
            if (more)
                putchar('\n');
            end += more;
        }
        free(text);
    }
    compare_fini(&compare);
    return status;
}

static int run(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    static struct config config;
    const char *artifacts = option_text(line, "--artifacts", "artifacts");
    if (config_load(&config, NULL, &err) != 0)
        return cmd_fail(&err);
    struct stored_run *a = found_run(line->argument[0], artifacts, &config, &err);
    struct stored_run *b = a ? found_run(line->argument[1], artifacts, &config, &err) : NULL;
    int status = b ? print(line, &a->run, &b->run, &config.params) : cmd_fail(&err);
    stored_run_free(a);
    stored_run_free(b);
    return status;
}

const struct command_row command_compare = {
    .name = "compare",
    .usage = "[OPTION]... A B",
    .summary = "compare two runs: KPIs, parameters, where they begin to differ",
    .text = "Compares run B with run A, the baseline. A and B are run directories, artifact roots "
            "(their soak/latest), or ids of runs of --artifacts.",
    .options = options,
    .arguments_min = 2,
    .arguments_max = 2,
    .run = run,
};
