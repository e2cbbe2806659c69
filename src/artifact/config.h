/* config: finds and reads the data files: $XDG_CONFIG_HOME/soaktop/, then SOAKTOP_DATADIR, the
 * installed directory, or the source tree's data/. Never writes. Main thread, at start. */
#ifndef SOAKTOP_ARTIFACT_CONFIG_H
#define SOAKTOP_ARTIFACT_CONFIG_H

#include "model/param.h"
#include "model/policy.h"
#include "model/runtime.h"
#include "model/thresholds.h"

/* The rules that a program runs by. Read-only after config_load: any thread may read it. */
struct config {
    struct param_table params;
    struct policy policy;
    struct thresholds thresholds;
    char params_file[512], policy_file[512], thresholds_file[512]; /* where each came from */
};

/* POLICY_FILE: --policy, or NULL for the installed one. */
int config_load(struct config *config, const char *policy_file, struct error *err);

/* Path of data file NAME ("profiles/steady_safe.json") in PATH; -1 if there is none. */
int config_find(const char *name, char *path, size_t size);

/* True if NAME can be no way out of its folder: letters, digits and _-. , no dot first. */
bool config_is_name(const char *name);
/* Names, without ".json", of the data files in FOLDER ("themes"), sorted, in NAMES (free each and
 * the array); the user's files included. */
size_t config_list(const char *folder, char ***names);

/* Parses a data file: as json_read_file, and names that stand twice in an object are refused. */
struct json_t;
struct json_t *config_read_json(const char *path, struct error *err);

/* A profile (replaces values) or a preset (add or mul with a reason). */
enum preset_op { PRESET_SET, PRESET_ADD, PRESET_MUL };
struct preset_step {
    int param;
    enum preset_op op;
    double amount;
    char reason[160];
};
struct preset {
    char name[64], description[256], file[512];
    size_t count;
    struct preset_step step[PARAM_MAX];
};
enum preset_kind { KIND_PROFILE, KIND_PRESET };
int preset_load(struct preset *preset, enum preset_kind kind, const char *name,
                const struct param_table *table, struct error *err);
/* Names of all of KIND, sorted, in NAMES (free each and the array); user's files included. */
size_t preset_list(enum preset_kind kind, char ***names);
/* Applies to RUNTIME inside the bounds and on the steps: a profile's values, a preset's operations
 * on the values in force (defaults stand in). */
int preset_apply(const struct preset *preset, struct runtime *runtime,
                 const struct param_table *table, struct error *err);

#endif
