/* gate_facts: what the gate panel shows besides the verdict: how the applied lines were found
 * again, the rule sets side by side, and a limit that is only imagined. The answers are the
 * model's. UI thread; no drawing. */
#ifndef SOAKTOP_UI_GATE_FACTS_H
#define SOAKTOP_UI_GATE_FACTS_H

#include <stdbool.h>

#include "model/xray.h"

struct view;

struct gate_facts {
    bool made;                /* of the iterations that the view's judgement is of, or not yet */
    struct value apply_ratio; /* full / (full + fail); missing: nothing to judge */
    int full, failed, stuck;
    struct xray xray;
    struct whatif whatif; /* while a limit is imagined */
};

/* Those of the iteration shown: made when a screen first asks for them, since they go over the
 * whole run. */
const struct gate_facts *gate_facts_of(const struct view *view);

/* A limit of one KPI that is moved to see what would flip: it changes nothing. */
struct whatif_state {
    bool on;
    enum kpi kpi;
    double limit;
};
/* The KPI whose check is under the gate panel's cursor; -1: none, or the panel has no room for it
 * (then WHY, which may be NULL, says so). */
int whatif_kpi(const struct view *view, const char **why);
/* Moves the imagined limit of the chosen KPI by one step up (1) or down (-1). */
void whatif_step(struct view *view, int direction);
/* The real limits again; false if none was imagined. */
bool whatif_reset(struct view *view);
/* The limit that is imagined of KPI, or the real one. */
double whatif_limit(const struct view *view, enum kpi kpi);

/* The newest gate that is on record up to the moment shown. */
struct gate_report {
    int number;                     /* 1 for the run's first; 0: there was none */
    const struct run_event *event;  /* NULL: none */
    const struct run_event *voided; /* that marked it void; NULL: it counts */
};
struct gate_report gate_facts_report(const struct view *view);

#endif
