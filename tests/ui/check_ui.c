/* check_ui: all unit tests of src/ui. */
#include "config.h"

#include "harness.h"
#include "suites.h"

int main(void)
{
    static Suite *(*const suites[])(void) = {
        layout_suite,
        NULL,
    };
    return harness_run(suites);
}
