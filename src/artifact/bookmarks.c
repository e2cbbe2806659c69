/* bookmarks: see bookmarks.h. */
#include "config.h"

#include "artifact/bookmarks.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

void bookmarks_fini(struct bookmark_list *list)
{
    free(list->item);
    *list = (struct bookmark_list){.item = NULL};
}

static int compare(const struct bookmark *item, const char *run, int iteration)
{
    int order = strcmp(item->run, run);
    return order != 0 ? order : (item->iteration > iteration) - (item->iteration < iteration);
}

/* Where that bookmark is, or belongs. */
static size_t place(const struct bookmark_list *list, const char *run, int iteration)
{
    size_t at = 0;
    while (at < list->count && compare(&list->item[at], run, iteration) < 0)
        at++;
    return at;
}

static void take_out(struct bookmark_list *list, size_t at)
{
    list->count--;
    memmove(&list->item[at], &list->item[at + 1], (list->count - at) * sizeof *list->item);
}

const struct bookmark *bookmarks_find(const struct bookmark_list *list, const char *run,
                                      int iteration)
{
    size_t at = place(list, run, iteration);
    bool found = at < list->count && compare(&list->item[at], run, iteration) == 0;
    return found ? &list->item[at] : NULL;
}

void bookmarks_remove(struct bookmark_list *list, const char *run, int iteration)
{
    const struct bookmark *found = bookmarks_find(list, run, iteration);
    if (found)
        take_out(list, (size_t)(found - list->item));
}

static void drop_oldest(struct bookmark_list *list)
{
    size_t oldest = 0;
    for (size_t i = 1; i < list->count; i++)
        if (list->item[i].utc_ms < list->item[oldest].utc_ms)
            oldest = i;
    take_out(list, oldest);
}

void bookmarks_put(struct bookmark_list *list, const struct bookmark *bookmark)
{
    bookmarks_remove(list, bookmark->run, bookmark->iteration);
    if (list->count >= BOOKMARKS_MAX)
        drop_oldest(list);
    mem_grow((void **)&list->item, &list->capacity, list->count + 1, sizeof *list->item);
    size_t at = place(list, bookmark->run, bookmark->iteration);
    memmove(&list->item[at + 1], &list->item[at], (list->count - at) * sizeof *list->item);
    list->item[at] = *bookmark;
    list->count++;
}

static bool same(const struct bookmark *a, const struct bookmark *b)
{
    return (a == NULL) == (b == NULL) &&
           (a == NULL || (a->utc_ms == b->utc_ms && strcmp(a->note, b->note) == 0));
}

void bookmarks_merge(struct bookmark_list *list, const struct bookmark_list *base,
                     const struct bookmark_list *theirs)
{
    for (size_t i = 0; i < theirs->count; i++) {
        const struct bookmark *item = &theirs->item[i];
        const struct bookmark *ours = bookmarks_find(list, item->run, item->iteration);
        const struct bookmark *was = bookmarks_find(base, item->run, item->iteration);
        if (!same(item, was) && same(ours, was))
            bookmarks_put(list, item);
    }
    for (size_t i = 0; i < base->count; i++) {
        const struct bookmark *was = &base->item[i];
        if (bookmarks_find(theirs, was->run, was->iteration) == NULL &&
            same(bookmarks_find(list, was->run, was->iteration), was))
            bookmarks_remove(list, was->run, was->iteration);
    }
}

void bookmarks_copy(struct bookmark_list *copy, const struct bookmark_list *list)
{
    copy->count = 0;
    mem_grow((void **)&copy->item, &copy->capacity, list->count, sizeof *copy->item);
    if (list->count > 0)
        memcpy(copy->item, list->item, list->count * sizeof *copy->item);
    copy->count = list->count;
}
