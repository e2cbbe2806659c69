/* suites: one function a file of tests. */
#ifndef SOAKTOP_TESTS_SUITES_H
#define SOAKTOP_TESTS_SUITES_H

#include <check.h>
#include "harness.h"

Suite *clock_suite(void);
Suite *compare_suite(void);
Suite *difference_suite(void);
Suite *edge_report_suite(void);
Suite *effect_suite(void);
Suite *error_suite(void);
Suite *example_suite(void);
Suite *guard_cooldown_suite(void);
Suite *guard_freeze_suite(void);
Suite *guard_moves_suite(void);
Suite *guard_status_suite(void);
Suite *guard_suite(void);
Suite *judge_suite(void);
Suite *kpi_suite(void);
Suite *mem_suite(void);
Suite *node_suite(void);
Suite *param_suite(void);
Suite *past_suite(void);
Suite *policy_suite(void);
Suite *properties_suite(void);
Suite *rehearsal_suite(void);
Suite *run_change_suite(void);
Suite *run_suite(void);
Suite *running_suite(void);
Suite *runtime_suite(void);
Suite *stats_suite(void);
Suite *summary_suite(void);
Suite *text_suite(void);
Suite *thresholds_suite(void);
Suite *tripwire_suite(void);
Suite *tuner_suite(void);
Suite *verify_suite(void);
Suite *wires_suite(void);
Suite *xray_suite(void);

#endif
