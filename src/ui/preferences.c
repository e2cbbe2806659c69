/* preferences: see preferences.h. */
#include "config.h"

#include "ui/preferences.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/view.h"

void preferences_init(struct preferences *preferences)
{
    *preferences = (struct preferences){.kept = false};
    settings_init(&preferences->settings);
    theme_plain(&preferences->theme);
}

void preferences_fini(struct preferences *preferences)
{
    bookmarks_fini(&preferences->bookmarks);
    bookmarks_fini(&preferences->known);
}

/* The theme that the settings name; if that cannot be used, the default's, and FAULT says why. */
static void read_theme(struct preferences *preferences)
{
    struct error fault = ERROR_INIT;
    const char *name = preferences->settings.value[SETTING_THEME].text;
    theme_plain(&preferences->theme);
    if (theme_read(&preferences->theme, name, &fault) == 0)
        return;
    error_set(&preferences->fault, fault.code, "%s; the default theme is used", fault.text);
    theme_read(&preferences->theme, setting_table[SETTING_THEME].fallback, NULL);
}

int preferences_read(struct preferences *preferences, const char *theme, struct error *err)
{
    preferences_init(preferences);
    preferences->kept = true;
    settings_read(&preferences->settings, &preferences->bookmarks, &preferences->fault);
    bookmarks_copy(&preferences->known, &preferences->bookmarks);
    if (!theme) {
        read_theme(preferences);
        return 0;
    }
    if (theme_read(&preferences->theme, theme, err) != 0) {
        preferences_fini(preferences);
        return -1;
    }
    return settings_parse(&preferences->settings, SETTING_THEME, theme, FROM_COMMAND_LINE, err);
}

static long number_of(const struct view *view, enum setting_id id)
{
    return view->preferences.settings.value[id].number;
}

/* auto is the most that the terminal shows; more than that cannot be had. */
static unsigned take_charset(struct view *view)
{
    static const enum charset charsets[] = {CHARSET_COUNT, CHARSET_BRAILLE, CHARSET_BLOCK,
                                            CHARSET_ASCII};
    enum charset wanted = charsets[number_of(view, SETTING_CHARSET)];
    view->charset = wanted < view->charset_best ? wanted : view->charset_best;
    return REACT_REDRAW | REACT_REPAINT;
}

static unsigned take_layout(struct view *view)
{
    view->focus = (enum panel_id)number_of(view, SETTING_FOCUS);
    view->size = (enum panel_size)number_of(view, SETTING_PANEL_SIZE);
    for (int id = 0; id < PANEL_COUNT; id++)
        view->open[id] = number_of(view, SETTING_PANELS) >> id & 1;
    return REACT_REDRAW | REACT_RELAYOUT;
}

static unsigned take_theme(struct view *view)
{
    struct preferences *preferences = &view->preferences;
    struct error fault = ERROR_INIT;
    if (theme_read(&preferences->theme, preferences->settings.value[SETTING_THEME].text, &fault) ==
        0)
        return REACT_REDRAW | REACT_REPAINT | REACT_TERMINAL;
    view_say(view, true, "%s", fault.text);
    return REACT_REDRAW;
}

static unsigned take_one(struct view *view, enum setting_id id)
{
    switch (id) {
    case SETTING_THEME:
        return take_theme(view);
    case SETTING_CHARSET:
        return take_charset(view);
    case SETTING_FOCUS:
    case SETTING_PANELS:
    case SETTING_PANEL_SIZE:
        return take_layout(view);
    case SETTING_MOUSE:
        return REACT_REDRAW | REACT_TERMINAL;
    default:
        return REACT_REDRAW;
    }
}

void preferences_take_effect(struct view *view)
{
    take_layout(view);
    if (view->preferences.fault.code != ERROR_NONE)
        view_say(view, true, "%s", view->preferences.fault.text);
}

void preferences_meet_terminal(struct view *view)
{
    take_charset(view);
}

/* What the operator sets is remembered at once: the program may not end in order. */
static unsigned take_and_save(struct view *view, enum setting_id id)
{
    unsigned react = take_one(view, id);
    view->preferences.changed = true;
    preferences_save(view);
    return react;
}

static unsigned say_and_take(struct view *view, enum setting_id id)
{
    char text[SETTING_TEXT_MAX];
    settings_print(&view->preferences.settings, id, text, sizeof text);
    view_say(view, false, "%s is %s", setting_table[id].name, *text ? text : "empty");
    return take_and_save(view, id);
}

/* A theme that cannot be read is no setting. */
static int check_theme(const char *text, struct error *err)
{
    struct theme theme;
    return theme_read(&theme, text, err);
}

int preferences_check(const struct view *view, enum setting_id id, const char *text,
                      struct error *err)
{
    struct settings copy = view->preferences.settings;
    if (id == SETTING_THEME && check_theme(text, err) != 0)
        return -1;
    return settings_parse(&copy, id, text, FROM_OPERATOR, err);
}

unsigned preferences_set(struct view *view, enum setting_id id, const char *text)
{
    struct error fault = ERROR_INIT;
    struct settings *settings = &view->preferences.settings;
    if ((id == SETTING_THEME && check_theme(text, &fault) != 0) ||
        settings_parse(settings, id, text, FROM_OPERATOR, &fault) != 0) {
        view_say(view, true, "%s", fault.text);
        return REACT_REDRAW;
    }
    return say_and_take(view, id);
}

struct setting_step {
    enum setting_id id;
    long before, after;
};

static unsigned put_number(struct view *view, enum setting_id id, long number)
{
    settings_set(&view->preferences.settings, id, number, FROM_OPERATOR);
    return take_and_save(view, id);
}

static unsigned undo_setting(struct view *view, const void *data)
{
    const struct setting_step *step = data;
    return put_number(view, step->id, step->before);
}

static unsigned redo_setting(struct view *view, const void *data)
{
    const struct setting_step *step = data;
    return put_number(view, step->id, step->after);
}

static const struct undo_class setting_undo = {undo_setting, redo_setting};

unsigned preferences_next_theme(struct view *view, int by)
{
    char **names;
    size_t count = theme_file_list(&names), at = 0;
    const char *now = view->preferences.settings.value[SETTING_THEME].text;
    if (count == 0)
        return REACT_NONE;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], now) == 0)
            at = (i + count + (size_t)(by > 0 ? 1 : count - 1)) % count;
    unsigned react = preferences_set(view, SETTING_THEME, names[at]);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return react;
}

unsigned preferences_set_number(struct view *view, enum setting_id id, long number)
{
    struct setting_step step = {id, view->preferences.settings.value[id].number, number};
    undo_note(view, &setting_undo, setting_table[id].name, &step, sizeof step);
    settings_set(&view->preferences.settings, id, number, FROM_OPERATOR);
    return say_and_take(view, id);
}

/* The setting that LINE names, *VALUE what is behind it; SETTING_COUNT with ERR: there is none. */
static enum setting_id split_line(const char *line, const char **value, struct error *err)
{
    char name[SETTING_WORD_MAX * 2];
    line += strspn(line, " ");
    size_t length = strcspn(line, " ");
    snprintf(name, sizeof name, "%.*s", (int)length, line);
    enum setting_id id = settings_find(name);
    if (id == SETTING_COUNT)
        error_set(err, ERROR_USAGE, "there is no setting \"%s\"", name);
    *value = line + length + strspn(line + length, " ");
    return id;
}

int preferences_check_line(const struct view *view, const char *line, struct error *err)
{
    const char *value;
    enum setting_id id = split_line(line, &value, err);
    return id == SETTING_COUNT ? -1 : preferences_check(view, id, value, err);
}

unsigned preferences_set_line(struct view *view, const char *line)
{
    struct error fault = ERROR_INIT;
    const char *value;
    enum setting_id id = split_line(line, &value, &fault);
    if (id != SETTING_COUNT)
        return preferences_set(view, id, value);
    view_say(view, true, "%s", fault.text);
    return REACT_REDRAW;
}

static void follow(struct preferences *preferences, enum setting_id id, long number)
{
    if (preferences->settings.value[id].number == number)
        return;
    settings_set(&preferences->settings, id, number, FROM_OPERATOR);
    preferences->changed = true;
}

void preferences_follow(struct view *view)
{
    long panels = 0;
    for (int id = 0; id < PANEL_COUNT; id++)
        panels |= view->open[id] ? 1L << id : 0;
    follow(&view->preferences, SETTING_PANELS, panels);
    follow(&view->preferences, SETTING_FOCUS, (long)view->focus);
    follow(&view->preferences, SETTING_PANEL_SIZE, (long)view->size);
}

void preferences_save(struct view *view)
{
    struct preferences *preferences = &view->preferences;
    struct error fault = ERROR_INIT;
    preferences_follow(view);
    if (!preferences->kept || !preferences->changed)
        return;
    preferences->changed = false;
    if (settings_write_state(&preferences->settings, &preferences->bookmarks, &preferences->known,
                             &fault) == 0 ||
        preferences->refused)
        return;
    preferences->refused = true;
    view_say(view, true, "nothing is remembered: %s", fault.text);
}
