/* options: a command's options are rows of one table, which the parser, --help and the manual's
 * check read. Main thread. */
#ifndef SOAKTOP_CMD_OPTIONS_H
#define SOAKTOP_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
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
    const char *value;       /* what --help shows: "N" */
    double minimum, maximum; /* of INT and NUMBER; both 0: any that is not negative */
    const char *choices;
    const char *fallback; /* shown default; NULL: none */
    const char *help;     /* one line; --help wraps it */
    bool hidden;          /* accepted, not shown (another name that scripts use) */
    const char *same_as;  /* this flag is another name of that "--option=value" */
};

enum { OPTION_LIST_MAX = 64, OPTIONS_MAX = 48, ARGUMENTS_MAX = 16 };

struct option_value {
    bool given;
    const char *text; /* of the last one given; borrowed from argv or a table */
    double number;
    size_t count;
    const char *list[OPTION_LIST_MAX];
};

struct command_row;

struct command_line {
    const struct command_row *command;
    bool help, version;                     /* --help or --version: nothing else was checked */
    struct option_value value[OPTIONS_MAX]; /* beside the rows of the command's table */
    size_t argument_count;
    const char *argument[ARGUMENTS_MAX];
};

/* Value of option NAME ("--mock"); aborts if the command has no such row. */
const struct option_value *option(const struct command_line *line, const char *name);
bool option_given(const struct command_line *line, const char *name);
const char *option_text(const struct command_line *line, const char *name, const char *fallback);
double option_number(const struct command_line *line, const char *name, double fallback);

/* Parses ARGV after the command's name: "--name=value", "--name value", "-n5", bundled letters,
 * "--" before arguments that begin with "-". The last of an option given twice wins. ERROR_USAGE
 * names the option, what it wants and, for an unknown one, the nearest that there is. */
int command_line_parse(struct command_line *line, const struct command_row *command, int argc,
                       char **argv, struct error *err);

/* Writes the rows as --help shows them, wrapped at 79 columns. */
void options_print(FILE *out, const struct option_row *rows);
/* Writes TEXT wrapped at 79 columns, the first line after COLUMN characters that stand already, the
 * others indented by INDENT. */
void options_print_wrapped(FILE *out, const char *text, int column, int indent);

#endif
