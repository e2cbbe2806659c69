/* test_settings: the table of settings, the two files they are kept in, and who wins. */
#include "config.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "artifact/settings_file.h"
#include "model/clock.h"
#include "sandbox.h"
#include "suites.h"

static void home(const char *variable, const char *below)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", sandbox_path, below);
    setenv(variable, path, 1);
}

static void at_home(void)
{
    home("XDG_CONFIG_HOME", "config");
    home("XDG_STATE_HOME", "state");
}

static void put(const char *directory, const char *name, const char *text)
{
    char path[256];
    mkdir(directory, 0777);
    snprintf(path, sizeof path, "%s/soaktop", directory);
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/soaktop/%s", directory, name);
    sandbox_puts(path, text);
}

static const char *value_of_setting(const struct settings *settings, enum setting_id id)
{
    static char text[SETTING_TEXT_MAX];
    settings_print(settings, id, text, sizeof text);
    return text;
}

static void is(const struct settings *settings, enum setting_id id, const char *text,
               enum setting_origin origin)
{
    ck_assert_str_eq(value_of_setting(settings, id), text);
    ck_assert_int_eq(settings->value[id].origin, origin);
}

START_TEST(every_row_is_whole_and_its_default_reads_back)
{
    struct settings settings;
    settings_init(&settings);
    for (int id = 0; id < SETTING_COUNT; id++) {
        const struct setting_row *row = &setting_table[id];
        struct error err = ERROR_INIT;
        char bounds[SETTING_TEXT_MAX];
        ck_assert_ptr_nonnull(row->name);
        ck_assert_ptr_nonnull(row->help);
        ck_assert_int_eq(settings_find(row->name), id);
        ck_assert_str_eq(value_of_setting(&settings, (enum setting_id)id), row->fallback);
        ck_assert_msg(
            settings_parse(&settings, (enum setting_id)id, row->fallback, FROM_OPERATOR, &err) == 0,
            "%s", err.text);
        ck_assert(settings_is_default(&settings, (enum setting_id)id));
        settings_bounds((enum setting_id)id, bounds, sizeof bounds);
        ck_assert_uint_gt(strlen(bounds), 3);
    }
    ck_assert_int_eq(settings_find("colour"), SETTING_COUNT);
}
END_TEST

static void refuses(enum setting_id id, const char *text, const char *wanted)
{
    struct settings settings;
    struct error err = ERROR_INIT;
    settings_init(&settings);
    ck_assert_int_eq(settings_parse(&settings, id, text, FROM_OPERATOR, &err), -1);
    ck_assert_str_eq(err.text, wanted);
    ck_assert(settings_is_default(&settings, id));
    ck_assert_int_eq(settings.value[id].origin, FROM_DEFAULT);
}

START_TEST(what_is_out_of_bounds_is_refused_with_the_bounds)
{
    refuses(SETTING_CHARSET, "sixel", "charset wants auto, braille, block or ascii, not \"sixel\"");
    refuses(SETTING_MOUSE, "maybe", "mouse wants on or off, not \"maybe\"");
    refuses(SETTING_ALERT_TIMEOUT, "0", "alert-timeout wants 1 to 600 s, not \"0\"");
    refuses(SETTING_ALERT_TIMEOUT, "601", "alert-timeout wants 1 to 600 s, not \"601\"");
    refuses(SETTING_ALERT_TIMEOUT, "5x", "alert-timeout wants 1 to 600 s, not \"5x\"");
    refuses(SETTING_ALERT_TIMEOUT, "", "alert-timeout wants 1 to 600 s, not \"\"");
    refuses(SETTING_ALERT_VERDICT, "bell,horn",
            "alert-verdict wants none, or some of visual, bell, notify, command, not "
            "\"bell,horn\"");
    char text[SETTING_TEXT_MAX + 1];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct settings settings;
    settings_init(&settings);
    ck_assert_int_eq(settings_parse(&settings, SETTING_ALERT_COMMAND, text, FROM_OPERATOR, NULL),
                     -1);
}
END_TEST

START_TEST(a_set_is_words_in_any_order)
{
    struct settings settings;
    settings_init(&settings);
    settings_parse(&settings, SETTING_ALERT_VERDICT, "command,bell", FROM_OPERATOR, NULL);
    is(&settings, SETTING_ALERT_VERDICT, "bell,command", FROM_OPERATOR);
    settings_parse(&settings, SETTING_ALERT_VERDICT, "none", FROM_OPERATOR, NULL);
    is(&settings, SETTING_ALERT_VERDICT, "none", FROM_OPERATOR);
    settings_set(&settings, SETTING_ALERT_VERDICT, 16, FROM_OPERATOR); /* no such bit */
    is(&settings, SETTING_ALERT_VERDICT, "none", FROM_OPERATOR);
}
END_TEST

START_TEST(config_comes_before_what_is_remembered_and_that_before_the_default)
{
    struct settings settings;
    struct error err = ERROR_INIT;
    at_home();
    put("state", "state.json",
        "{\"settings\": {\"theme\": \"light\", \"mouse\": false, \"later\": 1}}");
    put("config", "config.json", "{\"theme\": \"mono\", \"alert-verdict\": [\"bell\"]}");
    ck_assert_msg(settings_read(&settings, NULL, &err) == 0, "%s", err.text);
    is(&settings, SETTING_THEME, "mono", FROM_CONFIG);
    is(&settings, SETTING_MOUSE, "off", FROM_STATE);
    is(&settings, SETTING_ALERT_VERDICT, "bell", FROM_CONFIG);
    is(&settings, SETTING_CHARSET, "auto", FROM_DEFAULT);
}
END_TEST

START_TEST(missing_files_are_no_fault)
{
    struct settings settings;
    struct error err = ERROR_INIT;
    at_home();
    ck_assert_int_eq(settings_read(&settings, NULL, &err), 0);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    ck_assert_int_eq(settings_read(&settings, NULL, &err), 0);
    is(&settings, SETTING_THEME, "default", FROM_DEFAULT);
}
END_TEST

static void config_fault(const char *text, const char *wanted)
{
    struct settings settings;
    struct error err = ERROR_INIT;
    put("config", "config.json", text);
    ck_assert_int_eq(settings_read(&settings, NULL, &err), -1);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "no \"%s\" in: %s", wanted, err.text);
    ck_assert_ptr_nonnull(strstr(err.text, "config/soaktop/config.json"));
    is(&settings, SETTING_MOUSE, strstr(text, "\"mouse\": false") ? "off" : "on",
       strstr(text, "\"mouse\": false") ? FROM_CONFIG : FROM_DEFAULT);
}

START_TEST(a_fault_costs_its_value_only_and_names_file_and_path)
{
    at_home();
    config_fault("{\"charset\": 3, \"mouse\": false}",
                 "charset: 3 is not a text; the default stays");
    config_fault("{\"charset\": \"sixel\", \"mouse\": false}", "charset wants auto, braille");
    config_fault("{\"coulour\": 1, \"mouse\": false}", "coulour: there is no such setting");
    config_fault("{\"mouse\": \"on\"}", "mouse: \"on\" is not true or false");
    config_fault("{\"alert-verdict\": [\"bell\", 3]}", "is not a list of words");
    config_fault("{\"alert-verdict\": [\"bell,visual\"]}", "is not a list of words");
    config_fault("{\"alert-timeout\": 1.5}", "1.5 is not a whole number");
    config_fault("[1]", "not a JSON object");
    config_fault("{\"mouse\"", "line 1");
}
END_TEST

START_TEST(the_state_keeps_what_was_set_live_and_nothing_else)
{
    struct settings settings, again;
    struct error err = ERROR_INIT;
    struct stat status;
    struct bookmark_list none = {0}, none_known = {0};
    at_home();
    put("state", "state.json", "{\"settings\": {\"theme\": \"light\"}}");
    ck_assert_int_eq(settings_read(&settings, NULL, &err), 0);
    settings_parse(&settings, SETTING_THEME, "mono", FROM_COMMAND_LINE, NULL);
    settings_parse(&settings, SETTING_MOUSE, "off", FROM_OPERATOR, NULL);
    ck_assert_int_eq(settings_write_state(&settings, &none, &none_known, &err), 0);
    ck_assert_int_eq(settings_read(&again, NULL, &err), 0);
    is(&again, SETTING_THEME, "light", FROM_STATE); /* --theme was for that time only */
    is(&again, SETTING_MOUSE, "off", FROM_STATE);
    ck_assert_int_eq(stat("state/soaktop/state.json", &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    ck_assert_int_eq(sandbox_count("state/soaktop"), 1);
}
END_TEST

START_TEST(the_state_directory_is_made_for_the_user_alone)
{
    struct settings settings;
    struct error err = ERROR_INIT;
    struct stat status;
    struct bookmark_list none = {0}, none_known = {0};
    at_home();
    settings_init(&settings);
    ck_assert_int_eq(settings_write_state(&settings, &none, &none_known, &err), 0);
    ck_assert_int_eq(stat("state/soaktop", &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0700);
    sandbox_puts("file", "");
    home("XDG_STATE_HOME", "file");
    ck_assert_int_eq(settings_write_state(&settings, &none, &none_known, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot make or open the directory"));
}
END_TEST

START_TEST(the_configuration_holds_what_differs_from_the_defaults_only)
{
    struct settings settings;
    struct error err = ERROR_INIT;
    at_home();
    settings_init(&settings);
    settings_parse(&settings, SETTING_THEME, "light", FROM_OPERATOR, NULL);
    settings_parse(&settings, SETTING_MOUSE, "on", FROM_OPERATOR, NULL); /* the default */
    settings_parse(&settings, SETTING_ALERT_VERDICT, "bell,visual", FROM_STATE, NULL);
    ck_assert_int_eq(settings_write_config(&settings, &err), 0);
    char *text = sandbox_get("config/soaktop/config.json", NULL);
    ck_assert_str_eq(text, "{\n  \"alert-verdict\": [\n    \"visual\",\n    \"bell\"\n  ],\n"
                           "  \"theme\": \"light\"\n}\n");
    char *shown = settings_config_text(&settings);
    ck_assert_str_eq(text, shown);
    free(text);
    free(shown);
}
END_TEST

static struct bookmark bookmark_of(const char *run, int iteration, const char *note)
{
    struct bookmark bookmark = {.iteration = iteration, .utc_ms = CLOCK_MOCK_START_MS + iteration};
    snprintf(bookmark.run, sizeof bookmark.run, "%s", run);
    snprintf(bookmark.note, sizeof bookmark.note, "%s", note);
    return bookmark;
}

START_TEST(bookmarks_are_by_run_and_iteration)
{
    struct bookmark_list list = {0};
    struct bookmark one = bookmark_of("b", 3, "old"), two = bookmark_of("b", 3, "new");
    struct bookmark three = bookmark_of("a", 9, "other");
    bookmarks_put(&list, &one);
    bookmarks_put(&list, &two);
    bookmarks_put(&list, &three);
    ck_assert_uint_eq(list.count, 2);
    ck_assert_str_eq(list.item[0].run, "a");
    ck_assert_str_eq(bookmarks_find(&list, "b", 3)->note, "new");
    ck_assert_ptr_null(bookmarks_find(&list, "b", 4));
    bookmarks_remove(&list, "b", 3);
    bookmarks_remove(&list, "b", 3);
    ck_assert_uint_eq(list.count, 1);
    bookmarks_fini(&list);
}
END_TEST

START_TEST(of_too_many_bookmarks_the_oldest_goes)
{
    struct bookmark_list list = {0};
    for (int i = 1; i <= BOOKMARKS_MAX + 1; i++) {
        struct bookmark bookmark = bookmark_of("a", i, "");
        bookmarks_put(&list, &bookmark);
    }
    ck_assert_uint_eq(list.count, BOOKMARKS_MAX);
    ck_assert_ptr_null(bookmarks_find(&list, "a", 1));
    ck_assert_ptr_nonnull(bookmarks_find(&list, "a", 2));
    bookmarks_fini(&list);
}
END_TEST

START_TEST(bookmarks_are_remembered)
{
    struct settings settings;
    struct error err = ERROR_INIT;
    struct bookmark_list list = {0}, known = {0}, again = {0};
    struct bookmark one = bookmark_of("run_A", 17, "tail \"jump\""), two = bookmark_of("b", 2, "");
    at_home();
    settings_init(&settings);
    bookmarks_put(&list, &one);
    bookmarks_put(&list, &two);
    ck_assert_int_eq(settings_write_state(&settings, &list, &known, &err), 0);
    ck_assert_int_eq(settings_read(&settings, &again, &err), 0);
    ck_assert_uint_eq(again.count, 2);
    const struct bookmark *found = bookmarks_find(&again, "run_A", 17);
    ck_assert_ptr_nonnull(found);
    ck_assert_str_eq(found->note, "tail \"jump\"");
    ck_assert_int_eq(found->utc_ms, one.utc_ms);
    bookmarks_fini(&list);
    bookmarks_fini(&known);
    bookmarks_fini(&again);
}
END_TEST

/* Two dashboards: each keeps what the other set, and what one takes out stays out. */
START_TEST(two_dashboards_keep_each_others_bookmarks)
{
    struct settings settings;
    struct error err = ERROR_INIT;
    struct bookmark_list a = {0}, a_known = {0}, b = {0}, b_known = {0};
    struct bookmark old = bookmark_of("run", 1, "old"), mine = bookmark_of("run", 2, "mine"),
                    yours = bookmark_of("run", 3, "yours");
    at_home();
    settings_init(&settings);
    bookmarks_put(&a, &old);
    ck_assert_int_eq(settings_write_state(&settings, &a, &a_known, &err), 0);
    ck_assert_int_eq(settings_read(&settings, &b, &err), 0);
    bookmarks_copy(&b_known, &b);
    bookmarks_put(&a, &mine);
    ck_assert_int_eq(settings_write_state(&settings, &a, &a_known, &err), 0);
    bookmarks_remove(&b, "run", 1);
    bookmarks_put(&b, &yours);
    ck_assert_int_eq(settings_write_state(&settings, &b, &b_known, &err), 0);
    ck_assert_uint_eq(b.count, 2);
    ck_assert_ptr_nonnull(bookmarks_find(&b, "run", 2));
    ck_assert_int_eq(settings_write_state(&settings, &a, &a_known, &err), 0);
    ck_assert_uint_eq(a.count, 2);
    ck_assert_ptr_null(bookmarks_find(&a, "run", 1));
    ck_assert_str_eq(bookmarks_find(&a, "run", 3)->note, "yours");
    bookmarks_fini(&a);
    bookmarks_fini(&a_known);
    bookmarks_fini(&b);
    bookmarks_fini(&b_known);
}
END_TEST

Suite *settings_suite(void)
{
    const TTest *const list[] = {
        every_row_is_whole_and_its_default_reads_back,
        what_is_out_of_bounds_is_refused_with_the_bounds,
        a_set_is_words_in_any_order,
        config_comes_before_what_is_remembered_and_that_before_the_default,
        missing_files_are_no_fault,
        a_fault_costs_its_value_only_and_names_file_and_path,
        the_state_keeps_what_was_set_live_and_nothing_else,
        the_state_directory_is_made_for_the_user_alone,
        the_configuration_holds_what_differs_from_the_defaults_only,
        bookmarks_are_by_run_and_iteration,
        of_too_many_bookmarks_the_oldest_goes,
        bookmarks_are_remembered,
        two_dashboards_keep_each_others_bookmarks,
        NULL,
    };
    return sandbox_suite("settings", list, 5);
}
