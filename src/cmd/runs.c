/* runs: lists the runs of an artifact root. Reads only; takes no lock. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "artifact/run_list_json.h"
#include "cmd/cmd.h"
#include "model/text.h"

enum { SPAN_TEXT = 24, MINUTE = 60, HOUR = 3600 };

static const struct option_row options[] = {
    {.name = "--json", .help = "one canonical JSON object"},
    {.name = NULL},
};

/* "1h02m", "12m03s" */
static void span_text(char text[SPAN_TEXT], const struct run_entry *entry)
{
    long long seconds = (entry->ended_ms - entry->started_ms) / 1000;
    if (entry->started_ms == UTC_NONE || entry->ended_ms == UTC_NONE || seconds < 0)
        snprintf(text, SPAN_TEXT, "n/a");
    else if (seconds >= HOUR)
        snprintf(text, SPAN_TEXT, "%lldh%02lldm", seconds / HOUR, seconds % HOUR / MINUTE);
    else
        snprintf(text, SPAN_TEXT, "%lldm%02llds", seconds / MINUTE, seconds % MINUTE);
}

static void print_entry(const struct run_entry *entry)
{
    char name[96], utc[UTC_TEXT_MAX], span[SPAN_TEXT], shown[300], fault[2 * ERROR_TEXT_MAX];
    const char *raw = run_entry_name(entry);
    text_make_safe(name, sizeof name, raw, strlen(raw));
    text_make_safe(shown, sizeof shown, entry->shown, strlen(entry->shown));
    text_make_safe(fault, sizeof fault, entry->fault, strlen(entry->fault));
    utc_format(utc, entry->date_ms);
    span_text(span, entry);
    printf("%-24s  %-20s  %-12s  %-6s  %5d  %8s  %-9s  %-11s  %s%s%s\n", name, utc,
           verdict_name(entry->verdict), thresholds_name(entry->mock), entry->count, span,
           entry->fault[0]       ? "UNREADABLE"
           : entry->has_manifest ? run_state_name(entry->state)
                                 : "n/a",
           run_source_name(entry->source), shown, entry->fault[0] ? ": " : "", fault);
}

static int run(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    static struct config config;
    struct run_list list;
    const char *path = line->argument_count > 0 ? line->argument[0] : "artifacts";
    int status = EXIT_DONE;
    if (config_load(&config, NULL, &err) != 0)
        return cmd_fail(&err);
    if (run_list_read(&list, path, &config, NULL, NULL, NULL, &err) != 0)
        status = cmd_fail(&err);
    else if (option_given(line, "--json"))
        status = cmd_print_take(run_list_json(&list, &err), &err);
    else {
        printf("%-24s  %-20s  %-12s  %-6s  %5s  %8s  %-9s  %-11s  %s\n", "run", "date", "verdict",
               "limits", "it", "length", "state", "source", "directory");
        for (size_t i = 0; i < list.count; i++)
            print_entry(&list.entry[i]);
    }
    run_list_fini(&list);
    return status;
}

const struct command_row command_runs = {
    .name = "runs",
    .usage = "[OPTION]... [DIR]",
    .summary = "list the runs of an artifact root, newest first",
    .text = "Lists soak/latest and the earlier runs of an artifact root (default: artifacts), "
            "newest first, with the verdict on the whole of each.",
    .options = options,
    .arguments_max = 1,
    .run = run,
};
