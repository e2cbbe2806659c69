/* run_rows: see run_rows.h. UI thread; pure. */
#include "config.h"

#include "ui/run_rows.h"

#include <stdio.h>
#include <string.h>

#include "model/text.h"
#include "ui/duration.h"

enum { NAME_MAX_WIDTH = 40 };

enum run_column {
    COLUMN_RUN,
    COLUMN_DATE,
    COLUMN_VERDICT,
    COLUMN_ITERATIONS,
    COLUMN_LENGTH,
    COLUMN_STATE,
    COLUMN_SOURCE,
    COLUMN_DIRECTORY,
    COLUMN_COUNT
};

static const struct row_column columns[COLUMN_COUNT] = {
    {"run", NULL, false},       {"date", NULL, false},      {"verdict", NULL, false},
    {"iterations", NULL, true}, {"length", "s", true},      {"state", NULL, false},
    {"source", NULL, false},    {"directory", NULL, false},
};

static const struct run_entry *entry_at(const struct view *view, size_t row)
{
    return row < view->runs.list.count ? &view->runs.list.entry[row] : NULL;
}

static size_t entries_count(const struct view *view)
{
    return view->runs.list.count;
}

/* From its start to its end, or as far as it is known; missing: not known. */
static struct value length_s(const struct run_entry *entry)
{
    if (entry->started_ms == UTC_NONE || entry->ended_ms == UTC_NONE ||
        entry->ended_ms < entry->started_ms)
        return value_missing();
    return value_of((double)(entry->ended_ms - entry->started_ms) / 1000.0);
}

static const char *verdict_text(const struct run_entry *entry)
{
    if (entry->fault[0] != '\0' && entry->count == 0)
        return "n/a";
    return verdict_name(entry->verdict);
}

static void rows_cell(const struct view *view, size_t row, size_t column, struct row_cell *cell)
{
    const struct run_entry *entry = entry_at(view, row);
    char utc[UTC_TEXT_MAX], span[DURATION_TEXT_MAX] = "n/a";
    *cell = (struct row_cell){.number = value_missing()};
    switch ((enum run_column)column) {
    case COLUMN_RUN:
        snprintf(cell->text, sizeof cell->text, "%s", run_entry_name(entry));
        break;
    case COLUMN_DATE:
        utc_format(utc, entry->date_ms);
        snprintf(cell->text, sizeof cell->text, "%s", utc);
        break;
    case COLUMN_VERDICT:
        snprintf(cell->text, sizeof cell->text, "%s%s", verdict_text(entry),
                 entry->mock ? " mock" : "");
        break;
    case COLUMN_ITERATIONS:
        cell->number = value_of(entry->count);
        snprintf(cell->text, sizeof cell->text, "%d", entry->count);
        break;
    case COLUMN_LENGTH:
        cell->number = length_s(entry);
        if (value_present(cell->number))
            duration_text(span, (int64_t)(cell->number.number * 1000.0));
        snprintf(cell->text, sizeof cell->text, "%s", span);
        break;
    case COLUMN_STATE:
        snprintf(cell->text, sizeof cell->text, "%s",
                 entry->fault[0]       ? "UNREADABLE"
                 : entry->has_manifest ? run_state_name(entry->state)
                                       : "n/a");
        break;
    case COLUMN_SOURCE:
        snprintf(cell->text, sizeof cell->text, "%s", run_source_name(entry->source));
        break;
    case COLUMN_DIRECTORY:
        snprintf(cell->text, sizeof cell->text, "%s", entry->shown);
        break;
    case COLUMN_COUNT:
        break;
    }
}

/* The directory's own name: no two of a list have the same one. */
static void entry_key(const struct run_entry *entry, char *text, size_t size)
{
    const char *slash = strrchr(entry->path, '/');
    snprintf(text, size, "%s", slash ? slash + 1 : entry->path);
}

static void rows_key(const struct view *view, size_t row, char *text, size_t size)
{
    entry_key(entry_at(view, row), text, size);
}

const struct row_class run_rows_class = {
    .column = columns,
    .columns = COLUMN_COUNT,
    .count = entries_count,
    .cell = rows_cell,
    .key = rows_key,
    .timeless = true,
};

const struct run_entry *run_rows_selected(const struct view *view)
{
    int place = rows_selected(view, PANEL_RUNS);
    return place < 0 ? NULL : entry_at(view, rows_row(view, PANEL_RUNS, (size_t)place));
}

/* '>' shown, 'B' baseline, '*' both. */
static char mark_of(const struct view *view, const struct run_entry *entry)
{
    const struct run *baseline = view_baseline(view);
    bool shown = runs_is_shown(view, entry);
    bool compared = baseline && strcmp(entry->shown, baseline->directory) == 0 &&
                    strcmp(entry->id, baseline->id) == 0;
    return shown && compared ? '*' : shown ? '>' : compared ? 'B' : ' ';
}

/* As wide as the longest name of the list, so that what stands behind it has room. */
static int name_width(const struct view *view)
{
    int width = 12;
    for (size_t i = 0; i < view->runs.list.count; i++) {
        int columns_of = text_columns(run_entry_name(&view->runs.list.entry[i]));
        width = columns_of > width ? columns_of : width;
    }
    return width < NAME_MAX_WIDTH ? width : NAME_MAX_WIDTH;
}

void run_rows_line(const struct view *view, const struct run_entry *entry, char *text, size_t size)
{
    char name[96], length[DURATION_TEXT_MAX] = "n/a", utc[UTC_TEXT_MAX], verdict[24];
    if (entry == NULL) {
        snprintf(text, size, "  %-*s %-16s %-13s %5s %7s %-10s %s", name_width(view), "run",
                 "date (UTC)", "verdict", "it", "length", "state", "source");
        return;
    }
    struct value seconds = length_s(entry);
    const char *raw = run_entry_name(entry);
    text_make_safe(name, sizeof name, raw, strlen(raw));
    if (value_present(seconds))
        duration_text(length, (int64_t)(seconds.number * 1000.0));
    utc_format(utc, entry->date_ms);
    if (utc[0] != '\0')
        utc[10] = ' ';
    snprintf(verdict, sizeof verdict, "%s%s", verdict_text(entry),
             entry->mock && entry->count > 0 ? "~" : "");
    snprintf(text, size, "%c %-*.40s %-16.16s %-13s %5d %7s %-10s %s%s%s", mark_of(view, entry),
             name_width(view), name, utc[0] ? utc : "n/a", verdict, entry->count, length,
             entry->fault[0]       ? "UNREADABLE"
             : entry->has_manifest ? run_state_name(entry->state)
                                   : "n/a",
             run_source_name(entry->source), entry->fault[0] ? "  " : "", entry->fault);
}

void run_rows_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    char text[ROW_TEXT_MAX + ERROR_TEXT_MAX];
    int selected = rows_selected(view, PANEL_RUNS), page = area.height - 1;
    size_t top = rows_top(view, PANEL_RUNS, page), count = rows_count(view, PANEL_RUNS);
    run_rows_line(view, NULL, text, sizeof text);
    canvas_text(canvas, area, area.x + 1, area.y, STYLE_DIM, text);
    for (int i = 0; i < page && top + (size_t)i < count; i++) {
        const struct run_entry *entry = entry_at(view, rows_row(view, PANEL_RUNS, top + (size_t)i));
        struct rect row = {area.x, area.y + 1 + i, area.width, 1};
        run_rows_line(view, entry, text, sizeof text);
        canvas_text_cut(canvas, row, row.x + 1, row.y, entry->fault[0] ? STYLE_ALERT : STYLE_TEXT,
                        text);
        if ((int)top + i == selected && view->focus == PANEL_RUNS)
            canvas_restyle(canvas, row, STYLE_CURSOR);
    }
}
