/* small: see small.h. UI thread; pure. */
#include "config.h"

#include "ui/small.h"

#include <stdio.h>
#include <string.h>

#include "ui/figure.h"

enum { WORD_MAX = 40 };

void small_draw_kpis(const struct view *view, struct canvas *canvas, struct rect area)
{
    for (int i = 0; i < KPI_COUNT && i < area.height; i++) {
        struct figure figure;
        figure_fill(&figure, view, figure_order[i]);
        figure_draw_row(&figure, view, canvas, (struct rect){area.x, area.y + i, area.width, 1});
    }
}

/* "risk .431" */
static void risk_text(const struct view *view, char *text, size_t size)
{
    struct figure figure;
    figure_fill(&figure, view, KPI_RISK);
    const char *number = figure.now[0] == '0' ? figure.now + 1 : figure.now;
    snprintf(text, size, "risk %.16s", number);
}

/* What waits: "4 wait", "2 staged", "PAUSED"; "" if nothing does. */
static void waiting_text(const struct view *view, char *text, size_t size)
{
    const struct run *run = &view->run;
    size_t staged = run->has_pending ? proposal_staged(&run->pending) : 0;
    text[0] = '\0';
    if (staged > 0)
        snprintf(text, size, "%zu staged", staged);
    else if (run->has_pending)
        snprintf(text, size, "%zu wait", proposal_count(&run->pending, DELTA_PROPOSED));
    else if (run->state == RUN_PAUSED && view->mode != VIEW_SANDBOX)
        snprintf(text, size, "PAUSED");
}

/* KPIs of the window that fail, as the panel words them. */
static int failing(const struct view *view)
{
    int count = 0;
    for (int i = 0; i < KPI_COUNT; i++) {
        struct figure figure;
        figure_fill(&figure, view, (enum kpi)i);
        count += figure.state == FIGURE_FAIL;
    }
    return count;
}

struct words {
    char text[8][WORD_MAX];
    int count;
};

static void words_add(struct words *words, const char *text)
{
    if (text[0] != '\0')
        snprintf(words->text[words->count++], sizeof words->text[0], "%s", text);
}

static void collect(struct words *words, const struct view *view)
{
    char text[WORD_MAX];
    const struct judgement *judgement = &view->judgement;
    bool open = judgement->verdict == VERDICT_INCONCLUSIVE;
    words_add(words, open ? "INCONC" : verdict_name(judgement->verdict));
    snprintf(text, sizeof text, "%d/%d", judgement->pass_count, judgement->window);
    words_add(words, text);
    if (view->mode != VIEW_LIVE)
        words_add(words, view->mode == VIEW_FROZEN    ? "FROZEN"
                         : view->mode == VIEW_SANDBOX ? "SANDBOX"
                                                      : "REPLAY");
    if (view->run.source == SOURCE_MOCK)
        words_add(words, "MOCK");
    risk_text(view, text, sizeof text);
    words_add(words, text);
    if (failing(view) > 0) {
        snprintf(text, sizeof text, "FAIL %d", failing(view));
        words_add(words, text);
    }
    waiting_text(view, text, sizeof text);
    words_add(words, text);
    words_add(words, view_may_write(view, NULL) && view->mode != VIEW_SANDBOX ? "RW" : "RO");
}

void small_draw_line(const struct view *view, struct canvas *canvas, struct rect row)
{
    struct words words = {.count = 0};
    collect(&words, view);
    canvas_fill(canvas, row, view->mode == VIEW_LIVE ? STYLE_HEADER : STYLE_HEADER_MODE, ' ');
    int x = row.x;
    for (int i = 0; i < words.count; i++) {
        const char *word = words.text[i];
        int width = (int)strlen(word);
        /* Half a word misleads; only the first, the verdict, may be cut. */
        if (i > 0 && x + width > row.x + row.width)
            continue;
        enum style style = view->mode != VIEW_LIVE ? STYLE_HEADER_MODE
                           : i == 0                ? verdict_style(view->judgement.verdict)
                                                   : STYLE_HEADER;
        x = canvas_text(canvas, row, x, row.y, style, word) + 1;
    }
}
