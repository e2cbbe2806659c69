/* settings: what an operator can set about the dashboard: one table of rows, from which the readers
 * of the files, the options dialog, :set, :save-config and the manual are made. A value is plain
 * and knows where it came from. Pure; any thread. */
#ifndef SOAKTOP_ARTIFACT_SETTINGS_H
#define SOAKTOP_ARTIFACT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include "model/error.h"

enum setting_id {
    SETTING_THEME,
    SETTING_CHARSET,
    SETTING_MOUSE,
    SETTING_CLIPBOARD,
    SETTING_FOCUS,
    SETTING_PANELS,
    SETTING_PANEL_SIZE,
    SETTING_ALERT_PROPOSAL, /* the alerts stand together, in the order of enum alert_event */
    SETTING_ALERT_VERDICT,
    SETTING_ALERT_FREEZE,
    SETTING_ALERT_ITERATION_FAILED,
    SETTING_ALERT_RUN_FAILED,
    SETTING_ALERT_RUN_FINISHED,
    SETTING_ALERT_EXTERNAL,
    SETTING_ALERT_TRIPWIRE,
    SETTING_ALERT_DIVERGED,
    SETTING_ALERT_COMMAND,
    SETTING_ALERT_TIMEOUT,
    SETTING_COUNT
};

enum setting_type {
    SETTING_FLAG,   /* number 0 or 1; "on", "off"; JSON true, false */
    SETTING_INT,    /* number in minimum..maximum */
    SETTING_CHOICE, /* number: place of the word in WORDS, from 0 */
    SETTING_SET,    /* number: a bit for each word in WORDS; "a,b" or "none"; JSON: list of words */
    SETTING_TEXT    /* text */
};

enum { SETTING_TEXT_MAX = 512, SETTING_WORD_MAX = 24 };

struct setting_row {
    const char *name; /* as files and :set name it: "alert-proposal" */
    enum setting_type type;
    const char *words;     /* CHOICE, SET: separated by "|" */
    long minimum, maximum; /* INT */
    const char *fallback;  /* default, as text */
    const char *unit;      /* "s"; NULL: none */
    const char *help;
};
extern const struct setting_row setting_table[SETTING_COUNT];

/* Where a value came from; a higher one wins. */
enum setting_origin {
    FROM_DEFAULT,
    FROM_STATE,        /* remembered: set in the dashboard of an earlier time */
    FROM_CONFIG,       /* config.json */
    FROM_COMMAND_LINE, /* --theme */
    FROM_OPERATOR,     /* set in this dashboard, live */
    ORIGIN_COUNT
};
const char *setting_origin_name(enum setting_origin origin); /* "remembered" */

struct setting {
    long number;
    char text[SETTING_TEXT_MAX]; /* of a TEXT */
    enum setting_origin origin;
};

struct settings {
    struct setting value[SETTING_COUNT];
};

/* All defaults. */
void settings_init(struct settings *settings);
/* SETTING_COUNT if there is none of that name. */
enum setting_id settings_find(const char *name);
/* Sets one from text as an operator types it. -1: as it was, ERR names setting, value and bounds.
 */
int settings_parse(struct settings *settings, enum setting_id id, const char *text,
                   enum setting_origin origin, struct error *err);
/* Sets the number of one that is no TEXT, unless it is out of bounds. */
void settings_set(struct settings *settings, enum setting_id id, long number,
                  enum setting_origin origin);
/* The value as settings_parse takes it. */
void settings_print(const struct settings *settings, enum setting_id id, char *text, size_t size);
/* What it may be: "auto, braille, block or ascii"; "1 to 600 s". */
void settings_bounds(enum setting_id id, char *text, size_t size);
bool settings_is_default(const struct settings *settings, enum setting_id id);
/* Back to the default. */
void settings_reset(struct settings *settings, enum setting_id id);
/* How many words a CHOICE or SET has; word INDEX of them in WORD. */
int settings_words(enum setting_id id);
void settings_word(enum setting_id id, int index, char word[SETTING_WORD_MAX]);

#endif
