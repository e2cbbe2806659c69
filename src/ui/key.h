/* key: the codes of keys, as input gives them and actions are bound to. */
#ifndef SOAKTOP_UI_KEY_H
#define SOAKTOP_UI_KEY_H

/* A key: a code point, or one of these. */
enum {
    KEYCODE_UP = 0x200000,
    KEYCODE_DOWN,
    KEYCODE_LEFT,
    KEYCODE_RIGHT,
    KEYCODE_PAGE_UP,
    KEYCODE_PAGE_DOWN,
    KEYCODE_HOME,
    KEYCODE_END,
    KEYCODE_TAB,
    KEYCODE_BACKTAB,
    KEYCODE_ENTER,
    KEYCODE_ESCAPE,
    KEYCODE_BACKSPACE,
    KEYCODE_DELETE,
    KEYCODE_F1,
    KEYCODE_F12 = KEYCODE_F1 + 11,
    KEYCODE_RESIZE,
    KEYCODE_PASTE,
    KEYCODE_MOUSE
};

#endif
