/* dialog_gate_after: what is done with a finished gate: two of them side by side, and a report that
 * is marked void because what it judged was not what was meant. A gate cannot be undone, and its
 * record stays; level 2. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

static void compare_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "THIS GATE AND THE ONE BEFORE");
}

static const char *limits_of(const struct judgement *judgement)
{
    return judgement->mock ? "MOCK" : judgement->strict ? "strict, --strict" : "strict";
}

static const struct gate_check *find_check(const struct judgement *judgement, const char *name)
{
    for (size_t i = 0; i < judgement->check_count; i++)
        if (strcmp(judgement->check[i].name, name) == 0)
            return &judgement->check[i];
    return NULL;
}

static const char *state_of(const struct gate_check *check)
{
    return check == NULL ? "n/a" : check->passed ? "PASS" : check->decides ? "FAIL" : "note";
}

static void add_check(struct dialog_lines *lines, const struct gate_check *before,
                      const struct gate_check *now)
{
    const char *was = before ? before->value : "n/a";
    bool same = before && strcmp(was, now->value) == 0 && before->passed == now->passed;
    enum style style = same ? STYLE_DIM : now->passed || !now->decides ? STYLE_TEXT : STYLE_FAIL;
    dialog_add(lines, style, "%-4s %12.12s -> %-4s %-14.14s %s %s", state_of(before), was,
               state_of(now), now->value, now->name, same ? "(same)" : "");
}

static void compare_lines(const struct dialog *dialog, const struct view *view,
                          struct dialog_lines *lines)
{
    const struct judgement *before = &view->gate_before->judgement, *now = &view->gate->judgement;
    (void)dialog;
    dialog_add(lines, STYLE_BOLD, "before: it %d..%d, %s limits, %s", before->from, before->to,
               limits_of(before), verdict_name(before->verdict));
    dialog_add(lines, STYLE_BOLD, "now:    it %d..%d, %s limits, %s", now->from, now->to,
               limits_of(now), verdict_name(now->verdict));
    if (before->mock != now->mock || before->strict != now->strict)
        dialog_add(lines, STYLE_WARN, "they were judged by different limits");
    for (size_t i = 0; i < now->check_count; i++)
        add_check(lines, find_check(before, now->check[i].name), &now->check[i]);
}

static void compare_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  close");
    buttons->confirm[0] = '\0';
}

static unsigned compare_key(struct dialog *dialog, struct view *view, unsigned key)
{
    if (!dialog_cancels(key))
        return dialog_scroll(dialog, key);
    dialog_close(view);
    return REACT_REDRAW;
}

static const struct dialog_class compare_class = {
    .title = compare_title,
    .lines = compare_lines,
    .buttons = compare_buttons,
    .key = compare_key,
};

unsigned dialog_gate_compare_open(struct view *view)
{
    if (view->gate == NULL || view->gate_before == NULL) {
        view_say(view, true, "nothing to compare: two gates must have run in this session");
        return REACT_REDRAW;
    }
    struct dialog *dialog = mem_alloc(sizeof *dialog);
    dialog->class = &compare_class;
    return dialog_open_take(view, dialog);
}

static int report_of(const void *data)
{
    return *(const int *)data;
}

static void void_title(const void *data, char *text, size_t size)
{
    snprintf(text, size, "VOID gate report #%d", report_of(data));
}

static void void_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct gate_report report = gate_facts_report(view);
    (void)data;
    dialog_add(lines, STYLE_TEXT, "%s", report.event ? report.event->text : "");
    dialog_add(lines, STYLE_TEXT,
               "the record stays, and says from now on that it is void, by whom and why;");
    dialog_add(lines, STYLE_TEXT, "the report files stay as they are until the next gate");
    dialog_add(lines, STYLE_DIM, "this is not undone: run the gate again for a report that counts");
}

static const char *void_refuse(const struct view *view, const void *data)
{
    const struct gate_report report = gate_facts_report(view);
    if (view->gate_running)
        return "a gate is running: its report comes next";
    if (report.number != report_of(data))
        return "another gate has ended meanwhile";
    return report.voided ? "it is void already" : NULL;
}

static unsigned void_accept(struct view *view, const void *data, const char *reason)
{
    struct command command = {.kind = COMMAND_GATE_VOID, .iteration = report_of(data)};
    snprintf(command.note, sizeof command.note, "%s", reason);
    return view_send(view, &command);
}

static const struct confirm void_confirm = {
    .level = 2,
    .word = "VOID",
    .cancel = "it counts",
    .accept_text = "void it",
    .title = void_title,
    .lines = void_lines,
    .refuse = void_refuse,
    .accept = void_accept,
};

unsigned dialog_gate_void_open(struct view *view)
{
    const struct gate_report report = gate_facts_report(view);
    const char *why = NULL;
    if (!view_may_write(view, &why))
        view_say(view, true, "no report is marked void: %s", why);
    else if (report.number == 0)
        view_say(view, true, "no gate is on record in this run");
    else if (report.voided)
        view_say(view, true, "report #%d is void already", report.number);
    else
        return dialog_confirm_open(view, &void_confirm, &report.number, sizeof report.number);
    return REACT_REDRAW;
}
