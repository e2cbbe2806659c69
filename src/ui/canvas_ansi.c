/* canvas_ansi: see canvas_ansi.h. UI thread; pure. */
#include "config.h"

#include "ui/canvas_ansi.h"

#include "model/mem.h"

/* FIRST: 30 of what is drawn, 40 of the ground. */
static void add_colour(struct buffer *text, int colour, int first, enum colour_depth depth)
{
    if (colour < 0 || depth == COLOUR_NONE)
        return;
    if (colour < 8 && depth != COLOUR_DIRECT)
        buffer_printf(text, ";%d", first + colour);
    else if (depth != COLOUR_DIRECT)
        buffer_printf(text, ";%d;5;%d", first + 8, colour);
    else
        buffer_printf(text, ";%d;2;%d;%d;%d", first + 8, colour >> 16 & 0xff, colour >> 8 & 0xff,
                      colour & 0xff);
}

static void add_look(struct buffer *text, const struct theme *theme, enum style style,
                     enum colour_depth depth)
{
    struct look look = theme_look(theme, style, depth);
    buffer_puts(text, "\033[0");
    if (look.attributes & LOOK_BOLD)
        buffer_puts(text, ";1");
    if (look.attributes & LOOK_DIM)
        buffer_puts(text, ";2");
    if (look.attributes & LOOK_UNDERLINE)
        buffer_puts(text, ";4");
    if (look.attributes & LOOK_REVERSE)
        buffer_puts(text, ";7");
    add_colour(text, look.foreground, 30, depth);
    add_colour(text, look.background, 40, depth);
    buffer_puts(text, "m");
}

char *canvas_ansi_dump(const struct canvas *canvas, const struct theme *theme,
                       enum colour_depth depth)
{
    struct buffer text = {0};
    for (int y = 0; y < canvas->height; y++) {
        const struct cell *row = &canvas->cell[(size_t)y * (size_t)canvas->width];
        for (int x = 0; x < canvas->width; x++) {
            if (x == 0 || row[x].style != row[x - 1].style)
                add_look(&text, theme, row[x].style, depth);
            canvas_add_cell(&text, &row[x]);
        }
        buffer_puts(&text, "\033[0m\n");
    }
    return buffer_take(&text);
}
