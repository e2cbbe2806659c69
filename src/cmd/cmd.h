/* cmd: the subcommands. One file each, each a row of the table in cmd.c; options are rows of a
 * table too, which the parser, --help, the completions and the manual's check read. Main thread. */
#ifndef SOAKTOP_CMD_CMD_H
#define SOAKTOP_CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include "model/error.h"

enum option_type {
    OPTION_FLAG,   /* --mock */
    OPTION_TEXT,   /* --run-id ID */
    OPTION_INT,    /* whole number in minimum..maximum */
    OPTION_NUMBER, /* finite number in minimum..maximum */
    OPTION_CHOICE, /* one of the words in CHOICES, separated by "|" */
    OPTION_LIST    /* text, repeatable */
};

struct option_row {
    const char *name; /* "--iterations" */
    char letter;      /* "-n"; 0: none */
    enum option_type type;
    const char *value; /* what --help shows: "N" */
    double minimum, maximum;
    const char *choices;
    const char *fallback; /* shown default; NULL: none */
    const char *help;     /* one line */
    bool hidden;          /* accepted, not shown (another name that scripts use) */
    const char *same_as;  /* this flag is another name of that "--option=value" */
};

enum { OPTION_LIST_MAX = 64, OPTIONS_MAX = 48 };

struct option_value {
    bool given;
    const char *text;
    double number;
    size_t count;
    const char *list[OPTION_LIST_MAX];
};

struct command_row;

struct command_line {
    const struct command_row *command;
    struct option_value value[OPTIONS_MAX]; /* beside the rows of the command's table */
    size_t argument_count;
    const char *argument[16];
};

struct command_row {
    const char *name;
    const char *usage;                /* "[OPTION]... DIR" */
    const char *summary;              /* one line of the main help */
    const char *text;                 /* paragraph of its own help; NULL: none */
    const struct option_row *options; /* ends with a row without a name */
    int arguments_min, arguments_max;
    int (*run)(const struct command_line *line); /* returns the exit status */
};

extern const struct command_row command_table[]; /* ends with a row without a name */

/* Value of option NAME ("--mock"); aborts if the command has no such row. */
const struct option_value *option(const struct command_line *line, const char *name);
bool option_given(const struct command_line *line, const char *name);
const char *option_text(const struct command_line *line, const char *name, const char *fallback);
double option_number(const struct command_line *line, const char *name, double fallback);

/* Parses ARGV after the command's name. "--name=value", "--name value", "--", bundled letters. */
int command_line_parse(struct command_line *line, const struct command_row *command, int argc,
                       char **argv, struct error *err);

/* Prints "soaktop: MESSAGE" (made safe) on standard error; returns the exit status of its code. */
int cmd_fail(const struct error *err);

/* "user@host" of this process. */
void cmd_actor(char *text, size_t size);

/* A progress line on standard error, if that is a terminal and a second has passed. */
struct progress {
    const char *what;
    long long started_ms, shown_ms;
    bool shown;
};
void progress_start(struct progress *progress, const char *what);
void progress_step(struct progress *progress, size_t done, size_t total);
void progress_end(struct progress *progress);

extern const struct command_row command_run, command_replay, command_gate, command_analyze,
    command_verify, command_snapshot, command_params, command_profiles, command_presets,
    command_deltas;

#endif
