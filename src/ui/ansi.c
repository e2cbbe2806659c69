/* ansi: see ansi.h. */
#include "config.h"

#include "ui/ansi.h"

#include "model/mem.h"

static void add_look(struct buffer *text, const struct theme *theme, enum style style)
{
    struct look look = theme_look(theme, style, COLOUR_256);
    buffer_puts(text, "\033[0");
    if (look.attributes & LOOK_BOLD)
        buffer_puts(text, ";1");
    if (look.attributes & LOOK_DIM)
        buffer_puts(text, ";2");
    if (look.attributes & LOOK_UNDERLINE)
        buffer_puts(text, ";4");
    if (look.attributes & LOOK_REVERSE)
        buffer_puts(text, ";7");
    if (look.foreground >= 0)
        buffer_printf(text, ";38;5;%d", look.foreground);
    if (look.background >= 0)
        buffer_printf(text, ";48;5;%d", look.background);
    buffer_puts(text, "m");
}

char *ansi_dump(const struct canvas *canvas, const struct theme *theme)
{
    struct buffer text = {0};
    for (int y = 0; y < canvas->height; y++) {
        const struct cell *row = &canvas->cell[(size_t)y * (size_t)canvas->width];
        for (int x = 0; x < canvas->width; x++) {
            if (x == 0 || row[x].style != row[x - 1].style)
                add_look(&text, theme, row[x].style);
            canvas_add_cell(&text, &row[x]);
        }
        buffer_puts(&text, "\033[0m\n");
    }
    return buffer_take(&text);
}
