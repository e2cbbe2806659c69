/* bookmarks: iterations that an operator marked, with a note, by run. Remembered in the state file
 * (settings_file.h). A plain list; UI thread. */
#ifndef SOAKTOP_ARTIFACT_BOOKMARKS_H
#define SOAKTOP_ARTIFACT_BOOKMARKS_H

#include <stddef.h>
#include <stdint.h>

enum { BOOKMARK_NOTE_MAX = 160, BOOKMARK_RUN_MAX = 64, BOOKMARKS_MAX = 1000 };

struct bookmark {
    char run[BOOKMARK_RUN_MAX]; /* run id */
    int iteration;
    int64_t utc_ms; /* when it was set; UTC_NONE: not known */
    char note[BOOKMARK_NOTE_MAX];
};

/* By run, then iteration. Initialise with {0}. */
struct bookmark_list {
    struct bookmark *item; /* owned */
    size_t count, capacity;
};

void bookmarks_fini(struct bookmark_list *list);
/* Sets or replaces the bookmark of that run and iteration. Beyond BOOKMARKS_MAX the one that was
 * set longest ago goes. */
void bookmarks_put(struct bookmark_list *list, const struct bookmark *bookmark);
/* Takes it out; does nothing if there is none. */
void bookmarks_remove(struct bookmark_list *list, const char *run, int iteration);
/* What another dashboard made of them: LIST was BASE when it was last read or written, and THEIRS
 * stands in the file now. What they set or took out since is done to LIST too; of what both changed
 * LIST's counts. */
void bookmarks_merge(struct bookmark_list *list, const struct bookmark_list *base,
                     const struct bookmark_list *theirs);
/* COPY (any content) becomes LIST. */
void bookmarks_copy(struct bookmark_list *copy, const struct bookmark_list *list);
/* The bookmark of that run and iteration, or NULL; valid until the list changes. */
const struct bookmark *bookmarks_find(const struct bookmark_list *list, const char *run,
                                      int iteration);

#endif
