/* theme: see theme.h. UI thread; pure but for theme_read. */
#include "config.h"

#include "ui/theme.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "ui/colour.h"

struct style_row {
    const char *name;
    unsigned attributes; /* of the plain theme */
};

static const struct style_row style_table[STYLE_COUNT] = {
    [STYLE_TEXT] = {"text", 0},
    [STYLE_DIM] = {"dim", 0},
    [STYLE_BOLD] = {"bold", LOOK_BOLD},
    [STYLE_TITLE] = {"title", LOOK_BOLD},
    [STYLE_FRAME] = {"frame", 0},
    [STYLE_FRAME_FOCUS] = {"frame-focus", LOOK_BOLD},
    [STYLE_HEADER] = {"header", LOOK_BOLD},
    [STYLE_HEADER_MODE] = {"header-mode", LOOK_REVERSE | LOOK_UNDERLINE},
    [STYLE_PASS] = {"pass", 0},
    [STYLE_WARN] = {"warn", LOOK_UNDERLINE},
    [STYLE_FAIL] = {"fail", LOOK_REVERSE},
    [STYLE_PASS_ALL] = {"pass-all", LOOK_BOLD | LOOK_UNDERLINE},
    [STYLE_WARN_ALL] = {"warn-all", LOOK_UNDERLINE},
    [STYLE_FAIL_ALL] = {"fail-all", LOOK_REVERSE | LOOK_UNDERLINE},
    [STYLE_RAIL_WARN] = {"rail-warn", 0},
    [STYLE_APPLIED] = {"applied", LOOK_BOLD},
    [STYLE_EVENT] = {"event", 0},
    [STYLE_GRAPH] = {"graph", 0},
    [STYLE_THRESHOLD] = {"threshold", 0},
    [STYLE_TARGET] = {"target", 0},
    [STYLE_CURSOR] = {"cursor", LOOK_BOLD | LOOK_REVERSE},
    [STYLE_HIT] = {"hit", LOOK_BOLD | LOOK_UNDERLINE},
    [STYLE_KEY] = {"key", LOOK_BOLD},
    [STYLE_DISABLED] = {"disabled", LOOK_DIM},
    [STYLE_DIALOG] = {"dialog", 0},
    [STYLE_DIALOG_TITLE] = {"dialog-title", LOOK_BOLD | LOOK_REVERSE},
    [STYLE_BUTTON] = {"button", 0},
    [STYLE_BUTTON_FOCUS] = {"button-focus", LOOK_BOLD | LOOK_REVERSE},
    [STYLE_ALERT] = {"alert", LOOK_BOLD | LOOK_REVERSE | LOOK_UNDERLINE},
};

const char *style_name(enum style style)
{
    return style_table[style].name;
}

void theme_plain(struct theme *theme)
{
    snprintf(theme->name, sizeof theme->name, "%s", "mono");
    for (int style = 0; style < STYLE_COUNT; style++)
        theme->style[style] = (struct theme_style){style_table[style].attributes, COLOUR_DEFAULT,
                                                   COLOUR_DEFAULT, COLOUR_DEFAULT, COLOUR_DEFAULT};
}

int theme_read(struct theme *theme, const char *name, struct error *err)
{
    char path[THEME_PATH_MAX];
    const char *names[STYLE_COUNT];
    struct theme fresh;
    for (int style = 0; style < STYLE_COUNT; style++)
        names[style] = style_table[style].name;
    theme_plain(&fresh);
    if (theme_file_find(name, path, err) != 0 ||
        theme_file_read(path, names, fresh.style, STYLE_COUNT, err) != 0)
        return -1;
    snprintf(fresh.name, sizeof fresh.name, "%s", name);
    *theme = fresh;
    return 0;
}

/* RGB, or where the terminal has few colours BASIC, as its palette has it. */
static int number_of(int rgb, int basic, enum colour_depth depth)
{
    if (rgb == COLOUR_DEFAULT && basic == COLOUR_DEFAULT)
        return COLOUR_DEFAULT;
    switch (depth) {
    case COLOUR_8:
    case COLOUR_16:
        if (basic == COLOUR_TERMINAL)
            return COLOUR_DEFAULT;
        if (basic == COLOUR_DEFAULT)
            return depth == COLOUR_8 ? colour_nearest_8(rgb) : colour_nearest_16(rgb);
        return depth == COLOUR_8 ? basic % 8 : basic;
    case COLOUR_256:
        return rgb == COLOUR_DEFAULT ? COLOUR_DEFAULT : colour_nearest_256(rgb);
    case COLOUR_DIRECT:
        return rgb;
    case COLOUR_NONE:
        break;
    }
    return COLOUR_DEFAULT;
}

struct look theme_look(const struct theme *theme, enum style style, enum colour_depth depth)
{
    const struct theme_style *text = &theme->style[STYLE_TEXT];
    const struct theme_style *own =
        &theme->style[(unsigned)style < STYLE_COUNT ? style : STYLE_TEXT];
    struct look look = {
        own->attributes,
        number_of(own->foreground, own->basic_foreground, depth),
        number_of(own->background, own->basic_background, depth),
    };
    if (look.foreground == COLOUR_DEFAULT)
        look.foreground = number_of(text->foreground, text->basic_foreground, depth);
    if (look.background == COLOUR_DEFAULT)
        look.background = number_of(text->background, text->basic_background, depth);
    return look;
}

enum colour_depth theme_depth(int colours, const char *no_color)
{
    if (no_color && *no_color)
        return COLOUR_NONE;
    if (colours > 0xffff)
        return COLOUR_DIRECT;
    if (colours >= 256)
        return COLOUR_256;
    if (colours >= 16)
        return COLOUR_16;
    return colours >= 8 ? COLOUR_8 : COLOUR_NONE;
}

/* GNU screen says what its own terminal says, and passes no direct colours on. */
bool theme_direct_term(const char *term, const char *colorterm, char *name, size_t size)
{
    static const char suffix[] = "-256color";
    if (!term || !colorterm || strncmp(term, "screen", 6) == 0 || strstr(term, "-direct") ||
        (strcmp(colorterm, "truecolor") != 0 && strcmp(colorterm, "24bit") != 0))
        return false;
    size_t length = strlen(term), cut = sizeof suffix - 1;
    if (length > cut && strcmp(term + length - cut, suffix) == 0)
        length -= cut;
    int written = snprintf(name, size, "%.*s-direct", (int)length, term);
    return written > 0 && (size_t)written < size;
}

enum charset theme_charset(const char *codeset, const char *term)
{
    if (!codeset || (strcasecmp(codeset, "UTF-8") != 0 && strcasecmp(codeset, "utf8") != 0))
        return CHARSET_ASCII;
    return term && strcmp(term, "linux") == 0 ? CHARSET_BLOCK : CHARSET_BRAILLE;
}
