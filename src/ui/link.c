/* link: see link.h. UI thread. */
#include "config.h"

#include "ui/link.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ui/panel.h"

#define SCHEME "soak://"

enum { ITERATION_LIMIT = 1000000, NUMBER_BASE = 10 };

static bool is_plain(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr("._-", c) != NULL);
}

/* Appends RAW encoded at *LENGTH of TEXT. */
static void append(char *text, size_t size, size_t *length, const char *raw)
{
    for (; *raw != '\0' && *length + 4 < size; raw++) {
        unsigned char c = (unsigned char)*raw;
        if (is_plain(c))
            *length += (size_t)snprintf(text + *length, size - *length, "%c", c);
        else
            *length += (size_t)snprintf(text + *length, size - *length, "%%%02X", c);
    }
}

/* The key of a line of the deltas panel begins with its iteration, which the link names already. */
static const char *bare_row(enum panel_id panel, int iteration, const char *row)
{
    char prefix[16];
    int length = snprintf(prefix, sizeof prefix, "%d ", iteration);
    if (panel == PANEL_DELTAS && strncmp(row, prefix, (size_t)length) == 0)
        return row + length;
    return row;
}

void link_make(char *text, size_t size, const char *run, int iteration, enum panel_id panel,
               const char *row)
{
    size_t length = (size_t)snprintf(text, size, SCHEME);
    row = bare_row(panel, iteration, row);
    append(text, size, &length, run);
    length += (size_t)snprintf(text + length, size - length, "@%d", iteration);
    if ((panel == PANEL_DELTAS && row[0] == '\0') || length + 1 >= size)
        return;
    length += (size_t)snprintf(text + length, size - length, "#");
    for (const char *c = panel_table[panel]->name; panel != PANEL_DELTAS && *c != '\0'; c++)
        if (length + 2 < size)
            length += (size_t)snprintf(text + length, size - length, "%c",
                                       tolower((unsigned char)*c));
    if (panel != PANEL_DELTAS && length + 1 < size)
        length += (size_t)snprintf(text + length, size - length, ":");
    append(text, size, &length, row);
}

/* Decodes FROM up to (not with) END; false if it does not fit or is badly encoded. */
static bool decode(char *target, size_t size, const char *from, const char *end)
{
    size_t length = 0;
    while (from < end) {
        char c = *from++;
        if (c == '%') {
            char digits[3] = {0}, *rest;
            if (end - from < 2)
                return false;
            memcpy(digits, from, 2);
            c = (char)strtol(digits, &rest, 16);
            if (rest != digits + 2 || !isxdigit((unsigned char)digits[0]) || c == '\0')
                return false;
            from += 2;
        }
        if (length + 1 >= size)
            return false;
        target[length++] = c;
    }
    target[length] = '\0';
    return true;
}

static int refuse(struct error *err, const char *text, const char *why)
{
    return error_set(err, ERROR_USAGE, "\"%s\" is no link: %s; one is soak://RUN@17#tail_age_ms",
                     text, why);
}

static bool read_panel(struct link *link, const char *name, size_t length)
{
    for (int panel = 0; panel < PANEL_COUNT; panel++)
        if (strlen(panel_table[panel]->name) == length &&
            strncasecmp(panel_table[panel]->name, name, length) == 0) {
            link->panel = (enum panel_id)panel;
            return true;
        }
    return false;
}

int link_read(struct link *link, const char *text, struct error *err)
{
    *link = (struct link){.panel = PANEL_DELTAS};
    if (strncmp(text, SCHEME, strlen(SCHEME)) != 0)
        return refuse(err, text, "it does not begin with soak://");
    const char *run = text + strlen(SCHEME), *end = run + strlen(run);
    const char *hash = strchr(run, '#'), *before = hash ? hash : end;
    const char *at = memchr(run, '@', (size_t)(before - run));
    if (!decode(link->run, sizeof link->run, run, at ? at : before) || link->run[0] == '\0')
        return refuse(err, text, "it names no run");
    if (at) {
        char *rest;
        long number = strtol(at + 1, &rest, NUMBER_BASE);
        if (rest != before || at[1] < '0' || at[1] > '9' || number > ITERATION_LIMIT)
            return refuse(err, text, "no iteration stands after the @");
        link->iteration = (int)number;
    }
    if (!hash)
        return 0;
    const char *colon = strchr(hash, ':'), *row = hash + 1;
    if (colon && !read_panel(link, row, (size_t)(colon - row)))
        return refuse(err, text, "there is no such panel");
    row = colon ? colon + 1 : row;
    return decode(link->row, sizeof link->row, row, end) ? 0 : refuse(err, text, "bad row");
}

/* Puts the cursor of PANEL on the row of that key. */
static bool go_to(struct view *view, int panel, const char *key)
{
    const struct row_class *class = panel_table[panel]->rows;
    char other[ROW_KEY_MAX];
    for (size_t place = 0; class && place < rows_count(view, panel); place++) {
        class->key(view, rows_row(view, panel, place), other, sizeof other);
        if (strcmp(key, other) != 0)
            continue;
        rows_go(view, panel, (long)place);
        return true;
    }
    return false;
}

unsigned link_follow(struct view *view, const struct link *link)
{
    char key[ROW_KEY_MAX + 16];
    unsigned react = REACT_REDRAW | REACT_RELAYOUT;
    if (link->iteration > 0)
        react |= view_show(view, link->iteration);
    view->focus = link->panel;
    view->list[link->panel].filter[0] = '\0';
    if (link->iteration != view_number(view) && link->iteration > 0) {
        view_say(view, true, "there is no iteration %d: it %d is shown", link->iteration,
                 view_number(view));
        return react;
    }
    snprintf(key, sizeof key, "%d %s", view_number(view), link->row);
    if (link->row[0] == '\0' || go_to(view, (int)link->panel, link->row) ||
        (link->panel == PANEL_DELTAS && go_to(view, (int)link->panel, key)))
        return react;
    view_say(view, true, "iteration %d has no %s in %s", view_number(view), link->row,
             panel_table[link->panel]->name);
    return react;
}
