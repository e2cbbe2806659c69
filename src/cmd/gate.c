/* gate: judges a run: audit, delta verification, snapshot, metrics, and an exit status that scripts
 * go by. Takes no lock. */
#include "config.h"

#include "artifact/realclock.h"
#include "cmd/gate_common.h"

static const struct option_row options[] = {
    GATE_OPTION_PATH,
    GATE_OPTION_MOCK,
    GATE_OPTION_STRICT("0.95 of the applies in full instead of 0.90, and freeze_ready; whatever "
                       "the thresholds"),
    {.name = "--warn-fails",
     .type = OPTION_FLAG,
     .help = "fail on WARN too: only a PASS is enough"},
    {.name = "--prometheus", .type = OPTION_FLAG, .help = "write POST_SOAK_METRICS.prom too"},
    {.name = "--skip-analyzer",
     .type = OPTION_FLAG,
     .help = "leave audit, recommendations and failures as they are"},
    {.name = "--skip-delta-verify",
     .type = OPTION_FLAG,
     .help = "do not hold the applied deltas against the run; it is then not promotable"},
    GATE_OPTION_JSON,
    GATE_OPTION_PRETTY,
    {.name = NULL},
};

static int run(const struct command_line *line)
{
    struct clock clock = clock_real();
    struct gate_options how = gate_options_from(line, &clock);
    how.warn_fails = option_given(line, "--warn-fails");
    how.prometheus = option_given(line, "--prometheus");
    how.skip_analyzer = option_given(line, "--skip-analyzer");
    how.skip_delta_verify = option_given(line, "--skip-delta-verify");
    return gate_command(line, &how, gate_output_from(line));
}

const struct command_row command_gate = {
    .name = "gate",
    .usage = "[OPTION]... --path DIR",
    .summary = "judge a run: every check with value, limit and result; or audit",
    .text = "Judges the last 8 iterations of a run and writes POST_SOAK_AUDIT.md, "
            "RECOMMENDATIONS.md, FAILURES.md (only on FAIL), DELTA_VERIFY_REPORT.md, "
            "DELTA_VERIFY.json and POST_SOAK_SNAPSHOT.json into its directory. Exit status: 0 PASS "
            "or WARN, 1 failed, 2 wrong usage or unreadable input, 3 INCONCLUSIVE, 5 integrity. "
            "Without --mock the thresholds are the strict ones.",
    .options = options,
    .run = run,
};
