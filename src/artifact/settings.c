/* settings: see settings.h. */
#include "config.h"

#include "artifact/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANELS "kpis|deltas|params|guards|gate|runs|journal"
#define MEANS  "visual|bell|notify|command"

#define ALERT(NAME, FALLBACK, HELP)                                                                \
    {                                                                                              \
        .name = NAME, .type = SETTING_SET, .words = MEANS, .fallback = FALLBACK, .help = HELP      \
    }

const struct setting_row setting_table[SETTING_COUNT] = {
    [SETTING_THEME] = {.name = "theme",
                       .type = SETTING_TEXT,
                       .fallback = "default",
                       .help = "colours: default, light, high-contrast, mono, one of your own, or "
                               "the path of a file"},
    [SETTING_CHARSET] = {.name = "charset",
                         .type = SETTING_CHOICE,
                         .words = "auto|braille|block|ascii",
                         .fallback = "auto",
                         .help = "what graphs and frames are drawn with; auto: the most that the "
                                 "terminal shows"},
    [SETTING_MOUSE] = {.name = "mouse",
                       .type = SETTING_FLAG,
                       .fallback = "on",
                       .help = "the mouse selects, scrolls and opens; off: the terminal has it, to "
                               "mark text"},
    [SETTING_CLIPBOARD] = {.name = "clipboard",
                           .type = SETTING_FLAG,
                           .fallback = "on",
                           .help = "copying writes to the terminal's clipboard by OSC 52"},
    [SETTING_FOCUS] = {.name = "focus",
                       .type = SETTING_CHOICE,
                       .words = PANELS,
                       .fallback = "deltas",
                       .help = "the panel that has the keys"},
    [SETTING_PANELS] = {.name = "panels",
                        .type = SETTING_SET,
                        .words = PANELS,
                        .fallback = "kpis,deltas,params,guards,gate,runs,journal",
                        .help = "panels that are shown where there is room"},
    [SETTING_PANEL_SIZE] = {.name = "panel-size",
                            .type = SETTING_CHOICE,
                            .words = "normal|half|full",
                            .fallback = "normal",
                            .help = "how much of the screen the focused panel has"},
    [SETTING_ALERT_PROPOSAL] = ALERT("alert-proposal", "visual,bell",
                                     "alert when a new proposal waits for you"),
    [SETTING_ALERT_VERDICT] = ALERT("alert-verdict", "visual",
                                    "alert when the verdict of the newest iterations changes"),
    [SETTING_ALERT_FREEZE] = ALERT("alert-freeze", "none", "alert when a freeze begins"),
    [SETTING_ALERT_ITERATION_FAILED] = ALERT("alert-iteration-failed", "visual",
                                             "alert when an iteration failed"),
    [SETTING_ALERT_RUN_FAILED] = ALERT("alert-run-failed", "visual,bell",
                                       "alert when the soak ended by a fault"),
    [SETTING_ALERT_RUN_FINISHED] = ALERT("alert-run-finished", "visual,bell",
                                         "alert when the soak has run its last iteration"),
    [SETTING_ALERT_EXTERNAL] = ALERT("alert-external-change", "visual,bell",
                                     "alert when another process changed the parameters on disk"),
    [SETTING_ALERT_TRIPWIRE] = ALERT("alert-tripwire", "visual,bell",
                                     "alert when a tripwire fires"),
    [SETTING_ALERT_DIVERGED] = ALERT("alert-diverged", "visual,bell",
                                     "alert when the bot reports other parameters than are in "
                                     "force"),
    [SETTING_ALERT_COMMAND] = {.name = "alert-command",
                               .type = SETTING_TEXT,
                               .fallback = "",
                               .help = "run by /bin/sh for alerts with \"command\"; it finds "
                                       "SOAKTOP_EVENT, SOAKTOP_RUN, SOAKTOP_ITERATION and "
                                       "SOAKTOP_TEXT in its environment"},
    [SETTING_ALERT_TIMEOUT] = {.name = "alert-timeout",
                               .type = SETTING_INT,
                               .minimum = 1,
                               .maximum = 600,
                               .fallback = "30",
                               .unit = "s",
                               .help = "the alert's command is ended after this time"},
};

const char *setting_origin_name(enum setting_origin origin)
{
    static const char *const names[ORIGIN_COUNT] = {"default", "remembered", "config.json",
                                                    "command line", "you"};
    return names[(unsigned)origin < ORIGIN_COUNT ? origin : FROM_DEFAULT];
}

enum setting_id settings_find(const char *name)
{
    for (int id = 0; id < SETTING_COUNT; id++)
        if (strcmp(setting_table[id].name, name) == 0)
            return (enum setting_id)id;
    return SETTING_COUNT;
}

int settings_words(enum setting_id id)
{
    const char *words = setting_table[id].words;
    int count = words ? 1 : 0;
    for (; words && *words; words++)
        count += *words == '|';
    return count;
}

void settings_word(enum setting_id id, int index, char word[SETTING_WORD_MAX])
{
    const char *at = setting_table[id].words;
    for (; index > 0; index--)
        at = strchr(at, '|') + 1;
    snprintf(word, SETTING_WORD_MAX, "%.*s", (int)strcspn(at, "|"), at);
}

/* Place of the LENGTH bytes of TEXT among the words; -1: none. */
static int word_index(enum setting_id id, const char *text, size_t length)
{
    char word[SETTING_WORD_MAX];
    for (int i = 0; i < settings_words(id); i++) {
        settings_word(id, i, word);
        if (strlen(word) == length && memcmp(word, text, length) == 0)
            return i;
    }
    return -1;
}

/* "a, b or c" of the words. */
static void list_words(enum setting_id id, const char *last, char *text, size_t size)
{
    char word[SETTING_WORD_MAX];
    int count = settings_words(id);
    size_t length = 0;
    text[0] = '\0';
    for (int i = 0; i < count && length < size; i++) {
        settings_word(id, i, word);
        const char *between = i == 0 ? "" : i == count - 1 ? last : ", ";
        length += (size_t)snprintf(text + length, size - length, "%s%s", between, word);
    }
}

void settings_bounds(enum setting_id id, char *text, size_t size)
{
    const struct setting_row *row = &setting_table[id];
    switch (row->type) {
    case SETTING_FLAG:
        snprintf(text, size, "on or off");
        break;
    case SETTING_INT:
        snprintf(text, size, "%ld to %ld%s%s", row->minimum, row->maximum, row->unit ? " " : "",
                 row->unit ? row->unit : "");
        break;
    case SETTING_CHOICE:
        list_words(id, " or ", text, size);
        break;
    case SETTING_SET: {
        char words[SETTING_TEXT_MAX];
        list_words(id, ", ", words, sizeof words);
        snprintf(text, size, "none, or some of %s", words);
        break;
    }
    case SETTING_TEXT:
        snprintf(text, size, "text of up to %d bytes", SETTING_TEXT_MAX - 1);
        break;
    }
}

static int refuse(enum setting_id id, const char *text, struct error *err)
{
    char bounds[SETTING_TEXT_MAX];
    settings_bounds(id, bounds, sizeof bounds);
    return error_set(err, ERROR_INPUT, "%s wants %s, not \"%.80s\"", setting_table[id].name, bounds,
                     text);
}

static int parse_flag(const char *text, long *number)
{
    static const char *const words[] = {"off", "on", "no", "yes", "false", "true", "0", "1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0) {
            *number = (long)(i % 2);
            return 0;
        }
    return -1;
}

static int parse_int(const struct setting_row *row, const char *text, long *number)
{
    char *end;
    errno = 0;
    *number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0)
        return -1;
    return *number >= row->minimum && *number <= row->maximum ? 0 : -1;
}

static int parse_set(enum setting_id id, const char *text, long *number)
{
    *number = 0;
    if (strcmp(text, "none") == 0 || *text == '\0')
        return 0;
    for (;; text++) {
        size_t length = strcspn(text, ",");
        int index = word_index(id, text, length);
        if (index < 0)
            return -1;
        *number |= 1L << index;
        text += length;
        if (*text == '\0')
            return 0;
    }
}

static int parse_number(enum setting_id id, const char *text, long *number)
{
    switch (setting_table[id].type) {
    case SETTING_FLAG:
        return parse_flag(text, number);
    case SETTING_INT:
        return parse_int(&setting_table[id], text, number);
    case SETTING_CHOICE:
        *number = word_index(id, text, strlen(text));
        return *number < 0 ? -1 : 0;
    case SETTING_SET:
        return parse_set(id, text, number);
    case SETTING_TEXT:
        break;
    }
    return -1;
}

int settings_parse(struct settings *settings, enum setting_id id, const char *text,
                   enum setting_origin origin, struct error *err)
{
    struct setting *value = &settings->value[id];
    if (setting_table[id].type == SETTING_TEXT) {
        if (strlen(text) >= sizeof value->text)
            return refuse(id, text, err);
        snprintf(value->text, sizeof value->text, "%s", text);
    } else {
        long number;
        if (parse_number(id, text, &number) != 0)
            return refuse(id, text, err);
        value->number = number;
    }
    value->origin = origin;
    return 0;
}

static bool fits(enum setting_id id, long number)
{
    const struct setting_row *row = &setting_table[id];
    switch (row->type) {
    case SETTING_FLAG:
        return number == 0 || number == 1;
    case SETTING_INT:
        return number >= row->minimum && number <= row->maximum;
    case SETTING_CHOICE:
        return number >= 0 && number < settings_words(id);
    case SETTING_SET:
        return number >= 0 && number < 1L << settings_words(id);
    case SETTING_TEXT:
        break;
    }
    return false;
}

void settings_set(struct settings *settings, enum setting_id id, long number,
                  enum setting_origin origin)
{
    if (!fits(id, number))
        return;
    settings->value[id].number = number;
    settings->value[id].origin = origin;
}

static void print_set(enum setting_id id, long number, char *text, size_t size)
{
    char word[SETTING_WORD_MAX];
    size_t length = 0;
    snprintf(text, size, "none");
    for (int i = 0; i < settings_words(id) && length < size; i++) {
        if (!(number >> i & 1))
            continue;
        settings_word(id, i, word);
        length += (size_t)snprintf(text + length, size - length, "%s%s", length > 0 ? "," : "",
                                   word);
    }
}

void settings_print(const struct settings *settings, enum setting_id id, char *text, size_t size)
{
    const struct setting *value = &settings->value[id];
    switch (setting_table[id].type) {
    case SETTING_FLAG:
        snprintf(text, size, "%s", value->number ? "on" : "off");
        break;
    case SETTING_INT:
        snprintf(text, size, "%ld", value->number);
        break;
    case SETTING_CHOICE: {
        char word[SETTING_WORD_MAX];
        settings_word(id, (int)value->number, word);
        snprintf(text, size, "%s", word);
        break;
    }
    case SETTING_SET:
        print_set(id, value->number, text, size);
        break;
    case SETTING_TEXT:
        snprintf(text, size, "%s", value->text);
        break;
    }
}

void settings_reset(struct settings *settings, enum setting_id id)
{
    settings->value[id] = (struct setting){.number = 0};
    settings_parse(settings, id, setting_table[id].fallback, FROM_DEFAULT, NULL);
}

void settings_init(struct settings *settings)
{
    for (int id = 0; id < SETTING_COUNT; id++)
        settings_reset(settings, (enum setting_id)id);
}

bool settings_is_default(const struct settings *settings, enum setting_id id)
{
    struct settings fresh;
    settings_reset(&fresh, id);
    const struct setting *value = &settings->value[id];
    return value->number == fresh.value[id].number &&
           (setting_table[id].type != SETTING_TEXT ||
            strcmp(value->text, fresh.value[id].text) == 0);
}
