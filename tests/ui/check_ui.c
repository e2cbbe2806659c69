/* check_ui: all unit tests of src/ui. */
#include "config.h"

#include "harness.h"
#include "suites.h"

int main(void)
{
    static Suite *(*const suites[])(void) = {
        NULL,
    };
    return harness_run(suites);
}
