/* theme: the table of looks. UI thread; pure. */
#include "config.h"

#include "ui/theme.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* A hue as the three kinds of palettes have it. */
struct hue {
    int eight, palette, direct;
};

static const struct hue plain = {-1, -1, -1};
/* Okabe-Ito: blue, yellow, vermilion, orange, bluish green, and a grey for what steps back. The
 * number in the 256 palette is the nearest; blue is a lighter one that black ground bears. */
static const struct hue blue = {6, 32, 0x0087d7};
static const struct hue yellow = {3, 221, 0xf0e442};
static const struct hue vermilion = {5, 166, 0xd55e00};
static const struct hue orange = {3, 214, 0xe69f00};
static const struct hue green = {6, 36, 0x009e73};
static const struct hue grey = {-1, 245, 0x8a8a8a};

struct style_row {
    unsigned attributes;
    const struct hue *hue;
};

static const struct style_row style_table[STYLE_COUNT] = {
    [STYLE_TEXT] = {0, &plain},
    [STYLE_DIM] = {0, &grey},
    [STYLE_BOLD] = {LOOK_BOLD, &plain},
    [STYLE_TITLE] = {LOOK_BOLD, &plain},
    [STYLE_FRAME] = {0, &grey},
    [STYLE_FRAME_FOCUS] = {LOOK_BOLD, &plain},
    [STYLE_HEADER] = {LOOK_BOLD, &plain},
    [STYLE_HEADER_MODE] = {LOOK_BOLD | LOOK_REVERSE, &plain},
    [STYLE_PASS] = {0, &blue},
    [STYLE_WARN] = {LOOK_UNDERLINE, &yellow},
    [STYLE_FAIL] = {LOOK_REVERSE, &vermilion},
    [STYLE_PASS_ALL] = {LOOK_BOLD | LOOK_UNDERLINE, &blue},
    [STYLE_WARN_ALL] = {LOOK_UNDERLINE, &yellow},
    [STYLE_FAIL_ALL] = {LOOK_REVERSE | LOOK_UNDERLINE, &vermilion},
    [STYLE_RAIL_WARN] = {0, &yellow},
    [STYLE_APPLIED] = {LOOK_BOLD, &green},
    [STYLE_EVENT] = {0, &orange},
    [STYLE_GRAPH] = {0, &blue},
    [STYLE_THRESHOLD] = {0, &vermilion},
    [STYLE_TARGET] = {0, &grey},
    [STYLE_CURSOR] = {LOOK_REVERSE, &plain},
    [STYLE_HIT] = {LOOK_BOLD | LOOK_UNDERLINE, &plain},
    [STYLE_KEY] = {LOOK_BOLD, &plain},
    [STYLE_DISABLED] = {LOOK_DIM, &plain},
    [STYLE_DIALOG] = {0, &plain},
    [STYLE_DIALOG_TITLE] = {LOOK_BOLD | LOOK_REVERSE, &plain},
    [STYLE_BUTTON] = {0, &plain},
    [STYLE_BUTTON_FOCUS] = {LOOK_BOLD | LOOK_REVERSE, &plain},
    [STYLE_ALERT] = {LOOK_BOLD | LOOK_REVERSE, &vermilion},
};

struct look theme_look(enum style style, enum colour_depth depth)
{
    const struct style_row *row = &style_table[(unsigned)style < STYLE_COUNT ? style : STYLE_TEXT];
    switch (depth) {
    case COLOUR_8:
        return (struct look){row->attributes, row->hue->eight};
    case COLOUR_256:
        return (struct look){row->attributes, row->hue->palette};
    case COLOUR_DIRECT:
        return (struct look){row->attributes, row->hue->direct};
    case COLOUR_NONE:
        break;
    }
    return (struct look){row->attributes, -1};
}

enum colour_depth theme_depth(int colours, const char *no_color)
{
    if (no_color && *no_color)
        return COLOUR_NONE;
    if (colours > 0xffff)
        return COLOUR_DIRECT;
    if (colours >= 256)
        return COLOUR_256;
    return colours >= 8 ? COLOUR_8 : COLOUR_NONE;
}

enum charset theme_charset(const char *codeset, const char *term)
{
    if (!codeset || (strcasecmp(codeset, "UTF-8") != 0 && strcasecmp(codeset, "utf8") != 0))
        return CHARSET_ASCII;
    return term && strcmp(term, "linux") == 0 ? CHARSET_BLOCK : CHARSET_BRAILLE;
}
