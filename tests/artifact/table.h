/* table: the installed table of parameters, for tests. */
#ifndef SOAKTOP_TESTS_ARTIFACT_TABLE_H
#define SOAKTOP_TESTS_ARTIFACT_TABLE_H

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "artifact/jsonfile.h"
#include "model/param.h"

static inline void table_load(struct param_table *table)
{
    struct error err = ERROR_INIT;
    char path[1024];

    snprintf(path, sizeof path, "%s/params.json", getenv("SOAKTOP_DATADIR"));
    json_auto_t *json = json_read_file(AT_FDCWD, path, path, &err);
    ck_assert_msg(json != NULL, "%s", err.text);
    ck_assert_msg(param_table_read(table, json, path, &err) == 0, "%s", err.text);
}

#endif
