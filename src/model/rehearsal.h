/* rehearsal: other decisions on a recorded run. From one of its iterations on the parameters, the
 * proposals, the guards and what was held or rejected follow from decisions that are made here; the
 * KPIs stay those that were recorded: they are not simulated, and would have been others. Tuner,
 * guards and the rules of a decision are the engine's own (model/propose.h, model/line.h).
 *
 * Every decision is an entry of the rehearsal's own journal, in memory; what they come to is made
 * anew from the recorded run whenever one is taken back. Nothing is written anywhere. One thread
 * owns a rehearsal and its run. */
#ifndef SOAKTOP_MODEL_REHEARSAL_H
#define SOAKTOP_MODEL_REHEARSAL_H

#include "model/line.h"
#include "model/standing.h"

struct buffer; /* model/mem.h */

enum rehearsal_op {
    REHEARSE_LINE,    /* LINE on the line NAME; "": on every line that no guard holds */
    REHEARSE_APPLY,   /* write the staged lines; the others are declined */
    REHEARSE_PASS,    /* write nothing: all lines are declined */
    REHEARSE_AUTO,    /* write what no guard holds, as --approve auto does */
    REHEARSE_BACK,    /* roll back the newest apply in force */
    REHEARSE_BACK_TO, /* to the parameters of iteration NUMBER */
    REHEARSE_BACK_OF, /* the parameter NAME alone */
    REHEARSE_NEXT     /* go on to the next recorded iteration; PASS first, if one waits */
};

struct rehearsal_order {
    enum rehearsal_op op;
    enum decide_op line;
    char name[PARAM_NAME_MAX];
    double number;             /* a line's value or iteration; BACK_TO: the iteration */
    char note[DELTA_NOTE_MAX]; /* the reason; "": none */
    unsigned batch; /* orders of one key have one number and go back together; 0: alone */
    bool confirmed; /* APPLY: the word was typed */
};

/* One line of the rehearsal's journal. */
struct rehearsal_entry {
    struct rehearsal_order order;
    int iteration;  /* that was being decided */
    bool passed;    /* NEXT: a proposal waited, and nothing of it was written */
    char text[256]; /* "rejected base_spread_bps (too big)" */
};

struct rehearsal {
    const struct run *recorded; /* borrowed */
    struct run *run;            /* what it comes to; borrowed, filled here */
    const struct policy *policy;
    const struct param_table *table;
    char actor[96];
    int from;       /* the first iteration that is decided here */
    bool differs;   /* FROM's proposal made anew is not the recorded one: another policy or table */
    unsigned steps; /* changes with every order, undo and redo */
    size_t done, undone, capacity;
    struct rehearsal_entry *entry; /* [0..done) in force, the UNDONE ones after them taken back */
    /* where it stands */
    struct value values[PARAM_MAX]; /* in force */
    struct standing standing;
    struct proposal offered;    /* of the newest iteration, as the guards left it */
    struct guard_report guards; /* of it */
};

/* Begins at iteration FROM of RECORDED, which must outlive it, as POLICY and TABLE must. RUN (not
 * initialised) becomes RECORDED as it was when FROM was judged, FROM the newest iteration of it,
 * its proposal waiting, with the names of what can be
 * taken back and done again (also while nothing waits); its owner frees it with run_fini, after
 * rehearsal_fini. -1 with ERR and nothing to free: there is no such iteration, or its parameters
 * were not recorded. */
int rehearsal_begin(struct rehearsal *rehearsal, struct run *run, const struct run *recorded,
                    int from, const struct policy *policy, const struct param_table *table,
                    const char *actor, struct error *err);
void rehearsal_fini(struct rehearsal *rehearsal);

/* Carries ORDER out; TEXT says what came of it. -1 with ERR and nothing changed: nothing waits, a
 * guard blocks a line, a value is out of bounds, the recorded run ends here. */
int rehearsal_do(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                 struct buffer *text, struct error *err);
/* Takes the newest order (or those of one key) back, and does it again. TEXT names it. -1 with ERR:
 * there is none. */
int rehearsal_undo(struct rehearsal *rehearsal, struct buffer *text, struct error *err);
int rehearsal_redo(struct rehearsal *rehearsal, struct buffer *text, struct error *err);

/* The iteration that is being decided, or was decided last: the newest of the run. */
int rehearsal_at(const struct rehearsal *rehearsal);
/* False for an entry that only went on. */
bool rehearsal_decides(const struct rehearsal_entry *entry);
/* Decisions in force: entries but for those. */
size_t rehearsal_decisions(const struct rehearsal *rehearsal);
/* What was decided of ITERATION, of any run: "applied a 1 -> 2, b 3 -> 4; left out c (NO)" or
 * "nothing was proposed". */
void rehearsal_tell(const struct iteration *iteration, const struct param_table *table,
                    struct buffer *text);

#endif
