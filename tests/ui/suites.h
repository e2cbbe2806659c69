/* suites: one function a file of tests. */
#ifndef SOAKTOP_TESTS_SUITES_H
#define SOAKTOP_TESTS_SUITES_H

#include <check.h>

Suite *canvas_suite(void);
Suite *chart_suite(void);
Suite *duration_suite(void);
Suite *layout_suite(void);
Suite *lines_suite(void);
Suite *panels_suite(void);
Suite *theme_suite(void);
Suite *view_suite(void);

#endif
