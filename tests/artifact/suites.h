/* suites: one function a file of tests. */
#ifndef SOAKTOP_TESTS_SUITES_H
#define SOAKTOP_TESTS_SUITES_H

#include <check.h>

Suite *atomic_suite(void);
Suite *canon_suite(void);
Suite *config_suite(void);
Suite *control_proposal_suite(void);
Suite *disk_lens_suite(void);
Suite *export_suite(void);
Suite *iteration_file_suite(void);
Suite *iteration_json_suite(void);
Suite *journal_suite(void);
Suite *jsonfile_suite(void);
Suite *key_file_suite(void);
Suite *loader_suite(void);
Suite *lock_suite(void);
Suite *manifest_suite(void);
Suite *markdown_suite(void);
Suite *overrides_suite(void);
Suite *realclock_suite(void);
Suite *record_suite(void);
Suite *reports_suite(void);
Suite *retire_suite(void);
Suite *root_suite(void);
Suite *rundir_suite(void);
Suite *settings_suite(void);
Suite *sha256_suite(void);
Suite *tuning_report_suite(void);

#endif
