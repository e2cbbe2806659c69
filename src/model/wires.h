/* wires: the tripwires of a run: which apply each is attached to, how far it has counted, what
 * became of it. A wire belongs to the one apply of an iteration. What the journal says of it stands
 * in struct wire; all else follows from the run.
 *
 * It watches the iterations that ran with what its apply wrote: those behind the apply's. A value
 * that is missing, stale or made up, and a failed iteration, do not count and do not reset: such an
 * iteration says nothing about the KPI, so it must neither take back parameters nor, by breaking a
 * row, hide a KPI that has gone bad. It does use up the iterations that the wire watches.
 *
 * It ends when nothing that its apply wrote is in force any more (rolled back, or replaced), when
 * it has fired and the rollback was made or dismissed, or when it has watched as long as it should.
 */
#ifndef SOAKTOP_MODEL_WIRES_H
#define SOAKTOP_MODEL_WIRES_H

#include "model/run.h"

struct wire_status {
    enum wire_fate fate;
    int streak;      /* usable values in a row that meet the condition, up to the newest */
    int seen;        /* usable values so far */
    int passed_over; /* iterations without one */
    int met_at;      /* iteration in which the row was long enough; 0: not yet */
    int ends_at;     /* the last iteration that it watches */
};

/* Copies WIRE in; it replaces the one of the same apply. */
void run_put_wire(struct run *run, const struct wire *wire);
/* Forgets the wire of that iteration's apply if there never was such an apply: it is decided anew.
 */
void run_drop_idle_wire(struct run *run, int applied_at);
/* The wire of the apply of that iteration, or NULL. */
const struct wire *run_wire(const struct run *run, int applied_at);
/* The apply of that iteration, the newest one, or NULL. */
const struct change *run_apply_of(const struct run *run, int iteration);

/* What has become of WIRE by the end of iteration UPTO (0: now). */
struct wire_status wire_status(const struct run *run, const struct wire *wire, int upto);
/* It has fired, and somebody has to decide about the rollback. */
bool wire_waits(const struct run *run, const struct wire *wire);
/* The newest wire on KPI that watches or has fired by the end of iteration UPTO (0: now), with its
 * *STATUS (may be NULL); NULL: none. */
const struct wire *run_wire_on(const struct run *run, enum kpi kpi, int upto,
                               struct wire_status *status);
/* The newest wire that waits, or NULL; *COUNT (may be NULL): how many do. */
const struct wire *run_waiting_wire(const struct run *run, size_t *count);

/* "watching", "fired", "rolled back" ...: as journal and screens name it. */
const char *wire_fate_name(enum wire_fate fate);
enum wire_fate wire_fate_parse(const char *name); /* WIRE_FATES if unknown */
/* "1/2", how far WIRE has counted; or the word of its fate. Returns TEXT. */
enum { WIRE_COUNT_TEXT_MAX = 24 };
char *wire_count_text(const struct wire *wire, const struct wire_status *status,
                      char text[WIRE_COUNT_TEXT_MAX]);

/* The usable values that made it fire, oldest first, with their iterations; how many (at most MAX).
 */
struct wire_value {
    int iteration;
    double value;
};
size_t wire_values(const struct run *run, const struct wire *wire, int fired_at,
                   struct wire_value *values, size_t max);

/* What happened, in one sentence for log and alerts (free it). */
char *wire_set_sentence(const struct wire *wire);
char *wire_fired_sentence(const struct run *run, const struct wire *wire);
char *wire_ended_sentence(const struct wire *wire);
char *wire_dismissed_sentence(const struct wire *wire);

#endif
