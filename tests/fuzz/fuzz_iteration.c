/* fuzz_iteration: any ITER_SUMMARY is read or refused with a reason; what is read can be written as
 * canonical JSON and read again, and then says the same. */
#include "config.h"

#include "fuzz.h"

#include <fcntl.h>
#include <string.h>

#include <jansson.h>

#include "artifact/canon.h"
#include "artifact/iteration_file.h"
#include "artifact/jsonfile.h"

static const struct param_table *params(void)
{
    static struct param_table table;
    struct error err = ERROR_INIT;

    if (table.count > 0)
        return &table;
    json_auto_t *json = json_read_file(AT_FDCWD, FUZZ_DATADIR "/params.json", "params.json", &err);
    FUZZ_CHECK(json && param_table_read(&table, json, "params.json", &err) == 0);
    return &table;
}

/* Canonical text of ITERATION (free it). */
static char *write_iteration(const struct iteration *iteration, size_t *length)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = iteration_to_json(iteration, params());
    char *text = json ? canon_dump(json, CANON_PRETTY, length, &err) : NULL;

    FUZZ_CHECK(text != NULL);
    return text;
}

static struct iteration *read_iteration(const char *text, size_t length)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = json_read_text(text, length, "ITER_SUMMARY_1.json", &err);

    if (!json)
        return NULL;
    struct iteration *iteration = iteration_from_json(json, params(), "ITER_SUMMARY_1.json", &err);
    FUZZ_CHECK(iteration || err.code != ERROR_NONE);
    return iteration;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct iteration *iteration = read_iteration((const char *)data, size);
    size_t first_length, second_length;

    if (!iteration)
        return 0;
    char *first = write_iteration(iteration, &first_length);
    struct iteration *again = read_iteration(first, first_length);
    FUZZ_CHECK(again != NULL);
    char *second = write_iteration(again, &second_length);
    FUZZ_CHECK(first_length == second_length && memcmp(first, second, first_length) == 0);
    free(first);
    free(second);
    iteration_free(iteration);
    iteration_free(again);
    return 0;
}
