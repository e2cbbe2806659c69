/* gate_common: what gate, analyze, verify and snapshot share: their options, the progress line, the
 * answer and its exit status. Main thread. */
#ifndef SOAKTOP_CMD_GATE_COMMON_H
#define SOAKTOP_CMD_GATE_COMMON_H

#include "artifact/gate.h"
#include "cmd/cmd.h"

/* Rows that the four tables of options have in common. */
#define GATE_OPTION_PATH                                                                           \
    {                                                                                              \
        .name = "--path", .type = OPTION_TEXT, .value = "DIR", .fallback = "artifacts",            \
        .help = "a run directory, or an artifact root (its soak/latest)"                           \
    }
#define GATE_OPTION_STRICT(text)                                                                   \
    {                                                                                              \
        .name = "--strict", .type = OPTION_FLAG, .help = text                                      \
    }
#define GATE_OPTION_MOCK                                                                           \
    {                                                                                              \
        .name = "--mock", .type = OPTION_FLAG,                                                     \
        .help = "mock thresholds (also: USE_MOCK=1 in the environment)"                            \
    }
#define GATE_OPTION_JSON                                                                           \
    {                                                                                              \
        .name = "--json", .type = OPTION_FLAG, .help = "print one JSON object"                     \
    }
#define GATE_OPTION_PRETTY                                                                         \
    {                                                                                              \
        .name = "--pretty", .type = OPTION_FLAG, .help = "print JSON, indented"                    \
    }

/* What standard output gets. */
enum gate_output { GATE_OUTPUT_TEXT, GATE_OUTPUT_JSON };

/* Fills the options that every command has: thresholds, --strict, --pretty, the clock. */
struct gate_options gate_options_from(const struct command_line *line, const struct clock *clock);
enum gate_output gate_output_from(const struct command_line *line);

/* Runs OPTIONS' steps over DIR with a progress line and prints the answer; the exit status. */
int gate_over(const struct rundir *dir, const struct config *config,
              const struct gate_options *options, enum gate_output output);
/* Runs OPTIONS' steps over --path and prints the answer; returns the exit status. */
int gate_command(const struct command_line *line, const struct gate_options *options,
                 enum gate_output output);

#endif
