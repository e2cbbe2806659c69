/* monkey: random keys on a live view, with proposals that come, change and go, at random sizes. The
 * rule that one slip must not destroy holds for any sequence: without Shift-Y, and with it as long
 * as no dialog was open for 400 ms, nothing of level 1 or 2 is sent and the program is not left. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "ui/dialog.h"

enum { KEYS = 30000, DRAW_EVERY = 97, CHANGE_EVERY = 41 };

static struct driver driver;
static uint64_t state;

/* xorshift64*: the same sequence everywhere */
static unsigned draw_number(unsigned below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (unsigned)((state * UINT64_C(2685821657736338717)) >> 33) % below;
}

static unsigned random_key(bool shift_y)
{
    unsigned key;
    do {
        unsigned kind = draw_number(10);
        key = kind < 6 ? 0x20 + draw_number(0x5f) : KEYCODE_UP + draw_number(40);
        key = kind == 9 ? 1 + draw_number(0x1f) : key;
    } while ((key == 'Y' && !shift_y) || key == 26);
    return key;
}

static void change_something(void)
{
    static const char *const names[] = {"min_interval_ms", "tail_age_ms", "impact_cap_ratio",
                                        "base_spread_bps_delta"};
    switch (draw_number(4)) {
    case 0:
        if (driver.view->run.has_pending)
            driver_proposal_gone(&driver);
        break;
    case 1:
        if (!driver.view->run.has_pending)
            fixture_propose(&driver.fixture);
        break;
    case 2:
        if (driver.view->run.has_pending)
            driver_line_changes(&driver, names[draw_number(4)],
                                (enum delta_state)draw_number(DELTA_BLOCKED + 1));
        break;
    default:
        driver.view->gate_running = draw_number(2);
        break;
    }
}

static void check_sent(unsigned key)
{
    struct command command;
    while (inbox_next(driver.inbox, &command))
        switch (command.kind) {
        case COMMAND_DECIDE:
        case COMMAND_PAUSE:
        case COMMAND_RESUME:
        case COMMAND_NEXT:
            break;
        case COMMAND_GATE:
            if (!command.strict)
                break;
            /* fall through */
        default:
            ck_abort_msg("key %#x sent a command of kind %u", key, (unsigned)command.kind);
        }
}

static void run_monkey(uint64_t seed, bool shift_y, int64_t pass_ms)
{
    state = seed;
    driver_init(&driver, 22, PROPOSED);
    for (int i = 0; i < KEYS; i++) {
        unsigned key = random_key(shift_y);
        if (driver_key(&driver, key) & REACT_QUIT)
            ck_abort_msg("key %#x leaves the program", key);
        check_sent(key);
        driver_pass(&driver, pass_ms);
        if (i % CHANGE_EVERY == 0)
            change_something();
        if (i % DRAW_EVERY == 0)
            free(fixture_screen(&driver.fixture, 1 + (int)draw_number(210),
                                1 + (int)draw_number(70)));
    }
    driver_fini(&driver);
}

START_TEST(without_shift_y_nothing_is_confirmed)
{
    run_monkey(1, false, 700);
    run_monkey(20250101, false, 150);
}
END_TEST

START_TEST(what_is_typed_ahead_confirms_nothing)
{
    run_monkey(7, true, 0);
}
END_TEST

Suite *monkey_suite(void)
{
    const TTest *const tests[] = {
        without_shift_y_nothing_is_confirmed,
        what_is_typed_ahead_confirms_nothing,
        NULL,
    };
    return harness_suite("monkey", tests, 60);
}
