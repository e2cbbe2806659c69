/* dialog_rollback: what to take back, then what that does. First a list: the applies in force, the
 * newest first, the iteration shown, a number typed, single parameters. Then the preview, now ->
 * back, which Shift-Y confirms; past two applies it asks for the word and a reason. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/rollback_preview.h"
#include "model/mem.h"
#include "model/wires.h"
#include "ui/dialog_class.h"
#include "ui/duration.h"
#include "ui/external.h"
#include "ui/key.h"

enum { CHOICES_MAX = PARAM_MAX + 40, APPLIES_MAX = 32, TICKS_MAX = 9 };

struct choice {
    enum rollback_what what;
    int iteration;               /* TO_ITERATION; 0: the number that is typed. APPLY: whose */
    int param;                   /* PARAM */
    int apply;                   /* iteration of the apply that this line is of; 0: none */
    char text[160];              /* what it goes back to */
    char moved[DIALOG_LINE_MAX]; /* the values that it changed; the preview has its own */
};

struct chooser {
    struct dialog dialog;
    int selected;
    char typed[8];
    size_t count;
    struct choice choice[CHOICES_MAX];
};

/* What is asked: a choice and what it would do. */
struct back {
    struct choice choice;
    char also[ROLLBACK_ALSO_MAX]; /* changed later and ticked: goes back too */
    char hash[HASH_TEXT_MAX];     /* of the parameters in force when it was asked */
    bool sandbox;                 /* it is rehearsed, nothing is written */
    size_t external;              /* changes by other processes that were known then */
    struct rollback_preview preview;
};

static struct rollback_request request_of(const struct back *back, const struct view *view)
{
    const struct choice *choice = &back->choice;
    const char *name = choice->param >= 0 ? view->config->params.param[choice->param].name : "";
    return (struct rollback_request){choice->what, choice->iteration, name, back->also};
}

/* The question. */

static void back_title(const void *data, char *text, size_t size)
{
    const struct back *back = data;
    size_t count = rollback_preview_moves(&back->preview);
    snprintf(text, size, "%s %zu parameter%s",
             back->sandbox                        ? "REHEARSE: roll back"
             : back->choice.what == ROLLBACK_REDO ? "REDO:"
                                                  : "ROLL BACK",
             count, count == 1 ? "" : "s");
}

static const char *shown(const struct param *param, struct value value, char *text, size_t size)
{
    if (!value_present(value))
        return "not set";
    return param_format(param, value, text, size);
}

/* Parameters that a later change has set, in order; the first TICKS_MAX have a digit. */
static int tick_param(const struct back *back, int digit)
{
    if (back->choice.what != ROLLBACK_APPLY)
        return -1;
    for (size_t i = 0; i < back->preview.count; i++)
        if (back->preview.later[i] > 0 && --digit == 0)
            return (int)i;
    return -1;
}

/* A parameter that a later change has set: kept, or with its digit ticked. */
static void add_later(const struct param *param, const struct rollback_preview *preview, size_t i,
                      int digit, struct dialog_lines *lines)
{
    char now[24], then[24], key[24] = "";
    bool goes = rollback_preview_moves_one(preview, i);
    if (digit <= TICKS_MAX)
        snprintf(key, sizeof key, goes ? "; %d keeps it" : "; %d: back to ", digit);
    shown(param, preview->now[i], now, sizeof now);
    snprintf(then, sizeof then, "%s", value_present(preview->before[i]) ? "" : "not set");
    if (value_present(preview->before[i]))
        param_format(param, preview->before[i], then, sizeof then);
    if (goes)
        dialog_add(lines, STYLE_BOLD, "[x] %-21s %8s -> %8s set after it %d%s", param->name,
                   value_present(preview->now[i]) ? now : "not set", then, preview->later[i], key);
    else
        dialog_add(lines, STYLE_TEXT, "[ ] %-21s %8s kept, set after it %d%s%s", param->name,
                   value_present(preview->now[i]) ? now : "not set", preview->later[i], key,
                   key[0] != '\0' ? then : "");
}

/* Now -> back. */
static void add_value(const struct view *view, const struct back *back, size_t i, int *digit,
                      struct dialog_lines *lines)
{
    const struct param *param = &view->config->params.param[i];
    const struct rollback_preview *preview = &back->preview;
    char now[24], then[24], why[40] = "";
    if (preview->later[i] > 0 && back->choice.what == ROLLBACK_APPLY) {
        add_later(param, preview, i, ++*digit, lines);
        return;
    }
    if (!rollback_preview_moves_one(preview, i))
        return;
    if (preview->later[i] > 0)
        snprintf(why, sizeof why, "  set later, after it %d", preview->later[i]);
    dialog_add(lines, STYLE_BOLD, "%-21s %8s -> %8s%s", param->name,
               shown(param, preview->now[i], now, sizeof now),
               shown(param, preview->then[i], then, sizeof then), why);
}

static void add_cooldown(const struct view *view, const struct back *back,
                         struct dialog_lines *lines)
{
    const struct param_table *table = &view->config->params;
    int cooldown = param_find(table, "cooldown_iters");
    if (cooldown < 0)
        return;
    struct value iterations = back->preview.then[cooldown];
    if (!value_present(iterations))
        iterations = table->param[cooldown].assumed;
    dialog_add(lines, STYLE_TEXT, "the tuner then cools down for %g iterations",
               value_present(iterations) ? iterations.number : 0.0);
}

static void back_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct back *back = data;
    const struct rollback_preview *preview = &back->preview;
    int digit = 0, weight = preview->weight;
    dialog_add(lines, STYLE_TEXT, "%s", back->choice.text);
    for (size_t i = 0; i < preview->count; i++)
        add_value(view, back, i, &digit, lines);
    if (rollback_preview_moves(preview) == 0)
        dialog_add(lines, STYLE_ALERT, "nothing goes back unless a line is ticked");
    const char *writes = back->sandbox ? "SANDBOX: nothing is written"
                                       : "writes soak/runtime_overrides.json";
    enum style style = back->sandbox ? STYLE_WARN : STYLE_TEXT;
    if (weight == 0)
        dialog_add(lines, style, "takes back a part of an apply; base %.6s; %s", back->hash,
                   writes);
    else
        dialog_add(lines, style, "%s %d appl%s; base %.6s; %s",
                   preview->kind == CHANGE_RESTORE ? "undoes or restores" : "takes back", weight,
                   weight == 1 ? "y" : "ies", back->hash, writes);
    if (preview->hash[0] != '\0')
        dialog_add(lines, STYLE_TEXT, "the state afterwards is %.12s, as it was", preview->hash);
    add_cooldown(view, back, lines);
    dialog_add(lines, STYLE_TEXT,
               "it is a write of its own in the journal: {rollback} can redo what it takes back");
    dialog_add(lines, STYLE_TEXT,
               "not undoable: iterations that ran already ran with what was in force then");
}

static const char *back_refuse(const struct view *view, const void *data)
{
    const struct back *back = data;
    if (strcmp(back->hash, view->run.params_hash) != 0)
        return "the parameters in force changed meanwhile: Esc, and choose again";
    return NULL;
}

static unsigned back_accept(struct view *view, const void *data, const char *reason)
{
    const struct back *back = data;
    struct command command = {
        .kind = COMMAND_ROLLBACK, .what = back->choice.what, .iteration = back->choice.iteration};
    if (rollback_preview_moves(&back->preview) == 0) {
        view_say(view, true, "nothing was ticked, nothing goes back");
        return REACT_REDRAW;
    }
    if (back->choice.what == ROLLBACK_PARAM)
        memcpy(command.name, view->config->params.param[back->choice.param].name,
               sizeof command.name);
    memcpy(command.base_hash, back->hash, sizeof command.base_hash);
    memcpy(command.also, back->also, sizeof command.also);
    snprintf(command.note, sizeof command.note, "%s", reason);
    command.confirmed = reason[0] != '\0';
    if (!back->sandbox)
        view_say(view, false, "rolling back ...");
    unsigned react = view_send(view, &command);
    if (!back->sandbox)
        external_await(view, back->external);
    return react;
}

/* Another process came between: what it did is what there is to see. */
static unsigned back_refused(struct view *view, const void *data)
{
    const struct back *back = data;
    size_t count = run_external_count(&view->run);
    return count > back->external ? dialog_external_open(view, count) : REACT_NONE;
}

static unsigned back_turn(struct view *view, const void *data, unsigned key);

#define BACK_CONFIRM(LEVEL, WORD, ACCEPT)                                                          \
    {                                                                                              \
        .level = LEVEL, .word = WORD, .cancel = "change nothing", .accept_text = ACCEPT,           \
        .title = back_title, .lines = back_lines, .refuse = back_refuse, .refused = back_refused,  \
        .turn = back_turn, .accept = back_accept,                                                  \
    }

static const struct confirm back_confirm = BACK_CONFIRM(1, NULL, "roll back now");
static const struct confirm far_back_confirm = BACK_CONFIRM(2, ROLLBACK_WORD, "roll back now");
static const struct confirm rehearse_confirm = BACK_CONFIRM(1, NULL, "rehearse it");

static unsigned ask_back(struct view *view, struct back *back)
{
    struct error err = ERROR_INIT;
    const struct rollback_request request = request_of(back, view);
    if (rollback_preview(&back->preview, &view->run, &request, &view->config->params, &err) != 0) {
        view_say(view, true, "%s", err.text);
        return REACT_REDRAW;
    }
    if (rollback_preview_moves(&back->preview) == 0 && tick_param(back, 1) < 0) {
        view_say(view, true, "that is what is in force already: nothing to roll back");
        return REACT_REDRAW;
    }
    bool far = back->preview.weight > ROLLBACK_LIGHT;
    if (back->sandbox && !far)
        return dialog_confirm_open(view, &rehearse_confirm, back, sizeof *back);
    return dialog_confirm_open(view, far ? &far_back_confirm : &back_confirm, back, sizeof *back);
}

/* Ticks or unticks NAME in ALSO. */
static void toggle(char also[ROLLBACK_ALSO_MAX], const char *name)
{
    char kept[ROLLBACK_ALSO_MAX] = "";
    bool was = rollback_names(also, name);
    for (const char *from = also; *from != '\0';) {
        size_t length = strcspn(from, ","), used = strlen(kept);
        bool this = length == strlen(name) && strncmp(from, name, length) == 0;
        if (!this)
            snprintf(kept + used, sizeof kept - used, "%s%.*s", used > 0 ? "," : "", (int)length,
                     from);
        from += length + (from[length] == ',');
    }
    size_t used = strlen(kept);
    if (!was)
        snprintf(kept + used, sizeof kept - used, "%s%s", used > 0 ? "," : "", name);
    memcpy(also, kept, sizeof kept);
}

/* A digit ticks a parameter that was changed later: another question, deaf anew. */
static unsigned back_turn(struct view *view, const void *data, unsigned key)
{
    struct back back = *(const struct back *)data;
    int param = key >= '1' && key <= '9' ? tick_param(&back, (int)(key - '0')) : -1;
    if (param < 0)
        return REACT_NONE;
    toggle(back.also, view->config->params.param[param].name);
    return ask_back(view, &back);
}

static unsigned ask(struct view *view, const struct choice *choice)
{
    struct back back;
    memset(&back, 0, sizeof back);
    back.choice = *choice;
    back.sandbox = view->mode == VIEW_SANDBOX;
    back.external = run_external_count(&view->run);
    memcpy(back.hash, view->run.params_hash, sizeof back.hash);
    return ask_back(view, &back);
}

/* The list. */

static struct choice *add_choice(struct chooser *chooser, enum rollback_what what, int iteration)
{
    if (chooser->count == CHOICES_MAX)
        return &chooser->choice[CHOICES_MAX - 1];
    struct choice *choice = &chooser->choice[chooser->count++];
    choice->what = what;
    choice->iteration = iteration;
    choice->param = -1;
    return choice;
}

/* "min_interval_ms 65 -> 70, tail_age_ms 620 -> 640" */
static void describe(const struct view *view, const struct change *change, char *text, size_t size)
{
    const struct param_table *table = &view->config->params;
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < change->param_count && i < table->count && length < size; i++) {
        char before[24], after[24];
        if (!change_moves(change, (int)i))
            continue;
        param_format(&table->param[i], change->before[i], before, sizeof before);
        param_format(&table->param[i], change->after[i], after, sizeof after);
        length += (size_t)snprintf(text + length, size - length, "%s%s %s -> %s",
                                   length > 0 ? ", " : "", table->param[i].name, before, after);
    }
}

static void add_applies(struct chooser *chooser, const struct view *view)
{
    const struct run *run = &view->run;
    int count = 0;
    for (size_t i = run->change_count; i > 0 && count < APPLIES_MAX; i--) {
        const struct change *change = &run->change[i - 1];
        char age[DURATION_TEXT_MAX];
        if (change->kind != CHANGE_APPLY || change->undone)
            continue;
        struct choice *choice = add_choice(chooser,
                                           count == 0 ? ROLLBACK_LAST : ROLLBACK_TO_ITERATION,
                                           count == 0 ? 0 : change->after_iteration);
        count++;
        choice->apply = change->after_iteration;
        describe(view, change, choice->moved, sizeof choice->moved);
        duration_coarse(age, view->now_ms - change->utc_ms);
        /* a mock run's times are not of this day */
        bool virtual = run->source == SOURCE_MOCK || view->mode == VIEW_SANDBOX;
        snprintf(choice->text, sizeof choice->text, "%s it %d%s%s%s, %d it ran since",
                 count == 1 ? "last apply," : "back past", change->after_iteration,
                 virtual ? "" : ", ", virtual ? "" : age, virtual ? "" : " ago",
                 (int)run->count - change->after_iteration);
    }
}

/* What a tripwire asks for stands first. */
static void add_wires(struct chooser *chooser, const struct view *view)
{
    const struct run *run = &view->run;
    bool here = view->mode != VIEW_SANDBOX; /* which takes no apply back alone */
    for (size_t i = run->wire_count; here && i > 0 && chooser->count < APPLIES_MAX / 2; i--) {
        const struct wire *wire = &run->wire[i - 1];
        const struct change *apply = run_apply_of(run, wire->applied_at);
        char what[TRIPWIRE_TEXT_MAX];
        if (!wire_waits(run, wire) || apply == NULL)
            continue;
        struct choice *choice = add_choice(chooser, ROLLBACK_APPLY, wire->applied_at);
        describe(view, apply, choice->moved, sizeof choice->moved);
        snprintf(choice->text, sizeof choice->text,
                 "TRIPWIRE %s fired at it %d: the apply of it %d alone (x keeps it)",
                 tripwire_short(&wire->what, what), wire->fired_at, wire->applied_at);
    }
}

/* What the newest change, a rollback, took back can be put back whole. */
static void add_redo(struct chooser *chooser, const struct view *view)
{
    const struct change *newest = run_newest_rollback(&view->run);
    if (newest == NULL || view->mode == VIEW_SANDBOX) /* which rehearses no redo */
        return;
    struct choice *choice = add_choice(chooser, ROLLBACK_REDO, 0);
    snprintf(choice->text, sizeof choice->text, "redo: what the %s after it %d took back",
             change_kind_name(newest->kind), newest->after_iteration);
    describe(view, newest, choice->moved, sizeof choice->moved);
}

static void add_iterations(struct chooser *chooser, const struct view *view)
{
    if ((view->mode == VIEW_FROZEN || view->at > 0) && view_iteration(view) != NULL) {
        struct choice *shown = add_choice(chooser, ROLLBACK_TO_ITERATION, view_number(view));
        snprintf(shown->text, sizeof shown->text,
                 "to the parameters in force during it %d, the one shown", shown->iteration);
    }
    struct choice *typed = add_choice(chooser, ROLLBACK_TO_ITERATION, 0);
    snprintf(typed->text, sizeof typed->text,
             "to the parameters in force during an iteration: type its number");
}

static void add_params(struct chooser *chooser, const struct view *view)
{
    const struct param_table *table = &view->config->params;
    for (size_t i = 0; i < table->count; i++) {
        const struct change *apply = run_newest_apply_of(&view->run, (int)i);
        char before[24], after[24];
        if (apply == NULL || apply->before == NULL)
            continue;
        struct choice *choice = add_choice(chooser, ROLLBACK_PARAM, 0);
        choice->param = (int)i;
        param_format(&table->param[i], apply->before[i], before, sizeof before);
        param_format(&table->param[i], apply->after[i], after, sizeof after);
        snprintf(choice->text, sizeof choice->text, "%s alone: %s back to %s (applied in it %d)",
                 table->param[i].name, after, before, apply->after_iteration);
    }
}

static void chooser_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "ROLL BACK: what?");
}

static void chooser_lines(const struct dialog *dialog, const struct view *view,
                          struct dialog_lines *lines)
{
    const struct chooser *chooser = (const struct chooser *)dialog;
    (void)view;
    lines->whole = true;
    for (size_t i = 0; i < chooser->count; i++) {
        const struct choice *choice = &chooser->choice[i];
        bool number = choice->what == ROLLBACK_TO_ITERATION && choice->iteration == 0;
        const char *aside = number ? chooser->typed : choice->moved;
        dialog_add(lines, STYLE_TEXT, "%s%s%s", choice->text, aside[0] ? ": " : "", aside);
    }
    lines->selected = chooser->selected;
}

static void chooser_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  change nothing");
    const struct chooser *chooser = (const struct chooser *)dialog;
    bool apply = chooser->count > 0 && chooser->choice[chooser->selected].apply > 0;
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  preview%s",
             apply ? "   o  only that apply" : "");
}

static unsigned chooser_preview(struct chooser *chooser, struct view *view)
{
    struct choice choice = chooser->choice[chooser->selected];
    if (choice.what == ROLLBACK_TO_ITERATION && choice.iteration == 0) {
        choice.iteration = atoi(chooser->typed);
        if (run_iteration(&view->run, choice.iteration) == NULL) {
            view_say(view, true, "type the number of a recorded iteration: 1 to %d",
                     (int)view->run.count);
            return REACT_REDRAW;
        }
        snprintf(choice.text, sizeof choice.text, "to the parameters in force during it %d",
                 choice.iteration);
    }
    return ask(view, &choice);
}

/* The apply under the cursor alone: what came later stays, unless it is ticked. */
static unsigned chooser_only(struct chooser *chooser, struct view *view)
{
    struct choice choice = chooser->choice[chooser->selected];
    if (choice.apply == 0 || view->mode == VIEW_SANDBOX) {
        view_say(view, true,
                 choice.apply == 0 ? "the cursor is on no apply"
                                   : "a rehearsal takes no apply back alone");
        return REACT_REDRAW;
    }
    choice.what = ROLLBACK_APPLY;
    choice.iteration = choice.apply;
    snprintf(choice.text, sizeof choice.text, "the apply of it %d alone", choice.apply);
    return ask(view, &choice);
}

/* A digit selects the line with the number and goes into it. */
static unsigned chooser_type(struct chooser *chooser, unsigned key)
{
    for (size_t i = 0; i < chooser->count; i++)
        if (chooser->choice[i].what == ROLLBACK_TO_ITERATION && chooser->choice[i].iteration == 0)
            chooser->selected = (int)i;
    dialog_type(chooser->typed, sizeof chooser->typed, key);
    return REACT_REDRAW;
}

static unsigned chooser_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct chooser *chooser = (struct chooser *)dialog;
    if (key == KEYCODE_ENTER)
        return chooser_preview(chooser, view);
    if (key == 'o')
        return chooser_only(chooser, view);
    if (dialog_cancels(key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (key == 'x' && chooser->choice[chooser->selected].what == ROLLBACK_APPLY)
        return dialog_dismiss_open(view, chooser->choice[chooser->selected].iteration);
    if ((key >= '0' && key <= '9') || key == KEYCODE_BACKSPACE)
        return chooser_type(chooser, key);
    int rows = dialog_rows(key, dialog->page), last = (int)chooser->count - 1;
    if (rows == 0)
        return REACT_NONE;
    int selected = chooser->selected + rows;
    chooser->selected = selected < 0 ? 0 : selected > last ? last : selected;
    return REACT_REDRAW;
}

static const struct dialog_class chooser_class = {
    .title = chooser_title,
    .lines = chooser_lines,
    .buttons = chooser_buttons,
    .key = chooser_key,
};

unsigned dialog_rollback_open(struct view *view)
{
    struct chooser *chooser = mem_alloc(sizeof *chooser);
    chooser->dialog.class = &chooser_class;
    chooser->dialog.level = 1;
    add_wires(chooser, view);
    add_applies(chooser, view);
    add_redo(chooser, view);
    add_iterations(chooser, view);
    add_params(chooser, view);
    unsigned react = dialog_open_take(view, &chooser->dialog);
    chooser->dialog.deaf_until_ms = 0; /* choosing decides nothing yet */
    return react & ~(unsigned)REACT_FLUSH;
}
