/* verify: the gate's second step by itself: were the applied deltas in force? Takes no lock. */
#include "config.h"

#include "artifact/realclock.h"
#include "cmd/gate_common.h"

static const struct option_row options[] = {
    GATE_OPTION_PATH,   GATE_OPTION_STRICT("0.95 of the applies must be in full instead of 0.90"),
    GATE_OPTION_MOCK,   GATE_OPTION_JSON,
    GATE_OPTION_PRETTY, {.name = NULL},
};

static int run(const struct command_line *line)
{
    struct clock clock = clock_real();
    struct gate_options how = gate_options_from(line, &clock);
    how.verify_only = true;
    return gate_command(line, &how, gate_output_from(line));
}

const struct command_row command_verify = {
    .name = "verify",
    .usage = "[OPTION]... --path DIR",
    .summary = "check that applied deltas were in force in the next iteration",
    .beside = true,
    .text = "Writes DELTA_VERIFY_REPORT.md and DELTA_VERIFY.json into the run's directory. Exit "
            "status: 0 if enough was applied in full or there is nothing to judge, else 1. The "
            "thresholds of the KPIs do not matter here; --mock only says so in the reports.",
    .options = options,
    .run = run,
};
