/* forecast: what the coming iterations can still make of a run's verdict: exact arithmetic over the
 * window, taking it that every iteration to come may pass. Pure; any thread. */
#include "config.h"

#include "model/judge.h"

/* Iterations that will have been run at the end; 0: the run has no end. */
static int last_number(const struct run *run)
{
    bool ended = run->state == RUN_STOPPED || run->state == RUN_COMPLETED ||
                 run->state == RUN_FAILED || run->ended_ms != UTC_NONE;
    if (ended || (run->planned > 0 && (size_t)run->planned < run->count))
        return (int)run->count;
    return run->planned;
}

/* Passes in the window that ends with iteration NUMBER if all that are to come pass. */
static int passes_at(const struct run *run, int number, int window, const struct kpi_limits *limits)
{
    int passes = 0;
    for (int n = number > window ? number - window + 1 : 1; n <= number; n++) {
        if ((size_t)n > run->count || iteration_passes(run->iteration[n - 1], limits))
            passes++;
    }
    return passes;
}

/* The first iteration of RUN that triggered a freeze; 0: none did. */
static int first_freeze(const struct run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        if (run->iteration[i]->freeze_triggered)
            return run->iteration[i]->number;
    }
    return 0;
}

/* True if no freeze was triggered in RUN; the first, maybe later than its end, was in FREEZE_AT. */
static bool lacks_freeze(const struct run *run, int freeze_at)
{
    return freeze_at == 0 || freeze_at > (int)run->count;
}

/* First iteration, the newest recorded one or later, whose window holds WANTED passes; 0: none. A
 * freeze that has not started yet can do so in the next iteration at the earliest. */
static int earliest(const struct run *run, const struct thresholds *thresholds,
                    const struct kpi_limits *limits, int wanted, bool lacking)
{
    int newest = (int)run->count, end = last_number(run);
    int first = lacking ? newest + 1 : newest;
    if (first < 1)
        first = 1;
    for (int n = first; n <= newest + thresholds->window && (end == 0 || n <= end); n++) {
        if (passes_at(run, n, thresholds->window, limits) >= wanted)
            return n;
    }
    return 0;
}

static bool out_of_reach(const struct run *run, const struct thresholds *thresholds,
                         const struct kpi_limits *limits, int freeze_at, size_t count)
{
    struct run until = *run;  /* borrowed */
    if (count < run->count) { /* then it still went on */
        until.count = count;
        until.state = RUN_RUNNING;
        until.ended_ms = UTC_NONE;
    }
    bool lacking = lacks_freeze(&until, freeze_at);
    return earliest(&until, thresholds, limits, thresholds->pass_count, lacking) == 0;
}

/* The first recorded iteration after which PASS was out of reach: once it is, it stays so. */
static int out_since(const struct run *run, const struct thresholds *thresholds,
                     const struct kpi_limits *limits, int freeze_at)
{
    size_t low = 0, high = run->count; /* out of reach after HIGH, not after LOW - 1 */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (out_of_reach(run, thresholds, limits, freeze_at, middle))
            high = middle;
        else
            low = middle + 1;
    }
    return (int)high;
}

/* How many of the iterations that are still to come in the window ending with NUMBER must pass. */
static int must_pass(const struct run *run, const struct thresholds *thresholds,
                     const struct kpi_limits *limits, int number, int wanted)
{
    int recorded = (int)run->count;
    if (number <= recorded)
        return 0;
    int to_come = number - recorded < thresholds->window ? number - recorded : thresholds->window;
    int known = passes_at(run, number, thresholds->window, limits) - to_come;
    return wanted > known ? wanted - known : 0;
}

struct forecast judge_forecast_from(const struct run *run, const struct thresholds *thresholds,
                                    bool mock, int freeze_at)
{
    const struct kpi_limits *limits = thresholds_limits(thresholds, mock);
    struct forecast forecast = {.misses_left = -1};
    int end = last_number(run);
    forecast.needs_freeze = lacks_freeze(run, freeze_at);
    forecast.earliest_pass = earliest(run, thresholds, limits, thresholds->pass_count,
                                      forecast.needs_freeze);
    forecast.out_of_reach = forecast.earliest_pass == 0;
    if (forecast.out_of_reach)
        forecast.earliest_pass = earliest(run, thresholds, limits, thresholds->warn_count, false);
    if (forecast.out_of_reach)
        forecast.out_since = out_since(run, thresholds, limits, freeze_at);
    forecast.must_pass = must_pass(run, thresholds, limits, forecast.earliest_pass,
                                   forecast.out_of_reach ? thresholds->warn_count
                                                         : thresholds->pass_count);
    if (end > 0) {
        int spare = passes_at(run, end, thresholds->window, limits) - thresholds->pass_count;
        forecast.misses_left = spare > 0 ? spare : 0;
    }
    return forecast;
}

struct forecast judge_forecast(const struct run *run, const struct thresholds *thresholds,
                               bool mock)
{
    return judge_forecast_from(run, thresholds, mock, first_freeze(run));
}
