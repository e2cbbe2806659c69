/* cmd: the subcommands. One file each, each a row of the table in cmd.c. Main thread. */
#ifndef SOAKTOP_CMD_CMD_H
#define SOAKTOP_CMD_CMD_H

#include "cmd/options.h"
#include "cmd/progress.h"

/* Exit statuses (ENGINE section 9) that come from no error. */
enum {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_INCONCLUSIVE = 3,
    EXIT_INTEGRITY = 5,
    EXIT_SIGNAL = 128 /* + the signal that stopped it */
};

struct command_row {
    const char *name;
    const char *usage;                /* "[OPTION]... DIR" */
    const char *summary;              /* one line of the main help */
    bool beside;                      /* the main help names it in the line of the row before */
    const char *text;                 /* paragraph of its own help; NULL: none */
    const struct option_row *options; /* ends with a row without a name; NULL: none */
    int arguments_min, arguments_max;
    int (*run)(const struct command_line *line); /* returns the exit status */
    /* words that follow its name ("deltas list"), ends with a row without a name; the first one is
     * meant if none is typed. NULL: none. A row with words has no options and no run of its own. */
    const struct command_row *words;
    const char *parent; /* of a word: the command that it follows */
};

extern const struct command_row *const command_table[]; /* ends with NULL */

/* The whole program after main's own set-up: returns the exit status. Commands print with stdio;
 * that all of it arrived is checked here, at the end. */
int cmd_main(int argc, char **argv);

/* Prints "soaktop: MESSAGE" (made safe) on standard error; returns the exit status of its code. */
int cmd_fail(const struct error *err);
/* The same for a remark that ends nothing. */
void cmd_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints TEXT (taken; NULL: ERR says why there is none) on standard output; the exit status. */
int cmd_print_take(char *text, const struct error *err);
/* Prints TEXT of a file or an operator on standard output, made safe. */
void cmd_print_safe(const char *text);

/* "user@host" of this process. */
void cmd_actor(char *text, size_t size);

extern const struct command_row command_run, command_replay, command_gate, command_analyze,
    command_verify, command_snapshot, command_audit, command_params, command_profiles,
    command_presets, command_deltas, command_keys, command_runs, command_compare, command_open,
    command_watch, command_completion, command_attach, command_status, command_pause,
    command_resume, command_next, command_stop;

#endif
