/* dialog: the one that is open: its keys, its frame, its deaf time. UI thread. Invariant: a dialog
 * that confirms something hears no key before DIALOG_DEAF_MS have passed since it showed what it
 * shows, so that no key typed for something else can decide. */
#include "config.h"

#include "ui/dialog_class.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/text.h"
#include "ui/bindings.h"
#include "ui/key.h"

enum {
    FRAME_HEIGHT_MIN = 5, /* less: without a frame */
    FRAME_WIDTH_MIN = 24,
    STEADY_WIDTH = 116,
    INSIDE_WIDTH_MIN = 44,
    BUTTON_GAP = 3,
    BREAK_MIN = 8, /* columns */
    CTRL_C = 3,
    CTRL_B = 2,
    CTRL_F = 6
};

void dialog_add(struct dialog_lines *lines, enum style style, const char *format, ...)
{
    va_list args;
    mem_grow((void **)&lines->line, &lines->capacity, lines->count + 1, sizeof *lines->line);
    struct dialog_line *line = &lines->line[lines->count++];
    line->style = style;
    line->hanging = lines->hanging;
    va_start(args, format);
    vsnprintf(line->text, sizeof line->text, format, args);
    va_end(args);
    bindings_expand(line->text, sizeof line->text);
}

void dialog_lines_fini(struct dialog_lines *lines)
{
    free(lines->line);
    *lines = (struct dialog_lines){.selected = -1};
}

void dialog_close(struct view *view)
{
    struct dialog *dialog = view->dialog;
    if (dialog == NULL)
        return;
    view->dialog = NULL;
    if (dialog->class->fini != NULL)
        dialog->class->fini(dialog);
    free(dialog);
}

unsigned dialog_turn_page(struct view *view, struct dialog *dialog)
{
    dialog->deaf_until_ms = view->mono_ms + DIALOG_DEAF_MS;
    dialog->top = 0;
    return REACT_REDRAW | REACT_FLUSH;
}

unsigned dialog_open_take(struct view *view, struct dialog *dialog)
{
    dialog_close(view);
    view->dialog = dialog;
    if (dialog->level == 0)
        dialog->level = dialog->class->level;
    if (dialog->level > 0)
        return dialog_turn_page(view, dialog);
    return REACT_REDRAW;
}

int dialog_rows(unsigned key, int page)
{
    switch (key) {
    case KEYCODE_UP:
    case 'k':
        return -1;
    case KEYCODE_DOWN:
    case 'j':
        return 1;
    case KEYCODE_PAGE_UP:
    case CTRL_B:
        return page > 1 ? -page : -1;
    case KEYCODE_PAGE_DOWN:
    case CTRL_F:
    case ' ':
        return page > 1 ? page : 1;
    case KEYCODE_HOME:
    case 'g':
        return -INT_MAX / 2;
    case KEYCODE_END:
    case 'G':
        return INT_MAX / 2;
    default:
        return 0;
    }
}

unsigned dialog_scroll(struct dialog *dialog, unsigned key)
{
    int rows = dialog_rows(key, dialog->page);
    if (rows == 0)
        return REACT_NONE;
    dialog->top += rows;
    if (dialog->top > dialog->last_top)
        dialog->top = dialog->last_top;
    if (dialog->top < 0)
        dialog->top = 0;
    return REACT_REDRAW;
}

bool dialog_cancels(unsigned key)
{
    return key == KEYCODE_ESCAPE || key == KEYCODE_ENTER || key == 'q' || key == CTRL_C;
}

bool dialog_type(char *text, size_t size, unsigned key)
{
    size_t length = strlen(text);
    if (key == KEYCODE_BACKSPACE || key == KEYCODE_DELETE) {
        while (length > 0 && ((unsigned char)text[length - 1] & 0xc0) == 0x80)
            length--;
        text[length > 0 ? length - 1 : 0] = '\0';
        return true;
    }
    if (key == DIALOG_KEY_CLEAR) {
        text[0] = '\0';
        return true;
    }
    if (key < 0x20 || (key >= 0x7f && key < 0xa0) || key >= 0x110000)
        return false;
    char bytes[4];
    size_t more = text_encode(key, bytes);
    if (length + more < size) {
        memcpy(text + length, bytes, more);
        text[length + more] = '\0';
    }
    return true;
}

unsigned dialog_key(struct view *view, unsigned key)
{
    struct dialog *dialog = view->dialog;
    if (dialog == NULL || key == KEYCODE_PASTE || key == KEYCODE_RESIZE)
        return REACT_NONE;
    if (view->mono_ms < dialog->deaf_until_ms)
        return REACT_NONE;
    return dialog->class->key(dialog, view, key);
}

/* Drawing. */

/* Bytes of TEXT that fit into COLUMNS, cut at a blank if there is one. */
static size_t fitting(const char *text, int columns)
{
    size_t length = strlen(text), at = 0, blank = 0, step;
    unsigned long code;
    for (int column = 0; at < length && column < columns; at += step, column++) {
        step = text_decode(text + at, length - at, &code);
        step = step > 0 ? step : 1;
        if (text[at] == ' ')
            blank = at;
    }
    return at >= length || blank == 0 || text[at] == ' ' ? at : blank;
}

/* LINES with those that are wider than COLUMNS broken; takes LINES over. */
static struct dialog_lines broken_take(struct dialog_lines lines, int columns)
{
    struct dialog_lines broken = {.selected = -1, .whole = lines.whole, .pinned = lines.pinned};
    lines.selected_rows = 1;
    if (lines.whole || columns < BREAK_MIN)
        return lines;
    for (size_t i = 0; i < lines.count; i++) {
        bool selected = (int)i == lines.selected;
        if (selected)
            broken.selected = (int)broken.count;
        const char *text = lines.line[i].text;
        int indent = lines.line[i].hanging < columns / 2 ? lines.line[i].hanging : 0;
        size_t length = fitting(text, columns);
        dialog_add(&broken, lines.line[i].style, "%.*s", (int)length, text);
        for (text += length; *text != '\0'; text += length) {
            text += strspn(text, " ");
            length = fitting(text, columns - indent);
            dialog_add(&broken, lines.line[i].style, "%*s%.*s", indent, "", (int)length, text);
        }
        if (selected)
            broken.selected_rows = (int)broken.count - broken.selected;
    }
    dialog_lines_fini(&lines);
    return broken;
}

static int widest(const struct dialog_lines *lines, int buttons)
{
    int width = buttons > INSIDE_WIDTH_MIN ? buttons : INSIDE_WIDTH_MIN;
    for (size_t i = 0; i < lines->count; i++) {
        int columns = text_columns(lines->line[i].text);
        width = columns > width ? columns : width;
    }
    return width;
}

struct button_texts {
    char cancel[64], other[64], confirm[64]; /* OTHER, CONFIRM "": there is none */
    int columns;
};

static void cut_at_gap(char *text)
{
    char *gap = strstr(text, "  ");
    if (gap != NULL)
        *gap = '\0';
}

/* The buttons in full, or, SHORT_TEXT, their keys only. */
enum button_form { FULL_TEXT, SHORT_TEXT };
static struct button_texts button_texts(const struct dialog *dialog, enum button_form form)
{
    struct dialog_buttons buttons = {.cancel = "Esc  close"};
    struct button_texts texts = {.columns = 0};
    if (dialog->class->buttons != NULL)
        dialog->class->buttons(dialog, &buttons);
    if (form == SHORT_TEXT) {
        cut_at_gap(buttons.cancel);
        cut_at_gap(buttons.other);
        cut_at_gap(buttons.confirm);
    }
    snprintf(texts.cancel, sizeof texts.cancel, "[ %s ]", buttons.cancel);
    texts.columns = text_columns(texts.cancel);
    if (buttons.other[0] != '\0') {
        snprintf(texts.other, sizeof texts.other, "[ %s ]", buttons.other);
        texts.columns += BUTTON_GAP + text_columns(texts.other);
    }
    if (buttons.confirm[0] == '\0')
        return texts;
    snprintf(texts.confirm, sizeof texts.confirm, "[ %s ]", buttons.confirm);
    texts.columns += BUTTON_GAP + text_columns(texts.confirm);
    return texts;
}

/* "Esc  keep staged" in its two parts. */
static void split_button(const char *button, struct dialog_key_text *parts)
{
    const char *gap = strstr(button, "  ");
    size_t length = gap != NULL ? (size_t)(gap - button) : strlen(button);
    snprintf(parts->key, sizeof parts->key, "%.*s", (int)length, button);
    snprintf(parts->text, sizeof parts->text, "%s", gap != NULL ? gap + strspn(gap, " ") : "");
}

void dialog_footer(const struct view *view, struct dialog_key_text *cancel,
                   struct dialog_key_text *other, struct dialog_key_text *confirm)
{
    struct dialog_buttons buttons = {.cancel = "Esc  close"};
    if (view->dialog != NULL && view->dialog->class->buttons != NULL)
        view->dialog->class->buttons(view->dialog, &buttons);
    split_button(buttons.cancel, cancel);
    split_button(buttons.other, other);
    split_button(buttons.confirm, confirm);
}

bool dialog_is_cut(const struct view *view)
{
    return view->dialog != NULL && view->dialog->last_top > 0;
}

static void draw_buttons(struct canvas *canvas, struct rect row, const struct dialog *dialog)
{
    struct button_texts texts = button_texts(dialog, FULL_TEXT);
    if (texts.columns > row.width)
        texts = button_texts(dialog, SHORT_TEXT);
    int width = texts.columns;
    int x = row.x + (row.width > width ? (row.width - width) / 2 : 0);
    x = canvas_text(canvas, row, x, row.y, STYLE_BUTTON_FOCUS, texts.cancel);
    if (texts.other[0] != '\0')
        x = canvas_text(canvas, row, x + BUTTON_GAP, row.y, STYLE_BUTTON, texts.other);
    if (texts.confirm[0] != '\0')
        canvas_text(canvas, row, x + BUTTON_GAP, row.y, STYLE_BUTTON, texts.confirm);
    if (dialog->last_top > 0)
        canvas_printf(canvas, row, row.x + row.width - 6, row.y, STYLE_DIM, "%3d%%",
                      dialog->top * 100 / dialog->last_top);
}

static void draw_line(struct canvas *canvas, struct rect row, const struct dialog *dialog,
                      const struct dialog_line *line)
{
    canvas_text_cut(canvas, row, row.x + 1 - dialog->left, row.y, line->style, line->text);
}

/* The lines that do not scroll; what is left of AREA. */
static struct rect draw_pinned(struct canvas *canvas, struct rect area, const struct dialog *dialog,
                               struct dialog_lines *lines)
{
    int pinned = lines->pinned < area.height ? lines->pinned : area.height;
    for (int i = 0; i < pinned; i++)
        draw_line(canvas, (struct rect){area.x, area.y + i, area.width, 1}, dialog,
                  &lines->line[i]);
    return (struct rect){area.x, area.y + pinned, area.width, area.height - pinned};
}

/* Lines from the dialog's top on, the selected one always among them. */
static void draw_lines(struct canvas *canvas, struct rect whole, struct dialog *dialog,
                       struct dialog_lines *lines)
{
    struct rect area = draw_pinned(canvas, whole, dialog, lines);
    int above = lines->pinned, count = (int)lines->count - above;
    int top = dialog->top, page = area.height, selected = lines->selected - above;
    dialog->page = page;
    dialog->last_top = count > page ? count - page : 0;
    top = top > dialog->last_top ? dialog->last_top : top;
    if (selected + lines->selected_rows > top + page)
        top = selected + lines->selected_rows - page;
    if (selected >= 0 && selected < top)
        top = selected;
    dialog->top = top;
    for (int i = 0; i < page && top + i < count; i++) {
        struct rect row = {area.x, area.y + i, area.width, 1};
        int number = top + i;
        draw_line(canvas, row, dialog, &lines->line[above + number]);
        if (selected >= 0 && number >= selected && number < selected + lines->selected_rows)
            canvas_restyle(canvas, row, STYLE_CURSOR);
    }
}

static struct rect frame_of(const struct canvas *canvas, const struct dialog *dialog,
                            const struct dialog_lines *lines, int width)
{
    int height = dialog->class->steady ? canvas->height - 2 : (int)lines->count + 4;
    height = height < FRAME_HEIGHT_MIN ? FRAME_HEIGHT_MIN : height;
    height = height > canvas->height ? canvas->height : height;
    return (struct rect){(canvas->width - width) / 2, (canvas->height - height) / 2, width, height};
}

/* The frame, or on a screen too small for one the area itself; returns the inside. */
static struct rect draw_frame(struct canvas *canvas, struct rect area, const struct dialog *dialog)
{
    char title[DIALOG_TITLE_MAX], hint[24] = "";
    canvas_fill(canvas, area, STYLE_DIALOG, ' ');
    if (area.height < FRAME_HEIGHT_MIN || area.width < FRAME_WIDTH_MIN)
        return area;
    dialog->class->title(dialog, title, sizeof title);
    if (dialog->level > 0)
        snprintf(hint, sizeof hint, "level %d", dialog->level);
    return canvas_frame(canvas, area, title, hint, true);
}

void dialog_draw(const struct view *view, struct canvas *canvas)
{
    struct dialog *dialog = view->dialog;
    if (dialog == NULL || dialog->class->in_place)
        return;
    struct dialog_lines lines = {.selected = -1, .hanging = 2};
    dialog->class->lines(dialog, view, &lines);
    int width = widest(&lines, button_texts(dialog, FULL_TEXT).columns) + 4;
    width = dialog->class->steady ? STEADY_WIDTH : width;
    width = width > canvas->width ? canvas->width : width;
    lines = broken_take(lines, width - 4);
    struct rect inside = draw_frame(canvas, frame_of(canvas, dialog, &lines, width), dialog);
    struct rect buttons = {inside.x, inside.y + inside.height - 1, inside.width, 1};
    struct rect text = {inside.x, inside.y, inside.width, inside.height - 1};
    if (text.height > 0)
        draw_lines(canvas, text, dialog, &lines);
    draw_buttons(canvas, buttons, dialog);
    dialog_lines_fini(&lines);
}
