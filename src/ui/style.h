/* style: what a cell means; the theme decides how it looks on this terminal. */
#ifndef SOAKTOP_UI_STYLE_H
#define SOAKTOP_UI_STYLE_H

#include <stdbool.h>

enum style {
    STYLE_TEXT,
    STYLE_DIM,
    STYLE_BOLD,
    STYLE_TITLE,
    STYLE_FRAME,
    STYLE_FRAME_FOCUS,
    STYLE_HEADER,
    STYLE_HEADER_MODE, /* FROZEN and REPLAY fill the header: reverse */
    STYLE_PASS,        /* blue */
    STYLE_WARN,        /* yellow, underlined */
    STYLE_FAIL,        /* vermilion, reversed */
    STYLE_PASS_ALL,    /* in the KPI rail: pass, and passes all four KPIs: underlined */
    STYLE_WARN_ALL,    /* warn, the same */
    STYLE_FAIL_ALL,    /* fail, the same */
    STYLE_RAIL_WARN,   /* warn that does not: here the underline says something else */
    STYLE_APPLIED,
    STYLE_EVENT,
    STYLE_GRAPH,
    STYLE_THRESHOLD, /* line of the limit in a graph */
    STYLE_TARGET,
    STYLE_CURSOR, /* selected line */
    STYLE_HIT,    /* what was searched for, where it stands */
    STYLE_KEY,    /* a key in the footer */
    STYLE_DISABLED,
    STYLE_DIALOG,
    STYLE_DIALOG_TITLE,
    STYLE_BUTTON,
    STYLE_BUTTON_FOCUS,
    STYLE_ALERT,
    STYLE_COUNT
};

enum charset { CHARSET_ASCII, CHARSET_BLOCK, CHARSET_BRAILLE, CHARSET_COUNT };

#endif
