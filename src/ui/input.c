/* input: see input.h. UI thread. */
#include "config.h"

#include "ui/input.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/ioctl.h>

#include "artifact/realclock.h"
#include "ui/curses_api.h"
#include "ui/key.h"
#include "ui/screen.h"

enum {
    PASTE_BEGIN = KEY_MAX + 1,
    PASTE_END,
    /* A paste whose end never comes is over when nothing came for this long. */
    PASTE_LOST_MS = 1000,
    FAULTS_MAX = 8
};

static struct {
    bool inside;
    int64_t heard_ms;
} paste;

void input_init(void)
{
    define_key("\033[200~", PASTE_BEGIN);
    define_key("\033[201~", PASTE_END);
    paste.inside = false;
}

static const struct {
    int curses;
    unsigned code;
} key_table[] = {
    {KEY_UP, KEYCODE_UP},       {KEY_DOWN, KEYCODE_DOWN},           {KEY_LEFT, KEYCODE_LEFT},
    {KEY_RIGHT, KEYCODE_RIGHT}, {KEY_PPAGE, KEYCODE_PAGE_UP},       {KEY_NPAGE, KEYCODE_PAGE_DOWN},
    {KEY_HOME, KEYCODE_HOME},   {KEY_FIND, KEYCODE_HOME},           {KEY_END, KEYCODE_END},
    {KEY_SELECT, KEYCODE_END},  {KEY_BTAB, KEYCODE_BACKTAB},        {KEY_ENTER, KEYCODE_ENTER},
    {KEY_DC, KEYCODE_DELETE},   {KEY_BACKSPACE, KEYCODE_BACKSPACE}, {KEY_MOUSE, KEYCODE_MOUSE},
};

static unsigned special_code(int key)
{
    for (size_t i = 0; i < sizeof key_table / sizeof *key_table; i++)
        if (key_table[i].curses == key)
            return key_table[i].code;
    if (key >= KEY_F(1) && key <= KEY_F(12))
        return KEYCODE_F1 + (unsigned)(key - KEY_F(1));
    return 0;
}

static unsigned character_code(wint_t character)
{
    switch (character) {
    case '\r':
    case '\n':
        return KEYCODE_ENTER;
    case '\t':
        return KEYCODE_TAB;
    case '\033':
        return KEYCODE_ESCAPE;
    case '\b':
    case 0x7f:
        return KEYCODE_BACKSPACE;
    default:
        return (unsigned)character;
    }
}

/* True if the key belongs to a paste, and is dropped. */
static bool in_paste(int64_t now)
{
    if (paste.inside && now - paste.heard_ms > PASTE_LOST_MS)
        paste.inside = false;
    paste.heard_ms = now;
    return paste.inside;
}

static bool bytes_wait(void)
{
    int waiting = 0;
    return ioctl(screen_input_fd(), FIONREAD, &waiting) == 0 && waiting > 0;
}

unsigned input_next(void)
{
    wint_t character;
    int faults = 0;
    for (;;) {
        int kind = get_wch(&character);
        if (kind == ERR) {
            /* Also what bytes give that are no character of the locale: look behind them. */
            if (++faults > FAULTS_MAX || (faults > 1 && !bytes_wait()))
                return 0;
            continue;
        }
        int64_t now = monotonic_ms();
        if (kind == KEY_CODE_YES && character == PASTE_BEGIN) {
            paste.inside = true;
            paste.heard_ms = now;
            return KEYCODE_PASTE;
        }
        if (kind == KEY_CODE_YES && character == PASTE_END) {
            paste.inside = false;
            continue;
        }
        unsigned code = kind == KEY_CODE_YES ? special_code((int)character)
                                             : character_code(character);
        if (!in_paste(now) && code != 0)
            return code;
    }
}

int input_mouse(struct mouse_event *event)
{
    MEVENT seen;
    if (getmouse(&seen) != OK)
        return -1;
    *event = (struct mouse_event){.x = seen.x, .y = seen.y};
    if (seen.bstate & BUTTON1_PRESSED)
        event->kind = MOUSE_PRESS;
    else if (seen.bstate & BUTTON4_PRESSED)
        event->kind = MOUSE_WHEEL_UP;
    else if (seen.bstate & BUTTON5_PRESSED)
        event->kind = MOUSE_WHEEL_DOWN;
    else
        return -1;
    return 0;
}

void input_flush(void)
{
    flushinp();
}
