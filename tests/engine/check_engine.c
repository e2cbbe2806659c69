/* check_engine: all unit tests of src/engine. */
#include "config.h"

#include "harness.h"
#include "suites.h"

int main(void)
{
    static Suite *(*const suites[])(void) = {
        command_suite,  control_suite,     event_suite,    child_suite,    filewatch_suite,
        source_suite,   mock_run_suite,    operator_suite, rollback_suite, replay_suite,
        external_suite, failure_suite,     property_suite, undo_suite,     hold_suite,
        hook_suite,     random_suite,      rebuild_suite,  audit_suite,    forgery_suite,
        attach_suite,   control_odd_suite, wiring_suite,   NULL,
    };
    return harness_run(suites);
}
