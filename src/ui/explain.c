/* explain: what the explanations share, and the short ones. UI thread; pure. */
#include "config.h"

#include "ui/explain.h"

#include <stdio.h>
#include <string.h>

#include "ui/bindings.h"
#include "ui/difference_lines.h"
#include "ui/duration.h"
#include "ui/external.h"
#include "ui/panel_rows.h"
#include "ui/run_rows.h"

/* Iterations still follow, at the interval's pace. */
static bool goes_on(const struct view *view)
{
    return !view_recorded(view) && !view->ended && view->run.state < RUN_STOPPED;
}

char *explain_when(const struct view *view, int iteration, char text[EXPLAIN_WHEN_MAX])
{
    char span[DURATION_TEXT_MAX];
    int left = iteration - view_number(view);
    int length = snprintf(text, EXPLAIN_WHEN_MAX, "it %d", iteration);
    if (left <= 0 || !goes_on(view))
        return text;
    length += snprintf(text + length, EXPLAIN_WHEN_MAX - (size_t)length, ", in %d iteration%s",
                       left, left == 1 ? "" : "s");
    if (view->run.interval_s <= 0.0)
        return text;
    duration_coarse(span, (int64_t)(view->run.interval_s * 1000.0) * left);
    snprintf(text + length, EXPLAIN_WHEN_MAX - (size_t)length, ", ~%s", span);
    return text;
}

const char *explain_chosen(const struct view *view, enum panel_id panel)
{
    return view->list[panel].selected;
}

void explain_action(const struct view *view, const struct action *action, struct buffer *text)
{
    const char *why = action_why_not(action, view);
    buffer_printf(text, "%s (%s): %s.\n", action->name, bindings_text(action),
                  bindings_expanded(action_summary(action)));
    if (action->level > 0)
        buffer_printf(text, "level %d: it asks before it does anything; %s confirms.\n",
                      action->level, action->level > 1 ? "a word and a reason" : "Shift-Y");
    else
        buffer_puts(text, "level 0: it asks nothing.\n");
    if (action->writes)
        buffer_puts(text, "It changes something: where the screen says RO it does not exist.\n");
    if (why != NULL)
        buffer_printf(text, "Not now: %s.\n", why);
    else
        buffer_puts(text, "It can be used now.\n");
}

static void explain_times(const struct view *view, struct buffer *text)
{
    const struct run *run = &view->run;
    char utc[UTC_TEXT_MAX], span[DURATION_TEXT_MAX];
    utc_format(utc, run->started_ms);
    duration_text(span, (int64_t)(run->interval_s * 1000.0));
    buffer_printf(text, "Started %s; %s between iterations; ",
                  run->started_ms == UTC_NONE ? "n/a" : utc,
                  run->interval_s > 0 ? span : "nothing");
    if (run->planned > 0)
        buffer_printf(text, "%d iterations are planned.\n", run->planned);
    else
        buffer_puts(text, "it runs until it is stopped.\n");
}

/* Another run of the list: what is known of it without opening it. */
static void explain_entry(const struct run_entry *entry, struct buffer *text)
{
    char started[UTC_TEXT_MAX], ended[UTC_TEXT_MAX];
    utc_format(started, entry->started_ms);
    utc_format(ended, entry->ended_ms);
    buffer_printf(text, "%s in %s.\n", run_entry_name(entry), entry->shown);
    if (entry->fault[0]) {
        buffer_printf(text, "It cannot be read: %s\n", entry->fault);
        return;
    }
    buffer_printf(text, "Source %s, state %s", run_source_name(entry->source),
                  entry->has_manifest ? run_state_name(entry->state) : "n/a");
    if (entry->planned > 0)
        buffer_printf(text, ", %d of %d iterations.\n", entry->count, entry->planned);
    else
        buffer_printf(text, ", %d iteration%s.\n", entry->count, entry->count == 1 ? "" : "s");
    buffer_printf(text, "Started %s; ended %s.\n", entry->started_ms == UTC_NONE ? "n/a" : started,
                  entry->ended_ms == UTC_NONE ? "n/a" : ended);
    buffer_printf(text,
                  "Verdict %s by the %s thresholds, over all its iterations and without the "
                  "delta verification.\n",
                  verdict_name(entry->verdict), thresholds_name(entry->mock));
    buffer_printf(text,
                  "{open} opens it as a replay, {compare} compares with it.\nSource of this: "
                  "run.json and ITER_SUMMARY files of %s.\n",
                  entry->shown);
}

/* The run under the cursor. */
void explain_runs(const struct view *view, struct buffer *text)
{
    const struct run_entry *entry = run_rows_selected(view);
    if (entry != NULL && !runs_is_shown(view, entry)) {
        explain_entry(entry, text);
        return;
    }
    static const char *const decides[APPROVE_COUNT] = {
        [APPROVE_OBSERVE] = "proposals are recorded and none is applied",
        [APPROVE_AUTO] = "what the guards let through is applied at once",
        [APPROVE_MANUAL] = "each proposal waits for the operator"};
    const struct run *run = &view->run;
    buffer_printf(text, "%s, source %s%s%s, state %s.\n", run->id[0] ? run->id : "n/a",
                  run_source_name(run->source), run->source_detail[0] ? ": " : "",
                  run->source_detail, run_state_name(run->state));
    if (!run->has_manifest && view->mode == VIEW_REPLAY) {
        buffer_printf(text, "There is no run.json in %s: source, mode and plan are not known.\n",
                      run->directory);
        return;
    }
    explain_times(view, text);
    buffer_printf(text, "Decisions: %s: %s.\n", approve_mode_name(run->mode),
                  run->mode < APPROVE_COUNT ? decides[run->mode] : "");
    buffer_printf(text, "Thresholds in use: %s, from %s.\n", thresholds_name(view->mock_limits),
                  view->config->thresholds_file);
    buffer_printf(text, "Source of this: run.json of %s.\n", run->directory);
}

/* The event under the cursor. */
void explain_journal(const struct view *view, struct buffer *text)
{
    char utc[UTC_TEXT_MAX];
    const struct run *run = &view->run;
    int selected = rows_selected(view, PANEL_JOURNAL);
    if (selected < 0) {
        buffer_puts(text, "Nothing is recorded yet.\n");
        return;
    }
    const struct run_event *event = panel_journal_row(
        view, rows_row(view, PANEL_JOURNAL, (size_t)selected));
    utc_format(utc, event->utc_ms);
    buffer_printf(text, "%s  %s", event->utc_ms == UTC_NONE ? "n/a" : utc,
                  event_kind_name(event->kind));
    if (event->iteration > 0)
        buffer_printf(text, " in it %d", event->iteration);
    buffer_printf(text, "\n%s\n", event->text ? event->text : "");
    const struct change *change = external_change(
        run, external_of_event(run, (size_t)(event - run->event)));
    if (change != NULL) {
        difference_lines(change, &view->config->params, text);
        buffer_puts(text, "expected: by the journal; staged: by the lines that waited. Nothing was "
                          "written over it; what was on disk is in force since then.\n");
    }
    buffer_printf(text, "From journal.jsonl of %s.\n", run->directory);
}
