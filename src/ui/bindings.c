/* bindings: see bindings.h. UI thread. One table beside the table of actions: row i of it belongs
 * to action_table[i]. A row without help is explained by the nearest row above that has some; they
 * make a group, whose keys are shown together. */
#include "config.h"

#include "ui/bindings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/key.h"
#include "ui/keyname.h"

enum {
    TEXT_MAX = 64,
    GROUP_KEYS_MAX = 64,
    LABEL_COLUMNS = 7,
    RUN_MIN = 4, /* so many characters in a row are shown as "1 .. 7" */
    ARROWS = 4,
    TURNS = 8,
    EXPANDED_MAX = 1024
};

static struct {
    bool ready, told; /* told: TEXT is up to date */
    size_t count;
    struct binding row[ACTIONS_MAX][ACTION_KEYS_MAX];
    char text[ACTIONS_MAX][TEXT_MAX];
    char first[ACTIONS_MAX][KEYNAME_MAX + ACTION_NAME_MAX];
} table;

void bindings_reset(void)
{
    memset(&table, 0, sizeof table);
    table.ready = true;
    for (const struct action *action = action_table; action->name != NULL; action++, table.count++)
        for (size_t i = 0; i < ACTION_KEYS_MAX; i++)
            table.row[table.count][i].key = action->key[i];
}

static size_t index_of(const struct action *action)
{
    if (!table.ready)
        bindings_reset();
    size_t index = (size_t)(action - action_table);
    if (index >= table.count)
        abort();
    return index;
}

void bindings_clear(const struct action *action)
{
    memset(table.row[index_of(action)], 0, sizeof table.row[0]);
    table.told = false;
}

bool bindings_add(const struct action *action, struct binding binding)
{
    struct binding *row = table.row[index_of(action)];
    for (size_t i = 0; i < ACTION_KEYS_MAX; i++)
        if (row[i].key == 0) {
            row[i] = binding;
            table.told = false;
            return true;
        }
    return false;
}

void bindings_remove(const struct action *action, unsigned key)
{
    struct binding *row = table.row[index_of(action)];
    size_t kept = 0;
    for (size_t i = 0; i < ACTION_KEYS_MAX; i++)
        if (row[i].key != key)
            row[kept++] = row[i];
    for (; kept < ACTION_KEYS_MAX; kept++)
        row[kept] = (struct binding){.key = 0};
    table.told = false;
}

const struct binding *bindings_of(const struct action *action)
{
    return table.row[index_of(action)];
}

bool bindings_has(const struct action *action, unsigned key)
{
    const struct binding *row = bindings_of(action);
    for (size_t i = 0; key != 0 && i < ACTION_KEYS_MAX; i++)
        if (row[i].key == key)
            return true;
    return false;
}

/* Rows that the help of row FIRST is for. */
static size_t group_size(size_t first)
{
    size_t size = 1;
    while (first + size < table.count && action_table[first + size].help == NULL)
        size++;
    return size;
}

/* The keys of a group: the first of each row, then the second of each, and so on. */
static size_t group_keys(size_t first, unsigned key[GROUP_KEYS_MAX])
{
    size_t size = action_table[first].help != NULL ? group_size(first) : 1, count = 0;
    for (size_t slot = 0; slot < ACTION_KEYS_MAX; slot++)
        for (size_t i = 0; i < size && count < GROUP_KEYS_MAX; i++)
            if (table.row[first + i][slot].key != 0)
                key[count++] = table.row[first + i][slot].key;
    return count;
}

static bool are_arrows(const unsigned *key, size_t count)
{
    unsigned seen = 0;
    if (count < ARROWS)
        return false;
    for (int i = 0; i < ARROWS; i++)
        if (key[i] >= KEYCODE_UP && key[i] <= KEYCODE_RIGHT)
            seen |= 1u << (key[i] - KEYCODE_UP);
    return seen == (1u << ARROWS) - 1;
}

/* Keys from the first on that are digits in a row. */
static size_t digits_in_row(const unsigned *key, size_t count)
{
    size_t length = 1;
    while (length < count && key[length] == key[0] + length && key[length] <= '9')
        length++;
    return key[0] >= '0' && key[0] <= '9' ? length : 1;
}

static void tell_group(size_t first)
{
    unsigned key[GROUP_KEYS_MAX];
    char *text = table.text[first], name[KEYNAME_MAX];
    size_t count = group_keys(first, key), length = 0, step;
    for (size_t i = 0; i < count && length < TEXT_MAX; i += step) {
        const char *gap = i > 0 ? " " : "";
        size_t run = digits_in_row(key + i, count - i);
        step = 1;
        if (are_arrows(key + i, count - i)) {
            step = ARROWS;
            length += (size_t)snprintf(text + length, TEXT_MAX - length, "%sarrows", gap);
        } else if (run >= RUN_MIN) {
            step = run;
            length += (size_t)snprintf(text + length, TEXT_MAX - length, "%s%c .. %c", gap,
                                       (char)key[i], (char)key[i + run - 1]);
        } else if (keyname_format(key[i], name)) {
            length += (size_t)snprintf(text + length, TEXT_MAX - length, "%s%s", gap, name);
        }
    }
}

/* Makes the texts anew if bindings changed. */
static void tell(void)
{
    if (table.ready && table.told)
        return;
    if (!table.ready)
        bindings_reset();
    memset(table.text, 0, sizeof table.text);
    for (size_t i = 0; i < table.count; i++) {
        char name[KEYNAME_MAX];
        tell_group(i);
        if (table.text[i][0] == '\0')
            snprintf(table.text[i], TEXT_MAX, ":%s", action_table[i].name);
        if (keyname_format(table.row[i][0].key, name))
            snprintf(table.first[i], sizeof table.first[i], "%s", name);
        else
            snprintf(table.first[i], sizeof table.first[i], ":%s", action_table[i].name);
    }
    table.told = true;
}

const char *bindings_text(const struct action *action)
{
    tell();
    return table.text[index_of(action)];
}

void bindings_own_text(const struct action *action, char text[BINDINGS_OWN_MAX])
{
    const struct binding *row = bindings_of(action);
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < ACTION_KEYS_MAX && row[i].key != 0 && length < BINDINGS_OWN_MAX; i++) {
        char name[KEYNAME_MAX];
        keyname_format(row[i].key, name);
        length += (size_t)snprintf(text + length, BINDINGS_OWN_MAX - length, "%s%s",
                                   i > 0 ? " " : "", name);
    }
}

void bindings_label(const struct action *action, char label[BINDINGS_LABEL_MAX])
{
    size_t first = index_of(action), size = group_size(first), length = 0;
    bool together = size > 1 && 2 * size - 1 <= LABEL_COLUMNS;
    for (size_t i = 0; together && i < size; i++) {
        unsigned key = table.row[first + i][0].key;
        together = key > ' ' && key < 0x7f;
    }
    label[0] = '\0';
    for (size_t i = 0; together && i < size; i++)
        length += (size_t)snprintf(label + length, BINDINGS_LABEL_MAX - length, "%s%c",
                                   i > 0 ? " " : "", (char)table.row[first + i][0].key);
    if (!together)
        keyname_format(table.row[first][0].key, label);
    if (strcmp(label, "Space") == 0)
        snprintf(label, BINDINGS_LABEL_MAX, "Spc");
}

const char *bindings_key(const char *name)
{
    tell();
    for (size_t i = 0; i < table.count; i++)
        if (strcmp(action_table[i].name, name) == 0)
            return table.first[i];
    return "?";
}

/* The key that stands for "{NAME}" at TEXT, and the length of that; NULL if it is none. */
static const char *key_at(const char *text, size_t *length)
{
    char name[ACTION_NAME_MAX];
    size_t letters = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz-");
    if (letters == 0 || letters >= sizeof name || text[1 + letters] != '}')
        return NULL;
    memcpy(name, text + 1, letters);
    name[letters] = '\0';
    if (action_find(name) == NULL)
        return NULL;
    *length = letters + 2;
    return bindings_key(name);
}

static void expand_into(char *target, size_t size, const char *text)
{
    size_t at = 0;
    while (*text != '\0' && at + 1 < size) {
        size_t length = 0;
        const char *key = *text == '{' ? key_at(text, &length) : NULL;
        if (key == NULL) {
            target[at++] = *text++;
            continue;
        }
        text += length;
        while (*key != '\0' && at + 1 < size)
            target[at++] = *key++;
    }
    target[at] = '\0';
}

void bindings_expand(char *text, size_t size)
{
    char *copy = strchr(text, '{') != NULL ? strdup(text) : NULL;
    if (copy != NULL)
        expand_into(text, size, copy);
    free(copy);
}

const char *bindings_expanded(const char *text)
{
    static char buffer[TURNS][EXPANDED_MAX];
    static size_t turn;
    if (strchr(text, '{') == NULL)
        return text;
    turn = (turn + 1) % TURNS;
    expand_into(buffer[turn], sizeof buffer[turn], text);
    return buffer[turn];
}
