/* dialog_apply: what will be written, before it is written. The dialog holds the proposal that it
 * was opened with; if that or the parameters in force change meanwhile, it refuses. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "ui/deltas.h"
#include "ui/deltas_disk.h"
#include "ui/dialog_class.h"
#include "ui/external.h"
#include "ui/wire_field.h"

struct apply {
    struct proposal proposal; /* as it was when the dialog opened */
    bool sandbox;             /* it is rehearsed, nothing is written */
    char directory[256];
    struct wire_field wire;
    size_t external; /* changes by other processes that were known then */
};

static bool staged(const struct delta *delta)
{
    return delta->state == DELTA_APPROVED || delta->state == DELTA_EDITED;
}

static void apply_title(const void *data, char *text, size_t size)
{
    const struct apply *apply = data;
    size_t count = proposal_staged(&apply->proposal);
    if (count == 0)
        snprintf(text, size, "%sDECLINE all %zu lines of it %d", apply->sandbox ? "REHEARSE: " : "",
                 apply->proposal.count, apply->proposal.iteration);
    else if (apply->sandbox)
        snprintf(text, size, "REHEARSE: apply %zu of %zu lines of it %d", count,
                 apply->proposal.count, apply->proposal.iteration);
    else
        snprintf(text, size, "APPLY %zu of %zu lines of it %d -> %s", count, apply->proposal.count,
                 apply->proposal.iteration, apply->directory);
}

static void add_bounds(const struct view *view, const struct delta *delta, char *text, size_t size)
{
    const struct param *param = deltas_param(view, delta);
    char floor[24], cap[24];
    text[0] = '\0';
    if (param == NULL || !value_present(param->floor))
        return;
    snprintf(floor, sizeof floor, "%g", param->floor.number);
    snprintf(cap, sizeof cap, "%g", param->cap.number);
    snprintf(text, size, "in %s..%s", floor, value_present(param->cap) ? cap : "");
}

/* A step beyond what may be written without a second look. */
static bool oversized(const struct view *view, const struct delta *delta)
{
    const struct param *param = deltas_param(view, delta);
    return param != NULL && param_oversized(param, delta->now, delta->after);
}

/* Why this apply wants a word and a reason. */
static void add_graves(const struct view *view, const struct delta *delta,
                       struct dialog_lines *lines)
{
    const struct param *param = deltas_param(view, delta);
    if (delta->overridden)
        dialog_add(lines, STYLE_ALERT, "  AGAINST THE GUARD %s: %s", guard_name(delta->guard),
                   delta->note);
    if (oversized(view, delta))
        dialog_add(lines, STYLE_ALERT, "  LARGER than the largest step %g %s",
                   param->max_step.number, param->unit);
}

/* Where it goes in the file, and what the operator would not see in the numbers. */
static void add_place(const struct view *view, const struct delta *delta,
                      struct dialog_lines *lines)
{
    const struct param *param = deltas_param(view, delta);
    char clamp[96], copies[160];
    if (param == NULL)
        return;
    deltas_disk_clamp(view, delta, clamp, sizeof clamp);
    deltas_disk_copies(view, delta, copies, sizeof copies);
    dialog_add(lines, copies[0] ? STYLE_WARN : STYLE_DIM, "  at %s.%s%s%s%s", param->section,
               param->name, copies, clamp[0] ? "; " : "", clamp);
}

/* The base that the lines were made for, in force and on the disk. */
static void add_base(const struct view *view, const struct proposal *proposal,
                     struct dialog_lines *lines)
{
    bool same = strcmp(view->run.params_hash, proposal->base_hash) == 0;
    bool read = view->disk.state == DISK_LENS_READ;
    bool still = read && strcmp(view->disk.hash, proposal->base_hash) == 0;
    dialog_add(lines, same && (still || !read) ? STYLE_TEXT : STYLE_ALERT,
               "base %.6s in force: %s, on disk: %s     writes soak/runtime_overrides.json",
               proposal->base_hash, same ? "yes" : "NO",
               still  ? "yes"
               : read ? "NO"
                      : "looked at again before the write");
}

static void add_line(const struct view *view, const struct delta *delta, struct dialog_lines *lines)
{
    char now[24], after[24], change[24], target[24], bounds[64], edited[64] = "";
    deltas_number(view, delta, delta->now, now, sizeof now);
    deltas_number(view, delta, delta->after, after, sizeof after);
    deltas_number(view, delta, delta->target, target, sizeof target);
    deltas_change(view, delta, change, sizeof change);
    add_bounds(view, delta, bounds, sizeof bounds);
    if (delta->state == DELTA_EDITED)
        snprintf(edited, sizeof edited, ", was %s", target);
    dialog_add(lines, STYLE_BOLD, "%-21s %8s -> %8s  %8s  %s%s", delta->name, now, after, change,
               bounds, edited);
    add_place(view, delta, lines);
    add_graves(view, delta, lines);
}

/* What is not written, with the reason: "tail_age_ms PROP, impact_cap_ratio BLOCKED (freeze)". */
static void add_left_out(const struct proposal *proposal, struct dialog_lines *lines)
{
    for (size_t i = 0; i < proposal->count; i++) {
        const struct delta *delta = &proposal->delta[i];
        if (staged(delta))
            continue;
        const char *reason = delta->guard != GUARD_NONE ? guard_name(delta->guard) : delta->note;
        dialog_add(lines, STYLE_TEXT, "left out: %-21s %s%s%s%s", delta->name,
                   delta_state_name(delta->state), reason[0] ? " (" : "", reason,
                   reason[0] ? ")" : "");
    }
}

/* "R puts 65 and 620 back", for the first few. */
static void add_undo(const struct view *view, const struct proposal *proposal,
                     struct dialog_lines *lines)
{
    char text[DIALOG_LINE_MAX] = "";
    size_t length = 0, count = 0;
    for (size_t i = 0; i < proposal->count; i++) {
        char now[24];
        if (!staged(&proposal->delta[i]) || ++count > 4)
            continue;
        deltas_number(view, &proposal->delta[i], proposal->delta[i].now, now, sizeof now);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s",
                                   count > 1 ? ", " : "", now);
    }
    dialog_add(lines, STYLE_TEXT,
               "undo later: {rollback} puts %s%s back; it %d will have run with the new values",
               text, count > 4 ? " ..." : "", proposal->iteration + 1);
}

static void add_forecast(const struct view *view, struct dialog_lines *lines)
{
    const struct forecast *forecast = &view->forecast;
    if (forecast->out_of_reach)
        dialog_add(lines, STYLE_TEXT, "gate: PASS is out of reach in this run");
    else if (forecast->earliest_pass > view_number(view))
        dialog_add(lines, STYLE_TEXT,
                   "gate: PASS earliest at it %d, if every iteration until then passes",
                   forecast->earliest_pass);
}

static void apply_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct apply *apply = data;
    const struct proposal *proposal = &apply->proposal;
    size_t count = proposal_staged(proposal);
    for (size_t i = 0; i < proposal->count; i++)
        if (staged(&proposal->delta[i]))
            add_line(view, &proposal->delta[i], lines);
    add_left_out(proposal, lines);
    if (count == 0) {
        dialog_add(lines, STYLE_TEXT,
                   "nothing is staged: no parameter changes, the lines are recorded as");
        dialog_add(lines, STYLE_TEXT,
                   "declined, and the soak goes on; {approve} approves a line instead");
        return;
    }
    if (apply->sandbox) {
        dialog_add(lines, STYLE_WARN,
                   "SANDBOX: nothing is written; the KPIs of the iterations to come "
                   "stay the recorded ones");
        return;
    }
    add_base(view, proposal, lines);
    dialog_add(lines, STYLE_TEXT,
               "before and after stand in the journal, durable before the write");
    add_undo(view, proposal, lines);
    wire_field_lines(&apply->wire, view, proposal->iteration, lines);
    add_forecast(view, lines);
}

static bool same_decisions(const struct proposal *a, const struct proposal *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->delta[i].name, b->delta[i].name) != 0 ||
            a->delta[i].state != b->delta[i].state ||
            !number_equal(a->delta[i].after, b->delta[i].after))
            return false;
    return true;
}

static const char *apply_refuse(const struct view *view, const void *data)
{
    const struct apply *apply = data;
    const struct run *run = &view->run;
    if (!run->has_pending || run->pending.iteration != apply->proposal.iteration)
        return "this proposal no longer waits: it was decided meanwhile; Esc";
    if (strcmp(run->pending.base_hash, apply->proposal.base_hash) != 0 ||
        strcmp(run->params_hash, apply->proposal.base_hash) != 0)
        return "the parameters in force changed meanwhile: Esc, and look at the lines again";
    if (!same_decisions(&run->pending, &apply->proposal))
        return "the lines changed meanwhile: Esc, and look at them again";
    return NULL;
}

/* Another process came between: what it did is what there is to see. */
static unsigned apply_refused(struct view *view, const void *data)
{
    const struct apply *apply = data;
    size_t count = run_external_count(&view->run);
    return count > apply->external ? dialog_external_open(view, count) : REACT_NONE;
}

static unsigned apply_accept(struct view *view, const void *data, const char *reason)
{
    const struct apply *apply = data;
    struct command command = {.kind = COMMAND_APPLY, .iteration = apply->proposal.iteration};
    command.confirmed = reason[0] != '\0';
    snprintf(command.note, sizeof command.note, "%s", reason);
    if (proposal_staged(&apply->proposal) > 0)
        wire_field_use(&apply->wire, view, &command);
    memcpy(command.base_hash, apply->proposal.base_hash, sizeof command.base_hash);
    if (!apply->sandbox)
        view_say(view, false, "applying ...");
    unsigned react = view_send(view, &command);
    if (!apply->sandbox)
        external_await(view, apply->external);
    return react;
}

static bool apply_key(struct view *view, void *data, unsigned key)
{
    return wire_field_key(&((struct apply *)data)->wire, view, key);
}

static const struct confirm apply_confirm = {
    .level = 1,
    .cancel = "keep staged",
    .accept_text = "write now",
    .title = apply_title,
    .lines = apply_lines,
    .refuse = apply_refuse,
    .refused = apply_refused,
    .accept = apply_accept,
    .key = apply_key,
};

static const struct confirm decline_confirm = {
    .level = 1,
    .cancel = "keep waiting",
    .accept_text = "decline all, go on",
    .title = apply_title,
    .lines = apply_lines,
    .refuse = apply_refuse,
    .refused = apply_refused,
    .accept = apply_accept,
};

static const struct confirm override_confirm = {
    .level = 2,
    .word = "OVERRIDE",
    .cancel = "keep staged",
    .accept_text = "write now",
    .title = apply_title,
    .lines = apply_lines,
    .refuse = apply_refuse,
    .refused = apply_refused,
    .accept = apply_accept,
    .key = apply_key,
};

/* In a sandbox the same keys do it, and another word stands on them. */
static const struct confirm rehearse_confirm = {
    .level = 1,
    .cancel = "keep staged",
    .accept_text = "rehearse it",
    .title = apply_title,
    .lines = apply_lines,
    .refuse = apply_refuse,
    .accept = apply_accept,
};

static const struct confirm rehearse_override_confirm = {
    .level = 2,
    .word = "OVERRIDE",
    .cancel = "keep staged",
    .accept_text = "rehearse it",
    .title = apply_title,
    .lines = apply_lines,
    .refuse = apply_refuse,
    .accept = apply_accept,
};

static const struct confirm *confirm_for(const struct view *view, const struct proposal *proposal)
{
    if (proposal_staged(proposal) == 0)
        return &decline_confirm;
    for (size_t i = 0; i < proposal->count; i++) {
        const struct delta *delta = &proposal->delta[i];
        if (staged(delta) && (delta->overridden || oversized(view, delta)))
            return view->mode == VIEW_SANDBOX ? &rehearse_override_confirm : &override_confirm;
    }
    return view->mode == VIEW_SANDBOX ? &rehearse_confirm : &apply_confirm;
}

unsigned dialog_apply_open(struct view *view)
{
    struct apply apply = {.proposal = view->run.pending, .sandbox = view->mode == VIEW_SANDBOX};
    apply.external = run_external_count(&view->run);
    wire_field_init(&apply.wire, view);
    snprintf(apply.directory, sizeof apply.directory, "%s", view->run.directory);
    return dialog_confirm_open(view, confirm_for(view, &apply.proposal), &apply, sizeof apply);
}
