/* fixture: a finished or running mock run to draw: the formulas of the mock source and the changes
 * of the worked example (ENGINE sections 4 and 10), built without engine and files. */
#ifndef SOAKTOP_TESTS_FIXTURE_H
#define SOAKTOP_TESTS_FIXTURE_H

#include "artifact/config.h"
#include "ui/compose.h"

struct fixture {
    struct config config;
    struct view view;
};

/* COUNT iterations of 24 are recorded; live, RW, approve mode manual, source exec (a mock run shows
 * MOCK), clock at 12:00:00Z of 2025-01-01, an iteration every 300 s. ASCII. */
void fixture_init(struct fixture *fixture, int count);
void fixture_fini(struct fixture *fixture);

/* One iteration of the mock's formulas with the worked example's tuning; the run takes it. */
struct iteration *fixture_iteration(const struct config *config, int number);
/* A proposal of four lines waits in iteration count + 1: min_interval_ms OK, tail_age_ms EDIT,
 * impact_cap_ratio BLOCKED by freeze, base_spread_bps_delta PROP. */
void fixture_propose(struct fixture *fixture);

/* The whole screen at that size (free it). */
char *fixture_screen(struct fixture *fixture, int width, int height);
/* Row of TEXT (from canvas_dump), copied (free it); "" if there is none. */
char *fixture_row(const char *text, int row);

#endif
