/* suites: one function a file of tests. */
#ifndef SOAKTOP_TESTS_SUITES_H
#define SOAKTOP_TESTS_SUITES_H

#include <check.h>

Suite *attach_suite(void);
Suite *audit_suite(void);
Suite *child_suite(void);
Suite *command_suite(void);
Suite *control_odd_suite(void);
Suite *control_suite(void);
Suite *crash_suite(void);
Suite *event_suite(void);
Suite *external_suite(void);
Suite *failure_suite(void);
Suite *filewatch_suite(void);
Suite *forgery_suite(void);
Suite *hold_suite(void);
Suite *hook_suite(void);
Suite *mock_run_suite(void);
Suite *operator_suite(void);
Suite *property_suite(void);
Suite *random_suite(void);
Suite *rebuild_suite(void);
Suite *replay_suite(void);
Suite *rollback_suite(void);
Suite *source_suite(void);
Suite *undo_suite(void);
Suite *wiring_suite(void);

#endif
