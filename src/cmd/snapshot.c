/* snapshot: the gate's third step by itself: the judgement as JSON for other programs. Takes no
 * lock. */
#include "config.h"

#include "artifact/realclock.h"
#include "cmd/gate_common.h"

static const struct option_row options[] = {
    GATE_OPTION_PATH,
    GATE_OPTION_MOCK,
    GATE_OPTION_STRICT("reasons and promotable as a strict gate would have them"),
    {.name = "--prometheus", .type = OPTION_FLAG, .help = "write POST_SOAK_METRICS.prom too"},
    {.name = "--pretty",
     .type = OPTION_FLAG,
     .help = "indent what is printed; the file stays one line"},
    {.name = "--json", .type = OPTION_FLAG, .hidden = true},
    {.name = NULL},
};

static int run(const struct command_line *line)
{
    struct clock clock = clock_real();
    struct gate_options how = gate_options_from(line, &clock);
    how.snapshot_only = true;
    how.prometheus = option_given(line, "--prometheus");
    return gate_command(line, &how, GATE_OUTPUT_JSON);
}

const struct command_row command_snapshot = {
    .name = "snapshot",
    .usage = "[OPTION]... --path DIR",
    .summary = "write and print a run's judgement as JSON",
    .beside = true,
    .text = "Writes POST_SOAK_SNAPSHOT.json (schema 1.1, one canonical line) into the run's "
            "directory and prints it. Exit status by the verdict alone: 0 PASS or WARN, 1 FAIL, 3 "
            "INCONCLUSIVE.",
    .options = options,
    .run = run,
};
