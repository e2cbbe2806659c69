/* difference_lines: see difference_lines.h. */
#include "config.h"

#include "ui/difference_lines.h"

#include <stdio.h>
#include <string.h>

enum { CELL_MAX = 40, KEY_WIDTH = 32 };

/* "not set" where the file does not hold it. */
static const char *number(const struct param *param, struct value value, char cell[CELL_MAX])
{
    if (!value_present(value))
        return "not set";
    return param_format(param, value, cell, CELL_MAX);
}

static const char *text_or(const char *text, const char *none)
{
    return text ? text : none;
}

static void add_row(const struct difference_row *row, const struct param_table *table,
                    struct buffer *text)
{
    char expected[CELL_MAX], found[CELL_MAX], wanted[CELL_MAX - 8], shown[CELL_MAX] = "-";
    if (row->param < 0 || (size_t)row->param >= table->count) {
        buffer_printf(text, "%-*s %9.24s %9.24s %9s  %s\n", KEY_WIDTH, row->key,
                      text_or(row->expected_text, "not set"), text_or(row->found_text, "not set"),
                      shown, difference_word(row));
        return;
    }
    const struct param *param = &table->param[row->param];
    if (value_present(row->wanted)) {
        param_format(param, row->wanted, wanted, sizeof wanted);
        snprintf(shown, sizeof shown, row->staged ? "%s" : "(%s)", wanted);
    }
    buffer_printf(text, "%-*s %9s %9s %9s  %s\n", KEY_WIDTH, row->key,
                  number(param, row->expected, expected), number(param, row->found, found), shown,
                  difference_word(row));
}

void difference_lines(const struct change *change, const struct param_table *table,
                      struct buffer *text)
{
    const struct difference *difference = change->difference;
    if (!difference || difference->count == 0) {
        buffer_puts(text, "no value differs, only the way in which one is written\n");
        return;
    }
    buffer_printf(text, "%-*s %9s %9s %9s\n", KEY_WIDTH, "key", "expected", "on disk", "staged");
    for (size_t i = 0; i < difference->count; i++)
        add_row(&difference->row[i], table, text);
    if (difference->left_out > 0)
        buffer_printf(text, "and %zu more\n", difference->left_out);
}
