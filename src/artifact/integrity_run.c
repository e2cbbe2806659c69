/* integrity_run: what run.json says of the run, and what runtime_overrides.json holds of the
 * current one. Any thread. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "artifact/integrity_impl.h"
#include "artifact/jsonfile.h"
#include "artifact/manifest_json.h"
#include "artifact/overrides.h"
#include "artifact/sha256.h"

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

void integrity_end_record(struct integrity_end *end, const struct journal_line *line, long seq)
{
    const char *type = text_of(line->record, "type"), *text = text_of(line->record, "text");
    snprintf(end->head, sizeof end->head, "%s", line->hash);
    if (strcmp(type, "start") == 0 && !end->manifest)
        end->manifest = json_incref(json_object_get(line->record, "run"));
    if (strcmp(type, "resume") == 0 && json_is_true(json_object_get(line->record, "run_resumed")))
        end->resumed = true;
    /* the end itself has no actor; who asks for a stop has one */
    if (strcmp(type, "stop") != 0 || text_of(line->record, "actor")[0])
        return;
    end->seq = seq;
    snprintf(end->utc, sizeof end->utc, "%s", text_of(line->record, "utc"));
    snprintf(end->state, sizeof end->state, "%.*s", (int)strcspn(text, " "), text);
}

void integrity_end_fini(struct integrity_end *end)
{
    json_decref(end->manifest);
    end->manifest = NULL;
}

static int blame(struct integrity *integrity, long record, const char *place, const char *text)
{
    return integrity_blame(integrity, record, MANIFEST_NAME, place, "%s", text);
}

/* "" and 0 in a record are null in run.json. */
static bool is_nothing(const json_t *value)
{
    const char *text = json_string_value(value);
    return !value || json_is_null(value) || (text && !text[0]) ||
           (json_is_integer(value) && json_integer_value(value) == 0);
}

static bool agrees(const json_t *left, const json_t *right)
{
    return (is_nothing(left) && is_nothing(right)) || json_equal(left, right);
}

/* What the start says and nothing later changes. */
static int check_start(struct integrity *integrity, const struct integrity_end *end,
                       const json_t *json)
{
    static const char *const keys[] = {"run_id", "source", "source_detail", "started",
                                       "iterations"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char place[40];
        if (end->resumed && strcmp(keys[i], "iterations") == 0)
            continue;
        if (agrees(json_object_get(json, keys[i]), json_object_get(end->manifest, keys[i])))
            continue;
        snprintf(place, sizeof place, "$.%s", keys[i]);
        return blame(integrity, 1, place, "it is not what the run started with");
    }
    return 0;
}

static bool is_over(enum run_state state)
{
    return state == RUN_COMPLETED || state == RUN_STOPPED;
}

static int check_end(struct integrity *integrity, const struct integrity_end *end,
                     const json_t *json)
{
    if (!is_over(integrity->state) || integrity->in_progress)
        return 0;
    if (end->seq == 0)
        return blame(integrity, integrity->records, "$.state",
                     "it says that the run is over, but no record does");
    if (strcmp(text_of(json, "state"), end->state) != 0)
        return blame(integrity, end->seq, "$.state", "it is not how the run ended");
    if (strcmp(text_of(json, "ended"), end->utc) != 0)
        return blame(integrity, end->seq, "$.ended", "it is not when the run ended");
    return 0;
}

/* The chain vouches for every record but the last: that is what the seal is for. */
static int check_seal(struct integrity *integrity, const struct integrity_end *end,
                      const struct rundir *dir, long torn)
{
    struct error fault = ERROR_INIT;
    struct manifest_seal seal;
    if (manifest_read_seal(dir, &seal, &integrity->sealed, &fault) < 0)
        return blame(integrity, 0, "$.journal", fault.text);
    if (!integrity->sealed || integrity->in_progress) /* a seal may be broken any moment */
        return 0;
    if (integrity->records < seal.records)
        return integrity_blame(integrity, integrity->records + 1, JOURNAL_NAME, "",
                               "it is missing: " MANIFEST_NAME
                               " names %ld records, the journal has %ld",
                               seal.records, integrity->records);
    if (integrity->records > seal.records || torn > 0)
        return integrity_blame(integrity, seal.records + 1, JOURNAL_NAME, "",
                               "it came after the %ld records that " MANIFEST_NAME " names",
                               seal.records);
    if (strcmp(seal.head, end->head) != 0)
        return integrity_blame(integrity, seal.records, JOURNAL_NAME, "",
                               "the last line is not the one that " MANIFEST_NAME
                               " names at $.journal.head");
    return 0;
}

int integrity_manifest(struct integrity *integrity, const struct integrity_end *end,
                       const struct rundir *dir, long torn)
{
    struct error fault = ERROR_INIT;
    json_auto_t *json = json_read_file(dir->fd, MANIFEST_NAME, MANIFEST_NAME, &fault);
    if (!json)
        return blame(integrity, 1, "", fault.text);
    /* the seal first: a line that was cut off is missed everywhere */
    if (check_seal(integrity, end, dir, torn) < 0 || check_start(integrity, end, json) < 0 ||
        check_end(integrity, end, json) < 0)
        return -1;
    integrity->files++;
    return 0;
}

/* The hash of the file's values in their canonical form; "" if it cannot be read so. */
static void canonical_hash(char hash[HASH_TEXT_MAX], const char *text, size_t length,
                           const struct param_table *table, struct error *err)
{
    hash[0] = '\0';
    json_auto_t *json = json_read_text(text, length, OVERRIDES_NAME, err);
    struct runtime *runtime = json ? runtime_new_from_json(table, json, OVERRIDES_NAME, NULL, err)
                                   : NULL;
    char *again = runtime ? overrides_text(runtime, hash, NULL, err) : NULL;
    free(again);
    runtime_free(runtime);
}

static int overrides_differ(struct integrity *integrity, const struct integrity_state *state,
                            const char *found)
{
    if (integrity->in_progress) {
        integrity_note(integrity,
                       OVERRIDES_NAME " is not the last state: a write or an external change is "
                                      "under way");
        return 0;
    }
    if (!state->moved && !is_over(integrity->state) && strcmp(found, state->disk) == 0) {
        integrity_note(integrity, OVERRIDES_NAME " was not written yet: the program ended before");
        return 0;
    }
    if (!found[0])
        return integrity_blame(integrity, integrity->records, OVERRIDES_NAME, "",
                               "the file is missing");
    return integrity_blame(integrity, integrity->records, OVERRIDES_NAME, "",
                           "its hash is %.12s..., that of the state in force by the journal "
                           "%.12s...: another process has written it since",
                           found, state->now);
}

static bool is_in_force(const struct integrity_state *state, const char *hash)
{
    return hash[0] && (strcmp(hash, state->now) == 0 || strcmp(hash, state->maybe) == 0);
}

int integrity_overrides(struct integrity *integrity, const struct integrity_state *state,
                        const struct rundir *dir, const struct param_table *table)
{
    char hash[HASH_TEXT_MAX] = "", canonical[HASH_TEXT_MAX];
    struct error fault = ERROR_INIT;
    struct stat status;
    size_t length = 0;
    if (!integrity->current || !state->now[0])
        return 0;
    if (dir->soak_fd < 0 ||
        (fstatat(dir->soak_fd, OVERRIDES_NAME, &status, AT_SYMLINK_NOFOLLOW) < 0 &&
         errno == ENOENT))
        return overrides_differ(integrity, state, "");
    char *text = file_read(dir->soak_fd, OVERRIDES_NAME, OVERRIDES_NAME, JSONFILE_BYTES_MAX,
                           &length, &fault);
    if (!text)
        return integrity_blame(integrity, integrity->records, OVERRIDES_NAME, "", "%s", fault.text);
    sha256_hex(hash, text, length);
    integrity->files++;
    int result = 0;
    if (!is_in_force(state, hash)) {
        canonical_hash(canonical, text, length, table, &fault);
        if (is_in_force(state, canonical))
            integrity_note(integrity, OVERRIDES_NAME " holds the state in force in another form");
        else
            result = overrides_differ(integrity, state, hash);
    }
    free(text);
    return result;
}
