/* audit: is a run what its journal says? Reads only; takes no lock. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/config.h"
#include "artifact/integrity.h"
#include "cmd/cmd.h"

static const struct option_row options[] = {
    {.name = "--json", .help = "one canonical JSON object"},
    {.name = NULL},
};

static const char *plural(long count)
{
    return count == 1 ? "" : "s";
}

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* One line, made safe. */
static void say(const char *format, ...)
{
    char text[2 * INTEGRITY_TEXT_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    cmd_print_safe(text);
    putchar('\n');
}

static void say_checked(const struct integrity *found)
{
    say("journal     %ld record%s: chain, form, order%s", found->records, plural(found->records),
        found->sealed ? "; the last line by run.json" : "");
    say("parameters  %ld hash%s of states, %ld write%s with the outcome, %d iteration%s",
        found->hashes, found->hashes == 1 ? "" : "es", found->intents, plural(found->intents),
        found->iterations, plural(found->iterations));
    say("files       %zu compared with what the journal makes%s", found->files,
        found->current ? ", runtime_overrides.json among them" : "");
}

static void say_fault(const struct integrity_fault *fault)
{
    char record[32] = "";
    if (fault->record > 0)
        snprintf(record, sizeof record, "record %ld: ", fault->record);
    say("FAULT       %s%s%s%s: %s", record, fault->file, fault->place[0] ? ": " : "", fault->place,
        fault->text);
}

static void print_text(const struct integrity *found)
{
    say("audit of %s: run %s, %s%s", found->directory,
        found->run_id[0] ? found->run_id : "without a name", run_state_name(found->state),
        found->in_progress ? ", in progress: the newest files may lag behind" : "");
    say_checked(found);
    for (size_t i = 0; i < found->note_count; i++)
        say("note        %s", found->note[i]);
    if (integrity_ok(found))
        say("OK          the run is what its journal says");
    else
        say_fault(&found->fault);
}

static int run(const struct command_line *line)
{
    static struct config config;
    static struct integrity found;
    struct error err = ERROR_INIT;
    struct rundir dir;
    const char *path = line->argument_count > 0 ? line->argument[0] : "artifacts";
    if (config_load(&config, NULL, &err) != 0 || rundir_open(&dir, path, &err) != 0)
        return cmd_fail(&err);
    int status = integrity_check(&found, &dir, &config.params, &err);
    rundir_close(&dir);
    if (status != 0)
        return cmd_fail(&err);
    if (!option_given(line, "--json")) {
        print_text(&found);
    } else {
        char *text = integrity_to_json(&found, CANON_COMPACT, &err);
        if (!text)
            return cmd_fail(&err);
        puts(text);
        free(text);
    }
    return integrity_ok(&found) ? EXIT_DONE : EXIT_INTEGRITY;
}

const struct command_row command_audit = {
    .name = "audit",
    .usage = "[OPTION]... [DIR]",
    .summary = "check that a run is what its journal says",
    .beside = true,
    .text =
        "Checks the chain and the form of every line of the journal, that the parameters in force "
        "go from record to record without a jump, and that every derived file, run.json and (of "
        "the current run) runtime_overrides.json follow from the records. Names the first record "
        "and the place that do not. Exit status: 0 if all agrees, 5 if not, 2 if it cannot be "
        "read. DIR is a run directory or an artifact root (its soak/latest); artifacts if none is "
        "given.",
    .options = options,
    .arguments_max = 1,
    .run = run,
};
