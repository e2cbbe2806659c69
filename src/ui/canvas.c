/* canvas: the grid of cells that everything is drawn into. UI thread; pure. Invariants: every cell
 * holds a printable code point or 0; a 0 stands only to the right of a wide character; under
 * CHARSET_ASCII every code point is ASCII. Nothing outside clip and canvas is touched. */
#include "config.h"

#include "ui/canvas.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "model/mem.h"
#include "model/text.h"

enum { TEXT_BYTES_MAX = 4096, DIMENSION_MAX = 4096, HINT_MAX = 256 };

static int clamp_dimension(int number)
{
    return number < 1 ? 1 : number > DIMENSION_MAX ? DIMENSION_MAX : number;
}

void canvas_init(struct canvas *canvas, int width, int height, enum charset charset)
{
    canvas->width = clamp_dimension(width);
    canvas->height = clamp_dimension(height);
    canvas->charset = charset;
    canvas->cell = mem_alloc((size_t)canvas->width * (size_t)canvas->height * sizeof *canvas->cell);
    canvas_clear(canvas, STYLE_TEXT);
}

void canvas_fini(struct canvas *canvas)
{
    free(canvas->cell);
    *canvas = (struct canvas){0};
}

void canvas_clear(struct canvas *canvas, enum style style)
{
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    for (size_t i = 0; i < count; i++)
        canvas->cell[i] = (struct cell){' ', 0, style};
}

/* What stands for a code point on a terminal that draws ASCII only. */
static const struct {
    unsigned first, last;
    char ascii;
} ascii_table[] = {
    {0x00b5, 0x00b5, 'u'},  {0x00b7, 0x00b7, '.'}, {0x00d7, 0x00d7, 'x'}, {0x2010, 0x2015, '-'},
    {0x2018, 0x2019, '\''}, {0x201c, 0x201d, '"'}, {0x2022, 0x2022, '*'}, {0x2026, 0x2026, '~'},
    {0x2190, 0x2190, '<'},  {0x2191, 0x2191, '^'}, {0x2192, 0x2192, '>'}, {0x2193, 0x2193, 'v'},
    {0x2212, 0x2212, '-'},  {0x2500, 0x2500, '-'}, {0x2501, 0x2501, '='}, {0x2502, 0x2503, '|'},
    {0x2504, 0x2505, '-'},  {0x2506, 0x2507, ':'}, {0x2508, 0x2509, '-'}, {0x250a, 0x250b, ':'},
    {0x250c, 0x254b, '+'},  {0x254c, 0x254d, '-'}, {0x254e, 0x254f, ':'}, {0x2550, 0x2550, '='},
    {0x2551, 0x2551, '|'},  {0x2552, 0x2570, '+'}, {0x2574, 0x2574, '-'}, {0x2575, 0x2575, '|'},
    {0x2576, 0x2576, '-'},  {0x2577, 0x2577, '|'}, {0x2581, 0x2581, '.'}, {0x2582, 0x2582, ':'},
    {0x2583, 0x2583, '-'},  {0x2584, 0x2584, '='}, {0x2585, 0x2585, '+'}, {0x2586, 0x2586, '*'},
    {0x2587, 0x2590, '#'},  {0x2591, 0x2591, '.'}, {0x2592, 0x2592, ':'}, {0x2593, 0x2593, '#'},
    {0x25a0, 0x25a0, '#'},  {0x25b2, 0x25b2, '^'}, {0x25b6, 0x25b8, '>'}, {0x25bc, 0x25bc, 'v'},
    {0x25c0, 0x25c2, '<'},  {0x25c6, 0x25c6, '*'}, {0x25cb, 0x25cb, 'o'}, {0x25cf, 0x25cf, '*'},
    {0x25e6, 0x25e6, 'o'},  {0x2713, 0x2714, '+'}, {0x2717, 0x2718, 'x'}, {0x2800, 0x2800, ' '},
    {0x2801, 0x28ff, '*'},
};

static unsigned to_ascii(unsigned code)
{
    if (code < 0x7f)
        return code;
    for (size_t i = 0; i < sizeof ascii_table / sizeof *ascii_table; i++)
        if (code >= ascii_table[i].first && code <= ascii_table[i].last)
            return (unsigned)ascii_table[i].ascii;
    return '?';
}

/* Columns of a code point: 0, 1 or 2. What the locale does not know takes one. */
static int code_columns(unsigned long code)
{
    if (code < 0x7f)
        return 1;
    int width = wcwidth((wchar_t)code);
    return width < 0 ? 1 : width > 2 ? 2 : width;
}

static struct rect intersect(const struct canvas *canvas, struct rect clip)
{
    int64_t right = (int64_t)clip.x + clip.width, bottom = (int64_t)clip.y + clip.height;
    int x = clip.x > 0 ? clip.x : 0, y = clip.y > 0 ? clip.y : 0;
    int64_t width = (right < canvas->width ? right : canvas->width) - x;
    int64_t height = (bottom < canvas->height ? bottom : canvas->height) - y;
    return (struct rect){x, y, width > 0 ? (int)width : 0, height > 0 ? (int)height : 0};
}

static bool inside(struct rect area, int x, int y)
{
    return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

static struct cell *cell_at(struct canvas *canvas, int x, int y)
{
    return &canvas->cell[(size_t)y * (size_t)canvas->width + (size_t)x];
}

/* Blanks the other half of a wide character that X, Y is a half of. */
static void break_wide(struct canvas *canvas, int x, int y)
{
    struct cell *cell = cell_at(canvas, x, y);
    if (cell->code == 0 && x > 0)
        cell[-1].code = ' ', cell[-1].mark = 0;
    if (x + 1 < canvas->width && cell[1].code == 0)
        cell[1].code = ' ';
}

static void set_cell(struct canvas *canvas, int x, int y, enum style style, unsigned code)
{
    break_wide(canvas, x, y);
    *cell_at(canvas, x, y) = (struct cell){code, 0, style};
}

/* Writes one character of WIDTH columns; a wide one of which only a half fits becomes a blank. */
static void put_code(struct canvas *canvas, struct rect area, int x, int y, enum style style,
                     unsigned code, int width)
{
    bool left = inside(area, x, y), right = width == 2 && inside(area, x + 1, y);
    if (canvas->charset == CHARSET_ASCII)
        code = to_ascii(code);
    if (width == 2 && !(left && right))
        code = ' ';
    if (left)
        set_cell(canvas, x, y, style, code);
    if (right)
        set_cell(canvas, x + 1, y, style, code < 0x7f ? code : ' ');
    if (left && right && code >= 0x7f)
        cell_at(canvas, x + 1, y)->code = 0;
}

static void add_mark(struct canvas *canvas, struct rect area, int x, int y, unsigned mark)
{
    if (canvas->charset == CHARSET_ASCII || !inside(area, x - 1, y))
        return;
    struct cell *cell = cell_at(canvas, x - 1, y);
    if (cell->code == 0 && inside(area, x - 2, y))
        cell--;
    if (cell->code != 0 && cell->mark == 0)
        cell->mark = mark;
}

int canvas_text(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                const char *text)
{
    char safe[TEXT_BYTES_MAX];
    size_t length = text_make_safe(safe, sizeof safe, text, strlen(text));
    struct rect area = intersect(canvas, clip);
    for (size_t at = 0; at < length;) {
        unsigned long code = (unsigned char)safe[at];
        size_t bytes = code < 0x7f ? 1 : text_decode(safe + at, length - at, &code);
        if (bytes == 0)
            break;
        int width = code_columns(code);
        if (width == 0)
            add_mark(canvas, area, x, y, (unsigned)code);
        else
            put_code(canvas, area, x, y, style, (unsigned)code, width);
        x += width;
        at += bytes;
    }
    return x;
}

int canvas_printf(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                  const char *format, ...)
{
    char text[TEXT_BYTES_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return canvas_text(canvas, clip, x, y, style, text);
}

int canvas_text_cut(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                    const char *text)
{
    int end = canvas_text(canvas, clip, x, y, style, text);
    if (end > clip.x + clip.width)
        canvas_put(canvas, clip, clip.x + clip.width - 1, y, STYLE_BOLD, '>');
    return end;
}

void canvas_text_right(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                       const char *text)
{
    canvas_text(canvas, clip, x - text_columns(text), y, style, text);
}

void canvas_put(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                unsigned code)
{
    put_code(canvas, intersect(canvas, clip), x, y, style, code, code_columns(code) == 2 ? 2 : 1);
}

unsigned canvas_code(const struct canvas *canvas, int x, int y)
{
    if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
        return 0;
    return canvas->cell[(size_t)y * (size_t)canvas->width + (size_t)x].code;
}

void canvas_fill(struct canvas *canvas, struct rect area, enum style style, unsigned code)
{
    struct rect in = intersect(canvas, area);
    for (int y = in.y; y < in.y + in.height; y++)
        for (int x = in.x; x < in.x + in.width; x++)
            put_code(canvas, in, x, y, style, code, 1);
}

void canvas_restyle(struct canvas *canvas, struct rect area, enum style style)
{
    struct rect in = intersect(canvas, area);
    for (int y = in.y; y < in.y + in.height; y++)
        for (int x = in.x; x < in.x + in.width; x++)
            cell_at(canvas, x, y)->style = style;
}

/* Line drawing of a frame: left top, right top, left bottom, right bottom, across, down. The
 * focused one differs in its lines, not by colour alone; double lines exist in every console font.
 */
static const unsigned plain_lines[] = {0x250c, 0x2510, 0x2514, 0x2518, 0x2500, 0x2502};
static const unsigned heavy_lines[] = {0x250f, 0x2513, 0x2517, 0x251b, 0x2501, 0x2503};
static const unsigned double_lines[] = {0x2554, 0x2557, 0x255a, 0x255d, 0x2550, 0x2551};

static void draw_lines(struct canvas *canvas, struct rect area, const unsigned *line,
                       enum style style)
{
    int right = area.x + area.width - 1, bottom = area.y + area.height - 1;
    struct rect across = {area.x, area.y, area.width, 1}, down = {area.x, area.y, 1, area.height};
    canvas_fill(canvas, across, style, line[4]);
    canvas_fill(canvas, down, style, line[5]);
    across.y = bottom;
    down.x = right;
    canvas_fill(canvas, across, style, line[4]);
    canvas_fill(canvas, down, style, line[5]);
    canvas_put(canvas, area, area.x, area.y, style, line[0]);
    canvas_put(canvas, area, right, area.y, style, line[1]);
    canvas_put(canvas, area, area.x, bottom, style, line[2]);
    canvas_put(canvas, area, right, bottom, style, line[3]);
}

/* Leaves the last parts of TEXT out, which two blanks part, until it fits into ROOM; "" if none
 * does. */
static const char *shortened(char *text, int room)
{
    while (*text != '\0' && text_columns(text) > room) {
        char *cut = text;
        for (char *p = text; *p != '\0'; p++)
            if (p[0] == ' ' && p[1] == ' ')
                cut = p;
        *cut = '\0';
    }
    return text;
}

struct rect canvas_frame(struct canvas *canvas, struct rect area, const char *title,
                         const char *hint, bool focused)
{
    if (area.width < 2 || area.height < 2)
        return (struct rect){area.x, area.y, 0, 0};
    enum style style = focused ? STYLE_FRAME_FOCUS : STYLE_FRAME;
    draw_lines(canvas, area,
               !focused                             ? plain_lines
               : canvas->charset == CHARSET_BRAILLE ? heavy_lines
                                                    : double_lines,
               style);
    struct rect top = {area.x + 2, area.y, area.width - 4, 1};
    int end = top.x;
    if (title && *title && top.width > 0) {
        end = canvas_text(canvas, top, top.x, top.y, STYLE_TITLE, title);
        end = canvas_text(canvas, top, end, top.y, style, " ");
    }
    int room = top.x + top.width - end;
    char part[HINT_MAX];
    snprintf(part, sizeof part, "%s", hint != NULL ? hint : "");
    hint = shortened(part, room - 3);
    if (*hint) {
        struct rect place = {top.x + top.width - text_columns(hint) - 2, top.y, room, 1};
        int x = canvas_text(canvas, top, place.x, place.y, style, " ");
        x = canvas_text(canvas, top, x, place.y, style, hint);
        canvas_text(canvas, top, x, place.y, style, " ");
    }
    return (struct rect){area.x + 1, area.y + 1, area.width - 2, area.height - 2};
}

int text_columns(const char *text)
{
    char safe[TEXT_BYTES_MAX];
    size_t plain = 0;
    while (text[plain] >= ' ' && text[plain] < 0x7f && plain < TEXT_BYTES_MAX - 1)
        plain++;
    if (text[plain] == '\0') /* nearly every text */
        return (int)plain;
    size_t length = text_make_safe(safe, sizeof safe, text, strlen(text));
    int columns = 0;
    for (size_t at = 0; at < length;) {
        unsigned long code;
        size_t bytes = text_decode(safe + at, length - at, &code);
        if (bytes == 0)
            break;
        columns += code_columns(code);
        at += bytes;
    }
    return columns;
}

/* Appends a code point to TEXT as UTF-8. */
static void add_utf8(struct buffer *text, unsigned code)
{
    char bytes[4];
    size_t length = 0;
    if (code < 0x80) {
        bytes[length++] = (char)code;
    } else {
        int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        unsigned lead = more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0;
        bytes[length++] = (char)(lead | code >> (6 * more));
        while (more-- > 0)
            bytes[length++] = (char)(0x80 | (code >> (6 * more) & 0x3f));
    }
    buffer_add(text, bytes, length);
}

void canvas_add_cell(struct buffer *text, const struct cell *cell)
{
    if (cell->code != 0)
        add_utf8(text, cell->code);
    if (cell->mark != 0)
        add_utf8(text, cell->mark);
}

char *canvas_dump(const struct canvas *canvas)
{
    struct buffer text = {0};
    for (int y = 0; y < canvas->height; y++) {
        const struct cell *row = &canvas->cell[(size_t)y * (size_t)canvas->width];
        int end = canvas->width;
        while (end > 0 && row[end - 1].code == ' ')
            end--;
        for (int x = 0; x < end; x++)
            canvas_add_cell(&text, &row[x]);
        buffer_puts(&text, "\n");
    }
    return buffer_take(&text);
}
