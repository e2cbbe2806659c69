/* test_preferences: which files the settings are written to, when, and what stands in them. */
#include "config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "sandbox.h"
#include "suites.h"
#include "ui/palette_commands.h"

#define CONFIG "config/soaktop/config.json"
#define STATE  "state/soaktop/state.json"

/* The user's directories are the sandbox's. */
static void begin(struct driver *driver)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/config", sandbox_path);
    setenv("XDG_CONFIG_HOME", path, 1);
    snprintf(path, sizeof path, "%s/state", sandbox_path);
    setenv("XDG_STATE_HOME", path, 1);
    driver_init(driver, 3, QUIET);
    driver->view->preferences.kept = true;
}

static void command(struct driver *driver, const char *text)
{
    driver_key(driver, ':');
    driver_type(driver, text);
    driver_key(driver, KEYCODE_ENTER);
}

static void holds(const char *path, const char *text)
{
    char *file = sandbox_get(path, NULL);
    ck_assert_msg(strstr(file, text) != NULL, "no %s in %s", text, file);
    free(file);
}

static void is_file(const char *path, const char *text)
{
    char *file = sandbox_get(path, NULL);
    ck_assert_str_eq(file, text);
    free(file);
}

START_TEST(save_config_writes_what_differs_and_nothing_else)
{
    struct driver driver;
    begin(&driver);
    command(&driver, "save-config");
    driver_says(&driver, "written: ");
    is_file(CONFIG, "{}\n");
    ck_assert_int_eq(remove(CONFIG), 0);
    command(&driver, "set alert-timeout 45");
    command(&driver, "theme light");
    command(&driver, "set mouse off");
    command(&driver, "set mouse on");
    driver_key(&driver, '5');
    command(&driver, "save-config");
    is_file(CONFIG,
            "{\n  \"alert-timeout\": 45,\n  \"focus\": \"gate\",\n  \"theme\": \"light\"\n}\n");
    driver_fini(&driver);
}
END_TEST

START_TEST(it_asks_before_it_replaces_the_users_file)
{
    static const char mine[] = "{\"theme\": \"mono\"}\n";
    struct driver driver;
    begin(&driver);
    ck_assert_int_eq(mkdir("config", 0700), 0);
    ck_assert_int_eq(mkdir("config/soaktop", 0700), 0);
    sandbox_puts(CONFIG, mine);
    command(&driver, "set clipboard off");
    command(&driver, "save-config");
    driver_shows(&driver, "replaces ");
    driver_shows(&driver, "\"clipboard\": false");
    driver_pass(&driver, 1000);
    driver_key(&driver, KEYCODE_ENTER);
    is_file(CONFIG, mine);
    command(&driver, "save-config");
    driver_pass(&driver, 1000);
    driver_key(&driver, KEYCODE_ESCAPE);
    is_file(CONFIG, mine);
    command(&driver, "save-config");
    driver_pass(&driver, 1000);
    driver_key(&driver, 'Y');
    driver_says(&driver, "written: ");
    is_file(CONFIG, "{\n  \"clipboard\": false\n}\n");
    driver_fini(&driver);
}
END_TEST

START_TEST(what_is_set_is_remembered_at_once)
{
    struct driver driver;
    begin(&driver);
    command(&driver, "set alert-freeze bell,notify");
    holds(STATE, "\"alert-freeze\": [\n      \"bell\",\n      \"notify\"\n    ]");
    driver_key(&driver, 'M');
    holds(STATE, "\"mouse\": false");
    driver_key(&driver, 'u');
    holds(STATE, "\"mouse\": true");
    driver_key(&driver, 'B');
    driver_key(&driver, '1');
    holds(STATE, "\"alert-proposal\": [\n      \"bell\"\n    ]");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_key(&driver, 'b');
    driver_type(&driver, "look here");
    driver_key(&driver, KEYCODE_ENTER);
    holds(STATE, "\"note\": \"look here\"");
    ck_assert_int_ne(access(CONFIG, F_OK), 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_state_that_cannot_be_written_is_said_once)
{
    struct driver driver;
    begin(&driver);
    sandbox_puts("state", "a file in its way");
    command(&driver, "set mouse off");
    driver_says(&driver, "nothing is remembered: ");
    ck_assert_int_eq(driver.view->preferences.settings.value[SETTING_MOUSE].number, 0);
    command(&driver, "set mouse on");
    driver_says(&driver, "mouse is on");
    driver_fini(&driver);
}
END_TEST

/* doc/soaktop.1 from the line SECTION to the next section (free it). */
static char *manual(const char *section)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/doc/soaktop.1", getenv("TEST_SRCDIR"));
    char *text = sandbox_get(path, NULL), *from = strstr(text, section);
    ck_assert_ptr_nonnull(from);
    const char *end = from;
    do
        end = strstr(end + 1, "\n.S");
    while (end != NULL && end[3] == 'x');
    char *part = strndup(from, end ? (size_t)(end - from) : strlen(from));
    free(text);
    return part;
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    while ((text = strstr(text, part)) != NULL) {
        text += strlen(part);
        count++;
    }
    return count;
}

START_TEST(the_manual_has_every_setting_and_no_other)
{
    char *text = manual("\n.Sh SETTINGS"), *at = text;
    for (int id = 0; id < SETTING_COUNT; id++) {
        char item[64];
        snprintf(item, sizeof item, "\n.It Cm %s No (", setting_table[id].name);
        at = strstr(at, item);
        ck_assert_msg(at != NULL, "%s is missing, or not in its place", setting_table[id].name);
    }
    ck_assert_int_eq(count_of(text, "\n.It Cm "), SETTING_COUNT);
    free(text);
}
END_TEST

START_TEST(the_manual_has_every_command_of_the_palette_and_no_other)
{
    char *text = manual("\n.Ss Commands of the palette");
    int count = 0;
    for (const struct palette_command *row = palette_command_table; row->name; row++, count++) {
        char item[64];
        snprintf(item, sizeof item, "\n.It Cm %s%s%s\n", row->name, row->argument ? " Ar " : "",
                 row->argument ? row->argument : "");
        ck_assert_msg(strstr(text, item) != NULL, "%s is missing", row->name);
    }
    ck_assert_int_eq(count_of(text, "\n.It Cm "), count);
    free(text);
}
END_TEST

Suite *preferences_suite(void)
{
    const TTest *const list[] = {
        save_config_writes_what_differs_and_nothing_else,
        it_asks_before_it_replaces_the_users_file,
        what_is_set_is_remembered_at_once,
        a_state_that_cannot_be_written_is_said_once,
        the_manual_has_every_setting_and_no_other,
        the_manual_has_every_command_of_the_palette_and_no_other,
        NULL,
    };
    return sandbox_suite("preferences", list, 20);
}
