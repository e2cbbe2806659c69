/* soak: a real engine in a scratch directory, driven and watched as a front end does it. */
#ifndef SOAKTOP_TESTS_ENGINE_SOAK_H
#define SOAKTOP_TESTS_ENGINE_SOAK_H

#include <jansson.h>

#include "engine/engine.h"

struct soak {
    struct engine_options options;
    struct engine *engine;
    struct run run; /* what the messages fold into */
    unsigned next_id;
    bool started, ended;
    bool wrecked;     /* the test takes the run's files away: they are not checked at the end */
    struct error end; /* of MESSAGE_END */
    /* the last reply, and the last gate's result */
    unsigned reply_id;
    bool reply_ok;
    char reply[1024];
    bool gate_done;
    enum verdict gate_verdict;
    int gate_exit;
    struct error gate_error;
};

/* The rules, read once. */
const struct config *soak_config(void);

/* Fixture: a scratch directory; a mock run in mode auto without a sleep, of 3 iterations, run id
 * "test", artifacts in ROOT below the scratch directory. */
void soak_setup(void);
void soak_teardown(void);
struct soak soak_new(const char *root);

/* engine_new must fail; returns the error's code, its text in TEXT (may be NULL). */
enum error_code soak_refused(struct soak *soak, char text[ERROR_TEXT_MAX]);
void soak_open(struct soak *soak);
void soak_start(struct soak *soak);
/* Folds messages until WANTED (NULL: the end) says true; fails the test after ten seconds. */
void soak_until(struct soak *soak, bool (*wanted)(const struct soak *soak));
bool soak_holds(const struct soak *soak);
bool soak_runs(const struct soak *soak);
bool soak_sleeps(const struct soak *soak);
bool soak_pauses(const struct soak *soak);
bool soak_over(const struct soak *soak); /* completed, stopped or failed, also if it lingers */
/* Until COUNT iterations are recorded. */
void soak_until_count(struct soak *soak, size_t count);
/* Sends COMMAND, waits for its reply; whether it was carried out. */
bool soak_send(struct soak *soak, struct command command);
bool soak_decide(struct soak *soak, enum decide_op op, const char *name, double number,
                 const char *note);
bool soak_apply(struct soak *soak);
/* With the word and a reason. */
bool soak_roll_back(struct soak *soak, enum rollback_what what, int iteration, const char *name);
/* The newest run of ARTIFACTS, which is over, is what its journal says, byte for byte. */
void soak_audit(const char *artifacts);
/* Waits for the end, frees the engine, and audits a run that came to its end; RUN stays until
 * soak_drop. */
void soak_end(struct soak *soak);
void soak_drop(struct soak *soak);
/* open, start, end. */
void soak_run(struct soak *soak);

/* Files of ROOT, for checks. */
json_t *soak_json(const char *format, ...) __attribute__((format(printf, 1, 2)));
json_t *soak_summary(const char *root, int iteration); /* ITER_SUMMARY_n.json */
/* The value at a dotted path, borrowed ("tuning.applied_deltas"); fails if it is not there. */
json_t *soak_at(const json_t *json, const char *path);
const char *soak_text(const json_t *json, const char *path);
double soak_number(const json_t *json, const char *path);
bool soak_true(const json_t *json, const char *path);
/* SHA-256 of the bytes of ROOT's runtime_overrides.json. */
const char *soak_disk_hash(const char *root);
/* Replaces that file as another process would. */
void soak_write_overrides(const char *root, const char *text);
/* Records of TYPE in the journal of ROOT's latest run. */
size_t soak_journal_count(const char *root, const char *type);
/* Checks of every iteration i: old_hash is the signature, the hash of runtime_overrides too, and
 * state_hash is the next signature unless JUMPS says that something came between. */
void soak_check_chain(const char *root, int count, bool jumps);
int soak_count_files(const char *root); /* ITER_SUMMARY files */

#endif
