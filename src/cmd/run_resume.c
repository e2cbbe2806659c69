/* run_resume: see run_resume.h. */
#include "config.h"

#include "cmd/run_resume.h"

static int refuse(const struct command_line *line, struct error *err)
{
    static const struct {
        const char *name, *why;
    } rows[] = {
        {"--profile", "the run goes on with the parameters that are in force"},
        {"--preset", "a preset works once, when a run starts"},
        {"--set", "the run goes on with the parameters that are in force"},
        {"--run-id", "the run keeps its name"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (option_given(line, rows[i].name))
            return error_set(err, ERROR_USAGE, "%s does not go with --resume: %s", rows[i].name,
                             rows[i].why);
    return 0;
}

static unsigned given(const struct command_line *line)
{
    static const struct {
        const char *name;
        unsigned given;
    } rows[] = {
        {"--mock", RESUME_SOURCE},
        {"--exec", RESUME_SOURCE},
        {"--edge-report", RESUME_SOURCE},
        {"--iterations", RESUME_ITERATIONS},
        {"--interval", RESUME_INTERVAL},
        {"--approve", RESUME_MODE},
        {"--auto-tune", RESUME_MODE},
        {"--approve-timeout", RESUME_APPROVE_TIMEOUT},
        {"--on-timeout", RESUME_ON_TIMEOUT},
        {"--exec-timeout", RESUME_EXEC_TIMEOUT},
        {"--report-timeout", RESUME_REPORT_TIMEOUT},
        {"--tripwire", RESUME_TRIPWIRE},
        {"--tripwire-rollback", RESUME_TRIPWIRE_ROLLBACK},
    };
    unsigned all = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        all |= option_given(line, rows[i].name) ? rows[i].given : 0U;
    return all;
}

int run_resume_read(struct resume *resume, const struct command_line *line,
                    struct engine_options *with, struct error *err)
{
    *resume = (struct resume){.change_count = 0};
    if (refuse(line, err) != 0 || resume_read(resume, with->artifacts, err) != 0)
        return -1;
    return resume_merge(with, resume, given(line), err);
}

const char *run_resume_policy(struct resume *resume, const struct command_line *line)
{
    const char *old = run_terms_option(&resume->terms, "--policy");
    if (!option_given(line, "--policy"))
        return old;
    const char *policy = option_text(line, "--policy", NULL);
    resume_note_change(resume, "policy", old ? old : "the installed one", policy);
    return policy;
}

void run_resume_config(struct config *config, const struct resume *resume)
{
    config->thresholds.strict = resume->terms.strict;
    config->thresholds.mock = resume->terms.mock;
}
