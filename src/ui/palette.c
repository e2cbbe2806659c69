/* palette: see palette.h. UI thread. */
#include "config.h"

#include "ui/palette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/nearest.h"
#include "ui/bindings.h"
#include "ui/fuzzy.h"
#include "ui/keyname.h"

enum {
    NAME_WEIGHT = 4, /* a name counts more than what help says */
    WHOLE = 1000,    /* for a word that is the whole name */
    BEGINNING = 40,  /* for one that it begins with */
    EXACT_KEY = 500  /* for one that is a key */
};

const char *palette_name(const struct palette_row *row)
{
    return row->action != NULL ? row->action->name : row->command->name;
}

const char *palette_help(const struct palette_row *row)
{
    return row->action != NULL ? action_summary(row->action) : row->command->help;
}

const char *palette_why_not(const struct palette_row *row, const struct view *view)
{
    if (row->action != NULL)
        return action_why_not(row->action, view);
    const char *why = row->command->unavailable != NULL ? row->command->unavailable(view) : NULL;
    return why != NULL ? bindings_expanded(why) : NULL;
}

const char *palette_split(const char *text, char name[ACTION_NAME_MAX])
{
    text += strspn(text, " :");
    size_t length = strcspn(text, " ");
    snprintf(name, ACTION_NAME_MAX, "%.*s",
             (int)(length < ACTION_NAME_MAX ? length : ACTION_NAME_MAX - 1), text);
    text += length;
    return text + strspn(text, " ");
}

static int key_score(const struct action *action, const char *word)
{
    unsigned key = keyname_parse(word);
    return action != NULL && bindings_has(action, key) ? EXACT_KEY : 0;
}

static int word_score(const struct palette_row *row, const char *word)
{
    const char *name = palette_name(row);
    int score = NAME_WEIGHT * fuzzy_score(word, name);
    int help = fuzzy_score(word, bindings_expanded(palette_help(row)));
    if (strcmp(word, name) == 0)
        score += WHOLE;
    else if (strncmp(word, name, strlen(word)) == 0)
        score += BEGINNING;
    if (!fuzzy_is_tight(word, help))
        help = 0;
    return (score > help ? score : help) + key_score(row->action, word);
}

/* 0: a word of TEXT does not fit. */
static int row_score(const struct palette_row *row, const char *text)
{
    char word[ACTION_NAME_MAX];
    int score = 1;
    for (const char *rest = palette_split(text, word); word[0] != '\0';
         rest = palette_split(rest, word)) {
        int more = word_score(row, word);
        if (more == 0)
            return 0;
        score += more;
        bool named = strncmp(word, palette_name(row), strlen(word)) == 0;
        if (named && row->command != NULL && row->command->argument != NULL)
            return score; /* the rest is its argument */
    }
    return score;
}

static void add_row(struct palette_list *list, struct palette_row row, const char *text)
{
    row.score = row_score(&row, text);
    if (row.score > 0 && list->count < PALETTE_ROWS_MAX)
        list->row[list->count++] = row;
}

/* The place in the tables, for those that fit equally well: actions first. */
static bool stands_before(const struct palette_row *a, const struct palette_row *b)
{
    if ((a->action != NULL) != (b->action != NULL))
        return a->action != NULL;
    return a->action != NULL ? a->action < b->action : a->command < b->command;
}

static int compare_rows(const void *left, const void *right)
{
    const struct palette_row *a = left, *b = right;
    if (a->score != b->score)
        return b->score - a->score;
    return stands_before(a, b) ? -1 : 1;
}

void palette_list_fill(struct palette_list *list, const char *text)
{
    list->count = 0;
    for (const struct action *action = action_table; action->name != NULL; action++)
        add_row(list, (struct palette_row){.action = action}, text);
    for (const struct palette_command *command = palette_command_table; command->name != NULL;
         command++)
        add_row(list, (struct palette_row){.command = command}, text);
    qsort(list->row, list->count, sizeof *list->row, compare_rows);
}

bool palette_is_number(const char *text)
{
    char name[ACTION_NAME_MAX];
    const char *rest = palette_split(text, name);
    return name[0] != '\0' && *rest == '\0' && strspn(name, "0123456789") == strlen(name);
}

bool palette_choose(const char *text, const struct palette_row *selected, struct palette_row *row)
{
    char name[ACTION_NAME_MAX];
    const char *rest = palette_split(text, name);
    *row = (struct palette_row){.command = palette_command_find(name)};
    if (row->command == NULL && *rest == '\0')
        row->action = action_find(name);
    if (row->command == NULL && row->action == NULL && selected != NULL)
        *row = *selected;
    return row->command != NULL || row->action != NULL;
}

void palette_hint(const char *text, char *hint, size_t size)
{
    char name[ACTION_NAME_MAX], words[NEAREST_HINT_MAX];
    palette_split(text, name);
    struct nearest nearest = nearest_to(name);
    for (const struct action *action = action_table; action->name != NULL; action++)
        nearest_offer(&nearest, action->name);
    for (const struct palette_command *row = palette_command_table; row->name != NULL; row++)
        nearest_offer(&nearest, row->name);
    nearest_hint(&nearest, words);
    snprintf(hint, size, "%s", words);
}
