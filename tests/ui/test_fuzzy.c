/* fuzzy: letters in their order; beginnings of words and runs count more. */
#include "config.h"

#include "suites.h"
#include "harness.h"
#include "ui/fuzzy.h"

static void expect_better(const char *word, const char *better, const char *worse)
{
    ck_assert_msg(fuzzy_score(word, better) > fuzzy_score(word, worse), "%s: %s %d, %s %d", word,
                  better, fuzzy_score(word, better), worse, fuzzy_score(word, worse));
}

START_TEST(letters_must_stand_in_their_order)
{
    ck_assert_int_gt(fuzzy_score("rb", "rollback"), 0);
    ck_assert_int_gt(fuzzy_score("ROLL", "rollback"), 0);
    ck_assert_int_eq(fuzzy_score("br", "rollback"), 0);
    ck_assert_int_eq(fuzzy_score("rollbackx", "rollback"), 0);
    ck_assert_int_eq(fuzzy_score("ll l", "rollback"), 0);
    ck_assert_int_eq(fuzzy_score("", "rollback"), 0);
    ck_assert_int_eq(fuzzy_score("a", ""), 0);
}
END_TEST

START_TEST(each_letter_counts_by_where_it_stands)
{
    ck_assert_int_eq(fuzzy_score("r", "rollback"), FUZZY_START);
    ck_assert_int_eq(fuzzy_score("o", "rollback"), FUZZY_LOOSE);
    ck_assert_int_eq(fuzzy_score("ro", "rollback"), FUZZY_START + FUZZY_RUN);
    ck_assert_int_eq(fuzzy_score("rk", "rollback"), FUZZY_START + FUZZY_LOOSE);
    ck_assert_int_eq(fuzzy_score("rn", "run-next"), 2 * FUZZY_START);
    /* the best way to place them, not the first */
    ck_assert_int_eq(fuzzy_score("ne", "run-next"), FUZZY_START + FUZZY_RUN);
    ck_assert_int_eq(fuzzy_score("run-n", "run-next"), 2 * FUZZY_START + 3 * FUZZY_RUN);
}
END_TEST

START_TEST(beginnings_and_runs_come_first)
{
    expect_better("pe", "previous-event", "report");
    expect_better("ni", "next-iteration", "undecide-it");
    expect_better("free", "freeze", "for every step");
    expect_better("live", "live", "leave it there, please");
    ck_assert(fuzzy_is_tight("free", fuzzy_score("free", "the freeze guard")));
    ck_assert(!fuzzy_is_tight("free", fuzzy_score("free", "for the people there")));
}
END_TEST

START_TEST(long_texts_do_no_harm)
{
    char word[400], text[1000];
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = i % 2 ? 'a' : 'b';
    for (size_t i = 0; i < sizeof word - 1; i++)
        word[i] = 'a';
    text[sizeof text - 1] = word[sizeof word - 1] = '\0';
    ck_assert_int_gt(fuzzy_score(word, text), 0);
    ck_assert_int_gt(fuzzy_score("\303\266", "sch\303\266n"), 0);
}
END_TEST

Suite *fuzzy_suite(void)
{
    const TTest *const tests[] = {
        letters_must_stand_in_their_order,
        each_letter_counts_by_where_it_stands,
        beginnings_and_runs_come_first,
        long_texts_do_no_harm,
        NULL,
    };
    return harness_suite("fuzzy", tests, 20);
}
