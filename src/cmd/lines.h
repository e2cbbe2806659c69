/* lines: a recorded iteration as a line for people (aligned), as sentences, or as JSON. For run
 * without a screen and for replay into a pipe. */
#ifndef SOAKTOP_CMD_LINES_H
#define SOAKTOP_CMD_LINES_H

#include "artifact/config.h"
#include "cmd/options.h"
#include "model/mem.h"
#include "model/run.h"

enum line_form {
    LINE_TABLE, /* one line an iteration, the columns stand below each other */
    LINE_PLAIN, /* one sentence a change, for screen readers and logs */
    LINE_JSON   /* one canonical object an iteration */
};

struct line_style {
    enum line_form form;
    bool colour;
    int planned; /* iterations of the run; 0: not known */
    int last;    /* the highest number to come, for the column's width; 0: not known */
    const struct param_table *params;
};

/* LINE is that of a command with --json and --plain. ERROR_USAGE if both are given. */
int line_form_read(enum line_form *form, const struct command_line *line, struct error *err);

/* True if standard output may be coloured: a terminal that can, and no NO_COLOR. */
bool line_colour_wanted(void);

/* Adds ITERATION to OUT: whole lines, text from files made safe. -1 with ERR if JSON cannot say it.
 */
int line_iteration(struct buffer *out, const struct line_style *style,
                   const struct iteration *iteration, struct error *err);

#endif
