/* dialog_help: every action of the one table with its keys, its level and, where it is not
 * available now, why; then the focused panel's own help and the letters of the rails. UI thread. */
#include "config.h"

#include <stdio.h>

#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/action.h"
#include "ui/bindings.h"
#include "ui/panel.h"

enum { KEYS_WIDTH = 18 };

static void help_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "HELP: all keys");
}

static void add_action(const struct view *view, const struct action *action,
                       struct dialog_lines *lines)
{
    const char *why = action_why_not(action, view);
    char level[32] = "";
    if (action->level > 0)
        snprintf(level, sizeof level, " [level %d]", action->level);
    if (why != NULL)
        dialog_add(lines, STYLE_DISABLED, "%-*s %s%s  (now not: %s)", KEYS_WIDTH,
                   bindings_text(action), action->help, level, why);
    else
        dialog_add(lines, STYLE_TEXT, "%-*s %s%s", KEYS_WIDTH, bindings_text(action), action->help,
                   level);
}

static void add_letters(struct dialog_lines *lines)
{
    dialog_add(lines, STYLE_TITLE, "Letters of the rails");
    dialog_add(lines, STYLE_TEXT,
               "kpi    P pass  W warn  F fail of the iteration's own gate (underlined: passes");
    dialog_add(lines, STYLE_TEXT, "       all four KPIs)  ! failed  _ file missing");
    dialog_add(lines, STYLE_TEXT,
               "event  A applied  x rejected  r rolled back  V velocity  O oscillation");
    dialog_add(lines, STYLE_TEXT, "       C cooldown  Z freeze  ? waits for a decision  - nothing");
}

static void help_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    const struct panel_class *panel = panel_table[view->focus];
    (void)dialog;
    lines->hanging = 0;
    if (panel != NULL && panel->help != NULL) {
        dialog_add(lines, STYLE_TITLE, "Panel %d %s", (int)view->focus + 1, panel->name);
        dialog_add(lines, STYLE_TEXT, "%s", panel->help);
        dialog_add(lines, STYLE_TEXT, "%s", "");
    }
    dialog_add(lines, STYLE_TITLE, "Keys; the arrows scroll");
    lines->hanging = KEYS_WIDTH + 1;
    for (const struct action *action = action_table; action->name != NULL; action++)
        if (action->help != NULL)
            add_action(view, action, lines);
    dialog_add(lines, STYLE_TEXT, "%s", "");
    add_letters(lines);
}

static unsigned help_key(struct dialog *dialog, struct view *view, unsigned key)
{
    if (dialog_cancels(key) || key == '?' || key == KEYCODE_F1) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    return dialog_scroll(dialog, key);
}

static const struct dialog_class help_class = {
    .title = help_title,
    .lines = help_lines,
    .key = help_key,
};

unsigned dialog_help_open(struct view *view)
{
    struct dialog *help = mem_alloc(sizeof *help);
    help->class = &help_class;
    return dialog_open_take(view, help);
}
