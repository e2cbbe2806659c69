/* test_undo: decisions taken back and made again, before anything is written (ENGINE section 7). */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

static struct soak manual(int iterations)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = iterations;
    soak_start(&soak);
    return soak;
}

static const struct delta *line(struct soak *soak, const char *name)
{
    const struct delta *found = proposal_find(&soak->run.pending, name);
    ck_assert_msg(found != NULL, "no line %s", name);
    return found;
}

START_TEST(undo_takes_the_newest_decision_back_whatever_its_line)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    const struct proposal none = soak.run.pending;
    ck_assert(soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 620, ""));
    ck_assert(soak_decide(&soak, DECIDE_REJECT, "max_delta_ratio", 0, "too big"));
    ck_assert_uint_eq(soak.run.pending.undo.count, 2);
    ck_assert_str_eq(soak.run.pending.undo.name, "rejected max_delta_ratio");
    ck_assert(soak_decide(&soak, DECIDE_UNDO, "", 0, ""));
    ck_assert_str_eq(soak.reply, "undid: rejected max_delta_ratio");
    ck_assert_int_eq(line(&soak, "max_delta_ratio")->state, DELTA_PROPOSED);
    ck_assert(soak_decide(&soak, DECIDE_UNDO, "", 0, ""));
    ck_assert_str_eq(soak.reply, "undid: edited tail_age_ms 630 -> 620");
    ck_assert_mem_eq(soak.run.pending.delta, none.delta, sizeof(none.delta));
    ck_assert(!soak_decide(&soak, DECIDE_UNDO, "", 0, ""));
    ck_assert_uint_eq(soak.run.pending.redo.count, 2);
    ck_assert(soak_decide(&soak, DECIDE_REDO, "", 0, ""));
    ck_assert_str_eq(soak.reply, "redid: edited tail_age_ms 630 -> 620");
    ck_assert_double_eq(line(&soak, "tail_age_ms")->after, 620);
    /* a new decision: what was taken back is gone */
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "impact_cap_ratio", 0, ""));
    ck_assert(!soak_decide(&soak, DECIDE_REDO, "", 0, ""));
    ck_assert_uint_eq(soak_journal_count("a", "decision"), 6);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(decisions_of_one_key_go_back_together)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_REJECT, "tail_age_ms", 0, ""));
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert_uint_eq(proposal_staged(&soak.run.pending), 4);
    ck_assert(soak_decide(&soak, DECIDE_UNDO, "", 0, ""));
    ck_assert_str_eq(soak.reply, "undid: approved 4 lines");
    ck_assert_int_eq(line(&soak, "tail_age_ms")->state, DELTA_REJECTED);
    ck_assert_uint_eq(soak.run.pending.undo.count, 1);
    ck_assert(soak_decide(&soak, DECIDE_REDO, "", 0, ""));
    ck_assert_uint_eq(proposal_staged(&soak.run.pending), 4);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

/* seq of the decision number N, and what it takes back (0: null). */
static void decision_record(int n, long *seq, long *undo_of)
{
    char *text = file_get(tempdir_path("a/soak/latest/journal.jsonl"));
    *seq = 0;
    for (char *at = strtok(text, "\n"); at; at = strtok(NULL, "\n")) {
        json_t *record = json_loads(at, 0, NULL);
        if (strcmp(soak_text(record, "type"), "decision") == 0 && n-- == 1) {
            *seq = (long)soak_number(record, "seq");
            *undo_of = (long)json_integer_value(soak_at(record, "undo_of"));
        }
        json_decref(record);
    }
    free(text);
}

START_TEST(the_journal_says_which_record_is_taken_back)
{
    struct soak soak = manual(2);
    long seq[5], of[5];
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "tail_age_ms", 0, ""));
    ck_assert(soak_decide(&soak, DECIDE_UNDO, "", 0, ""));
    ck_assert(soak_decide(&soak, DECIDE_REDO, "", 0, ""));
    ck_assert(soak_decide(&soak, DECIDE_UNDO, "", 0, ""));
    for (int n = 1; n <= 4; n++)
        decision_record(n, &seq[n], &of[n]);
    ck_assert_int_eq(of[1], 0);
    ck_assert_int_eq(of[2], seq[1]);
    ck_assert_int_eq(of[3], seq[2]);
    ck_assert_int_eq(of[4], seq[3]);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(an_applied_proposal_has_nothing_to_take_back)
{
    struct soak soak = manual(3);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert(soak_apply(&soak));
    soak_until_count(&soak, 1);
    soak_until(&soak, soak_holds);
    ck_assert_uint_eq(soak.run.pending.undo.count, 0);
    ck_assert(!soak_decide(&soak, DECIDE_UNDO, "", 0, ""));
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

Suite *undo_suite(void)
{
    Suite *suite = suite_create("undo");
    TCase *tcase = tcase_create("undo");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_test(tcase, undo_takes_the_newest_decision_back_whatever_its_line);
    tcase_add_test(tcase, decisions_of_one_key_go_back_together);
    tcase_add_test(tcase, the_journal_says_which_record_is_taken_back);
    tcase_add_test(tcase, an_applied_proposal_has_nothing_to_take_back);
    suite_add_tcase(suite, tcase);
    return suite;
}
