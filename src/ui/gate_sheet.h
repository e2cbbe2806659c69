/* gate_sheet: the gate panel's text, row by row: counted as it is drawn, so that drawing and
 * scrolling agree. UI thread; pure. */
#ifndef SOAKTOP_UI_GATE_SHEET_H
#define SOAKTOP_UI_GATE_SHEET_H

#include "ui/view.h"

enum { GATE_LINE_MAX = 320 };

struct gate_sheet {
    const struct view *view;
    struct canvas *canvas; /* NULL: only count */
    struct rect area;
    int row, top;
    int cursor; /* row of the check under the cursor; -1: none */
};

/* The next row; width 0: it is not to be drawn. */
struct rect gate_sheet_row(struct gate_sheet *sheet);
/* TEXT in as many rows as it needs, all but the first indented; "{gate}" is that action's key. */
void gate_sheet_line(struct gate_sheet *sheet, enum style style, const char *text);
void gate_sheet_printf(struct gate_sheet *sheet, enum style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* gate_lines.c: what is known without a gate. */
void gate_lines_verdict(struct gate_sheet *sheet);
void gate_lines_forecast(struct gate_sheet *sheet);
/* What PASS still wants: "all of it 24..27 must pass"; "" if nothing, or if it cannot be. */
void gate_lines_must(const struct view *view, char *text, size_t size);
void gate_lines_apply_ratio(struct gate_sheet *sheet);
void gate_lines_report(struct gate_sheet *sheet);
/* In one line, or, where the panel is larger, a row for each rule set. */
void gate_lines_xray(struct gate_sheet *sheet);
/* Nothing unless a limit is imagined. */
void gate_lines_whatif(struct gate_sheet *sheet);

#endif
