/* soak: see soak.h. */
#include "config.h"

#include "soak.h"

#include <check.h>
#include <glob.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/canon.h"
#include "artifact/integrity.h"
#include "artifact/realclock.h"
#include "artifact/sha256.h"
#include "engine/signals.h"
#include "tempdir.h"

enum { PATIENCE_MS = 10000 };

const struct config *soak_config(void)
{
    static struct config config;
    static bool loaded;
    struct error err = ERROR_INIT;
    if (!loaded)
        ck_assert_msg(config_load(&config, NULL, &err) == 0, "%s", err.text);
    loaded = true;
    return &config;
}

void soak_setup(void)
{
    setenv("SOAKTOP_DATADIR", TOP_SRCDIR "/data", 0);
    unsetenv("MM_RUNTIME_OVERRIDES_JSON");
    setenv("XDG_CONFIG_HOME", tempdir_make(), 1);
    signals_block();
}

void soak_teardown(void)
{
    tempdir_remove();
}

struct soak soak_new(const char *root)
{
    struct soak soak = {.options = {.source = SOURCE_MOCK,
                                    .iterations = 3,
                                    .mode = APPROVE_AUTO,
                                    .artifacts = tempdir_path("%s", root),
                                    .keep = -1,
                                    .run_id = "test",
                                    .actor = "op@host"}};
    run_init(&soak.run);
    return soak;
}

enum error_code soak_refused(struct soak *soak, char text[ERROR_TEXT_MAX])
{
    struct error err = ERROR_INIT;
    struct engine *engine = engine_new(&soak->options, soak_config(), &err);
    ck_assert_ptr_null(engine);
    if (text)
        memcpy(text, err.text, ERROR_TEXT_MAX);
    return err.code;
}

void soak_open(struct soak *soak)
{
    struct error err = ERROR_INIT;
    soak->engine = engine_new(&soak->options, soak_config(), &err);
    ck_assert_msg(soak->engine != NULL, "%s", err.text);
}

void soak_start(struct soak *soak)
{
    struct error err = ERROR_INIT;
    if (!soak->engine)
        soak_open(soak);
    ck_assert_msg(engine_start(soak->engine, &err) == 0, "%s", err.text);
    soak->started = true;
}

static void take(struct soak *soak, struct message *message)
{
    if (message->kind == MESSAGE_END) {
        soak->ended = true;
        soak->end = message->error;
    } else if (message->kind == MESSAGE_REPLY) {
        soak->reply_id = message->command_id;
        soak->reply_ok = message->ok;
        snprintf(soak->reply, sizeof(soak->reply), "%s", message->text);
    } else if (message->kind == MESSAGE_GATE_RESULT) {
        soak->gate_done = true;
        soak->gate_error = message->error;
        soak->gate_verdict = message->gate ? message->gate->judgement.verdict : VERDICT_NONE;
        soak->gate_exit = message->gate ? message->gate->exit_status : -1;
    }
    run_fold(&soak->run, message);
    message_free(message);
}

/* One message at a time, so that no state is missed. */
void soak_until(struct soak *soak, bool (*wanted)(const struct soak *soak))
{
    int64_t deadline = monotonic_ms() + PATIENCE_MS;
    while (wanted ? !wanted(soak) : !soak->ended) {
        struct message *message = outbox_next(engine_outbox(soak->engine));
        if (message) {
            take(soak, message);
            continue;
        }
        ck_assert_msg(!soak->ended, "the engine ended: %s", soak->end.text);
        int64_t left = deadline - monotonic_ms();
        ck_assert_msg(left > 0, "waited in vain; state %s", run_state_name(soak->run.state));
        struct pollfd fd = {.fd = outbox_fd(engine_outbox(soak->engine)), .events = POLLIN};
        poll(&fd, 1, (int)left);
    }
}

bool soak_holds(const struct soak *soak)
{
    return soak->run.state == RUN_HOLDING && soak->run.has_pending;
}

bool soak_runs(const struct soak *soak)
{
    return soak->run.state == RUN_RUNNING;
}

bool soak_sleeps(const struct soak *soak)
{
    return soak->run.state == RUN_SLEEPING;
}

bool soak_pauses(const struct soak *soak)
{
    return soak->run.state == RUN_PAUSED;
}

bool soak_over(const struct soak *soak)
{
    return soak->run.state == RUN_COMPLETED || soak->run.state == RUN_STOPPED ||
           soak->run.state == RUN_FAILED;
}

static size_t wanted_count;

static bool has_count(const struct soak *soak)
{
    return soak->run.count >= wanted_count;
}

void soak_until_count(struct soak *soak, size_t count)
{
    wanted_count = count;
    soak_until(soak, has_count);
}

static unsigned wanted_reply;

static bool has_reply(const struct soak *soak)
{
    return soak->reply_id == wanted_reply;
}

bool soak_send(struct soak *soak, struct command command)
{
    command.id = ++soak->next_id;
    snprintf(command.actor, sizeof(command.actor), "op@host");
    ck_assert_int_eq(inbox_post(engine_inbox(soak->engine), &command), 0);
    wanted_reply = command.id;
    soak_until(soak, has_reply);
    return soak->reply_ok;
}

bool soak_decide(struct soak *soak, enum decide_op op, const char *name, double number,
                 const char *note)
{
    struct command command = {.kind = COMMAND_DECIDE,
                              .op = op,
                              .iteration = soak->run.pending.iteration,
                              .number = number};
    snprintf(command.name, sizeof(command.name), "%s", name);
    snprintf(command.note, sizeof(command.note), "%s", note);
    return soak_send(soak, command);
}

bool soak_apply(struct soak *soak)
{
    struct command command = {.kind = COMMAND_APPLY, .iteration = soak->run.pending.iteration};
    memcpy(command.base_hash, soak->run.pending.base_hash, sizeof(command.base_hash));
    return soak_send(soak, command);
}

bool soak_roll_back(struct soak *soak, enum rollback_what what, int iteration, const char *name)
{
    struct command command = {.kind = COMMAND_ROLLBACK, .what = what, .iteration = iteration};
    snprintf(command.name, sizeof(command.name), "%s", name ? name : "");
    memcpy(command.base_hash, soak->run.params_hash, sizeof(command.base_hash));
    snprintf(command.note, sizeof(command.note), "a test");
    command.confirmed = true;
    return soak_send(soak, command);
}

void soak_audit(const char *artifacts)
{
    struct error err = ERROR_INIT;
    struct rundir dir;
    struct integrity integrity;
    ck_assert_msg(rundir_open(&dir, artifacts, &err) == 0, "%s", err.text);
    int result = integrity_check(&integrity, &dir, &soak_config()->params, &err);
    rundir_close(&dir);
    ck_assert_msg(result == 0, "%s", err.text);
    const struct integrity_fault *fault = &integrity.fault;
    ck_assert_msg(integrity_ok(&integrity), "record %ld: %s: %s: %s", fault->record, fault->file,
                  fault->place, fault->text);
    /* another process may write as it likes */
    for (size_t i = 0; i < integrity.note_count; i++)
        ck_assert_msg(strstr(integrity.note[i], "in another form"), "%s", integrity.note[i]);
}

void soak_end(struct soak *soak)
{
    if (soak->started)
        soak_until(soak, NULL);
    engine_free(soak->engine);
    soak->engine = NULL;
    if (!soak->wrecked && (soak->run.state == RUN_COMPLETED || soak->run.state == RUN_STOPPED))
        soak_audit(soak->options.artifacts);
}

void soak_drop(struct soak *soak)
{
    run_fini(&soak->run);
}

void soak_run(struct soak *soak)
{
    soak_start(soak);
    soak_end(soak);
}

json_t *soak_json(const char *format, ...)
{
    char name[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof(name), format, arguments);
    va_end(arguments);
    json_error_t fault;
    json_t *json = json_load_file(tempdir_path("%s", name), 0, &fault);
    ck_assert_msg(json != NULL, "%s: %s", name, fault.text);
    return json;
}

json_t *soak_summary(const char *root, int iteration)
{
    return soak_json("%s/soak/latest/ITER_SUMMARY_%d.json", root, iteration);
}

json_t *soak_at(const json_t *json, const char *path)
{
    char name[200];
    json_t *found = (json_t *)json;
    for (const char *at = path; *at && found; at += strcspn(at, ".") + (strchr(at, '.') != NULL)) {
        snprintf(name, sizeof(name), "%.*s", (int)strcspn(at, "."), at);
        found = json_object_get(found, name);
    }
    ck_assert_msg(found != NULL, "no %s", path);
    return found;
}

const char *soak_text(const json_t *json, const char *path)
{
    const char *text = json_string_value(soak_at(json, path));
    ck_assert_msg(text != NULL, "%s is no text", path);
    return text;
}

double soak_number(const json_t *json, const char *path)
{
    ck_assert_msg(json_is_number(soak_at(json, path)), "%s is no number", path);
    return json_number_value(soak_at(json, path));
}

bool soak_true(const json_t *json, const char *path)
{
    return json_is_true(soak_at(json, path));
}

const char *soak_disk_hash(const char *root)
{
    static char hash[65];
    char *text = file_get(tempdir_path("%s/soak/runtime_overrides.json", root));
    ck_assert_ptr_nonnull(text);
    sha256_hex(hash, text, strlen(text));
    free(text);
    return hash;
}

void soak_write_overrides(const char *root, const char *text)
{
    file_put(tempdir_path("%s/soak/other.tmp", root), text);
    ck_assert_int_eq(rename(tempdir_path("%s/soak/other.tmp", root),
                            tempdir_path("%s/soak/runtime_overrides.json", root)),
                     0);
}

size_t soak_journal_count(const char *root, const char *type)
{
    size_t count = 0;
    char *text = file_get(tempdir_path("%s/soak/latest/journal.jsonl", root));
    ck_assert_ptr_nonnull(text);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        json_t *record = json_loads(line, 0, NULL);
        ck_assert_ptr_nonnull(record);
        count += strcmp(soak_text(record, "type"), type) == 0;
        json_decref(record);
    }
    free(text);
    return count;
}

static void hash_of(const json_t *json, char hash[65])
{
    size_t length;
    char *text = canon_dump(json, CANON_COMPACT, &length, NULL);
    ck_assert_ptr_nonnull(text);
    sha256_hex(hash, text, length);
    free(text);
}

void soak_check_chain(const char *root, int count, bool jumps)
{
    char expected[65] = "", hash[65];
    for (int i = 1; i <= count; i++) {
        json_t *summary = soak_summary(root, i);
        const char *signature = soak_text(summary, "tuning.signature");
        hash_of(soak_at(summary, "runtime_overrides"), hash);
        ck_assert_str_eq(signature, hash);
        ck_assert_str_eq(soak_text(summary, "tuning.old_hash"), signature);
        if (i > 1 && !jumps)
            ck_assert_str_eq(signature, expected);
        snprintf(expected, sizeof(expected), "%s", soak_text(summary, "tuning.state_hash"));
        if (!soak_true(summary, "tuning.applied") && !jumps)
            ck_assert_str_eq(expected, signature);
        json_decref(summary);
    }
    if (!jumps)
        ck_assert_str_eq(soak_disk_hash(root), expected);
}

int soak_count_files(const char *root)
{
    glob_t found;
    int result = glob(tempdir_path("%s/soak/latest/ITER_SUMMARY_*.json", root), 0, NULL, &found);
    int count = result == 0 ? (int)found.gl_pathc : 0;
    if (result == 0)
        globfree(&found);
    return count;
}
