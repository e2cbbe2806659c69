/* dialog_rollback: what to take back, then what that does. First a list: the applies in force, the
 * newest first, the iteration shown, a number typed, single parameters. Then the preview, now ->
 * back, which Shift-Y confirms; past two applies it asks for the word and a reason. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/wires.h"
#include "ui/dialog_class.h"
#include "ui/duration.h"
#include "ui/key.h"

enum { CHOICES_MAX = PARAM_MAX + 40, APPLIES_MAX = 32, LEVEL_1_APPLIES = 2 };

struct choice {
    enum rollback_what what;
    int iteration;               /* TO_ITERATION; 0: the number that is typed. APPLY: whose */
    int param;                   /* PARAM */
    int undoes;                  /* applies that it takes back */
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

/* What is asked: a choice and the values before and after it. */
struct back {
    struct choice choice;
    char hash[HASH_TEXT_MAX]; /* of the parameters in force when it was asked */
    bool sandbox;             /* it is rehearsed, nothing is written */
    size_t count;
    struct value now[PARAM_MAX], then[PARAM_MAX];
};

/* Applies that are in force and newer than the start of iteration NUMBER. */
static int applies_since(const struct run *run, int number)
{
    int count = 0;
    for (size_t i = 0; i < run->change_count; i++) {
        const struct change *change = &run->change[i];
        count += change->kind == CHANGE_APPLY && !change->undone &&
                 change->after_iteration >= number;
    }
    return count;
}

static struct value value_at(const struct value *values, size_t count, size_t index)
{
    return values != NULL && index < count ? values[index] : value_missing();
}

/* What APPLY wrote goes back where it is in force; what came later stays. */
static void fill_alone(struct back *back, const struct change *apply)
{
    for (size_t i = 0; i < back->count && i < apply->param_count; i++) {
        struct value now = back->now[i], written = apply->after[i];
        if (change_moves(apply, (int)i) && now.state == written.state &&
            (!value_present(now) || number_equal(now.number, written.number)))
            back->then[i] = apply->before[i];
    }
}

/* The values that CHOICE would bring back; false if they are not known. */
static bool back_fill(struct back *back, const struct view *view, const struct choice *choice)
{
    const struct run *run = &view->run;
    const struct change *apply = choice->what == ROLLBACK_PARAM
                                     ? run_newest_apply_of(run, choice->param)
                                     : run_newest_apply(run);
    const struct iteration *iteration = run_iteration(run, choice->iteration);
    const struct value *then = apply != NULL ? apply->before : NULL;
    size_t then_count = apply != NULL ? apply->param_count : 0;
    if (choice->what == ROLLBACK_TO_ITERATION) {
        then = iteration != NULL ? iteration->params : NULL;
        then_count = iteration != NULL ? iteration->param_count : 0;
    }
    if (then == NULL || run->params == NULL)
        return false;
    back->choice = *choice;
    memcpy(back->hash, run->params_hash, sizeof back->hash);
    back->count = run->param_count < PARAM_MAX ? run->param_count : PARAM_MAX;
    for (size_t i = 0; i < back->count; i++) {
        back->now[i] = run->params[i];
        bool kept = choice->what == ROLLBACK_APPLY ||
                    (choice->what == ROLLBACK_PARAM && (int)i != choice->param);
        back->then[i] = kept ? back->now[i] : value_at(then, then_count, i);
    }
    if (choice->what == ROLLBACK_APPLY && run_apply_of(run, choice->iteration) != NULL)
        fill_alone(back, run_apply_of(run, choice->iteration));
    return true;
}

static bool moves(const struct back *back, size_t i)
{
    struct value now = back->now[i], then = back->then[i];
    if (value_present(now) != value_present(then))
        return true;
    return value_present(now) && !number_equal(now.number, then.number);
}

static size_t back_moves(const struct back *back)
{
    size_t count = 0;
    for (size_t i = 0; i < back->count; i++)
        count += moves(back, i);
    return count;
}

/* The question. */

static void back_title(const void *data, char *text, size_t size)
{
    const struct back *back = data;
    snprintf(text, size, "%s %zu parameter%s", back->sandbox ? "REHEARSE: roll back" : "ROLL BACK",
             back_moves(back), back_moves(back) == 1 ? "" : "s");
}

static void add_value(const struct view *view, const struct back *back, size_t i,
                      struct dialog_lines *lines)
{
    const struct param *param = &view->config->params.param[i];
    char now[24], then[24];
    if (!moves(back, i))
        return;
    param_format(param, back->now[i], now, sizeof now);
    param_format(param, back->then[i], then, sizeof then);
    dialog_add(lines, STYLE_BOLD, "%-21s %8s -> %8s%s", param->name, now, then,
               value_present(back->then[i]) ? "" : " (not set)");
}

static void back_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct back *back = data;
    const struct param_table *table = &view->config->params;
    int cooldown = param_find(table, "cooldown_iters");
    dialog_add(lines, STYLE_TEXT, "%s", back->choice.text);
    for (size_t i = 0; i < back->count && i < table->count; i++)
        add_value(view, back, i, lines);
    dialog_add(
        lines, back->sandbox ? STYLE_WARN : STYLE_TEXT, "takes back %d appl%s; base %.6s; %s",
        back->choice.undoes, back->choice.undoes == 1 ? "y" : "ies", back->hash,
        back->sandbox ? "SANDBOX: nothing is written" : "writes soak/runtime_overrides.json");
    if (cooldown >= 0) {
        struct value iterations = value_at(back->now, back->count, (size_t)cooldown);
        if (!value_present(iterations))
            iterations = table->param[cooldown].assumed;
        dialog_add(lines, STYLE_TEXT, "the tuner then cools down for %g iterations",
                   value_present(iterations) ? iterations.number : 0.0);
    }
    dialog_add(lines, STYLE_TEXT, "iterations that ran already keep their values");
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
    if (back->choice.what == ROLLBACK_PARAM)
        memcpy(command.name, view->config->params.param[back->choice.param].name,
               sizeof command.name);
    memcpy(command.base_hash, back->hash, sizeof command.base_hash);
    snprintf(command.note, sizeof command.note, "%s", reason);
    if (!back->sandbox)
        view_say(view, false, "rolling back ...");
    return view_send(view, &command);
}

static const struct confirm back_confirm = {
    .level = 1,
    .cancel = "change nothing",
    .accept_text = "roll back now",
    .title = back_title,
    .lines = back_lines,
    .refuse = back_refuse,
    .accept = back_accept,
};

static const struct confirm far_back_confirm = {
    .level = 2,
    .word = "ROLLBACK",
    .cancel = "change nothing",
    .accept_text = "roll back now",
    .title = back_title,
    .lines = back_lines,
    .refuse = back_refuse,
    .accept = back_accept,
};

static const struct confirm rehearse_confirm = {
    .level = 1,
    .cancel = "change nothing",
    .accept_text = "rehearse it",
    .title = back_title,
    .lines = back_lines,
    .refuse = back_refuse,
    .accept = back_accept,
};

static unsigned ask(struct view *view, struct choice choice)
{
    struct back back;
    memset(&back, 0, sizeof back);
    if (choice.what == ROLLBACK_TO_ITERATION)
        choice.undoes = applies_since(&view->run, choice.iteration);
    if (!back_fill(&back, view, &choice)) {
        view_say(view, true, "the parameters of iteration %d are not recorded", choice.iteration);
        return REACT_REDRAW;
    }
    if (back_moves(&back) == 0) {
        view_say(view, true, "that is what is in force already: nothing to roll back");
        return REACT_REDRAW;
    }
    bool far = choice.undoes > LEVEL_1_APPLIES;
    back.sandbox = view->mode == VIEW_SANDBOX;
    if (back.sandbox && !far)
        return dialog_confirm_open(view, &rehearse_confirm, &back, sizeof back);
    return dialog_confirm_open(view, far ? &far_back_confirm : &back_confirm, &back, sizeof back);
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
        choice->undoes = ++count;
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
    for (size_t i = run->wire_count; i > 0 && chooser->count < APPLIES_MAX / 2; i--) {
        const struct wire *wire = &run->wire[i - 1];
        const struct change *apply = run_apply_of(run, wire->applied_at);
        char what[TRIPWIRE_TEXT_MAX];
        if (!wire_waits(run, wire) || apply == NULL)
            continue;
        struct choice *choice = add_choice(chooser, ROLLBACK_APPLY, wire->applied_at);
        choice->undoes = 1;
        describe(view, apply, choice->moved, sizeof choice->moved);
        snprintf(choice->text, sizeof choice->text,
                 "TRIPWIRE %s fired at it %d: the apply of it %d alone (x keeps it)",
                 tripwire_short(&wire->what, what), wire->fired_at, wire->applied_at);
    }
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
        choice->undoes = 1;
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
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  change nothing");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  preview");
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
    return ask(view, choice);
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
    add_iterations(chooser, view);
    add_params(chooser, view);
    unsigned react = dialog_open_take(view, &chooser->dialog);
    chooser->dialog.deaf_until_ms = 0; /* choosing decides nothing yet */
    return react & ~(unsigned)REACT_FLUSH;
}
