/* manifest_json: what the files of the manifest share. */
#ifndef SOAKTOP_ARTIFACT_MANIFEST_JSON_H
#define SOAKTOP_ARTIFACT_MANIFEST_JSON_H

#include "artifact/manifest.h"

#define MANIFEST_NAME "run.json"

struct json_t;

/* A new reference; SEAL NULL: null. */
struct json_t *manifest_seal_to_json(const struct manifest_seal *seal);

#endif
