/* test_difference: what differs between the journal, the disk and the lines that were staged: only
 * that, each row with its word. */
#include "config.h"

#include "suites.h"

#include <stdio.h>
#include <string.h>

#include "model/difference.h"
#include "model/mem.h"
#include "soak.h"

static struct soak soak;
static struct value expected[PARAM_MAX], found[PARAM_MAX];
static struct proposal waiting;

static void setup(void)
{
    soak_init(&soak);
    memcpy(expected, soak.values, sizeof expected);
    memcpy(found, soak.values, sizeof found);
    waiting = (struct proposal){0};
}

static void teardown(void)
{
    soak_fini(&soak);
}

static void stage(const char *name, double after, enum delta_state state)
{
    struct delta *delta = &waiting.delta[waiting.count++];
    *delta = (struct delta){.param = soak_param(&soak, name), .after = after, .state = state};
    snprintf(delta->name, sizeof delta->name, "%s", name);
}

static struct difference *made(void)
{
    return difference_new(expected, found, soak.table.count, &soak.table, &waiting);
}

static const struct difference_row *row(const struct difference *difference, const char *name)
{
    for (size_t i = 0; i < difference->count; i++)
        if (difference->row[i].param == soak_param(&soak, name))
            return &difference->row[i];
    return NULL;
}

START_TEST(only_what_differs_is_told)
{
    struct difference *difference = made();
    ck_assert_uint_eq(difference->count, 0);
    difference_free(difference);
    found[soak_param(&soak, "tail_age_ms")] = value_of(640);
    found[soak_param(&soak, "min_interval_ms")] = value_missing();
    stage("impact_cap_ratio", 0.09, DELTA_PROPOSED); /* neither changed on disk nor staged */
    difference = made();
    ck_assert_uint_eq(difference->count, 2);
    ck_assert(!value_present(row(difference, "min_interval_ms")->found));
    ck_assert_str_eq(row(difference, "tail_age_ms")->key, "engine.tail_age_ms");
    ck_assert_str_eq(difference_word(row(difference, "tail_age_ms")), "disk");
    ck_assert_uint_eq(difference_conflicts(difference), 0);
    difference_free(difference);
}
END_TEST

START_TEST(each_row_has_its_word)
{
    found[soak_param(&soak, "tail_age_ms")] = value_of(640);
    found[soak_param(&soak, "min_interval_ms")] = value_of(65);
    found[soak_param(&soak, "replace_rate_per_min")] = value_of(310);
    stage("tail_age_ms", 630, DELTA_EDITED);
    stage("min_interval_ms", 65, DELTA_APPROVED);
    stage("impact_cap_ratio", 0.09, DELTA_APPROVED);
    stage("replace_rate_per_min", 320, DELTA_PROPOSED);
    struct difference *difference = made();
    ck_assert_uint_eq(difference->count, 4);
    ck_assert_str_eq(difference_word(row(difference, "tail_age_ms")), "CONFLICT");
    ck_assert_str_eq(difference_word(row(difference, "min_interval_ms")), "agree");
    ck_assert_str_eq(difference_word(row(difference, "impact_cap_ratio")), "staged");
    const struct difference_row *open = row(difference, "replace_rate_per_min");
    ck_assert_str_eq(difference_word(open), "disk");
    ck_assert_double_eq(open->wanted.number, 320);
    ck_assert(!open->staged);
    ck_assert_uint_eq(difference_conflicts(difference), 1);
    difference_free(difference);
}
END_TEST

START_TEST(other_keys_are_counted_and_a_copy_owns_its_own)
{
    char others[40];
    struct difference *difference = made();
    difference_others(difference, others, sizeof others);
    ck_assert_str_eq(others, "");
    difference_add_key_take(difference, "a.b", mem_strdup("1"), NULL);
    difference_others(difference, others, sizeof others);
    ck_assert_str_eq(others, ", 1 other key");
    for (int i = 1; i < DIFFERENCE_ROWS_MAX + 3; i++)
        difference_add_key_take(difference, "a.c", NULL, mem_strdup("2"));
    ck_assert_uint_eq(difference->count, DIFFERENCE_ROWS_MAX);
    ck_assert_uint_eq(difference->left_out, 3);
    struct difference *copy = difference_copy(difference);
    difference_free(difference);
    ck_assert_str_eq(copy->row[0].expected_text, "1");
    ck_assert_ptr_null(copy->row[0].found_text);
    difference_others(copy, others, sizeof others);
    ck_assert_str_eq(others, ", 259 other keys");
    difference_free(copy);
    ck_assert_ptr_null(difference_copy(NULL));
}
END_TEST

Suite *difference_suite(void)
{
    Suite *suite = suite_create("difference");
    TCase *tcase = tcase_create("difference");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, only_what_differs_is_told);
    tcase_add_test(tcase, each_row_has_its_word);
    tcase_add_test(tcase, other_keys_are_counted_and_a_copy_owns_its_own);
    suite_add_tcase(suite, tcase);
    return suite;
}
