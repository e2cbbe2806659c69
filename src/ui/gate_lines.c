/* gate_lines: the lines of the gate panel that need no gate: the verdict so far, the forecast, how
 * applied lines were found again, the last report, the rule sets side by side and an imagined
 * limit. UI thread; pure. */
#include "config.h"

#include "ui/gate_sheet.h"

#include <stdio.h>
#include <string.h>

#include "ui/explain.h"
#include "ui/figure.h"

void gate_lines_verdict(struct gate_sheet *sheet)
{
    const struct view *view = sheet->view;
    const struct judgement *judgement = &view->judgement;
    gate_sheet_printf(sheet, verdict_style(judgement->verdict),
                      "%s %d/%d pass (%s), need %d; freeze seen: %s",
                      verdict_name(judgement->verdict), judgement->pass_count, judgement->window,
                      thresholds_name(judgement->mock), view->config->thresholds.pass_count,
                      judgement->freeze_seen ? "yes" : "no");
}

/* Nothing more can come: the newest iteration of a run that ended is shown. */
static bool is_over(const struct view *view)
{
    enum run_state state = view->run.state;
    bool ended = view->mode == VIEW_REPLAY || state == RUN_COMPLETED || state == RUN_STOPPED;
    return ended && view_number(view) == (int)view->run.count;
}

void gate_lines_must(const struct view *view, char *text, size_t size)
{
    const struct forecast *forecast = &view->forecast;
    int from = view_number(view) + 1, to = forecast->earliest_pass;
    int to_come = to - from + 1;
    size_t length = 0;
    text[0] = '\0';
    if (forecast->out_of_reach || view->judgement.verdict == VERDICT_PASS || is_over(view))
        return;
    if (forecast->must_pass <= 0 && !forecast->needs_freeze)
        return;
    if (forecast->must_pass >= to_come && to_come == 1)
        length = (size_t)snprintf(text, size, "it %d must pass", from);
    else if (forecast->must_pass >= to_come)
        length = (size_t)snprintf(text, size, "all of it %d..%d must pass", from, to);
    else if (forecast->must_pass > 0)
        length = (size_t)snprintf(text, size, "%d of it %d..%d must pass", forecast->must_pass,
                                  from, to);
    if (forecast->needs_freeze && length < size)
        snprintf(text + length, size - length, "%sa freeze must start", length > 0 ? " and " : "");
}

static void out_of_reach(struct gate_sheet *sheet)
{
    const struct forecast *forecast = &sheet->view->forecast;
    char since[48] = "";
    if (forecast->out_since > 0)
        snprintf(since, sizeof since, " since it %d", forecast->out_since);
    if (forecast->earliest_pass > 0)
        gate_sheet_printf(sheet, STYLE_FAIL, "PASS is out of reach%s, WARN from it %d", since,
                          forecast->earliest_pass);
    else
        gate_sheet_printf(sheet, STYLE_FAIL, "PASS and WARN are out of reach in this run%s", since);
}

void gate_lines_forecast(struct gate_sheet *sheet)
{
    const struct view *view = sheet->view;
    const struct forecast *forecast = &view->forecast;
    char when[EXPLAIN_WHEN_MAX], must[96], misses[64] = "";
    if (is_over(view)) {
        gate_sheet_line(sheet, STYLE_TEXT, "the run is over: this verdict stays");
        return;
    }
    if (forecast->out_of_reach) {
        out_of_reach(sheet);
        return;
    }
    if (forecast->misses_left >= 0 && view->run.planned > 0) {
        int planned = view->run.planned, window = view->config->thresholds.window;
        snprintf(misses, sizeof misses, "; it %d..%d may lose %d",
                 planned > window ? planned - window + 1 : 1, planned, forecast->misses_left);
    }
    if (view->judgement.verdict == VERDICT_PASS) {
        gate_sheet_printf(sheet, STYLE_TEXT, "PASS now%s", misses);
        return;
    }
    gate_lines_must(view, must, sizeof must);
    gate_sheet_printf(sheet, STYLE_TEXT, "PASS earliest %s%s%s%s",
                      explain_when(view, forecast->earliest_pass, when), must[0] ? ": " : "", must,
                      misses);
}

void gate_lines_apply_ratio(struct gate_sheet *sheet)
{
    const struct view *view = sheet->view;
    const struct gate_facts *facts = gate_facts_of(view);
    const struct thresholds *thresholds = &view->config->thresholds;
    double strict = thresholds->full_apply_min_strict, other = thresholds->full_apply_min;
    char ratio[64] = "n/a: nothing to judge yet";
    bool low = false;
    if (value_present(facts->apply_ratio)) {
        snprintf(ratio, sizeof ratio, "%.1f%%, %d of %d", facts->apply_ratio.number * 100.0,
                 facts->full, facts->full + facts->failed);
        low = !number_at_least(facts->apply_ratio.number, other);
    }
    gate_sheet_printf(sheet, low ? STYLE_FAIL : STYLE_TEXT,
                      "delta apply ratio %s (strict %g, else %g); stuck %d (limit %d)", ratio,
                      strict * 100.0, other * 100.0, facts->stuck, thresholds->signature_stuck_max);
}

void gate_lines_report(struct gate_sheet *sheet)
{
    const struct view *view = sheet->view;
    struct gate_report report = gate_facts_report(view);
    char utc[UTC_TEXT_MAX];
    if (report.event == NULL) {
        if (view->gate == NULL && !view->gate_running)
            gate_sheet_line(sheet, STYLE_DIM, "last: no gate has run in this session: {gate}");
        return;
    }
    utc_format(utc, report.event->utc_ms);
    gate_sheet_printf(sheet, STYLE_TEXT, "last: report #%d %.5s %s; {open} opens it", report.number,
                      utc[0] ? utc + 11 : "n/a", report.event->text ? report.event->text : "");
    if (report.voided != NULL)
        gate_sheet_printf(sheet, STYLE_ALERT, "VOID: %s", report.voided->text);
}

static void xray_row(struct gate_sheet *sheet, const struct xray_row *row)
{
    gate_sheet_printf(sheet, row->disagrees ? STYLE_WARN : STYLE_TEXT, "  %-13s %-12s %-9s %s",
                      row->name, verdict_name(row->verdict),
                      row->in_use      ? "in use"
                      : row->disagrees ? "DISAGREES"
                                       : "",
                      row->text);
}

void gate_lines_xray(struct gate_sheet *sheet)
{
    const struct view *view = sheet->view;
    const struct xray *xray = &gate_facts_of(view)->xray;
    bool large = view->size != PANEL_NORMAL && view->focus == PANEL_GATE;
    gate_sheet_printf(sheet, xray->disagreeing > 0 ? STYLE_WARN : STYLE_TEXT,
                      "verdict X-ray: %d rule sets, %d disagree%s%s", (int)XRAY_COUNT,
                      xray->disagreeing, xray->disagreeing == 1 ? "s" : "",
                      large ? "" : "  ({zoom} shows them)");
    for (int i = 0; large && i < XRAY_COUNT; i++)
        xray_row(sheet, &xray->row[i]);
}

void gate_lines_whatif(struct gate_sheet *sheet)
{
    const struct view *view = sheet->view;
    const struct whatif_state *state = &view->whatif;
    const struct whatif *whatif = &gate_facts_of(view)->whatif;
    if (!state->on) {
        if (whatif_kpi(view, NULL) >= 0)
            gate_sheet_line(sheet, STYLE_DIM,
                            "WHAT-IF: {step-down} and {step-up} move the limit of the KPI below "
                            "that the cursor is on; nothing is changed by it");
        return;
    }
    const struct kpi_info *info = &kpi_table[state->kpi];
    double real =
        thresholds_limits(&view->config->thresholds, view->mock_limits)->limit[state->kpi];
    char flips[GATE_LINE_MAX / 2] = "";
    size_t length = 0,
           listed = whatif->flip_count < WHATIF_FLIPS_MAX ? whatif->flip_count : WHATIF_FLIPS_MAX;
    for (size_t i = 0; i < listed && length < sizeof flips; i++)
        length += (size_t)snprintf(flips + length, sizeof flips - length, " %d%s",
                                   whatif->flip[i].iteration, whatif->flip[i].passes ? "+" : "-");
    gate_sheet_printf(
        sheet, STYLE_ALERT, "WHAT-IF %s %s %.*f instead of %g: %s, %d/%d pass (really %s, %d)",
        info->label, info->larger_is_better ? ">=" : "<=", info->decimals, state->limit, real,
        verdict_name(whatif->verdict), whatif->pass_count, view->judgement.window,
        verdict_name(view->judgement.verdict), view->judgement.pass_count);
    gate_sheet_printf(sheet, STYLE_TEXT,
                      "WHAT-IF %zu iterations flip (+ would pass, - would not):%s; nothing is "
                      "changed, {back} resets",
                      whatif->flip_count, whatif->flip_count > 0 ? flips : " none");
}
