/* rows_draw: see rows_draw.h. UI thread; pure. */
#include "config.h"

#include "ui/rows_draw.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "ui/panel.h"

enum { COUNT_COLUMNS = 6 /* of " (+12)" */ };

enum { COLUMNS_MAX = 24, TEXT_WIDTH_MAX = 44, TEXT_WIDTH_MIN = 8, GAP = 1, LEAD = 1 };

static struct cell *cells_of(struct canvas *canvas, int y)
{
    return &canvas->cell[(size_t)y * (size_t)canvas->width];
}

static bool same_letter(unsigned code, char wanted)
{
    unsigned char letter = (unsigned char)wanted;
    return code < 0x80 && letter < 0x80 ? tolower((int)code) == tolower(letter) : code == letter;
}

/* Columns from X on that hold SEARCH; 0: they hold something else. Only ASCII is searched for so:
 * other letters are found, but not marked. */
static int hit_length(const struct cell *cells, int x, int end, const char *search)
{
    int length = (int)strlen(search);
    if (length == 0 || x + length > end)
        return 0;
    for (int i = 0; i < length; i++)
        if (!same_letter(cells[x + i].code, search[i]))
            return 0;
    return length;
}

static void mark_hits(struct canvas *canvas, struct rect row, const char *search)
{
    int end = row.x + row.width < canvas->width ? row.x + row.width : canvas->width;
    if (row.y < 0 || row.y >= canvas->height || row.x < 0)
        return;
    struct cell *cells = cells_of(canvas, row.y);
    for (int x = row.x; x < end; x++)
        for (int left = hit_length(cells, x, end, search); left > 0; left--)
            cells[x + left - 1].style = STYLE_HIT;
}

void rows_draw_marks(const struct view *view, int panel, struct canvas *canvas, struct rect row,
                     size_t place)
{
    bool focused = (int)view->focus == panel;
    if (focused && rows_selected(view, panel) == (int)place) {
        canvas_put(canvas, row, row.x, row.y, STYLE_BOLD, '>');
        canvas_restyle(canvas, row, STYLE_CURSOR);
    }
    mark_hits(canvas, row, view->list[panel].search);
}

void rows_draw_more(const struct view *view, int panel, struct canvas *canvas, struct rect area,
                    size_t end)
{
    char text[32];
    size_t count = rows_count(view, panel);
    if (end >= count || area.height <= 0)
        return;
    snprintf(text, sizeof text, " +%zu", count - end);
    canvas_text_right(canvas, area, area.x + area.width, area.y + area.height - 1, STYLE_BOLD,
                      text);
}

bool rows_draw_taken(const struct canvas *canvas, struct rect area)
{
    int y = area.y + area.height - 1;
    if (area.height <= 0)
        return false;
    const struct cell *row = &canvas->cell[(size_t)y * (size_t)canvas->width];
    for (int x = area.x + area.width - COUNT_COLUMNS; x < area.x + area.width; x++)
        if (x >= area.x && row[x].code != ' ' && row[x].code != '-') /* "-": there is none */
            return true;
    return false;
}

void rows_draw_left_out(struct canvas *canvas, struct rect area, size_t count, const char *more)
{
    char text[48];
    int y = area.y + area.height - 1;
    bool taken = rows_draw_taken(canvas, area);
    if (area.height <= 0)
        return;
    if (taken)
        canvas_fill(canvas, (struct rect){area.x, y, area.width, 1}, STYLE_TEXT, ' ');
    snprintf(text, sizeof text, " (+%zu%s)", count + taken, more);
    canvas_text_right(canvas, area, area.x + area.width, y, STYLE_DIM, text);
}

void rows_draw_none(const struct view *view, int panel, struct canvas *canvas, struct rect area)
{
    bool hidden = rows_total(view, panel) > 0;
    canvas_text(canvas, area, area.x + 1, area.y, STYLE_DIM,
                hidden ? "no row meets the filter" : "nothing to list yet");
}

struct table {
    const struct view *view;
    const struct row_class *class;
    int panel;
    size_t from, to; /* places shown */
    size_t columns;  /* that fit */
    int width[COLUMNS_MAX];
};

static void cell_of(const struct table *table, size_t place, size_t column, struct row_cell *cell)
{
    *cell = (struct row_cell){.number = value_missing()};
    table->class->cell(table->view, rows_row(table->view, table->panel, place), column, cell);
}

/* As wide as name and cells; then the columns that fit, of which the last may be cut if it is
 * text: half a number misleads. */
static void measure(struct table *table, int room)
{
    const struct row_class *class = table->class;
    size_t all = class->columns < COLUMNS_MAX ? class->columns : COLUMNS_MAX;
    int x = LEAD;
    for (size_t column = 0; column < all; column++) {
        bool text = !class->column[column].number, last = column + 1 == all;
        int width = text_columns(class->column[column].name);
        for (size_t place = table->from; place < table->to; place++) {
            struct row_cell cell;
            cell_of(table, place, column, &cell);
            int columns = text_columns(cell.text);
            width = columns > width ? columns : width;
        }
        if (!last && width > TEXT_WIDTH_MAX)
            width = TEXT_WIDTH_MAX;
        if (x + width > room && text && room - x >= TEXT_WIDTH_MIN)
            width = room - x;
        if (x + width > room)
            break;
        table->width[column] = width;
        table->columns = column + 1;
        x += width + GAP;
    }
}

static enum style verdict_word(const char *text)
{
    if (strcmp(text, "PASS") == 0)
        return STYLE_PASS;
    if (strcmp(text, "WARN") == 0)
        return STYLE_WARN;
    return strcmp(text, "FAIL") == 0 ? STYLE_FAIL : STYLE_TEXT;
}

static void draw_cells(const struct table *table, struct canvas *canvas, struct rect row,
                       size_t place)
{
    int x = row.x + LEAD;
    for (size_t column = 0; column < table->columns; column++) {
        struct row_cell cell;
        cell_of(table, place, column, &cell);
        struct rect clip = {x, row.y, table->width[column], 1};
        int pad = table->class->column[column].number
                      ? table->width[column] - text_columns(cell.text)
                      : 0;
        canvas_text(canvas, clip, x + (pad > 0 ? pad : 0), row.y, verdict_word(cell.text),
                    cell.text);
        x += table->width[column] + GAP;
    }
}

static void draw_names(const struct table *table, struct canvas *canvas, struct rect row)
{
    int x = row.x + LEAD;
    for (size_t column = 0; column < table->columns; column++) {
        const struct row_column *name = &table->class->column[column];
        struct rect clip = {x, row.y, table->width[column], 1};
        int pad = name->number ? table->width[column] - text_columns(name->name) : 0;
        canvas_text(canvas, clip, x + (pad > 0 ? pad : 0), row.y, STYLE_TITLE, name->name);
        x += table->width[column] + GAP;
    }
}

void rows_draw_table(const struct view *view, int panel, struct canvas *canvas, struct rect area)
{
    struct table table = {.view = view, .class = panel_table[panel]->rows, .panel = panel};
    size_t count = rows_count(view, panel);
    int rows = area.height - 1;
    if (rows < 1 || table.class == NULL)
        return;
    table.from = rows_top(view, panel, rows);
    table.to = table.from + (size_t)rows < count ? table.from + (size_t)rows : count;
    measure(&table, area.width);
    draw_names(&table, canvas, (struct rect){area.x, area.y, area.width, 1});
    struct rect body = {area.x, area.y + 1, area.width, rows};
    if (count == 0)
        rows_draw_none(view, panel, canvas, body);
    for (size_t place = table.from; place < table.to; place++) {
        struct rect row = {body.x, body.y + (int)(place - table.from), body.width, 1};
        draw_cells(&table, canvas, row, place);
        rows_draw_marks(view, panel, canvas, row, place);
    }
    rows_draw_more(view, panel, canvas, body, table.to);
}
