/* suites: one function a file of tests. */
#ifndef SOAKTOP_TESTS_SUITES_H
#define SOAKTOP_TESTS_SUITES_H

#include <check.h>

Suite *command_suite(void);

#endif
