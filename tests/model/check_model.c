/* check_model: all unit tests of src/model. */
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
