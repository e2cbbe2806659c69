/* integrity_form: what a line of the journal must look like by itself. Any thread. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/integrity_impl.h"

/* What a member must be. */
enum kind { TEXT, MAYBE_TEXT, HASH, OBJECT, ARRAY, FLAG, WHOLE };

struct member {
    const char *key;
    enum kind kind;
};

enum { MEMBERS_MAX = 8 };

/* Every type of record with the members that it never lacks; more may stand beside them. */
static const struct {
    const char *type;
    struct member member[MEMBERS_MAX];
} forms[] = {
    {"start",
     {{"run", OBJECT}, {"runtime_overrides", OBJECT}, {"state_hash", HASH}, {"notes", ARRAY}}},
    {"proposal",
     {{"summary", OBJECT},
      {"lines", ARRAY},
      {"rationale", TEXT},
      {"base_hash", HASH},
      {"fallback_fired", FLAG}}},
    {"decision", {{"actor", TEXT}, {"op", TEXT}, {"name", TEXT}, {"note", TEXT}}},
    {"apply_intent",
     {{"kind", TEXT},
      {"actor", TEXT},
      {"before", OBJECT},
      {"hash_before", HASH},
      {"after", OBJECT},
      {"hash_after", HASH},
      {"note", TEXT}}},
    {"apply_outcome", {{"kind", TEXT}, {"state_hash", HASH}, {"ok", FLAG}, {"error", MAYBE_TEXT}}},
    {"rollback_intent",
     {{"kind", TEXT},
      {"actor", TEXT},
      {"before", OBJECT},
      {"hash_before", HASH},
      {"after", OBJECT},
      {"hash_after", HASH},
      {"note", TEXT}}},
    {"rollback_outcome",
     {{"kind", TEXT}, {"state_hash", HASH}, {"ok", FLAG}, {"error", MAYBE_TEXT}}},
    {"iteration",
     {{"recorded", TEXT},
      {"state", TEXT},
      {"summary", OBJECT},
      {"tuning", OBJECT},
      {"runtime_overrides", OBJECT}}},
    {"external_change",
     {{"expected_hash", HASH}, {"state_hash", HASH}, {"runtime_overrides", OBJECT}}},
    {"gate", {{"name", TEXT}, {"verdict", TEXT}, {"exit_status", WHOLE}, {"reasons", ARRAY}}},
    {"gate_void", {{"report", WHOLE}, {"actor", TEXT}, {"reason", TEXT}}},
    {"note", {{"actor", TEXT}, {"text", TEXT}}},
    {"pause", {{"actor", TEXT}, {"text", TEXT}}},
    {"resume", {{"actor", TEXT}, {"text", TEXT}}},
    {"stop", {{"actor", TEXT}, {"text", TEXT}}},
    {"tripwire", {{"op", TEXT}, {"apply", WHOLE}, {"condition", TEXT}}},
};

static bool is_hash(const json_t *value)
{
    const char *text = json_string_value(value);
    return text && strlen(text) == HASH_TEXT_MAX - 1 &&
           strspn(text, "0123456789abcdef") == HASH_TEXT_MAX - 1;
}

static const char *kind_fault(const json_t *value, enum kind kind)
{
    switch (kind) {
    case TEXT:
        return json_is_string(value) ? NULL : "a string";
    case MAYBE_TEXT:
        return json_is_string(value) || json_is_null(value) ? NULL : "a string or null";
    case HASH:
        return is_hash(value) ? NULL : "a hash of 64 hexadecimal digits";
    case OBJECT:
        return json_is_object(value) ? NULL : "an object";
    case ARRAY:
        return json_is_array(value) ? NULL : "an array";
    case FLAG:
        return json_is_boolean(value) ? NULL : "true or false";
    case WHOLE:
        return json_is_integer(value) ? NULL : "a whole number";
    }
    return NULL;
}

/* The line must be the one text that its value has. */
static int check_canonical(struct integrity *integrity, const struct journal_line *line, long seq)
{
    struct error fault = ERROR_INIT;
    size_t length = 0, same = 0;
    char place[40];
    char *text = canon_dump(line->record, CANON_COMPACT, &length, &fault);
    if (!text)
        return integrity_blame(integrity, seq, JOURNAL_NAME, "", "%s", fault.text);
    while (same < length && same < line->length && text[same] == line->text[same])
        same++;
    free(text);
    if (same == length && same == line->length)
        return 0;
    snprintf(place, sizeof place, "byte %zu", same + 1);
    return integrity_blame(integrity, seq, JOURNAL_NAME, place,
                           "the line is not in canonical form");
}

static int check_members(struct integrity *integrity, const json_t *record,
                         const struct member *member, const char *type, long seq)
{
    char place[80];
    for (size_t i = 0; i < MEMBERS_MAX && member[i].key; i++) {
        const json_t *value = json_object_get(record, member[i].key);
        const char *fault = kind_fault(value, member[i].kind);
        if (!fault)
            continue;
        snprintf(place, sizeof place, "$.%s", member[i].key);
        return integrity_blame(integrity, seq, JOURNAL_NAME, place,
                               value ? "of a record of type %s it must be %s"
                                     : "a record of type %s must have it: %s",
                               type, fault);
    }
    return 0;
}

/* The time in the one form that the journal is written with. */
static int check_time(struct integrity *integrity, const json_t *record, long seq)
{
    char again[UTC_TEXT_MAX];
    const char *utc = json_string_value(json_object_get(record, "utc"));
    utc_format(again, utc_parse(utc));
    if (utc && utc[0] && strcmp(again, utc) == 0)
        return 0;
    return integrity_blame(integrity, seq, JOURNAL_NAME, "$.utc",
                           "\"%s\" is no UTC time as the journal has them", utc ? utc : "");
}

int integrity_form(struct integrity *integrity, const struct journal_line *line, long seq)
{
    const json_t *record = line->record;
    const char *type = json_string_value(json_object_get(record, "type"));
    json_int_t iteration = json_integer_value(json_object_get(record, "iteration"));
    if (check_canonical(integrity, line, seq) < 0 || check_time(integrity, record, seq) < 0)
        return -1;
    if (iteration < 0 || iteration > 1000000)
        return integrity_blame(integrity, seq, JOURNAL_NAME, "$.iteration",
                               "%lld is no number of an iteration", (long long)iteration);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].type, type ? type : "") == 0)
            return check_members(integrity, record, forms[i].member, type, seq);
    return integrity_blame(integrity, seq, JOURNAL_NAME, "$.type",
                           "this version of soaktop knows no record of type \"%s\"",
                           type ? type : "");
}
