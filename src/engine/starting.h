/* starting: the parameters that a run starts with, and where each value came from (ENGINE section
 * 2, precedence): --set, the environment, preset, profile, file, best cell. Reads only; writing is
 * the engine's. */
#ifndef SOAKTOP_ENGINE_STARTING_H
#define SOAKTOP_ENGINE_STARTING_H

#include "artifact/config.h"
#include "artifact/overrides.h"

/* Values in the nested or the older flat form that go before preset, profile and file. */
#define STARTING_ENVIRONMENT "MM_RUNTIME_OVERRIDES_JSON"

enum param_origin {
    ORIGIN_UNSET,   /* no value, no default */
    ORIGIN_DEFAULT, /* the file does not set it: what the tuner assumes */
    ORIGIN_BEST_CELL,
    ORIGIN_FILE,
    ORIGIN_PROFILE,
    ORIGIN_PRESET,
    ORIGIN_ENVIRONMENT,
    ORIGIN_SET,
    ORIGIN_COUNT
};
const char *param_origin_name(enum param_origin origin); /* "best cell" */

struct starting_options {
    const char *profile, *preset; /* NULL: none */
    size_t set_count;
    const char *const *set;  /* "name=value" each */
    const char *environment; /* text of STARTING_ENVIRONMENT; NULL: not set */
};

struct starting {
    struct runtime *runtime; /* owned */
    enum param_origin origin[PARAM_MAX];
    bool file_missing;             /* there is no runtime_overrides.json yet */
    char disk_hash[HASH_TEXT_MAX]; /* of the file's bytes; "" if missing */
    size_t note_count;
    char **note; /* what migration, profile, preset, environment and --set did; owned */
};

/* Fills STARTING from ROOT's runtime_overrides.json (the best cell if ROOT is NULL or there is no
 * file) and OPTIONS. A value from the environment or --set that would change a parameter must be
 * inside its bounds and on its step: ERROR_USAGE names them. starting_fini also after a failure. */
int starting_fill(struct starting *starting, const struct root *root,
                  const struct starting_options *options, const struct config *config,
                  struct error *err);
void starting_fini(struct starting *starting);

#endif
