/* script: see script.h. One row of a table a command, and one of "until". */
#include "config.h"

#include "ui/script.h"

#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/run.h"
#include "ui/keyname.h"
#include "ui/style.h"

enum { WIDTH_MAX = 500, HEIGHT_MAX = 200, ITERATION_MAX = 1000000 };
#define SECONDS_MAX 1e7
#define BLANKS      " \t\r"

/* Reads REST, what follows the word on the line, into STEP (or several of SCRIPT). */
typedef int read_rest(struct script *script, struct script_step *step, char *rest,
                      struct error *err);

struct word {
    const char *name;
    enum script_verb verb;
    read_rest *read;
    const char *wants; /* for a message; NULL: nothing follows */
};

static int add(struct script *script, const struct script_step *step)
{
    mem_grow((void **)&script->step, &script->capacity, script->count + 1, sizeof *script->step);
    script->step[script->count++] = *step;
    return 0;
}

/* The next word of *REST, cut off; NULL: there is none. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, BLANKS);
    if (*word == '\0')
        return NULL;
    char *end = word + strcspn(word, BLANKS);
    *rest = *end ? end + 1 : end;
    *end = '\0';
    return word;
}

static int read_keys(struct script *script, struct script_step *step, char *rest, struct error *err)
{
    char *name;
    while ((name = next_word(&rest)) != NULL) {
        step->key = keyname_parse(name);
        if (step->key == 0)
            return error_set(err, ERROR_USAGE, "no key is called \"%s\"", name);
        add(script, step);
    }
    return 0;
}

/* Double quotes around the text keep blanks at its ends. */
static int read_text(struct script *script, struct script_step *step, char *rest, struct error *err)
{
    size_t length = strlen(rest);
    (void)err;
    if (length >= 2 && rest[0] == '"' && rest[length - 1] == '"') {
        rest[length - 1] = '\0';
        rest++;
    }
    step->text = mem_strdup(rest);
    return add(script, step);
}

static int read_regex(struct script *script, struct script_step *step, char *rest,
                      struct error *err)
{
    regex_t regex;
    char why[128];
    int fault = regcomp(&regex, rest, REG_EXTENDED | REG_NOSUB | REG_NEWLINE);
    if (fault != 0) {
        regerror(fault, &regex, why, sizeof why);
        return error_set(err, ERROR_USAGE, "\"%s\" is no regular expression: %s", rest, why);
    }
    regfree(&regex);
    return read_text(script, step, rest, err);
}

int script_size(const char *text, int *width, int *height, struct error *err)
{
    char end;
    if (sscanf(text, "%3dx%3d%c", width, height, &end) == 2 && *width >= 1 && *height >= 1 &&
        *width <= WIDTH_MAX && *height <= HEIGHT_MAX)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "a size is COLUMNSxROWS, 1x1 to %dx%d, for instance 80x24, not \"%s\"",
                     WIDTH_MAX, HEIGHT_MAX, text);
}

static int read_size(struct script *script, struct script_step *step, char *rest, struct error *err)
{
    if (script_size(rest, &step->width, &step->height, err) != 0)
        return -1;
    return add(script, step);
}

/* "press 12 3": column and row count from 1, as people count them. */
static int read_mouse(struct script *script, struct script_step *step, char *rest,
                      struct error *err)
{
    static const char *const kinds[] = {
        [MOUSE_PRESS] = "press", [MOUSE_WHEEL_UP] = "up", [MOUSE_WHEEL_DOWN] = "down"};
    const char *what = next_word(&rest);
    size_t kind = 0;
    int column = 0, row = 0;
    char end;
    while (what && kind < sizeof kinds / sizeof *kinds && strcmp(kinds[kind], what) != 0)
        kind++;
    if (kind == sizeof kinds / sizeof *kinds ||
        sscanf(rest, "%3d %3d %c", &column, &row, &end) != 2 || column < 1 || column > WIDTH_MAX ||
        row < 1 || row > HEIGHT_MAX)
        return error_set(err, ERROR_USAGE,
                         "mouse wants press, up or down, a column and a row, for instance press 10 "
                         "4, not \"%s\"",
                         what ? what : "");
    step->mouse = (struct mouse_event){(enum mouse_kind)kind, column - 1, row - 1};
    return add(script, step);
}

static int read_number(struct script_step *step, const char *rest, double most, struct error *err)
{
    char *end;
    step->number = strtod(rest, &end);
    if (end != rest && *end == '\0' && isfinite(step->number) && step->number >= 0 &&
        step->number <= most)
        return 0;
    return error_set(err, ERROR_USAGE, "a number of 0 to %.0f is wanted, not \"%s\"", most, rest);
}

static int read_seconds(struct script *script, struct script_step *step, char *rest,
                        struct error *err)
{
    return read_number(step, rest, SECONDS_MAX, err) != 0 ? -1 : add(script, step);
}

static int read_iteration(struct script *script, struct script_step *step, char *rest,
                          struct error *err)
{
    return read_number(step, rest, ITERATION_MAX, err) != 0 ? -1 : add(script, step);
}

static int read_charset(struct script *script, struct script_step *step, char *rest,
                        struct error *err)
{
    static const char *const names[] = {
        [CHARSET_ASCII] = "ascii", [CHARSET_BLOCK] = "block", [CHARSET_BRAILLE] = "braille"};
    for (int i = 0; i < CHARSET_COUNT; i++)
        if (strcmp(rest, names[i]) == 0) {
            step->number = i;
            return add(script, step);
        }
    return error_set(err, ERROR_USAGE, "charset wants braille, block or ascii, not \"%s\"", rest);
}

static int read_state(struct script *script, struct script_step *step, char *rest,
                      struct error *err)
{
    for (int i = 0; i < RUN_STATE_COUNT; i++)
        if (strcmp(rest, run_state_name((enum run_state)i)) == 0) {
            step->number = i;
            return add(script, step);
        }
    return error_set(err, ERROR_USAGE, "a run has no state \"%s\"", rest);
}

static int read_nothing(struct script *script, struct script_step *step, char *rest,
                        struct error *err)
{
    (void)rest;
    (void)err;
    return add(script, step);
}

static const struct word until_table[] = {
    {"iteration", SCRIPT_ITERATION, read_iteration, "the number of an iteration"},
    {"state", SCRIPT_STATE, read_state, "the state of a run, for instance holding"},
    {"text", SCRIPT_TEXT, read_regex, "a regular expression"},
    {"rest", SCRIPT_REST, read_nothing, NULL},
    {.name = NULL},
};

static int read_by_table(const struct word *table, struct script *script, struct script_step *step,
                         char *line, struct error *err)
{
    char *rest = line, *name = next_word(&rest);
    const struct word *word = table;
    while (name && word->name && strcmp(word->name, name) != 0)
        word++;
    if (!name || !word->name)
        return error_set(err, ERROR_USAGE, "there is no command \"%s\"", name ? name : "");
    rest += strspn(rest, BLANKS);
    if (word->wants && *rest == '\0')
        return error_set(err, ERROR_USAGE, "%s wants %s", name, word->wants);
    if (!word->wants && *rest != '\0')
        return error_set(err, ERROR_USAGE, "nothing may follow %s, and \"%s\" does", name, rest);
    step->verb = word->verb;
    return word->read(script, step, rest, err);
}

static int read_until(struct script *script, struct script_step *step, char *rest,
                      struct error *err)
{
    if (read_by_table(until_table, script, step, rest, err) == 0)
        return 0;
    error_prefix(err, "until");
    return -1;
}

static const struct word word_table[] = {
    {"key", SCRIPT_KEY, read_keys, "names of keys"},
    {"mouse", SCRIPT_MOUSE, read_mouse, "press, up or down, a column and a row"},
    {"type", SCRIPT_TYPE, read_text, "a text"},
    {"paste", SCRIPT_PASTE, read_text, "a text"},
    {"size", SCRIPT_SIZE, read_size, "COLUMNSxROWS"},
    {"charset", SCRIPT_CHARSET, read_charset, "braille, block or ascii"},
    {"pass", SCRIPT_PASS, read_seconds, "seconds"},
    {"until", SCRIPT_REST, read_until, "iteration N, state NAME, text REGEX or rest"},
    {"save", SCRIPT_SAVE, read_text, "a file"},
    {"expect", SCRIPT_EXPECT, read_text, "a text"},
    {"expect-not", SCRIPT_EXPECT_NOT, read_text, "a text"},
    {.name = NULL},
};

static int read_line(struct script *script, int number, char *line, struct error *err)
{
    struct script_step step = {.line = number};
    size_t length = strlen(line);
    while (length > 0 && strchr(BLANKS, line[length - 1]))
        line[--length] = '\0';
    line += strspn(line, BLANKS);
    if (*line == '\0' || *line == '#')
        return 0;
    if (read_by_table(word_table, script, &step, line, err) == 0)
        return 0;
    error_prefix(err, "%s:%d", script->file, number);
    return -1;
}

int script_parse(struct script *script, const char *file, const char *text, size_t length,
                 struct error *err)
{
    *script = (struct script){.file = file};
    int number = 0, status = 0;
    while (status == 0 && length > 0) {
        const char *newline = memchr(text, '\n', length);
        size_t bytes = newline ? (size_t)(newline - text) : length;
        char *line = mem_printf("%.*s", (int)bytes, text);
        status = read_line(script, ++number, line, err);
        free(line);
        bytes += newline != NULL;
        text += bytes;
        length -= bytes;
    }
    if (status != 0)
        script_fini(script);
    return status;
}

void script_fini(struct script *script)
{
    for (size_t i = 0; i < script->count; i++)
        free(script->step[i].text);
    free(script->step);
    *script = (struct script){.file = script->file};
}
