/* test_paint: what is written makes the terminal show the canvas, whatever it showed before; and it
 * is no more than the cells that differ need. A small terminal that knows two sequences reads it:
 * "\x1b[Y;XH" puts the cursor, "\x1b[Nm" sets style N. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "model/text.h"
#include "suites.h"
#include "ui/paint.h"

enum { WIDTH = 23, HEIGHT = 7, ROUNDS = 3000 };

static void move(int x, int y, char bytes[PAINT_SEQUENCE_MAX])
{
    snprintf(bytes, PAINT_SEQUENCE_MAX, "\033[%d;%dH", y + 1, x + 1);
}

static void paint_setup(struct paint *paint)
{
    *paint = (struct paint){.move = move};
    for (int style = 0; style < STYLE_COUNT; style++)
        snprintf(paint->style[style], sizeof paint->style[style], "\033[%dm", style);
    paint->blank_shows[STYLE_FAIL] = true;
}

/* A wide character takes two cells, and the cursor behind a written last column is nowhere. */
static void terminal_reads(struct canvas *screen, const char *text, size_t length)
{
    int x = -1, y = -1, style = -1, one, other, used;
    for (size_t at = 0; at < length;) {
        unsigned long code;
        if (sscanf(text + at, "\033[%d;%dH%n", &one, &other, &used) == 2) {
            y = one - 1, x = other - 1, at += (size_t)used;
        } else if (sscanf(text + at, "\033[%dm%n", &one, &used) == 1) {
            style = one, at += (size_t)used;
        } else {
            at += text_decode(text + at, length - at, &code);
            struct cell *cell = &screen->cell[y * screen->width + x];
            bool wide = code >= 0x3000 && code < 0xa000, mark = code >= 0x300 && code < 0x370;
            if (style < 0 || x < 0 || x - mark >= screen->width || y < 0 || y >= screen->height)
                ck_abort_msg("U+%04lX is written to %d,%d in style %d", code, x, y, style);
            if (mark) {
                cell--;
                cell -= cell->code == 0;
                cell->mark = (unsigned)code;
                continue;
            }
            *cell = (struct cell){(unsigned)code, 0, (enum style)style};
            if (wide)
                cell[1] = (struct cell){0, 0, (enum style)style};
            x += wide ? 2 : 1;
        }
    }
}

static void scribble(struct canvas *canvas)
{
    static const char *const texts[] = {
        "a", "ab", "   ", "0.912", "\u4e2d\u6587", "\u28ff\u2800", "e\u0301", "-----", " x "};
    struct rect all = {0, 0, canvas->width, canvas->height};
    for (int i = rand() % 6; i >= 0; i--)
        canvas_text(canvas, all, rand() % WIDTH, rand() % HEIGHT,
                    (enum style)(rand() % STYLE_COUNT),
                    texts[(size_t)rand() % (sizeof texts / sizeof *texts)]);
}

/* The same picture: a blank's style counts only where it shows. */
static void same_picture(const struct paint *paint, const struct canvas *a, const struct canvas *b)
{
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        const struct cell *one = &a->cell[i], *other = &b->cell[i];
        bool shows = one->code != ' ' || paint->blank_shows[one->style] ||
                     paint->blank_shows[other->style];
        bool styled = !shows || one->code == 0 || one->style == other->style;
        /* an assertion a cell would take a hundred times as long */
        if (one->code != other->code || one->mark != other->mark || !styled)
            ck_abort_msg("cell %d,%d: %#x %#x style %d, on the screen %#x %#x style %d", i % WIDTH,
                         i / WIDTH, one->code, one->mark, one->style, other->code, other->mark,
                         other->style);
    }
}

START_TEST(any_canvas_follows_any_other)
{
    struct paint paint;
    struct canvas canvas, screen;
    paint_setup(&paint);
    canvas_init(&canvas, WIDTH, HEIGHT, CHARSET_BRAILLE);
    canvas_init(&screen, WIDTH, HEIGHT, CHARSET_BRAILLE);
    srand(7);
    for (int i = 0; i < ROUNDS; i++) {
        if (rand() % 20 == 0)
            canvas_clear(&canvas, (enum style)(rand() % STYLE_COUNT));
        if (rand() % 50 == 0)
            paint_forget(&paint);
        if (rand() % 50 == 0) {
            paint_cleared(&paint, WIDTH, HEIGHT);
            canvas_clear(&screen, STYLE_TEXT);
        }
        scribble(&canvas);
        paint_frame(&paint, &canvas);
        terminal_reads(&screen, paint.bytes.text ? paint.bytes.text : "", paint.bytes.length);
        same_picture(&paint, &canvas, &screen);
    }
    canvas_fini(&canvas);
    canvas_fini(&screen);
    paint_fini(&paint);
}
END_TEST

START_TEST(nothing_is_written_when_nothing_changed)
{
    struct paint paint;
    struct canvas canvas;
    paint_setup(&paint);
    canvas_init(&canvas, WIDTH, HEIGHT, CHARSET_BRAILLE);
    scribble(&canvas);
    paint_frame(&paint, &canvas);
    ck_assert_uint_gt(paint.bytes.length, 0);
    paint_frame(&paint, &canvas);
    ck_assert_uint_eq(paint.bytes.length, 0);
    canvas_restyle(&canvas, (struct rect){0, 0, 0, 0}, STYLE_BOLD);
    paint_frame(&paint, &canvas);
    ck_assert_uint_eq(paint.bytes.length, 0);
    canvas_fini(&canvas);
    paint_fini(&paint);
}
END_TEST

START_TEST(one_digit_costs_one_digit)
{
    struct paint paint;
    struct canvas canvas;
    struct rect all = {0, 0, WIDTH, HEIGHT};
    paint_setup(&paint);
    canvas_init(&canvas, WIDTH, HEIGHT, CHARSET_BRAILLE);
    canvas_text(&canvas, all, 4, 2, STYLE_TEXT, "next 3m12s");
    paint_frame(&paint, &canvas);
    canvas_text(&canvas, all, 4, 2, STYLE_TEXT, "next 3m11s");
    paint_frame(&paint, &canvas);
    ck_assert_str_eq(paint.bytes.text, "\033[3;13H\033[0m1");
    canvas_fini(&canvas);
    paint_fini(&paint);
}
END_TEST

/* An automatic margin without xenl would scroll the screen. */
START_TEST(the_corner_is_left_where_it_would_scroll)
{
    struct paint paint;
    struct canvas canvas;
    paint_setup(&paint);
    paint.keeps_corner = true;
    canvas_init(&canvas, 3, 2, CHARSET_ASCII);
    canvas_fill(&canvas, (struct rect){0, 0, 3, 2}, STYLE_BOLD, '#');
    paint_frame(&paint, &canvas);
    ck_assert_str_eq(paint.bytes.text, "\033[1;1H\033[2m###\033[2;1H##\033[0m");
    canvas_fini(&canvas);
    paint_fini(&paint);
}
END_TEST

Suite *paint_suite(void)
{
    const TTest *const list[] = {
        any_canvas_follows_any_other,
        nothing_is_written_when_nothing_changed,
        one_digit_costs_one_digit,
        the_corner_is_left_where_it_would_scroll,
        NULL,
    };
    return harness_suite("paint", list, 20);
}
