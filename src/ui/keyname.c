/* keyname: see keyname.h. Pure. The first name of a key in the table is the one that is shown, the
 * others are read too. */
#include "config.h"

#include "ui/keyname.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/text.h"
#include "ui/key.h"

enum { CONTROL_MASK = 0x1f, CONTROL_Z = 26, FIRST_PRINTABLE = 0x20, LAST_CODE_POINT = 0x10ffff };

static const struct {
    const char *name;
    unsigned key;
} names[] = {
    {"Space", ' '},
    {"Up", KEYCODE_UP},
    {"Down", KEYCODE_DOWN},
    {"Left", KEYCODE_LEFT},
    {"Right", KEYCODE_RIGHT},
    {"PgUp", KEYCODE_PAGE_UP},
    {"PageUp", KEYCODE_PAGE_UP},
    {"PgDn", KEYCODE_PAGE_DOWN},
    {"PageDown", KEYCODE_PAGE_DOWN},
    {"Home", KEYCODE_HOME},
    {"End", KEYCODE_END},
    {"Tab", KEYCODE_TAB},
    {"Shift-Tab", KEYCODE_BACKTAB},
    {"S-Tab", KEYCODE_BACKTAB},
    {"BackTab", KEYCODE_BACKTAB},
    {"Enter", KEYCODE_ENTER},
    {"Return", KEYCODE_ENTER},
    {"Esc", KEYCODE_ESCAPE},
    {"Escape", KEYCODE_ESCAPE},
    {"Backspace", KEYCODE_BACKSPACE},
    {"Delete", KEYCODE_DELETE},
    {"Del", KEYCODE_DELETE},
};

const char *keyname_at(size_t index)
{
    return index < sizeof names / sizeof *names ? names[index].name : NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What a terminal sends for Ctrl and LETTER. */
static unsigned control(char letter)
{
    switch (letter & CONTROL_MASK) {
    case 'h' & CONTROL_MASK:
        return KEYCODE_BACKSPACE;
    case 'i' & CONTROL_MASK:
        return KEYCODE_TAB;
    case 'j' & CONTROL_MASK:
    case 'm' & CONTROL_MASK:
        return KEYCODE_ENTER;
    default:
        return (unsigned)(letter & CONTROL_MASK);
    }
}

/* "^L", "C-l", "Ctrl-L"; 0: NAME is none of these. */
static unsigned parse_control(const char *name)
{
    static const char *const prefixes[] = {"^", "C-", "Ctrl-"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (strncasecmp(name, prefixes[i], length) != 0 || strlen(name) != length + 1)
            continue;
        if (is_letter(name[length]))
            return control(name[length]);
        return name[length] == '[' ? (unsigned)KEYCODE_ESCAPE : 0;
    }
    return 0;
}

/* "F1" to "F12". */
static unsigned parse_function(const char *name)
{
    unsigned last = KEYCODE_F12 - KEYCODE_F1 + 1;
    size_t digits = strspn(name + 1, "0123456789");
    if ((name[0] != 'F' && name[0] != 'f') || name[1] == '0' || digits == 0 || digits > 2 ||
        name[1 + digits] != '\0')
        return 0;
    unsigned number = (unsigned)atoi(name + 1);
    return number <= last ? KEYCODE_F1 + number - 1 : 0;
}

/* A character that is seen: neither a control nor one that text_make_safe would not let through. */
static unsigned parse_character(const char *name)
{
    unsigned long code;
    char safe[KEYNAME_MAX];
    size_t length = strlen(name);
    if (length == 0 || length > 4 || text_decode(name, length, &code) != length ||
        code <= FIRST_PRINTABLE)
        return 0;
    text_make_safe(safe, sizeof safe, name, length);
    return strcmp(safe, name) == 0 ? (unsigned)code : 0;
}

unsigned keyname_parse(const char *name)
{
    if (name[0] == '\0')
        return 0;
    unsigned key = parse_character(name);
    if (key == 0)
        key = parse_control(name);
    if (key == 0)
        key = parse_function(name);
    for (size_t i = 0; key == 0 && i < sizeof names / sizeof *names; i++)
        if (strcasecmp(names[i].name, name) == 0)
            return names[i].key;
    return key;
}

bool keyname_format(unsigned key, char text[KEYNAME_MAX])
{
    text[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].key == key) {
            snprintf(text, KEYNAME_MAX, "%s", names[i].name);
            return true;
        }
    if (key >= KEYCODE_F1 && key <= KEYCODE_F12) {
        snprintf(text, KEYNAME_MAX, "F%u", key - KEYCODE_F1 + 1);
        return true;
    }
    if (key > 0 && key <= CONTROL_Z) {
        snprintf(text, KEYNAME_MAX, "^%c", (char)(key + '@'));
        return true;
    }
    if (key <= FIRST_PRINTABLE || key > LAST_CODE_POINT)
        return false;
    text[text_encode(key, text)] = '\0';
    if (keyname_parse(text) == key)
        return true;
    text[0] = '\0';
    return false;
}

bool keyname_is_ctrl(unsigned key)
{
    return key < FIRST_PRINTABLE || key == KEYCODE_TAB || key == KEYCODE_ENTER ||
           key == KEYCODE_ESCAPE || key == KEYCODE_BACKSPACE;
}
