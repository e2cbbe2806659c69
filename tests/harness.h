/* harness: how a Check program of this tree runs its suites: TAP on standard output. */
#ifndef SOAKTOP_TESTS_HARNESS_H
#define SOAKTOP_TESTS_HARNESS_H

#include <check.h>
#include <stdlib.h>

/* Runs the suites that MAKE lists (ends with NULL); returns main's status. */
static inline int harness_run(Suite *(*const *make)(void))
{
    SRunner *runner = srunner_create(NULL);
    for (; *make; make++)
        srunner_add_suite(runner, (*make)());
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* A suite of one case with LIST's tests (ends with NULL); SECONDS each. */
static inline Suite *harness_suite(const char *name, const TTest *const *list, double seconds)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    tcase_set_timeout(tcase, seconds);
    for (; *list; list++)
        tcase_add_test(tcase, *list);
    suite_add_tcase(suite, tcase);
    return suite;
}

#endif
