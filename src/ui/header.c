/* header: see header.h. UI thread; pure. */
#include "config.h"

#include "ui/header.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/running.h"
#include "model/text.h"
#include "ui/duration.h"
#include "ui/figure.h"
#include "ui/panel.h"
#include "ui/sandbox.h"

enum {
    SEGMENTS_MAX = 20,
    SEGMENT_TEXT_MAX = 96,
    BAR_WIDTH = 12,
    GAP = 2,
    NARROW = 60, /* under it the verdict's word stands alone */
    ROOMY = 100  /* from it on every word is whole */
};

enum side { LEFT, RIGHT };

/* One fact of the header. RANK: the lower ones are left out first where room is scarce. */
struct segment {
    char text[SEGMENT_TEXT_MAX];
    enum style style;
    enum side side;
    int rank;
};

struct line {
    size_t count;
    struct segment segment[SEGMENTS_MAX];
};

static struct segment *add(struct line *line, enum side side, int rank, enum style style,
                           const char *text)
{
    struct segment *segment = &line->segment[line->count++];
    *segment = (struct segment){.side = side, .rank = rank, .style = style};
    text_make_safe(segment->text, sizeof segment->text, text, strlen(text));
    return segment;
}

/* LIVE, FROZEN with how long and what is new, or REPLAY; and MOCK, which never looks like a live
 * run. */
static void add_mode(struct line *line, const struct view *view)
{
    char text[SEGMENT_TEXT_MAX], past[DURATION_TEXT_MAX];
    if (view->mode == VIEW_FROZEN) {
        duration_coarse(past, view->mono_ms - view->frozen_ms);
        snprintf(text, sizeof text, "FROZEN %s +%d new", past,
                 (int)view->run.count - view->frozen_at_count);
        add(line, LEFT, 100, STYLE_HEADER_MODE, text);
    } else {
        add(line, LEFT, 100, STYLE_HEADER,
            view->mode == VIEW_REPLAY    ? "REPLAY"
            : view->mode == VIEW_SANDBOX ? "SANDBOX"
            : view->watching             ? "WATCH"
                                         : "LIVE");
    }
    if (view->run.source == SOURCE_MOCK)
        add(line, LEFT, 99, STYLE_WARN, "MOCK");
    runs_under_text(view, text, sizeof text);
    if (text[0] != '\0')
        add(line, LEFT, 85, STYLE_BOLD, text);
}

/* How fast a replay plays. */
static void add_play(struct line *line, const struct view *view)
{
    char text[SEGMENT_TEXT_MAX];
    play_text(view, text, sizeof text);
    if (view->mode == VIEW_REPLAY && text[0] != '\0')
        add(line, LEFT, 83, STYLE_BOLD, text);
}

static void add_iteration(struct line *line, const struct view *view)
{
    char text[SEGMENT_TEXT_MAX];
    int number = view_number(view), planned = view->run.planned;
    if (view->mode == VIEW_LIVE && view->run.current > number)
        number = view->run.current;
    if (view->mode == VIEW_REPLAY)
        planned = (int)view->run.count;
    if (view->mode == VIEW_SANDBOX)
        planned = (int)view->sandbox->under.run.count;
    if (planned > 0)
        snprintf(text, sizeof text, "it %d/%d", number, planned);
    else
        snprintf(text, sizeof text, "it %d", number);
    add(line, LEFT, 90, STYLE_HEADER, text);
}

/* "[#####-----]": recorded iterations of those planned. */
static void add_bar(struct line *line, const struct view *view)
{
    int planned = view->run.planned, count = (int)view->run.count;
    if (planned <= 0 || view_recorded(view))
        return;
    char text[BAR_WIDTH + 3] = "[";
    int full = count >= planned ? BAR_WIDTH : (int)((long)BAR_WIDTH * count / planned);
    for (int i = 0; i < BAR_WIDTH; i++)
        text[i + 1] = i < full ? '#' : '-';
    text[BAR_WIDTH + 1] = ']';
    add(line, LEFT, 20, STYLE_HEADER, text);
}

/* What the run does now: a word, and how long already or until when. */
static void add_state(struct line *line, const struct view *view)
{
    char text[SEGMENT_TEXT_MAX], span[DURATION_TEXT_MAX];
    const struct run *run = &view->run;
    const char *name = run_state_name(run->state);
    enum style style = STYLE_HEADER;
    int64_t past = view->mono_ms - view->state_ms;
    if (view->mode == VIEW_SANDBOX)
        return; /* nothing runs there */
    bool still = view_recorded(view) || view->ended;
    duration_coarse(span, past);
    snprintf(text, sizeof text, "%s", name);
    if (!still && run->state == RUN_SLEEPING && run->next_ms != UTC_NONE) {
        duration_left(span, run->next_ms - view->now_ms);
        snprintf(text, sizeof text, "next %s", span);
    } else if (!still && run->state == RUN_RUNNING) {
        duration_text(span, past);
        snprintf(text, sizeof text, "running %s", span);
    } else if (!still && run->state == RUN_HOLDING) {
        snprintf(text, sizeof text, "HOLDS %s", span);
        style = STYLE_WARN;
    } else if (!still && run->state == RUN_PAUSED) {
        snprintf(text, sizeof text, "PAUSED %s", span);
        style = STYLE_WARN;
    } else if (run->state == RUN_FAILED) {
        snprintf(text, sizeof text, "FAILED");
        style = STYLE_FAIL;
    } else if (still && !run->has_manifest) {
        return;
    }
    add(line, LEFT, 80, style, text);
}

/* When a run of fixed length will be through, from the pace so far. */
static void add_end(struct line *line, const struct view *view)
{
    const struct run *run = &view->run;
    int left = run->planned - (int)run->count;
    if (view_recorded(view) || view->ended || run->source == SOURCE_MOCK || left <= 0)
        return;
    int64_t first = run->count > 1 ? run->iteration[0]->utc_ms : UTC_NONE;
    int64_t last = run->count > 1 ? run->iteration[run->count - 1]->utc_ms : UTC_NONE;
    if (first == UTC_NONE || last <= first) {
        add(line, LEFT, 10, STYLE_HEADER, "end n/a");
        return;
    }
    char utc[UTC_TEXT_MAX], text[SEGMENT_TEXT_MAX];
    utc_format(utc, last + (last - first) / ((int64_t)run->count - 1) * left);
    snprintf(text, sizeof text, "end ~%.5sZ", utc + 11);
    add(line, LEFT, 10, STYLE_HEADER, text);
}

static void add_faults(struct line *line, const struct view *view)
{
    char text[SEGMENT_TEXT_MAX];
    if (view->failed > 0) {
        snprintf(text, sizeof text, "%d failed", view->failed);
        add(line, RIGHT, 50, STYLE_ALERT, text);
    }
    if (view->missing > 0) {
        snprintf(text, sizeof text, "%d missing", view->missing);
        add(line, RIGHT, 49, STYLE_ALERT, text);
    }
}

/* What just happened, for some seconds; then how much of it nobody has looked at. */
static void add_alerts(struct line *line, const struct view *view)
{
    char text[SEGMENT_TEXT_MAX];
    const char *flash = alerts_flash(view);
    int unseen = alerts_unseen(view);
    if (flash != NULL) {
        add(line, RIGHT, 97, STYLE_ALERT, flash);
    } else if (unseen > 0) {
        snprintf(text, sizeof text, "%d alert%s", unseen, unseen == 1 ? "" : "s");
        add(line, RIGHT, 55, STYLE_ALERT, text);
    }
}

/* The verdict so far, and from when on a PASS is within reach. */
static void add_gate(struct line *line, const struct view *view, int width)
{
    char text[SEGMENT_TEXT_MAX];
    const struct judgement *judgement = &view->judgement;
    const struct forecast *forecast = &view->forecast;
    const char *verdict = verdict_name(judgement->verdict);
    if (judgement->verdict == VERDICT_INCONCLUSIVE && width < ROOMY)
        verdict = "INCONC";
    snprintf(text, sizeof text, "thr=%s", thresholds_name(view->mock_limits));
    add(line, RIGHT, 40, STYLE_HEADER, text);
    snprintf(text, sizeof text, "%s%s %d/%d", width < NARROW ? "" : "gate ", verdict,
             judgement->pass_count, judgement->window);
    if (width >= ROOMY && judgement->verdict != VERDICT_PASS)
        snprintf(text + strlen(text), sizeof text - strlen(text), " need %d",
                 view->config->thresholds.pass_count);
    add(line, RIGHT, 95, verdict_style(judgement->verdict), text);
    if (judgement->verdict == VERDICT_PASS)
        return;
    if (forecast->out_of_reach)
        snprintf(text, sizeof text, "PASS out of reach");
    else if (forecast->earliest_pass > view_number(view))
        snprintf(text, sizeof text, "PASS from it %d", forecast->earliest_pass);
    else
        return;
    add(line, RIGHT, 15, forecast->out_of_reach ? STYLE_FAIL : STYLE_HEADER, text);
}

/* A gate that runs beside the soak: "gate strict runs 2/5 3s". */
static void add_gate_job(struct line *line, const struct view *view)
{
    if (!view->gate_running)
        return;
    char text[SEGMENT_TEXT_MAX], span[DURATION_TEXT_MAX];
    duration_text(span, view->mono_ms - view->gate_started_ms);
    snprintf(text, sizeof text, "%s gate runs %d/%d %s", view->gate_strict ? "strict" : "mock",
             (int)view->gate_step + 1, (int)GATE_STEPS, span);
    add(line, RIGHT, 70, STYLE_BOLD, text);
}

static void collect(struct line *line, const struct view *view, int width)
{
    if (view->run.directory[0] != '\0')
        add(line, LEFT, 45, STYLE_HEADER, view->run.directory);
    add_mode(line, view);
    add_iteration(line, view);
    add_play(line, view);
    add_bar(line, view);
    add_state(line, view);
    add_end(line, view);
    if (view->since[0] != '\0')
        add(line, LEFT, 12, STYLE_BOLD, view->since);
    add_gate_job(line, view);
    add(line, RIGHT, 98, STYLE_HEADER,
        view_may_write(view, NULL) && view->mode != VIEW_SANDBOX ? "[RW]" : "[RO]");
    if (!view_recorded(view) || (view->run.has_manifest && view->mode == VIEW_REPLAY))
        add(line, RIGHT, 60, STYLE_HEADER, approve_mode_name(view->run.mode));
    add_gate(line, view, width);
    if (running_of(&view->run, view_number(view)) == RUNNING_DIVERGED)
        add(line, RIGHT, 97, STYLE_ALERT, "DIVERGED");
    add_faults(line, view);
    add_alerts(line, view);
}

static int needed(const struct line *line)
{
    int width = 1;
    for (size_t i = 0; i < line->count; i++)
        width += text_columns(line->segment[i].text) + GAP;
    return width - 1;
}

static void drop_least(struct line *line)
{
    size_t least = 0;
    for (size_t i = 1; i < line->count; i++)
        if (line->segment[i].rank < line->segment[least].rank)
            least = i;
    line->count--;
    memmove(&line->segment[least], &line->segment[least + 1],
            (line->count - least) * sizeof *line->segment);
}

static void draw_side(const struct line *line, enum side side, bool filled, struct canvas *canvas,
                      struct rect row, int x)
{
    for (size_t i = 0; i < line->count; i++) {
        const struct segment *segment = &line->segment[i];
        if (segment->side != side)
            continue;
        bool own = !filled || segment->style == STYLE_ALERT;
        enum style style = own ? segment->style : STYLE_HEADER_MODE;
        x = canvas_text(canvas, row, x, row.y, style, segment->text) + GAP;
    }
}

void header_draw(const struct view *view, struct canvas *canvas, struct rect row)
{
    struct line line = {0};
    collect(&line, view, row.width);
    while (line.count > 1 && needed(&line) > row.width)
        drop_least(&line);
    bool filled = view->mode != VIEW_LIVE;
    canvas_fill(canvas, row, filled ? STYLE_HEADER_MODE : STYLE_HEADER, ' ');
    draw_side(&line, LEFT, filled, canvas, row, row.x + 1);
    int right = row.x + row.width - 1 + GAP;
    for (size_t i = 0; i < line.count; i++)
        if (line.segment[i].side == RIGHT)
            right -= text_columns(line.segment[i].text) + GAP;
    draw_side(&line, RIGHT, filled, canvas, row, right);
}

/* Ways to write a tab, from roomy to terse. */
enum tab_form { TAB_BRACKETS, TAB_NAMES, TAB_SHORT, TAB_FORMS };

/* What the panels' tabs are marked with; asked once a frame, the guards' takes all the run. */
struct marks {
    char text[PANEL_COUNT][16];
};

static struct marks marks_of(const struct view *view)
{
    struct marks marks = {0};
    for (int id = 0; id < PANEL_COUNT; id++)
        if (panel_table[id]->mark)
            panel_table[id]->mark(view, marks.text[id], sizeof marks.text[id]);
    return marks;
}

static void tab_text(const struct view *view, const struct marks *marks, enum panel_id id,
                     enum tab_form form, char *text, size_t size)
{
    const struct panel_class *panel = panel_table[id];
    const char *mark = marks->text[id];
    char name[32];
    snprintf(name, sizeof name, form == TAB_SHORT ? "%.3s" : "%s", panel->name);
    if (id == view->focus)
        for (char *p = name; *p; p++)
            *p = (char)toupper((unsigned char)*p);
    bool brackets = form == TAB_BRACKETS;
    snprintf(text, size, "%s%d %s%s%s%s", brackets ? "[" : "", (int)id + 1, name, *mark ? " " : "",
             mark, brackets ? "]" : "");
}

static int tabs_width(const struct view *view, const struct marks *marks, enum tab_form form)
{
    int width = 1;
    char text[64];
    for (int id = 0; id < PANEL_COUNT; id++) {
        tab_text(view, marks, (enum panel_id)id, form, text, sizeof text);
        width += text_columns(text) + 1;
    }
    return width;
}

static enum tab_form form_for(const struct view *view, const struct marks *marks, int width)
{
    enum tab_form form = TAB_BRACKETS;
    while (form + 1 < TAB_FORMS && tabs_width(view, marks, form) > width)
        form++;
    return form;
}

enum panel_id header_tab_at(const struct view *view, struct rect row, int column)
{
    const struct marks all = marks_of(view), *marks = &all;
    enum tab_form form = form_for(view, marks, row.width);
    int x = row.x + 1;
    for (int id = 0; id < PANEL_COUNT; id++) {
        char text[64];
        tab_text(view, marks, (enum panel_id)id, form, text, sizeof text);
        if (column >= x && column < x + text_columns(text))
            return (enum panel_id)id;
        x += text_columns(text) + 1;
    }
    return PANEL_COUNT;
}

void header_draw_tabs(const struct view *view, struct canvas *canvas, struct rect row)
{
    const struct marks all = marks_of(view), *marks = &all;
    enum tab_form form = form_for(view, marks, row.width);
    int x = row.x + 1;
    for (int id = 0; id < PANEL_COUNT; id++) {
        char text[64];
        tab_text(view, marks, (enum panel_id)id, form, text, sizeof text);
        enum style style = (enum panel_id)id == view->focus ? STYLE_CURSOR : STYLE_TEXT;
        x = canvas_text(canvas, row, x, row.y, style, text) + 1;
    }
}
