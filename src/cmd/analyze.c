/* analyze: the gate's first step by itself: audit, recommendations, failures. Takes no lock. */
#include "config.h"

#include "artifact/realclock.h"
#include "cmd/gate_common.h"

static const struct option_row options[] = {
    GATE_OPTION_PATH,
    GATE_OPTION_MOCK,
    GATE_OPTION_STRICT("show the checks as a strict gate would"),
    GATE_OPTION_JSON,
    GATE_OPTION_PRETTY,
    {.name = NULL},
};

static int run(const struct command_line *line)
{
    struct clock clock = clock_real();
    struct gate_options how = gate_options_from(line, &clock);
    how.analyze_only = true;
    return gate_command(line, &how, gate_output_from(line));
}

const struct command_row command_analyze = {
    .name = "analyze",
    .usage = "[OPTION]... --path DIR",
    .summary = "write audit and recommendations of a run; or verify, snapshot",
    .text = "Writes POST_SOAK_AUDIT.md, RECOMMENDATIONS.md and FAILURES.md (only on FAIL) into the "
            "run's directory. Exit status by the verdict alone: 0 PASS or WARN, 1 FAIL, 3 "
            "INCONCLUSIVE.",
    .options = options,
    .run = run,
};
