/* layout: where everything goes, as a pure function of numbers. No rectangle overlaps another or
 * leaves the screen, at any size from 1x1 on. Height is given in this order: header, KPI numbers,
 * delta rows, detail, graphs, journal. Under 60x16: seven lines; under 40x8: one line. */
#ifndef SOAKTOP_UI_LAYOUT_H
#define SOAKTOP_UI_LAYOUT_H

#include "ui/view.h"

enum layout_kind {
    LAYOUT_LINE,  /* under 40x8: one line */
    LAYOUT_SMALL, /* under 60x16: header, four KPI lines, staged line, keys */
    LAYOUT_TABS,  /* 60..99 columns: KPIs above, one panel at a time with tabs */
    LAYOUT_TWO,   /* 100..159: two columns */
    LAYOUT_THREE  /* 160 on: three columns */
};

struct layout {
    enum layout_kind kind;
    int width, height;
    struct rect header;               /* run, state, gate */
    struct rect rail_kpi, rail_event; /* height 0: not shown */
    struct rect tabs;                 /* height 0: not shown */
    struct rect panel[PANEL_COUNT];   /* width 0: not shown */
    struct rect detail;               /* of the selected delta; width 0: not shown */
    struct rect status, staged, keys; /* bottom lines; height 0: not shown */
};

struct layout_input {
    int width, height;
    bool open[PANEL_COUNT];
    enum panel_id focus;
    enum panel_size size; /* of the focused panel */
    int delta_rows;       /* lines of the proposal: the deltas panel asks for that height */
};

struct layout layout_compute(const struct layout_input *input);

#endif
