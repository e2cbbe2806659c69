/* check_resume: what a soak is after a crash; a program of its own, whose writes can be its last.
 */
#include "config.h"

#include "harness.h"
#include "suites.h"

int main(void)
{
    static Suite *(*const suites[])(void) = {crash_suite, NULL};
    return harness_run(suites);
}
