/* check_artifact: all unit tests of src/artifact. */
#include "config.h"

#include "harness.h"
#include "suites.h"

int main(void)
{
    static Suite *(*const suites[])(void) = {
        /* clang-format off */
        atomic_suite,
        canon_suite,
        config_suite,
        control_proposal_suite,
        disk_lens_suite,
        export_suite,
        iteration_file_suite,
        iteration_json_suite,
        journal_suite,
        jsonfile_suite,
        key_file_suite,
        loader_suite,
        lock_suite,
        manifest_suite,
        markdown_suite,
        overrides_suite,
        realclock_suite,
        record_suite,
        reports_suite,
        retire_suite,
        root_suite,
        rundir_suite,
        settings_suite,
        sha256_suite,
        tuning_report_suite,
        NULL,
        /* clang-format on */
    };
    return harness_run(suites);
}
