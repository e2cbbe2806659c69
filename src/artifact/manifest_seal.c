/* manifest_seal: the seal of a run that is over, which run.json keeps of the journal: its records
 * and the hash of its last line. Declared in manifest.h. The engine's thread, or whoever holds the
 * lock; reading: any. */
#include "config.h"

#include "artifact/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact/document.h"
#include "artifact/jsonfile.h"
#include "artifact/manifest_json.h"
#include "model/node.h"

enum { SHOWN_SIZE = sizeof((struct rundir *)NULL)->path + 32 };

struct manifest_seal manifest_seal_of(const struct journal *journal)
{
    struct manifest_seal seal = {.records = journal_seq(journal)};
    snprintf(seal.head, sizeof seal.head, "%s", journal_head(journal));
    return seal;
}

struct json_t *manifest_seal_to_json(const struct manifest_seal *seal)
{
    if (!seal)
        return json_null();
    json_t *json = document_object();
    document_put(json, "records", document_integer(seal->records));
    document_put(json, "head", document_string(seal->head));
    return json;
}

static json_t *read_manifest(const struct rundir *dir, char shown[SHOWN_SIZE], struct error *err)
{
    snprintf(shown, SHOWN_SIZE, "%s/" MANIFEST_NAME, dir->path);
    return json_read_file(dir->fd, MANIFEST_NAME, shown, err);
}

int manifest_read_seal(const struct rundir *dir, struct manifest_seal *seal, bool *sealed,
                       struct error *err)
{
    char shown[SHOWN_SIZE];
    int records = 0;
    struct stat status;
    *sealed = false;
    if (fstatat(dir->fd, MANIFEST_NAME, &status, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
        return 0;
    json_auto_t *json = read_manifest(dir, shown, err);
    struct node root = node_root(json, shown);
    if (!json || node_object(&root, NULL, err) < 0)
        return -1;
    struct node journal = node_member(&root, "journal");
    if (node_absent(&journal))
        return 0;
    if (node_object(&journal, NULL, err) < 0 ||
        node_integer(&journal, "records", 0, INT_MAX, &records, err) < 0 ||
        node_text(&journal, "head", seal->head, sizeof seal->head, err) < 0)
        return -1;
    seal->records = records;
    *sealed = true;
    return 0;
}

int manifest_put_seal(const struct rundir *dir, const struct manifest_seal *seal, struct error *err)
{
    char shown[SHOWN_SIZE];
    json_t *json = read_manifest(dir, shown, err);
    if (!json)
        return -1;
    if (!json_is_object(json)) {
        json_decref(json);
        return error_set(err, ERROR_INPUT, "%s is no JSON object", shown);
    }
    document_put(json, "journal", manifest_seal_to_json(seal));
    return document_write_take(dir->fd, MANIFEST_NAME, shown, json, DURABLE, err);
}

static int take_out(void *context, struct error *err)
{
    return manifest_put_seal(context, NULL, err);
}

int manifest_break_seal(const struct rundir *dir, struct journal *journal, bool *sealed,
                        struct error *err)
{
    struct manifest_seal seal, found = manifest_seal_of(journal);
    if (manifest_read_seal(dir, &seal, sealed, err) < 0)
        return -1;
    if (!*sealed)
        return 0;
    if (seal.records != found.records || strcmp(seal.head, found.head) != 0)
        return error_set(err, ERROR_INTEGRITY,
                         "%s/" JOURNAL_NAME " is not what it was when the run ended: it has %ld "
                         "records, " MANIFEST_NAME " names %ld; look with soaktop audit",
                         dir->path, found.records, seal.records);
    journal_before_next(journal, take_out, (void *)dir);
    return 0;
}
