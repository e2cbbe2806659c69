/* mortal_same: see mortal.h: two artifact roots are the same but for what a resume adds. */
#include "config.h"

#include "mortal.h"

#include <check.h>
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact/canon.h"
#include "artifact/journal.h"
#include "model/mem.h"
#include "tempdir.h"

static const char *const places[] = {"reports", "soak", "soak/latest", "soak/latest/artifacts"};

enum { SEQ_MAX = 2000 };

/* The journal's lines without what a resume adds. */
struct plain {
    struct buffer text;
    long seq, renumbered[SEQ_MAX];
};

static int add_record(void *context, const struct json_t *record, struct error *err)
{
    struct plain *plain = context;
    long seq = (long)json_integer_value(json_object_get(record, "seq"));
    const json_t *undo_of = json_object_get(record, "undo_of");
    ck_assert_int_lt(seq, SEQ_MAX);
    if (json_is_true(json_object_get(record, "run_resumed")))
        return 0;
    plain->renumbered[seq] = ++plain->seq;
    json_t *copy = json_deep_copy(record);
    json_object_del(copy, "prev");
    json_object_set_new(copy, "seq", json_integer(plain->seq));
    if (json_is_integer(undo_of))
        json_object_set_new(copy, "undo_of",
                            json_integer(plain->renumbered[json_integer_value(undo_of)]));
    char *line = canon_dump(copy, CANON_COMPACT, NULL, err);
    ck_assert_ptr_nonnull(line);
    buffer_printf(&plain->text, "%s\n", line);
    free(line);
    json_decref(copy);
    return 0;
}

static char *plain_journal(const char *root, const char *where)
{
    struct plain plain = {.seq = 0};
    struct error err = ERROR_INIT;
    struct rundir dir;
    long torn = 0;
    ck_assert_msg(rundir_open(&dir, tempdir_path("%s/soak/latest", root), &err) == 0, "%s: %s",
                  where, err.text);
    ck_assert_msg(journal_each(&dir, add_record, &plain, &torn, &err) == 0, "%s: %s", where,
                  err.text);
    ck_assert_msg(torn == 0, "%s: the journal is torn", where);
    rundir_close(&dir);
    return buffer_take(&plain.text);
}

static void same_text(const char *wanted, const char *found, const char *name, const char *where)
{
    size_t at = 0;
    ck_assert_msg(wanted && found, "%s: %s is missing", where, name);
    while (wanted[at] && wanted[at] == found[at])
        at++;
    if (wanted[at] == found[at])
        return;
    size_t from = at > 300 ? at - 300 : 0;
    ck_abort_msg("%s: %s differs at byte %zu:\nwanted %.700s\nfound  %.700s", where, name, at,
                 wanted + from, found + from);
}

/* FILE's text; of run.json without the journal's head, which a resume's record moves. */
static char *text_of(const char *root, const char *name)
{
    char *text = file_get(tempdir_path("%s/%s", root, name));
    if (!text || strstr(name, "/run.json") == NULL)
        return text;
    json_t *json = json_loads(text, 0, NULL);
    ck_assert_ptr_nonnull(json);
    free(text);
    json_object_del(json, "journal");
    text = canon_dump(json, CANON_PRETTY, NULL, NULL);
    json_decref(json);
    return text;
}

static void same_file(const char *wanted, const char *root, const char *name, const char *where)
{
    char *left = text_of(wanted, name);
    char *right = text_of(root, name);
    same_text(left, right, name, where);
    free(left);
    free(right);
}

/* Files of PLACE in ROOT; each is compared. */
static int same_place(const char *wanted, const char *root, const char *place, const char *where)
{
    char name[400];
    int count = 0;
    DIR *directory = opendir(tempdir_path("%s/%s", root, place));
    ck_assert_ptr_nonnull(directory);
    for (struct dirent *entry; (entry = readdir(directory));) {
        struct stat status;
        snprintf(name, sizeof(name), "%s/%s", place, entry->d_name);
        ck_assert_msg(strstr(name, ".tmp") == NULL, "%s: %s was left", where, name);
        if (stat(tempdir_path("%s/%s", root, name), &status) != 0 || !S_ISREG(status.st_mode) ||
            strcmp(entry->d_name, ".lock") == 0)
            continue;
        count++;
        if (wanted && strcmp(entry->d_name, JOURNAL_NAME) != 0)
            same_file(wanted, root, name, where);
    }
    closedir(directory);
    return count;
}

void mortal_same(const char *wanted, const char *root, const char *where)
{
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        ck_assert_msg(same_place(wanted, root, places[i], where) ==
                          same_place(NULL, wanted, places[i], where),
                      "%s: %s holds more or fewer files", where, places[i]);
    char *left = plain_journal(wanted, where), *right = plain_journal(root, where);
    same_text(left, right, JOURNAL_NAME, where);
    free(left);
    free(right);
}
