/* effect: what an apply did to the KPIs: the values before it beside those of the iterations that
 * ran with it, against the run's own noise. Pure.
 *
 * The method is that of the comparison of two runs (exact rank-sum test, Hodges-Lehmann estimate
 * with its limits: Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd ed., sections
 * 4.1 to 4.3), on the windows that one apply leaves: at most EFFECT_BEFORE iterations before it,
 * K after it. Shift is the median of the n*m pairwise differences after - before; its limits are
 * the (c+1)-th smallest and largest of them. HELPED and HURT mean that both limits lie on that side
 * of 0; they are the band that the run's own noise leaves.
 *
 * The cuts c hold for a chance of 0.025 on either side and noise of first order autocorrelation
 * 0.3, as the comparison assumes; the windows lie next to each other in one series. They were found
 * by simulating 400,000 such series for each pair of sizes. So of twenty KPIs that nothing happened
 * to one looks helped or hurt; the screens say how many values an answer rests on.
 *
 * A KPI that was moving that way before the apply (Mann-Kendall, one-sided 0.05: ibid. section 8.1)
 * would have looked so without it: CANNOT_TELL. Values that are missing or made up, and failed
 * iterations, are left out. */
#ifndef SOAKTOP_MODEL_EFFECT_H
#define SOAKTOP_MODEL_EFFECT_H

#include "model/run.h"

enum { EFFECT_K = 4, EFFECT_BEFORE = 8, EFFECT_K_MAX = 8 };

enum effect_answer { EFFECT_NOT_YET, EFFECT_CANNOT_TELL, EFFECT_HELPED, EFFECT_HURT };
/* "cannot tell yet", "cannot tell", "helped", "hurt" */
const char *effect_answer_name(enum effect_answer answer);

/* Why it cannot be told. */
enum effect_why {
    EFFECT_WHY_NONE,
    EFFECT_FEW,   /* too few usable values on a side */
    EFFECT_NOISE, /* the difference lies within the run's own noise */
    EFFECT_TREND  /* it moved that way before the apply already */
};
const char *effect_why_name(enum effect_why why); /* "few values"; NONE is "" */

struct effect_kpi {
    enum effect_answer answer;
    enum effect_why why;
    size_t before_count, after_count; /* usable values */
    struct value before, after;       /* their medians; missing: none */
    struct value shift, low, high;    /* after - before in the KPI's unit; missing: too few */
};

struct effect {
    int applied_at, k;
    int have;        /* of the K iterations, those that are recorded and ran with it */
    bool ready;      /* no more of them will come: the answers stay */
    int from;        /* first iteration of the window before; the last is APPLIED_AT */
    int params;      /* that the apply moved */
    int other_at;    /* another change came within the windows, after that iteration; 0: none */
    bool mixed;      /* several parameters, or another change: what did it is not known */
    bool taken_back; /* the apply was rolled back before K iterations had run */
    struct effect_kpi kpi[KPI_COUNT];
};

/* The effect of APPLY, a change of RUN, by the end of iteration UPTO (0: now), over K iterations (1
 * to EFFECT_K_MAX). OVER: no more iterations will come. */
void effect_fill(struct effect *effect, const struct run *run, const struct change *apply, int k,
                 int upto, bool over);

/* "risk helped -0.120 (-0.180 .. -0.050), net cannot tell, ..." or "cannot tell yet (2 of 4 it)",
 * with "mixed: ..." first; (free it). */
char *effect_sentence(const struct effect *effect);

#endif
