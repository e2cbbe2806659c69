/* dialog_confirm: a question that only Shift-Y answers with yes (and Shift-D, where there are two
 * ways to go on); Esc and Enter, which the focus is
 * on, say no. Level 2: first the shown word and a reason are typed, each ended with Enter; then it
 * is a question of level 1 that is deaf anew. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

enum stage { STAGE_WORD, STAGE_REASON, STAGE_QUESTION };

struct question {
    struct dialog dialog;
    const struct confirm *confirm;
    enum stage stage;
    char word[24];
    char reason[DELTA_NOTE_MAX];
    void *data; /* owned */
};

static const struct question *question_of(const struct dialog *dialog)
{
    return (const struct question *)dialog;
}

static void question_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct question *question = question_of(dialog);
    question->confirm->title(question->data, text, size);
}

static void question_lines(const struct dialog *dialog, const struct view *view,
                           struct dialog_lines *lines)
{
    const struct question *question = question_of(dialog);
    const struct confirm *confirm = question->confirm;
    const char *refused = confirm->refuse ? confirm->refuse(view, question->data) : NULL;
    confirm->lines(view, question->data, lines);
    if (refused != NULL)
        dialog_add(lines, STYLE_ALERT, "%s", refused);
    if (confirm->level < 2)
        return;
    dialog_add(lines, question->stage == STAGE_WORD ? STYLE_BOLD : STYLE_DIM,
               "type %s, then Enter: %s%s", confirm->word, question->word,
               question->stage == STAGE_WORD ? "_" : "");
    if (question->stage >= STAGE_REASON)
        dialog_add(lines, question->stage == STAGE_REASON ? STYLE_BOLD : STYLE_DIM,
                   "reason, then Enter: %s%s", question->reason,
                   question->stage == STAGE_REASON ? "_" : "");
}

static void question_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    const struct question *question = question_of(dialog);
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  %s", question->confirm->cancel);
    buttons->other[0] = buttons->confirm[0] = '\0';
    if (question->stage == STAGE_QUESTION && question->confirm->other_text != NULL)
        snprintf(buttons->other, sizeof buttons->other, "D (Shift)  %s",
                 question->confirm->other_text);
    if (question->stage == STAGE_QUESTION)
        snprintf(buttons->confirm, sizeof buttons->confirm, "Y (Shift)  %s",
                 question->confirm->accept_text);
}

/* The question takes its data along: accepting may open another dialog. */
static unsigned accept(struct question *question, struct view *view, bool other)
{
    const struct confirm *confirm = question->confirm;
    const char *refused = confirm->refuse ? confirm->refuse(view, question->data) : NULL;
    if (refused != NULL) {
        view_say(view, true, "%s", refused);
        return REACT_REDRAW | (confirm->refused ? confirm->refused(view, question->data) : 0);
    }
    void *data = question->data;
    char reason[DELTA_NOTE_MAX];
    memcpy(reason, question->reason, sizeof reason);
    question->data = NULL;
    dialog_close(view);
    unsigned react = other ? confirm->other(view, data) : confirm->accept(view, data, reason);
    free(data);
    return react | REACT_REDRAW;
}

static unsigned question_type(struct question *question, struct view *view, unsigned key)
{
    bool word = question->stage == STAGE_WORD;
    char *text = word ? question->word : question->reason;
    if (key != KEYCODE_ENTER) {
        bool typed = dialog_type(text, word ? sizeof question->word : sizeof question->reason, key);
        return typed ? REACT_REDRAW : REACT_NONE;
    }
    if (word && strcmp(text, question->confirm->word) != 0) {
        view_say(view, true, "the word to type is %s", question->confirm->word);
        return REACT_REDRAW;
    }
    if (!word && text[strspn(text, " ")] == '\0') {
        view_say(view, true, "a reason is needed: it stands in the journal");
        return REACT_REDRAW;
    }
    question->stage = word ? STAGE_REASON : STAGE_QUESTION;
    return question->stage == STAGE_QUESTION ? dialog_turn_page(view, &question->dialog)
                                             : REACT_REDRAW;
}

static unsigned question_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct question *question = (struct question *)dialog;
    if (question->stage == STAGE_QUESTION && question->confirm->key != NULL &&
        question->confirm->key(view, question->data, key))
        return REACT_REDRAW;
    if (key == KEYCODE_ESCAPE || (question->stage == STAGE_QUESTION && dialog_cancels(key))) {
        view_say(view, false, "nothing was changed");
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (question->confirm->turn != NULL && question->stage != STAGE_REASON) {
        unsigned react = question->confirm->turn(view, question->data, key);
        if (react != REACT_NONE)
            return react;
    }
    if (question->stage != STAGE_QUESTION)
        return question_type(question, view, key);
    if (key == 'Y' || (key == 'D' && question->confirm->other != NULL))
        return accept(question, view, key == 'D');
    return dialog_scroll(dialog, key);
}

static void question_fini(struct dialog *dialog)
{
    free(((struct question *)dialog)->data);
}

static const struct dialog_class question_class = {
    .level = 1,
    .title = question_title,
    .lines = question_lines,
    .buttons = question_buttons,
    .key = question_key,
    .fini = question_fini,
};

unsigned dialog_confirm_open(struct view *view, const struct confirm *confirm, const void *data,
                             size_t size)
{
    struct question *question = mem_alloc(sizeof *question);
    question->dialog.class = &question_class;
    question->dialog.level = confirm->level;
    question->confirm = confirm;
    question->stage = confirm->level < 2 ? STAGE_QUESTION : STAGE_WORD;
    question->data = mem_alloc(size > 0 ? size : 1);
    if (size > 0)
        memcpy(question->data, data, size);
    return dialog_open_take(view, &question->dialog);
}
