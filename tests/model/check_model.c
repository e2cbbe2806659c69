/* check_model: all unit tests of src/model. */
#include "config.h"

#include "harness.h"
#include "suites.h"

int main(void)
{
    static Suite *(*const suites[])(void) = {
        clock_suite,
        compare_suite,
        difference_suite,
        edge_report_suite,
        effect_suite,
        error_suite,
        example_suite,
        guard_cooldown_suite,
        guard_freeze_suite,
        guard_moves_suite,
        guard_status_suite,
        guard_suite,
        judge_suite,
        kpi_suite,
        mem_suite,
        node_suite,
        param_suite,
        past_suite,
        policy_suite,
        properties_suite,
        rehearsal_suite,
        run_change_suite,
        run_suite,
        running_suite,
        runtime_suite,
        stats_suite,
        summary_suite,
        text_suite,
        thresholds_suite,
        tripwire_suite,
        tuner_suite,
        verify_suite,
        wires_suite,
        xray_suite,
        NULL,
    };
    return harness_run(suites);
}
