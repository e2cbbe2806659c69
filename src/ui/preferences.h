/* preferences: the settings in the dashboard: where they come from, what they do to the view, and
 * what is remembered. The command line comes before config.json, that before what is remembered,
 * that before the default; what the operator sets live comes before all. UI thread. */
#ifndef SOAKTOP_UI_PREFERENCES_H
#define SOAKTOP_UI_PREFERENCES_H

#include "artifact/settings_file.h"
#include "ui/theme.h"

struct view;

struct preferences {
    struct settings settings;
    struct bookmark_list bookmarks; /* of all runs */
    struct bookmark_list known;     /* those that the state file had last */
    struct theme theme;             /* that of SETTING_THEME, or the one used instead */
    struct error fault;             /* of a file of the user's: said at start */
    bool kept;                      /* the state file is written; else nothing is remembered */
    bool changed;                   /* the state file lacks something */
    bool refused;                   /* it could not be written, and that was said */
};

/* The settings of the user's files, over them THEME (--theme; NULL: none). A bad file costs its
 * values only: FAULT says so. -1 with ERR: THEME, which the operator named, is no theme. */
int preferences_read(struct preferences *preferences, const char *theme, struct error *err);
/* Defaults, and nothing is remembered: for tests. */
void preferences_init(struct preferences *preferences);
void preferences_fini(struct preferences *preferences);

/* Makes VIEW what its settings say, at start; and once the terminal is known (charset_best). */
void preferences_take_effect(struct view *view);
void preferences_meet_terminal(struct view *view);
/* Sets one live from text: it takes effect and is remembered, or the status line says why not. */
unsigned preferences_set(struct view *view, enum setting_id id, const char *text);
/* -1 with ERR if TEXT is no value of it; and of "NAME VALUE" if there is no such setting. */
int preferences_check(const struct view *view, enum setting_id id, const char *text,
                      struct error *err);
int preferences_check_line(const struct view *view, const char *line, struct error *err);
/* The same with the number of one that is no text. */
unsigned preferences_set_number(struct view *view, enum setting_id id, long number);
/* The theme before or after the one in use, by name. */
unsigned preferences_next_theme(struct view *view, int by);
/* "NAME VALUE", as after :set. */
unsigned preferences_set_line(struct view *view, const char *line);
/* Keys changed what a setting tells of (focus, drawing): the settings follow. */
void preferences_follow(struct view *view);
/* Writes the state file if it lacks something; a fault is said once. */
void preferences_save(struct view *view);

#endif
