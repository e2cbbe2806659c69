/* dialog_options: F2: all settings with value, default and where each came from, changed live: by
 * Space and the arrows where there are words, by typing where there is text. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

enum { NAME_WIDTH = 23, VALUE_WIDTH = 28 };

struct options_dialog {
    struct dialog base;
    int selected;
    bool typing;
    char text[SETTING_TEXT_MAX];
};

static void options_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "OPTIONS: setting, value, where it is from");
}

static void add_row(const struct options_dialog *options, const struct view *view, int id,
                    struct dialog_lines *lines)
{
    const struct settings *settings = &view->preferences.settings;
    char value[SETTING_TEXT_MAX + 4];
    if (options->typing && id == options->selected)
        snprintf(value, sizeof value, "[%s_]", options->text);
    else
        settings_print(settings, (enum setting_id)id, value, SETTING_TEXT_MAX);
    dialog_add(lines, STYLE_TEXT, "%c%-*s %-*s %s", id == options->selected ? '>' : ' ', NAME_WIDTH,
               setting_table[id].name, VALUE_WIDTH, *value ? value : "-",
               setting_origin_name(settings->value[id].origin));
}

/* Of a set its words are turned on and off by their numbers. */
static unsigned turn_word(struct view *view, enum setting_id id, unsigned key)
{
    int word = (int)(key - '1');
    if (setting_table[id].type != SETTING_SET || word >= settings_words(id))
        return REACT_NONE;
    return preferences_set_number(view, id,
                                  view->preferences.settings.value[id].number ^ 1L << word);
}

/* "1 visual  2 bell" of a set; else what it may be. */
static void describe_bounds(enum setting_id id, char *text, size_t size)
{
    char word[SETTING_WORD_MAX];
    size_t length = 0;
    settings_bounds(id, text, size);
    if (setting_table[id].type != SETTING_SET)
        return;
    for (int i = 0; i < settings_words(id) && length < size; i++) {
        settings_word(id, i, word);
        length += (size_t)snprintf(text + length, size - length, "%s%d %s", i > 0 ? "  " : "",
                                   i + 1, word);
    }
}

static void options_lines(const struct dialog *dialog, const struct view *view,
                          struct dialog_lines *lines)
{
    const struct options_dialog *options = (const struct options_dialog *)dialog;
    const struct setting_row *row = &setting_table[options->selected];
    char bounds[SETTING_TEXT_MAX];
    describe_bounds((enum setting_id)options->selected, bounds, sizeof bounds);
    for (int id = 0; id < SETTING_COUNT; id++)
        add_row(options, view, id, lines);
    lines->selected = options->selected;
    dialog_add(lines, STYLE_TEXT, "%s", row->help);
    dialog_add(lines, STYLE_DIM, "%s; default %s", bounds,
               row->fallback[0] ? row->fallback : "empty");
    dialog_add(lines, STYLE_DIM, "%s",
               options->typing ? "Enter sets it, Esc leaves it"
               : setting_table[options->selected].type == SETTING_SET
                   ? "its number turns a word on or off; Enter types; u takes back"
                   : "Space, Left, Right change; Enter types; u takes back");
}

static void options_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  close");
}

/* The next value of one with words or numbers. */
static unsigned turn(struct view *view, enum setting_id id, int by)
{
    const struct setting_row *row = &setting_table[id];
    long number = view->preferences.settings.value[id].number;
    switch (row->type) {
    case SETTING_FLAG:
        return preferences_set_number(view, id, !number);
    case SETTING_INT:
        number += by;
        number = number < row->minimum   ? row->minimum
                 : number > row->maximum ? row->maximum
                                         : number;
        return preferences_set_number(view, id, number);
    case SETTING_CHOICE: {
        long count = settings_words(id);
        return preferences_set_number(view, id, (number + by + count) % count);
    }
    case SETTING_SET:
    case SETTING_TEXT:
        break;
    }
    return id == SETTING_THEME ? preferences_next_theme(view, by) : REACT_NONE;
}

static unsigned type_key(struct options_dialog *options, struct view *view, unsigned key)
{
    if (key == KEYCODE_ESCAPE) {
        options->typing = false;
    } else if (key == KEYCODE_ENTER) {
        options->typing = false;
        return preferences_set(view, (enum setting_id)options->selected, options->text);
    } else {
        dialog_type(options->text, sizeof options->text, key);
    }
    return REACT_REDRAW;
}

static unsigned options_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct options_dialog *options = (struct options_dialog *)dialog;
    enum setting_id id = (enum setting_id)options->selected;
    if (options->typing)
        return type_key(options, view, key);
    switch (key) {
    case KEYCODE_ENTER:
        options->typing = true;
        settings_print(&view->preferences.settings, id, options->text, sizeof options->text);
        return REACT_REDRAW;
    case ' ':
    case KEYCODE_RIGHT:
        return turn(view, id, 1);
    case KEYCODE_LEFT:
        return turn(view, id, -1);
    case 'u':
        return undo_newest(view);
    default:
        break;
    }
    if (key >= '1' && key <= '9')
        return turn_word(view, id, key);
    if (dialog_cancels(key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    int rows = dialog_rows(key, dialog->page);
    int selected = rows < -SETTING_COUNT  ? 0
                   : rows > SETTING_COUNT ? SETTING_COUNT - 1
                                          : options->selected + rows;
    options->selected = selected < 0 ? 0 : selected >= SETTING_COUNT ? SETTING_COUNT - 1 : selected;
    return rows == 0 ? REACT_NONE : REACT_REDRAW;
}

static const struct dialog_class options_class = {
    .title = options_title,
    .lines = options_lines,
    .buttons = options_buttons,
    .key = options_key,
};

unsigned dialog_options_open(struct view *view, enum setting_id first)
{
    struct options_dialog *options = mem_alloc(sizeof *options);
    options->base.class = &options_class;
    options->selected = (int)first;
    return dialog_open_take(view, &options->base);
}
