/* rows: which rows of a panel are visible and in which order. UI thread. Invariants: a cache entry
 * is made of exactly what its stamp holds; the cursor is bound to a key, and the row that it was
 * last found at is only where the search for that key begins. */
#include "config.h"

#include "ui/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/mem.h"
#include "ui/filter.h"
#include "ui/panel.h"

/* Everything that the rows of a panel are made of. */
struct stamp {
    unsigned touched;
    size_t count, changes, events, pending;
    int number, view_count;
    enum view_mode mode;
    bool waits, mock;
    const void *gate;
};

struct entry {
    bool made;
    struct stamp stamp;
    void *prepared;
    size_t total;
    /* of the visible rows */
    bool listed; /* false: all, in the class's order */
    char filter[ROW_FIND_MAX];
    int sort;
    bool inverted;
    size_t count, capacity;
    size_t *row; /* [count] if listed */
    /* the cursor */
    bool found; /* AT and PLACE are of KEY, in these rows */
    char key[ROW_KEY_MAX];
    size_t at;    /* row */
    size_t place; /* of it, or of the nearest */
    size_t top;   /* first place shown */
    /* hits of the search */
    bool counted;
    char search[ROW_FIND_MAX];
    size_t hits;
};

struct rows_cache {
    unsigned touched;
    struct entry entry[PANEL_COUNT];
};

struct rows_cache *rows_cache_new(void)
{
    return mem_alloc(sizeof(struct rows_cache));
}

void rows_cache_free(struct rows_cache *cache)
{
    for (int panel = 0; cache != NULL && panel < PANEL_COUNT; panel++) {
        free(cache->entry[panel].prepared);
        free(cache->entry[panel].row);
    }
    free(cache);
}

void rows_touch(struct view *view)
{
    if (view->rows != NULL)
        view->rows->touched++;
}

static const struct row_class *class_of(int panel)
{
    return panel_table[panel] != NULL ? panel_table[panel]->rows : NULL;
}

static struct stamp stamp_of(const struct view *view, const struct row_class *class)
{
    struct stamp stamp;
    memset(&stamp, 0, sizeof stamp); /* compared whole */
    stamp.touched = view->rows->touched;
    stamp.count = view->run.count;
    stamp.changes = view->run.change_count;
    stamp.events = view->run.event_count;
    stamp.waits = view->run.has_pending;
    stamp.pending = stamp.waits ? (size_t)view->run.pending.iteration : 0;
    stamp.view_count = view_count(view);
    if (class == NULL || !class->timeless) {
        stamp.number = view_number(view);
        stamp.mode = view->mode;
    }
    stamp.mock = view->mock_limits;
    stamp.gate = view->gate;
    return stamp;
}

/* The entry with what the class prepares, and the number of all rows. */
static struct entry *prepared_entry(const struct view *view, int panel)
{
    struct entry *entry = &view->rows->entry[panel];
    const struct row_class *class = class_of(panel);
    struct stamp stamp = stamp_of(view, class);
    if (entry->made && memcmp(&entry->stamp, &stamp, sizeof stamp) == 0)
        return entry;
    entry->stamp = stamp;
    entry->made = true;
    entry->listed = entry->found = entry->counted = false;
    entry->count = 0;
    entry->filter[0] = '\0';
    entry->sort = 0;
    entry->inverted = false;
    free(entry->prepared);
    entry->prepared = class != NULL && class->prepare != NULL ? class->prepare(view) : NULL;
    entry->total = class != NULL ? class->count(view) : 0;
    entry->count = entry->total;
    return entry;
}

const void *rows_prepared(const struct view *view, int panel)
{
    return prepared_entry(view, panel)->prepared;
}

/* What a row is sorted by. */
struct sort_key {
    bool missing, number;
    int sign;
    double value;
    char *text; /* owned */
    size_t row;
};

static int compare_keys(const void *left, const void *right)
{
    const struct sort_key *a = left, *b = right;
    int order = 0;
    if (a->missing != b->missing) /* n/a last, whichever way */
        return a->missing ? 1 : -1;
    if (a->number && !a->missing)
        order = a->value < b->value ? -1 : a->value > b->value;
    else if (!a->number)
        order = strcasecmp(a->text, b->text);
    if (order != 0)
        return order * a->sign;
    return a->row < b->row ? -1 : a->row > b->row;
}

static void sort_rows(const struct view *view, const struct row_class *class, struct entry *entry)
{
    struct sort_key *keys = mem_resize(NULL, entry->count, sizeof *keys);
    size_t column = (size_t)entry->sort - 1;
    for (size_t i = 0; i < entry->count; i++) {
        struct row_cell cell = {.number = value_missing()};
        class->cell(view, entry->row[i], column, &cell);
        keys[i] = (struct sort_key){.number = class->column[column].number,
                                    .sign = entry->inverted ? -1 : 1,
                                    .row = entry->row[i]};
        if (keys[i].number) {
            keys[i].missing = !value_present(cell.number);
            keys[i].value = cell.number.number;
        } else {
            keys[i].missing = cell.text[0] == '\0';
            keys[i].text = mem_strdup(cell.text);
        }
    }
    qsort(keys, entry->count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < entry->count; i++) {
        entry->row[i] = keys[i].row;
        free(keys[i].text);
    }
    free(keys);
}

static void turn_round(struct entry *entry)
{
    for (size_t i = 0, j = entry->count; i + 1 < j; i++) {
        size_t row = entry->row[i];
        entry->row[i] = entry->row[--j];
        entry->row[j] = row;
    }
}

/* A filter that cannot be read hides nothing: whoever typed it was told. */
static void list_rows(const struct view *view, const struct row_class *class, struct entry *entry)
{
    struct filter filter = {.count = 0};
    if (filter_read(&filter, class, entry->filter, NULL) != 0)
        filter.count = 0;
    mem_grow((void **)&entry->row, &entry->capacity, entry->total > 0 ? entry->total : 1,
             sizeof *entry->row);
    entry->count = 0;
    for (size_t row = 0; row < entry->total; row++)
        if (filter_match(&filter, class, view, row))
            entry->row[entry->count++] = row;
    if (entry->sort > 0 && entry->count > 0)
        sort_rows(view, class, entry);
    else if (entry->inverted)
        turn_round(entry);
}

/* The entry with its visible rows. */
static struct entry *listed_entry(const struct view *view, int panel)
{
    struct entry *entry = prepared_entry(view, panel);
    const struct row_class *class = class_of(panel);
    const struct row_list *list = &view->list[panel];
    if (class == NULL)
        return entry;
    int sort = list->sort <= (int)class->columns ? list->sort : 0;
    if (strcmp(entry->filter, list->filter) == 0 && entry->sort == sort &&
        entry->inverted == list->inverted)
        return entry;
    memcpy(entry->filter, list->filter, sizeof entry->filter);
    entry->sort = sort;
    entry->inverted = list->inverted;
    entry->found = entry->counted = false;
    entry->listed = list->filter[0] != '\0' || sort > 0 || list->inverted;
    entry->count = entry->total;
    if (entry->listed)
        list_rows(view, class, entry);
    return entry;
}

static size_t row_at(const struct entry *entry, size_t place)
{
    return entry->listed ? entry->row[place] : place;
}

size_t rows_count(const struct view *view, int panel)
{
    return listed_entry(view, panel)->count;
}

size_t rows_total(const struct view *view, int panel)
{
    return prepared_entry(view, panel)->total;
}

size_t rows_row(const struct view *view, int panel, size_t place)
{
    return row_at(listed_entry(view, panel), place);
}

/* The row of KEY, from where it was last found on, around the end; -1: there is none. */
static long find_key(const struct view *view, const struct row_class *class,
                     const struct entry *entry, const char *key)
{
    char text[ROW_KEY_MAX];
    for (size_t i = 0; i < entry->total; i++) {
        size_t row = (entry->at + i) % entry->total;
        class->key(view, row, text, sizeof text);
        if (strcmp(text, key) == 0)
            return (long)row;
    }
    return -1;
}

static size_t distance(size_t a, size_t b)
{
    return a < b ? b - a : a - b;
}

/* The place of ROW, or of the visible row nearest to it in the class's order. */
static size_t place_of(const struct entry *entry, size_t row)
{
    size_t best = 0;
    if (!entry->listed)
        return row < entry->count ? row : entry->count - 1;
    for (size_t place = 0; place < entry->count; place++)
        if (distance(entry->row[place], row) < distance(entry->row[best], row))
            best = place;
    return best;
}

/* The cursor's row by the class's own word or the list's key. If the key is gone the row stays
 * where it was: that is the nearest. */
static void find_cursor(const struct view *view, const struct row_class *class, struct entry *entry,
                        const char *key)
{
    long row;
    if (class->at != NULL)
        row = class->at(view);
    else if (key[0] == '\0')
        row = class->follows ? (long)row_at(entry, entry->count - 1) : (long)row_at(entry, 0);
    else
        row = find_key(view, class, entry, key);
    if (row >= 0)
        entry->at = (size_t)row;
    else if (entry->at >= entry->total)
        entry->at = entry->total - 1;
    entry->place = place_of(entry, entry->at);
}

int rows_selected(const struct view *view, int panel)
{
    struct entry *entry = listed_entry(view, panel);
    const struct row_class *class = class_of(panel);
    const char *key = view->list[panel].selected;
    if (class == NULL || entry->count == 0)
        return -1;
    if (!entry->found || class->at != NULL || strcmp(entry->key, key) != 0) {
        find_cursor(view, class, entry, key);
        snprintf(entry->key, sizeof entry->key, "%s", key);
        entry->found = true;
    }
    return (int)entry->place;
}

unsigned rows_go(struct view *view, int panel, long place)
{
    struct entry *entry = listed_entry(view, panel);
    const struct row_class *class = class_of(panel);
    struct row_list *list = &view->list[panel];
    if (class == NULL || entry->count == 0)
        return REACT_NONE;
    long last = (long)entry->count - 1;
    place = place < 0 ? 0 : place > last ? last : place;
    size_t row = row_at(entry, (size_t)place);
    if (class->go != NULL)
        return class->go(view, row);
    list->selected[0] = '\0';
    if (!class->follows || place < last)
        class->key(view, row, list->selected, sizeof list->selected);
    entry->at = row;
    entry->found = false;
    return REACT_REDRAW;
}

unsigned rows_move(struct view *view, int panel, long by)
{
    int place = rows_selected(view, panel);
    return place < 0 ? REACT_NONE : rows_go(view, panel, place + by);
}

size_t rows_top(const struct view *view, int panel, int height)
{
    int selected = rows_selected(view, panel);
    struct entry *entry = listed_entry(view, panel);
    size_t rows = height > 0 ? (size_t)height : 1;
    size_t last = entry->count > rows ? entry->count - rows : 0, place = (size_t)selected;
    if (selected < 0)
        return entry->top = 0;
    if (entry->top > last)
        entry->top = last;
    if (place < entry->top)
        entry->top = place;
    else if (place >= entry->top + rows)
        entry->top = place - rows + 1;
    return entry->top;
}

bool rows_hold(const struct row_class *class, const struct view *view, size_t row, const char *text)
{
    for (size_t column = 0; column < class->columns; column++) {
        struct row_cell cell = {.number = value_missing()};
        class->cell(view, row, column, &cell);
        if (filter_find(cell.text, text) != NULL)
            return true;
    }
    return false;
}

int rows_next_hit(const struct view *view, int panel, int place, int direction)
{
    struct entry *entry = listed_entry(view, panel);
    const char *search = view->list[panel].search;
    long count = (long)entry->count;
    for (long i = 1; i <= count && search[0] != '\0'; i++) {
        long next = ((place + direction * i) % count + count) % count;
        if (rows_hold(class_of(panel), view, row_at(entry, (size_t)next), search))
            return (int)next;
    }
    return -1;
}

size_t rows_hits(const struct view *view, int panel)
{
    struct entry *entry = listed_entry(view, panel);
    const char *search = view->list[panel].search;
    if (entry->counted && strcmp(entry->search, search) == 0)
        return entry->hits;
    entry->hits = 0;
    for (size_t place = 0; place < entry->count && search[0] != '\0'; place++)
        entry->hits += rows_hold(class_of(panel), view, row_at(entry, place), search);
    snprintf(entry->search, sizeof entry->search, "%s", search);
    entry->counted = true;
    return entry->hits;
}

static void add_words(char *text, size_t size, const char *what, const char *words)
{
    size_t length = strlen(text);
    snprintf(text + length, size - length, "%s%s%s", length > 0 ? "  " : "", what, words);
}

void rows_describe(const struct view *view, int panel, char *text, size_t size)
{
    const struct row_class *class = class_of(panel);
    const struct row_list *list = &view->list[panel];
    char words[ROW_FIND_MAX + 64];
    text[0] = '\0';
    if (class == NULL)
        return;
    if (list->filter[0] != '\0') {
        snprintf(words, sizeof words, "%s  %zu of %zu", list->filter, rows_count(view, panel),
                 rows_total(view, panel));
        add_words(text, size, "filter: ", words);
    }
    if (list->sort > 0 && list->sort <= (int)class->columns) {
        snprintf(words, sizeof words, "%s%s", class->column[list->sort - 1].name,
                 list->inverted ? " down" : " up");
        add_words(text, size, "sort: ", words);
    } else if (list->inverted) {
        add_words(text, size, "", "inverted");
    }
    if (list->search[0] != '\0') {
        snprintf(words, sizeof words, "%s  %zu hits", list->search, rows_hits(view, panel));
        add_words(text, size, "find: ", words);
    }
}
