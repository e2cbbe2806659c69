/* gate_facts: see gate_facts.h. UI thread. */
#include "config.h"

#include "ui/gate_facts.h"

#include <math.h>
#include <stdio.h>

#include "model/verify.h"
#include "ui/panel.h"

static void fill(struct gate_facts *facts, const struct view *view, const struct run *run)
{
    struct verify verify;
    struct run recorded = *run; /* what only stands in for a waiting proposal has no parameters */
    if (view->provisional > 0 && recorded.count >= (size_t)view->provisional)
        recorded.count = (size_t)view->provisional - 1;
    verify_tally(&verify, &recorded);
    facts->apply_ratio = verify.full_apply_ratio;
    facts->full = verify.full_apply_count;
    facts->failed = verify.fail_count;
    facts->stuck = verify.signature_stuck_count;
    xray_fill(&facts->xray, run, &view->config->thresholds, view->mock_limits);
    if (view->whatif.on)
        whatif_fill(&facts->whatif, run, &view->config->thresholds, view->mock_limits,
                    view->whatif.kpi, view->whatif.limit);
    facts->made = true;
}

const struct gate_facts *gate_facts_of(const struct view *view)
{
    if (!view->gate_facts->made) {
        const struct run until = view_run_until(view, view_number(view));
        fill(view->gate_facts, view, &until);
    }
    return view->gate_facts;
}

/* One step of an imagined limit: the KPI's last shown digit, ten of them where that is small. */
static double step_of(enum kpi kpi)
{
    return 10.0 * pow(10.0, -kpi_table[kpi].decimals);
}

int whatif_kpi(const struct view *view, const char **why)
{
    const char *reason = NULL;
    int place = rows_selected(view, PANEL_GATE);
    int row = place < 0 ? -1 : (int)rows_row(view, PANEL_GATE, (size_t)place);
    if (view->focus != PANEL_GATE)
        reason = "it moves a limit in the gate panel, and a value while a line is edited";
    else if (view->size == PANEL_NORMAL)
        reason = "the gate panel must be larger: {zoom}";
    else if (row < 0 || row >= KPI_COUNT)
        reason = "go to a KPI's row first";
    if (why != NULL)
        *why = reason;
    return reason == NULL ? row : -1;
}

double whatif_limit(const struct view *view, enum kpi kpi)
{
    if (view->whatif.on && view->whatif.kpi == kpi)
        return view->whatif.limit;
    return thresholds_limits(&view->config->thresholds, view->mock_limits)->limit[kpi];
}

void whatif_step(struct view *view, int direction)
{
    int kpi = whatif_kpi(view, NULL);
    if (kpi < 0)
        return;
    double step = step_of((enum kpi)kpi), from = whatif_limit(view, (enum kpi)kpi);
    view->whatif = (struct whatif_state){true, (enum kpi)kpi,
                                         round((from + direction * step) / step) * step};
    view->gate_facts->made = false;
}

bool whatif_reset(struct view *view)
{
    bool on = view->whatif.on;
    view->whatif.on = false;
    return on;
}

struct gate_report gate_facts_report(const struct view *view)
{
    struct gate_report report = {0};
    for (size_t i = 0; i < view->run.event_count; i++) {
        const struct run_event *event = &view->run.event[i];
        if (view->mode != VIEW_LIVE && event->iteration > view_number(view))
            continue;
        if (event->kind == EVENT_GATE)
            report = (struct gate_report){report.number + 1, event, NULL};
        else if (event->kind == EVENT_GATE_VOID)
            report.voided = event;
    }
    return report;
}
