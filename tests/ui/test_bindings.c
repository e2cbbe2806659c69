/* bindings: the keys that are shown are those that work, also after they were bound anew. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "ui/bindings.h"

static struct driver driver;

static const char *text_of(const char *name)
{
    const struct action *action = action_find(name);
    ck_assert_msg(action != NULL, "no action %s", name);
    return bindings_text(action);
}

static void bind(const char *name, const char *file, unsigned key)
{
    const struct action *action = action_find(name);
    bindings_clear(action);
    if (key != 0)
        ck_assert(bindings_add(action, (struct binding){.key = key, .file = file, .line = 1}));
}

START_TEST(a_group_shows_its_keys_together)
{
    ck_assert_str_eq(text_of("left"), "arrows h j k l");
    ck_assert_str_eq(text_of("page-up"), "PgUp PgDn ^B ^F");
    ck_assert_str_eq(text_of("first"), "g G Home End");
    ck_assert_str_eq(text_of("next-panel"), "Tab Shift-Tab");
    ck_assert_str_eq(text_of("focus-kpis"), "1 .. 7");
    ck_assert_str_eq(text_of("previous-iteration"), "[ ]");
    ck_assert_str_eq(text_of("next-iteration"), "]");
    ck_assert_str_eq(text_of("apply"), "A F8");
    ck_assert_str_eq(text_of("quit"), "q F10 ^C");
    ck_assert_str_eq(text_of("mark"), "Space");
}
END_TEST

START_TEST(the_footer_names_one_key_or_a_pair)
{
    char label[BINDINGS_LABEL_MAX];
    bindings_label(action_find("previous-iteration"), label);
    ck_assert_str_eq(label, "[ ]");
    bindings_label(action_find("next-panel"), label);
    ck_assert_str_eq(label, "Tab");
    bindings_label(action_find("apply"), label);
    ck_assert_str_eq(label, "A");
    bindings_label(action_find("mark"), label);
    ck_assert_str_eq(label, "Spc");
    bind("next-iteration", NULL, KEYCODE_F1 + 10);
    bindings_label(action_find("previous-iteration"), label);
    ck_assert_str_eq(label, "[");
    ck_assert_str_eq(text_of("previous-iteration"), "[ F11");
}
END_TEST

START_TEST(a_key_bound_anew_works_and_is_shown_everywhere)
{
    driver_init(&driver, 22, PROPOSED);
    bind("approve", "keys.json", 'z');
    ck_assert_str_eq(text_of("approve"), "z");
    driver_shows(&driver, "z ok");
    driver_hides(&driver, " a ok");
    driver_key(&driver, 'a');
    driver_says(&driver, "a does nothing here; ? lists what does");
    driver_sent_nothing(&driver);
    driver_key(&driver, 'z');
    driver_sent(&driver, COMMAND_DECIDE);
    bind("live", "keys.json", KEYCODE_F1 + 10);
    driver_key(&driver, 'p');
    driver_key(&driver, 'z');
    driver_says(&driver, "the view is frozen: F11 goes back to live");
    driver_key(&driver, KEYCODE_F1 + 10);
    ck_assert_int_eq(driver.view->mode, VIEW_LIVE);
    driver_fini(&driver);
}
END_TEST

START_TEST(an_action_without_a_key_is_named_as_the_palette_takes_it)
{
    driver_init(&driver, 22, PROPOSED);
    bind("live", NULL, 0);
    ck_assert_str_eq(text_of("live"), ":live");
    ck_assert_str_eq(bindings_key("live"), ":live");
    driver_key(&driver, 'p');
    driver_hides(&driver, "newest");
    driver_key(&driver, '0');
    driver_says(&driver, "0 does nothing here");
    driver_key(&driver, 'a');
    driver_says(&driver, ":live goes back to live");
    driver_fini(&driver);
}
END_TEST

START_TEST(names_in_braces_become_keys_and_other_braces_stay)
{
    char text[64] = "{live} { } {no-such} {freeze}{quit} {";
    bindings_expand(text, sizeof text);
    ck_assert_str_eq(text, "0 { } {no-such} pq {");
    char small[8] = "{live}ab";
    small[7] = '\0';
    bindings_expand(small, sizeof small);
    ck_assert_str_eq(small, "0a");
    ck_assert_str_eq(bindings_expanded("plain"), "plain");
    ck_assert_str_eq(bindings_expanded("{approve}, {reject}"), "a, x");
}
END_TEST

START_TEST(four_keys_at_most_and_one_can_be_taken_away)
{
    const struct action *live = action_find("live");
    struct binding binding = {.key = 'a'};
    bindings_clear(live);
    for (int i = 0; i < ACTION_KEYS_MAX; i++, binding.key++)
        ck_assert(bindings_add(live, binding));
    ck_assert(!bindings_add(live, binding));
    ck_assert_str_eq(text_of("live"), "a b c d");
    bindings_remove(live, 'b');
    ck_assert_str_eq(text_of("live"), "a c d");
    ck_assert(!bindings_has(live, 'b'));
    ck_assert(bindings_has(live, 'd'));
    ck_assert_uint_eq(bindings_of(live)[3].key, 0);
    bindings_reset();
    ck_assert_str_eq(text_of("live"), "0");
}
END_TEST

Suite *bindings_suite(void)
{
    const TTest *const tests[] = {
        a_group_shows_its_keys_together,
        the_footer_names_one_key_or_a_pair,
        a_key_bound_anew_works_and_is_shown_everywhere,
        an_action_without_a_key_is_named_as_the_palette_takes_it,
        names_in_braces_become_keys_and_other_braces_stay,
        four_keys_at_most_and_one_can_be_taken_away,
        NULL,
    };
    return harness_suite("bindings", tests, 20);
}
