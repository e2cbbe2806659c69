/* The proposal as a line of the control socket: nothing of it is lost on the way, and what is wrong
 * is refused. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/config.h"
#include "artifact/control_proposal.h"
#include "harness.h"
#include "suites.h"

static const struct param_table *table(void)
{
    static struct config config;
    static bool loaded;
    struct error err = ERROR_INIT;
    if (!loaded)
        ck_assert_msg(config_load(&config, NULL, &err) == 0, "%s", err.text);
    loaded = true;
    return &config.params;
}

static struct delta line(const char *name, enum delta_state state, double now, double after)
{
    struct delta delta = {.param = param_find(table(), name),
                          .rule = RULE_FALLBACK,
                          .now = now,
                          .increment = after - now,
                          .target = after,
                          .after = after,
                          .state = state};
    snprintf(delta.name, sizeof delta.name, "%s", name);
    snprintf(delta.note, sizeof delta.note, "caf\xc3\xa9 \"quoted\"\n");
    snprintf(delta.why, sizeof delta.why, "because");
    return delta;
}

static struct proposal example(void)
{
    struct proposal proposal = {.iteration = 12,
                                .count = 3,
                                .fallback_fired = true,
                                .decided = 7,
                                .taken_back = 2,
                                .decide_by_ms = 1735689600123,
                                .timeout_applies = true,
                                .undo = {2, "edited tail_age_ms 630 -> 640"},
                                .redo = {1, "rejected impact_cap_ratio"}};
    memset(proposal.base_hash, 'a', sizeof proposal.base_hash - 1);
    snprintf(proposal.rationale, sizeof proposal.rationale, "DRIVER: x | y");
    proposal.delta[0] = line("tail_age_ms", DELTA_EDITED, 600, 640);
    proposal.delta[1] = line("impact_cap_ratio", DELTA_BLOCKED, 0.1, 0.09);
    proposal.delta[1].guard = GUARD_VELOCITY;
    proposal.delta[1].clears_at = 15;
    proposal.delta[2] = line("max_delta_ratio", DELTA_HELD, 0.15, 0.14);
    proposal.delta[2].hold_until = 20;
    proposal.delta[2].held_at = 11;
    return proposal;
}

START_TEST(all_of_it_arrives)
{
    struct error err = ERROR_INIT;
    struct proposal sent = example(), read;
    char *text = control_proposal_text(&sent, table());
    ck_assert_ptr_eq(strchr(text, '\n'), text + strlen(text) - 1);
    ck_assert_int_eq(control_proposal_read(&read, text, strlen(text) - 1, table(), &err), 1);
    char *again = control_proposal_text(&read, table());
    ck_assert_str_eq(again, text);
    ck_assert_int_eq(read.decide_by_ms, sent.decide_by_ms);
    ck_assert(read.timeout_applies);
    ck_assert_uint_eq(read.undo.count, 2);
    ck_assert_str_eq(read.redo.name, sent.redo.name);
    ck_assert_int_eq(read.delta[1].clears_at, 15);
    ck_assert_int_eq(read.delta[2].hold_until, 20);
    ck_assert_int_eq(read.delta[2].held_at, 11);
    ck_assert_str_eq(read.delta[0].note, sent.delta[0].note);
    free(again);
    free(text);
}
END_TEST

START_TEST(that_none_waits_arrives_too)
{
    struct error err = ERROR_INIT;
    struct proposal read;
    char *text = control_proposal_text(NULL, table());
    ck_assert_str_eq(text, "{\"iteration\":null,\"type\":\"proposal\"}\n");
    ck_assert_int_eq(control_proposal_read(&read, text, strlen(text) - 1, table(), &err), 0);
    free(text);
}
END_TEST

/* In a whole line the first text becomes the second. */
static const struct {
    const char *from, *to;
} wrong[] = {
    {"\"iteration\":12", "\"iteration\":-1"},
    {"\"iteration\":12", "\"iteration\":\"x\""},
    {"\"lines\":[", "\"lines\":7,\"x\":["},
    {"\"name\":\"tail_age_ms\"", "\"name\":\"no_such\""},
    {"\"decided\":7", "\"decided\":-7"},
    {"\"undo\":{", "\"undo\":[],\"x\":{"},
    {"\"fallback_fired\":true", "\"fallback_fired\":1"},
    {"{", "["},
};

START_TEST(what_is_wrong_is_refused)
{
    struct error err = ERROR_INIT;
    struct proposal sent = example(), read;
    char *text = control_proposal_text(&sent, table());
    char *at = strstr(text, wrong[_i].from);
    ck_assert_ptr_nonnull(at);
    char *bad = calloc(1, strlen(text) + 40);
    sprintf(bad, "%.*s%s%s", (int)(at - text), text, wrong[_i].to, at + strlen(wrong[_i].from));
    ck_assert_int_eq(control_proposal_read(&read, bad, strlen(bad) - 1, table(), &err), -1);
    ck_assert_int_ne(err.code, ERROR_NONE);
    free(bad);
    free(text);
}
END_TEST

Suite *control_proposal_suite(void)
{
    Suite *suite = suite_create("control_proposal");
    TCase *tcase = tcase_create("control_proposal");
    tcase_add_test(tcase, all_of_it_arrives);
    tcase_add_test(tcase, that_none_waits_arrives_too);
    tcase_add_loop_test(tcase, what_is_wrong_is_refused, 0, sizeof wrong / sizeof *wrong);
    suite_add_tcase(suite, tcase);
    return suite;
}
