/* difference: see difference.h. */
#include "config.h"

#include "model/difference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

static bool same(struct value a, struct value b)
{
    if (!value_present(a) || !value_present(b))
        return value_present(a) == value_present(b);
    return number_equal(a.number, b.number);
}

static struct difference_row *add(struct difference *difference)
{
    void *rows = difference->row;
    if (difference->count == DIFFERENCE_ROWS_MAX) {
        difference->left_out++;
        return NULL;
    }
    mem_grow(&rows, &difference->capacity, difference->count + 1, sizeof *difference->row);
    difference->row = rows;
    struct difference_row *row = &difference->row[difference->count++];
    memset(row, 0, sizeof *row);
    row->param = -1;
    row->expected = row->found = row->wanted = value_missing();
    return row;
}

static bool is_staged(const struct delta *delta)
{
    return delta->state == DELTA_APPROVED || delta->state == DELTA_EDITED;
}

/* The line of WAITING that would write PARAM, staged or still open; NULL: none. */
static const struct delta *line_of(const struct proposal *waiting, int param)
{
    for (size_t i = 0; waiting && i < waiting->count; i++)
        if (waiting->delta[i].param == param &&
            (is_staged(&waiting->delta[i]) || waiting->delta[i].state == DELTA_PROPOSED))
            return &waiting->delta[i];
    return NULL;
}

struct difference *difference_new(const struct value *expected, const struct value *found,
                                  size_t count, const struct param_table *table,
                                  const struct proposal *waiting)
{
    struct difference *made = mem_alloc(sizeof *made);
    *made = (struct difference){0};
    for (size_t i = 0; i < count && i < table->count; i++) {
        const struct delta *line = line_of(waiting, (int)i);
        bool staged = line && is_staged(line);
        if (same(expected[i], found[i]) && !staged)
            continue;
        struct difference_row *row = add(made);
        if (!row)
            continue;
        snprintf(row->key, sizeof row->key, "%s.%s", table->param[i].section, table->param[i].name);
        row->param = (int)i;
        row->expected = expected[i];
        row->found = found[i];
        row->wanted = line ? value_of(line->after) : value_missing();
        row->staged = staged;
    }
    return made;
}

void difference_add_key_take(struct difference *difference, const char *key, char *expected_text,
                             char *found_text)
{
    struct difference_row *row = add(difference);
    if (!row) {
        free(expected_text);
        free(found_text);
        return;
    }
    snprintf(row->key, sizeof row->key, "%s", key);
    row->expected_text = expected_text;
    row->found_text = found_text;
}

static char *text_copy(const char *text)
{
    return text ? mem_strdup(text) : NULL;
}

struct difference *difference_copy(const struct difference *difference)
{
    if (!difference)
        return NULL;
    struct difference *copy = mem_alloc(sizeof *copy);
    *copy = (struct difference){.left_out = difference->left_out};
    for (size_t i = 0; i < difference->count; i++) {
        struct difference_row *row = add(copy);
        *row = difference->row[i];
        row->expected_text = text_copy(row->expected_text);
        row->found_text = text_copy(row->found_text);
    }
    return copy;
}

void difference_free(struct difference *difference)
{
    if (!difference)
        return;
    for (size_t i = 0; i < difference->count; i++) {
        free(difference->row[i].expected_text);
        free(difference->row[i].found_text);
    }
    free(difference->row);
    free(difference);
}

/* The file's value is another than expected; of other keys there is no row without that. */
static bool moved(const struct difference_row *row)
{
    return row->param < 0 || !same(row->expected, row->found);
}

const char *difference_word(const struct difference_row *row)
{
    if (!row->staged)
        return "disk";
    if (!moved(row))
        return "staged";
    return same(row->found, row->wanted) ? "agree" : "CONFLICT";
}

size_t difference_conflicts(const struct difference *difference)
{
    size_t count = 0;
    for (size_t i = 0; i < difference->count; i++) {
        const struct difference_row *row = &difference->row[i];
        count += row->staged && moved(row) && !same(row->found, row->wanted);
    }
    return count;
}

void difference_others(const struct difference *difference, char *text, size_t size)
{
    size_t count = difference ? difference->left_out : 0;
    text[0] = '\0';
    for (size_t i = 0; difference && i < difference->count; i++)
        count += difference->row[i].param < 0;
    if (count > 0)
        snprintf(text, size, ", %zu other key%s", count, count == 1 ? "" : "s");
}
