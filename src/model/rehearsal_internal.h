/* rehearsal_internal: what the rehearsal's files need of each other; nobody else includes it. */
#ifndef SOAKTOP_MODEL_REHEARSAL_INTERNAL_H
#define SOAKTOP_MODEL_REHEARSAL_INTERNAL_H

#include "model/mem.h"
#include "model/rehearsal.h"

/* rehearsal_order.c: carries ORDER out on the run; TEXT gets a sentence. -1 with ERR and nothing
 * changed. */
int rehearsal_carry_out(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                        struct buffer *text, struct error *err);

/* rehearsal_run.c: the run that it comes to. */
/* Makes the run anew as it was when FROM was judged; everything that was done is gone from it. */
void rehearsal_restart(struct rehearsal *rehearsal);
/* The next iteration; the one before it must be decided. False: the recorded run ends here. */
bool rehearsal_open_next(struct rehearsal *rehearsal);
/* What a decision on a line of the newest iteration is made in; BEFORE is room for the run up to
 * it. */
struct line_context rehearsal_context(const struct rehearsal *rehearsal, struct run *before);
/* The proposal that waits has changed: its iteration shows it. */
void rehearsal_show(struct rehearsal *rehearsal);
/* Ends the newest iteration: what is staged is written, the rest declined with NOTE. */
void rehearsal_close(struct rehearsal *rehearsal, const char *note, const char *override_reason);
/* VALUES come into force by KIND, after iteration AFTER; false: they are in force already. */
bool rehearsal_put(struct rehearsal *rehearsal, enum change_kind kind, int after,
                   const struct value *values);
/* The parameters changed while the newest iteration waits: its proposal anew, with the decisions
 * that can still be made. */
void rehearsal_renew(struct rehearsal *rehearsal);
/* A line for the log. */
void rehearsal_log(struct rehearsal *rehearsal, enum event_kind kind, const char *text);
/* Appends "a 1 -> 2, b 3 -> 4", what the newest change of the run moved. */
void rehearsal_name_change(const struct rehearsal *rehearsal, struct buffer *text);

#endif
