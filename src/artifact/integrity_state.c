/* integrity_state: that the parameters in force go from record to record without a jump: every hash
 * is that of its object, a change begins where the one before ended, an outcome is that of its
 * intent, and what an iteration is signed with was in force. Any thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/integrity_impl.h"
#include "artifact/sha256.h"

/* The record that is looked at. */
struct at {
    struct integrity *integrity;
    struct integrity_state *state;
    const json_t *record;
    long seq;
};

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static int blame(const struct at *at, const char *place, const char *text)
{
    return integrity_blame(at->integrity, at->seq, JOURNAL_NAME, place, "%s", text);
}

static int blame_hash(const struct at *at, const char *place, const char *hash, const char *text)
{
    return integrity_blame(at->integrity, at->seq, JOURNAL_NAME, place, "%.12s... %s", hash, text);
}

static int number_of(const struct at *at)
{
    return (int)json_integer_value(json_object_get(at->record, "iteration"));
}

static void put(char target[HASH_TEXT_MAX], const char *hash)
{
    snprintf(target, HASH_TEXT_MAX, "%s", hash);
}

/* HASH must be that of OBJECT. */
static int check_hash(const struct at *at, const char *object, const char *place, const char *hash)
{
    char found[HASH_TEXT_MAX];
    size_t length = 0;
    struct error fault = ERROR_INIT;
    char *text = canon_dump(json_object_get(at->record, object), CANON_COMPACT, &length, &fault);
    if (!text)
        return blame(at, place, fault.text);
    sha256_hex(found, text, length);
    free(text);
    at->integrity->hashes++;
    return strcmp(found, hash) == 0
               ? 0
               : blame_hash(at, place, hash, "is not the hash of the object beside it");
}

static void remember(struct integrity_state *state, const char *hash)
{
    void *seen = state->seen;
    mem_grow(&seen, &state->seen_capacity, state->seen_count + 1, sizeof *state->seen);
    state->seen = seen;
    put(state->seen[state->seen_count++], hash);
}

/* HASH must be in force. Of an intent without an outcome either side may be; then this tells. */
static int check_in_force(const struct at *at, const char *place, const char *hash)
{
    struct integrity_state *state = at->state;
    if (strcmp(hash, state->now) != 0) {
        if (state->maybe[0] == '\0' || strcmp(hash, state->maybe) != 0)
            return blame_hash(at, place, hash, "is not in force by the records before");
        put(state->now, hash);
        remember(state, hash);
    }
    state->maybe[0] = '\0';
    return 0;
}

/* HASH is in force from this record on, and an iteration may be signed with it. */
static void adopt(struct integrity_state *state, const char *hash)
{
    put(state->now, hash);
    state->maybe[0] = '\0';
    state->moved = true;
    remember(state, hash);
}

/* The program ended between an intent and its outcome. */
static void leave_open(const struct at *at)
{
    struct integrity_state *state = at->state;
    if (!state->open)
        return;
    integrity_note(at->integrity,
                   "record %ld: the %s has no outcome: the program ended before it was known",
                   state->open_record, state->open_apply ? "apply" : "rollback");
    state->open = false;
}

static int see_start(const struct at *at)
{
    const char *hash = text_of(at->record, "state_hash");
    if (check_hash(at, "runtime_overrides", "$.state_hash", hash) < 0)
        return -1;
    adopt(at->state, hash);
    at->state->moved = false;
    put(at->state->first, hash);
    put(at->state->disk, text_of(at->record, "disk_hash"));
    return 0;
}

static int see_proposal(const struct at *at)
{
    if (number_of(at) != at->state->iterations + 1)
        return blame(at, "$.iteration", "it proposes for another iteration than the next");
    return check_in_force(at, "$.base_hash", text_of(at->record, "base_hash"));
}

static int see_intent(const struct at *at, bool apply)
{
    struct integrity_state *state = at->state;
    const char *kind = text_of(at->record, "kind"), *after = text_of(at->record, "hash_after");
    bool known = apply ? strcmp(kind, "apply") == 0
                       : strcmp(kind, "rollback") == 0 || strcmp(kind, "restore") == 0;
    leave_open(at);
    if (!known)
        return blame(at, "$.kind", "the kind is not one of its type");
    if (number_of(at) != state->iterations + apply)
        return blame(at, "$.iteration", "the change belongs to another iteration");
    if (check_hash(at, "before", "$.hash_before", text_of(at->record, "hash_before")) < 0 ||
        check_hash(at, "after", "$.hash_after", after) < 0 ||
        check_in_force(at, "$.hash_before", text_of(at->record, "hash_before")) < 0)
        return -1;
    put(state->maybe, after);
    state->open = true;
    state->open_apply = apply;
    state->open_record = at->seq;
    return 0;
}

static int see_outcome(const struct at *at, bool apply)
{
    struct integrity_state *state = at->state;
    const char *hash = text_of(at->record, "state_hash");
    bool ok = json_is_true(json_object_get(at->record, "ok"));
    if (!state->open || state->open_apply != apply)
        return blame(at, "", "it is the outcome of no intent");
    state->open = false;
    at->integrity->intents++;
    if (strcmp(hash, ok ? state->maybe : state->now) != 0)
        return blame_hash(at, "$.state_hash", hash,
                          ok ? "is not what its intent was to write"
                             : "is not what was in force before, though nothing was written");
    state->maybe[0] = '\0';
    if (!ok)
        return 0;
    if (apply && !state->resumed) { /* the iteration was signed before it */
        put(state->now, hash);
        state->moved = true;
    } else {
        adopt(state, hash);
    }
    state->applied |= apply;
    return 0;
}

static int see_external(const struct at *at)
{
    const char *hash = text_of(at->record, "state_hash");
    leave_open(at);
    if (check_hash(at, "runtime_overrides", "$.state_hash", hash) < 0 ||
        check_in_force(at, "$.expected_hash", text_of(at->record, "expected_hash")) < 0)
        return -1;
    adopt(at->state, hash);
    return 0;
}

static bool was_seen(const struct integrity_state *state, const char *hash)
{
    for (size_t i = 0; i < state->seen_count; i++)
        if (strcmp(state->seen[i], hash) == 0)
            return true;
    return false;
}

static int see_iteration(const struct at *at)
{
    struct integrity_state *state = at->state;
    const json_t *tuning = json_object_get(at->record, "tuning");
    const char *signature = text_of(tuning, "signature");
    bool applied = json_is_true(json_object_get(tuning, "applied"));
    leave_open(at);
    if (number_of(at) != state->iterations + 1)
        return blame(at, "$.iteration", "it is not the next iteration");
    if (check_hash(at, "runtime_overrides", "$.tuning.signature", signature) < 0)
        return -1;
    if (!was_seen(state, signature) &&
        (state->maybe[0] == '\0' || strcmp(state->maybe, signature) != 0))
        return blame_hash(at, "$.tuning.signature", signature,
                          "was not in force since the iteration before");
    if (strcmp(text_of(tuning, "old_hash"), signature) != 0)
        return blame(at, "$.tuning.old_hash", "it is not the signature");
    if (check_in_force(at, "$.tuning.state_hash", text_of(tuning, "state_hash")) < 0)
        return -1;
    if (applied != state->applied)
        return blame(at, "$.tuning.applied",
                     applied ? "no apply stands in the records before"
                             : "an apply stands in the records before");
    state->iterations++;
    state->applied = state->resumed = false;
    state->seen_count = 0;
    remember(state, state->now);
    return 0;
}

int integrity_state_record(struct integrity *integrity, struct integrity_state *state,
                           const struct json_t *record, long seq)
{
    const struct at at = {integrity, state, record, seq};
    const char *type = text_of(record, "type");
    bool start = strcmp(type, "start") == 0;
    if (start != (seq == 1))
        return blame(&at, "$.type",
                     start ? "a run starts once" : "the first record must be the start");
    if (start)
        return see_start(&at);
    if (strcmp(type, "proposal") == 0)
        return see_proposal(&at);
    if (strcmp(type, "apply_intent") == 0 || strcmp(type, "rollback_intent") == 0)
        return see_intent(&at, type[0] == 'a');
    if (strcmp(type, "apply_outcome") == 0 || strcmp(type, "rollback_outcome") == 0)
        return see_outcome(&at, type[0] == 'a');
    if (strcmp(type, "external_change") == 0)
        return see_external(&at);
    if (strcmp(type, "iteration") == 0)
        return see_iteration(&at);
    if (strcmp(type, "resume") == 0 && json_is_true(json_object_get(record, "run_resumed")))
        state->resumed = true;
    return 0;
}

void integrity_state_fini(struct integrity_state *state)
{
    free(state->seen);
    state->seen = NULL;
    state->seen_count = state->seen_capacity = 0;
}
