/* fuzz_json: any bytes are read or refused with a reason; what is read has one canonical form,
 * which reads back as the same and is stable. */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include <jansson.h>

#include "artifact/canon.h"
#include "artifact/jsonfile.h"

static char *dump(const json_t *json, enum canon_form form, size_t *length)
{
    struct error err = ERROR_INIT;
    char *text = canon_dump(json, form, length, &err);

    FUZZ_CHECK(text != NULL);
    return text;
}

static void check_form(const json_t *json, enum canon_form form)
{
    struct error err = ERROR_INIT;
    size_t first_length, second_length;
    char *first = dump(json, form, &first_length);
    json_auto_t *again = json_read_text(first, first_length, "again", &err);

    FUZZ_CHECK(again != NULL && json_equal((json_t *)json, again));
    char *second = dump(again, form, &second_length);
    FUZZ_CHECK(first_length == second_length && memcmp(first, second, first_length) == 0);
    for (size_t i = 0; i < first_length; i++)
        FUZZ_CHECK((unsigned char)first[i] < 0x7f);
    free(first);
    free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = json_read_text((const char *)data, size, "input", &err);

    FUZZ_CHECK((json != NULL) == (err.code == ERROR_NONE));
    if (!json)
        return 0;
    check_form(json, CANON_COMPACT);
    check_form(json, CANON_PRETTY);
    return 0;
}
