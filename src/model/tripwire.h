/* tripwire: a condition on a KPI that an apply is watched by: "risk > 0.45 for 2", and what a run
 * makes of it. What it is attached to, and what became of it, is a struct wire of the run
 * (wires.h). Pure. */
#ifndef SOAKTOP_MODEL_TRIPWIRE_H
#define SOAKTOP_MODEL_TRIPWIRE_H

#include "model/error.h"
#include "model/kpi.h"
#include "model/value.h"

enum {
    TRIPWIRE_TEXT_MAX = 80,
    TRIPWIRE_UNTIL = 8, /* iterations that a wire watches unless it says: the verdict's window */
    TRIPWIRE_COUNT_MAX = 1000
};

enum tripwire_op { TRIPWIRE_ABOVE, TRIPWIRE_AT_LEAST, TRIPWIRE_BELOW, TRIPWIRE_AT_MOST };
const char *tripwire_op_sign(enum tripwire_op op); /* ">" */

struct tripwire {
    enum kpi kpi;
    enum tripwire_op op;
    double limit;
    int count; /* iterations in a row that must meet it; at least 1 */
    int until; /* it watches that many iterations after its apply; at least COUNT */
};

/* Reads "KPI OP NUMBER [for N [it]] [until M [it]]": KPI is risk, maker_taker, net or p95 (the
 * beginning of a name, the field of ITER_SUMMARY, too); OP is > >= < or <=; without "for" one
 * iteration is enough, without "until" TRIPWIRE_UNTIL are watched (COUNT, if that is more). Spaces
 * round OP and the case of letters do not count. ERROR_USAGE says which word is wrong and what
 * would be right. */
int tripwire_parse(struct tripwire *wire, const char *text, struct error *err);
/* As tripwire_parse reads it; "for" and "until" always stand there. Returns TEXT. */
char *tripwire_text(const struct tripwire *wire, char text[TRIPWIRE_TEXT_MAX]);
/* "risk > 0.45 for 2": without until, for screens. Returns TEXT. */
char *tripwire_short(const struct tripwire *wire, char text[TRIPWIRE_TEXT_MAX]);
/* The name that a condition calls KPI by: "risk". */
const char *tripwire_kpi_name(enum kpi kpi);
/* True if VALUE is usable and meets the condition; a value within 1e-9 of the limit is at it. */
bool tripwire_meets(const struct tripwire *wire, struct value value);

#endif
