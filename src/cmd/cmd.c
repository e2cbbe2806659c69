/* cmd: the table of subcommands, their help, and what all of them share. Main thread. */
#include "config.h"
#include "cmd/cmd.h"

#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/nearest.h"
#include "model/text.h"

const struct command_row *const command_table[] = {
    &command_run,     &command_replay, &command_watch,      &command_runs,
    &command_compare, &command_open,   &command_gate,       &command_audit,
    &command_analyze, &command_verify, &command_snapshot,   &command_attach,
    &command_status,  &command_pause,  &command_resume,     &command_next,
    &command_stop,    &command_deltas, &command_params,     &command_profiles,
    &command_presets, &command_keys,   &command_completion, NULL,
};

enum { HELP_INDENT = 13 };

static void print_rows(const struct command_row *const *rows)
{
    for (; *rows; rows++)
        if (!(*rows)->beside)
            printf("  %-*s%s\n", HELP_INDENT - 2, (*rows)->name, (*rows)->summary);
}

/* Fits a screen of 80x24 (a test holds it to that). */
static void print_main_help(void)
{
    printf("soaktop %s: runs, shows and judges the soak of a market-making bot\n\n"
           "usage: soaktop COMMAND [OPTION]...\n\n",
           PACKAGE_VERSION);
    print_rows(command_table);
    puts("\nsoaktop COMMAND --help tells the options of a command, man soaktop everything.\n"
         "Exit status: 0 done, PASS or WARN; 1 the gate failed; 2 wrong usage or input;\n"
         "3 INCONCLUSIVE; 4 another writer holds the artifacts; 5 integrity.");
}

static void print_words(const struct command_row *words)
{
    puts("\nWords that follow (the first is meant if there is none):");
    for (; words->name; words++)
        printf("  %-*s%s\n", HELP_INDENT - 2, words->name, words->summary);
}

static void print_help(const struct command_row *row)
{
    printf("usage: soaktop %s%s%s %s\n\n", row->parent ? row->parent : "", row->parent ? " " : "",
           row->name, row->usage);
    options_print_wrapped(stdout, row->text ? row->text : row->summary, 0, 0);
    if (row->words) {
        print_words(row->words);
        return;
    }
    puts("\nOptions:");
    static const struct option_row none[] = {{.name = NULL}};
    options_print(stdout, row->options ? row->options : none);
}

static const struct command_row *command_find(const char *name)
{
    for (const struct command_row *const *row = command_table; *row; row++)
        if (strcmp((*row)->name, name) == 0)
            return *row;
    return NULL;
}

static const struct command_row *word_find(const struct command_row *words, const char *name)
{
    for (; words->name; words++)
        if (strcmp(words->name, name) == 0)
            return words;
    return NULL;
}

int cmd_fail(const struct error *err)
{
    char text[2 * ERROR_TEXT_MAX];
    text_make_safe(text, sizeof text, err->text, strlen(err->text));
    fprintf(stderr, "soaktop: %s\n", text);
    return error_exit_status(err->code);
}

void cmd_say(const char *format, ...)
{
    char raw[ERROR_TEXT_MAX], text[2 * ERROR_TEXT_MAX];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(raw, sizeof raw, format, list);
    va_end(list);
    if (length < 0)
        return;
    text_make_safe(text, sizeof text, raw, strlen(raw));
    fprintf(stderr, "soaktop: %s\n", text);
}

int cmd_print_take(char *text, const struct error *err)
{
    if (!text)
        return cmd_fail(err);
    fputs(text, stdout);
    free(text);
    return EXIT_DONE;
}

void cmd_print_safe(const char *text)
{
    char *safe = text_safe_copy(text);
    fputs(safe, stdout);
    free(safe);
}

void cmd_actor(char *text, size_t size)
{
    char host[256] = "localhost";
    if (gethostname(host, sizeof host - 1) != 0)
        snprintf(host, sizeof host, "localhost");
    const struct passwd *user = getpwuid(getuid());
    if (user)
        snprintf(text, size, "%s@%s", user->pw_name, host);
    else
        snprintf(text, size, "uid%lu@%s", (unsigned long)getuid(), host);
}

static int run_row(const struct command_row *row, int argc, char **argv)
{
    struct error err = ERROR_INIT;
    struct command_line line;
    if (command_line_parse(&line, row, argc, argv, &err) != 0)
        return cmd_fail(&err);
    if (line.help) {
        print_help(row);
        return EXIT_DONE;
    }
    if (line.version) {
        printf("soaktop %s\n", PACKAGE_VERSION);
        return EXIT_DONE;
    }
    return row->run(&line);
}

static int unknown_word(const struct command_row *row, const char *word)
{
    struct error err = ERROR_INIT;
    char hint[NEAREST_HINT_MAX];
    struct nearest nearest = nearest_to(word);
    for (const struct command_row *each = row->words; each->name; each++)
        nearest_offer(&nearest, each->name);
    nearest_hint(&nearest, hint);
    error_set(&err, ERROR_USAGE, "%s does not know \"%s\";%s soaktop %s --help lists what it does",
              row->name, word, hint, row->name);
    return cmd_fail(&err);
}

/* ARGV begins after the command's name. */
static int run_words(const struct command_row *row, int argc, char **argv)
{
    if (argc > 0 && (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0)) {
        print_help(row);
        return EXIT_DONE;
    }
    if (argc == 0 || argv[0][0] == '-')
        return run_row(row->words, argc, argv);
    const struct command_row *word = word_find(row->words, argv[0]);
    if (!word)
        return unknown_word(row, argv[0]);
    return run_row(word, argc - 1, argv + 1);
}

static int unknown_command(const char *name)
{
    struct error err = ERROR_INIT;
    char hint[NEAREST_HINT_MAX];
    struct nearest nearest = nearest_to(name);
    for (const struct command_row *const *row = command_table; *row; row++)
        nearest_offer(&nearest, (*row)->name);
    nearest_hint(&nearest, hint);
    error_set(&err, ERROR_USAGE, "unknown command \"%s\";%s soaktop --help lists all", name, hint);
    return cmd_fail(&err);
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) {
        cmd_say("a command is wanted; soaktop --help lists all");
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_main_help();
        return EXIT_DONE;
    }
    if (strcmp(name, "--version") == 0) {
        printf("soaktop %s\n", PACKAGE_VERSION);
        return EXIT_DONE;
    }
    const struct command_row *row = command_find(name);
    if (!row)
        return unknown_command(name);
    return row->words ? run_words(row, argc - 2, argv + 2) : run_row(row, argc - 2, argv + 2);
}

int cmd_main(int argc, char **argv)
{
    int status = dispatch(argc, argv);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    cmd_say("standard output could not be written: %s", strerror(errno));
    return status == EXIT_DONE ? EXIT_USAGE : status;
}
