/* dialog_palette: the one list of everything that can be done, opened by two keys: the palette with
 * the line to type in, help with the focused panel's own text and the letters of the rails first.
 * What is typed filters the list; Enter runs the selected row as its key would, so that levels and
 * dialogs hold and this Enter confirms nothing. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "ui/bindings.h"
#include "ui/dialog_class.h"
#include "ui/key.h"
#include "ui/keymap.h"
#include "ui/palette.h"
#include "ui/panel.h"

enum { KEYS_WIDTH = 12, NAME_WIDTH = 19, CTRL_C = 3 };

struct palette {
    struct dialog dialog;
    bool help;    /* opened by the help key: its texts stand first until something is typed */
    bool cursor;  /* a row is selected; help begins without */
    int selected; /* row of the list */
    char text[PALETTE_TEXT_MAX];
    char fault[256]; /* why Enter ran nothing; until the next key */
};

static bool shows_help(const struct palette *palette)
{
    return palette->help && palette->text[0] == '\0';
}

static bool has_cursor(const struct palette *palette)
{
    return palette->cursor || !shows_help(palette);
}

static void palette_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct palette *palette = (const struct palette *)dialog;
    snprintf(text, size, "%s", palette->help ? "HELP: all keys, type to find" : "COMMAND");
}

/* "A F8        apply              level 1: write the staged lines  (now not: ...)" */
static void add_row(const struct view *view, const struct palette_row *row,
                    struct dialog_lines *lines)
{
    const char *why = palette_why_not(row, view);
    char keys[BINDINGS_OWN_MAX] = "", name[ACTION_NAME_MAX + 16], level[24] = "";
    snprintf(name, sizeof name, "%s", palette_name(row));
    if (row->command != NULL) {
        snprintf(keys, sizeof keys, ":");
        snprintf(name, sizeof name, "%s %s", row->command->name,
                 row->command->argument != NULL ? row->command->argument : "");
    } else {
        bindings_own_text(row->action, keys);
        if (row->action->level > 0)
            snprintf(level, sizeof level, " [level %d]", row->action->level);
    }
    dialog_add(lines, why != NULL ? STYLE_DISABLED : STYLE_TEXT, "%-*s %-*s %s%s%s%s%s", KEYS_WIDTH,
               keys, NAME_WIDTH, name, palette_help(row), level, why != NULL ? "  (now not: " : "",
               why != NULL ? why : "", why != NULL ? ")" : "");
}

static void add_letters(struct dialog_lines *lines)
{
    dialog_add(lines, STYLE_TITLE, "Letters of the rails");
    dialog_add(lines, STYLE_TEXT,
               "kpi    P pass  W warn  F fail of the iteration's own gate (underlined: passes all "
               "four KPIs)  ! failed  _ file missing");
    dialog_add(
        lines, STYLE_TEXT,
        "event  A applied  x rejected  r rolled back  V velocity  O oscillation  C cooldown  "
        "Z freeze  ? waits for a decision  - nothing");
    dialog_add(lines, STYLE_TEXT, "%s", "");
}

/* A text of any length, a sentence or some a line. */
static void add_text(struct dialog_lines *lines, const char *text)
{
    enum { PART = DIALOG_LINE_MAX / 2 }; /* room for the keys that stand for their names */
    while (*text != '\0') {
        size_t length = strlen(text), cut = length;
        if (length > PART) {
            for (cut = PART; cut > 0 && (text[cut] != ' ' || text[cut - 1] != '.');)
                cut--;
            for (size_t blank = PART; cut == 0 && blank > 0; blank--)
                cut = text[blank] == ' ' ? blank : 0;
            cut = cut > 0 ? cut : PART;
        }
        dialog_add(lines, STYLE_TEXT, "%.*s", (int)cut, text);
        text += cut;
        text += strspn(text, " ");
    }
}

static void add_help(const struct view *view, struct dialog_lines *lines)
{
    const struct panel_class *panel = panel_table[view->focus];
    lines->hanging = 0;
    dialog_add(lines, STYLE_TITLE, "Panel %d %s", (int)view->focus + 1, panel->name);
    if (panel->help != NULL)
        add_text(lines, panel->help);
    dialog_add(lines, STYLE_TEXT, "%s", "");
    lines->hanging = 7;
    add_letters(lines);
    lines->hanging = 0;
    dialog_add(lines, STYLE_TITLE, "Everything that can be done; what is typed finds it");
}

static void palette_lines(const struct dialog *dialog, const struct view *view,
                          struct dialog_lines *lines)
{
    const struct palette *palette = (const struct palette *)dialog;
    struct palette_list list;
    palette_list_fill(&list, palette->text);
    lines->hanging = 0;
    if (!shows_help(palette)) {
        dialog_add(lines, STYLE_BOLD, ":%s_", palette->text);
        if (palette->fault[0] != '\0')
            dialog_add(lines, STYLE_ALERT, "%s", palette->fault);
        else if (palette_is_number(palette->text))
            dialog_add(lines, STYLE_DIM, "Enter goes to this iteration");
        else
            dialog_add(lines, STYLE_DIM, "%zu found; Enter runs the one marked", list.count);
        lines->pinned = 2;
    } else {
        add_help(view, lines);
    }
    lines->hanging = KEYS_WIDTH + NAME_WIDTH + 2;
    for (size_t i = 0; i < list.count; i++) {
        if (has_cursor(palette) && (int)i == palette->selected)
            lines->selected = (int)lines->count;
        add_row(view, &list.row[i], lines);
    }
}

static void palette_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  close");
    buttons->confirm[0] = '\0';
    if (has_cursor((const struct palette *)dialog))
        snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  run   Tab  complete");
}

/* It needs an argument that is not there yet: the name stands in the line, the rest is typed. */
static unsigned want_argument(struct palette *palette, const struct palette_command *command)
{
    snprintf(palette->text, sizeof palette->text, "%s ", command->name);
    snprintf(palette->fault, sizeof palette->fault, "%s wants %s: type it", command->name,
             command->argument);
    palette->selected = 0;
    return REACT_REDRAW;
}

static unsigned refuse(struct palette *palette)
{
    char hint[PALETTE_TEXT_MAX / 2], name[ACTION_NAME_MAX];
    palette_split(palette->text, name);
    palette_hint(palette->text, hint, sizeof hint);
    snprintf(palette->fault, sizeof palette->fault, "nothing is called \"%s\";%s Esc closes", name,
             hint);
    return REACT_REDRAW;
}

static unsigned run_command(struct palette *palette, struct view *view,
                            const struct palette_command *command)
{
    char argument[PALETTE_TEXT_MAX], name[ACTION_NAME_MAX];
    snprintf(argument, sizeof argument, "%s", palette_split(palette->text, name));
    for (size_t end = strlen(argument); end > 0 && argument[end - 1] == ' '; end--)
        argument[end - 1] = '\0';
    if (command->argument == NULL && argument[0] != '\0') {
        snprintf(palette->fault, sizeof palette->fault, "%s takes nothing behind it",
                 command->name);
        return REACT_REDRAW;
    }
    if (command->argument != NULL && !command->optional && argument[0] == '\0')
        return want_argument(palette, command);
    const char *why = command->unavailable != NULL ? command->unavailable(view) : NULL;
    struct error err = ERROR_INIT;
    if (why == NULL && command->check != NULL && command->check(view, argument, &err) != 0) {
        snprintf(palette->fault, sizeof palette->fault, "%.255s", err.text);
        return REACT_REDRAW;
    }
    dialog_close(view);
    if (why == NULL)
        return command->run(view, argument) | REACT_REDRAW;
    view_say(view, true, "%s: %s", command->name, why);
    return REACT_REDRAW;
}

static unsigned enter(struct palette *palette, struct view *view)
{
    struct palette_list list;
    struct palette_row row;
    char text[PALETTE_TEXT_MAX];
    palette_list_fill(&list, palette->text);
    bool selected = has_cursor(palette) && palette->selected < (int)list.count;
    if (palette_is_number(palette->text)) {
        palette_split(palette->text, text);
        dialog_close(view);
        return palette_go(view, text) | REACT_REDRAW;
    }
    if (!has_cursor(palette)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (!palette_choose(palette->text, selected ? &list.row[palette->selected] : NULL, &row))
        return refuse(palette);
    if (row.command != NULL)
        return run_command(palette, view, row.command);
    dialog_close(view);
    return keymap_run(view, row.action) | REACT_REDRAW;
}

/* The selected row's name in the line. */
static unsigned complete(struct palette *palette)
{
    struct palette_list list;
    palette_list_fill(&list, palette->text);
    if (!has_cursor(palette) || palette->selected >= (int)list.count)
        return REACT_NONE;
    const struct palette_row *row = &list.row[palette->selected];
    bool wants = row->command != NULL && row->command->argument != NULL;
    snprintf(palette->text, sizeof palette->text, "%s%s", palette_name(row), wants ? " " : "");
    palette->selected = 0;
    return REACT_REDRAW;
}

static unsigned move(struct palette *palette, unsigned key)
{
    struct palette_list list;
    bool arrow = key == KEYCODE_UP || key == KEYCODE_DOWN;
    if (shows_help(palette) && !arrow) {
        palette->cursor = false;
        return dialog_scroll(&palette->dialog, key);
    }
    palette_list_fill(&list, palette->text);
    int last = (int)list.count - 1, rows = dialog_rows(key, palette->dialog.page);
    int selected = has_cursor(palette) ? palette->selected + rows : 0;
    palette->cursor = true;
    palette->selected = selected > last ? last : selected;
    if (palette->selected < 0)
        palette->selected = 0;
    return REACT_REDRAW;
}

static bool closes(const struct palette *palette, unsigned key)
{
    bool again = palette->help ? key == '?' || key == KEYCODE_F1 : key == ':';
    return key == KEYCODE_ESCAPE || key == CTRL_C || (again && palette->text[0] == '\0');
}

static unsigned palette_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct palette *palette = (struct palette *)dialog;
    if (closes(palette, key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    palette->fault[0] = '\0';
    if (key == KEYCODE_ENTER)
        return enter(palette, view);
    if (key == KEYCODE_TAB)
        return complete(palette);
    bool character = key >= ' ' && key < KEYCODE_UP;
    if (!character && dialog_rows(key, 1) != 0)
        return move(palette, key);
    if (palette->text[0] == '\0' && key == ' ')
        return REACT_NONE;
    if (!dialog_type(palette->text, sizeof palette->text, key))
        return REACT_NONE;
    palette->selected = dialog->top = 0;
    palette->cursor = false;
    return REACT_REDRAW;
}

static const struct dialog_class palette_class = {
    .steady = true,
    .title = palette_title,
    .lines = palette_lines,
    .buttons = palette_buttons,
    .key = palette_key,
};

enum palette_form { PALETTE_LINE, PALETTE_HELP };

static unsigned open_palette(struct view *view, enum palette_form form)
{
    struct palette *palette = mem_alloc(sizeof *palette);
    palette->dialog.class = &palette_class;
    palette->help = form == PALETTE_HELP;
    return dialog_open_take(view, &palette->dialog);
}

unsigned dialog_help_open(struct view *view)
{
    return open_palette(view, PALETTE_HELP);
}

unsigned dialog_palette_open(struct view *view)
{
    return open_palette(view, PALETTE_LINE);
}
