/* journal_check: for crash.sh: walks a run directory's journal and prints its records, the torn
 * bytes and the state hashes that runtime_overrides.json may have after a crash at this point: the
 * one in force, and after an intent without an outcome also the one that was on its way. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "artifact/journal.h"
#include "model/proposal.h"

struct check {
    long records;
    char now[HASH_TEXT_MAX], next[HASH_TEXT_MAX];
};

static void copy_hash(char target[HASH_TEXT_MAX], const json_t *record, const char *key)
{
    const char *hash = json_string_value(json_object_get(record, key));

    snprintf(target, HASH_TEXT_MAX, "%s", hash ? hash : "");
}

static int look(void *context, const json_t *record, struct error *err)
{
    struct check *check = context;
    const char *type = json_string_value(json_object_get(record, "type"));

    (void)err;
    check->records++;
    if (strcmp(type, "start") == 0) {
        copy_hash(check->now, record, "state_hash");
    } else if (strstr(type, "_intent")) {
        copy_hash(check->now, record, "hash_before");
        copy_hash(check->next, record, "hash_after");
    } else if (strstr(type, "_outcome")) {
        copy_hash(check->now, record, "state_hash");
        check->next[0] = '\0';
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct error err = ERROR_INIT;
    struct check check = {0};
    struct rundir dir;
    long torn = 0;

    if (argc != 2 || rundir_open(&dir, argv[1], &err) < 0 ||
        journal_each(&dir, look, &check, &torn, &err) < 0) {
        fprintf(stderr, "%s\n", err.text);
        return error_exit_status(err.code);
    }
    printf("records %ld torn %ld\nhash %s\nhash %s\n", check.records, torn, check.now, check.next);
    rundir_close(&dir);
    return 0;
}
