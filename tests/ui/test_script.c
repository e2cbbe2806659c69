/* test_script: the language of --script, and the stage that it runs on. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/canvas_ansi.h"
#include "ui/script.h"
#include "ui/stage.h"

static int parse(struct script *script, const char *text, struct error *err)
{
    return script_parse(script, "file", text, strlen(text), err);
}

START_TEST(a_command_a_line)
{
    struct script script;
    struct error err = ERROR_INIT;
    const char *text =
        "# comment\n\n  key a Esc F5  \r\npass 0.5\n\tsize 120x40\n"
        "until state holding\nuntil text PASS [0-9]/8\nexpect \" two  \"\nuntil rest";
    ck_assert_int_eq(parse(&script, text, &err), 0);
    ck_assert_uint_eq(script.count, 9);
    ck_assert_uint_eq(script.step[0].key, 'a');
    ck_assert_uint_eq(script.step[1].key, KEYCODE_ESCAPE);
    ck_assert_uint_eq(script.step[2].key, KEYCODE_F1 + 4);
    ck_assert_int_eq(script.step[2].line, 3);
    ck_assert_double_eq(script.step[3].number, 0.5);
    ck_assert_int_eq(script.step[4].width, 120);
    ck_assert_int_eq(script.step[4].height, 40);
    ck_assert_int_eq((int)script.step[5].number, RUN_HOLDING);
    ck_assert_str_eq(script.step[6].text, "PASS [0-9]/8");
    ck_assert_str_eq(script.step[7].text, " two  ");
    ck_assert_int_eq(script.step[8].verb, SCRIPT_REST);
    ck_assert_int_eq(script.step[8].line, 9);
    script_fini(&script);
}
END_TEST

START_TEST(a_fault_names_file_and_line)
{
    struct script script;
    struct error err = ERROR_INIT;
    ck_assert_int_eq(parse(&script, "key a\nkey Nokey\n", &err), -1);
    ck_assert_str_eq(err.text, "file:2: no key is called \"Nokey\"");
    ck_assert_int_eq(error_exit_status(err.code), 2);
    error_clear(&err);
    ck_assert_int_eq(parse(&script, "until state asleep", &err), -1);
    ck_assert_str_eq(err.text, "file:1: until: a run has no state \"asleep\"");
    ck_assert_uint_eq(script.count, 0);
}
END_TEST

START_TEST(every_prefix_of_a_script_is_read_or_refused)
{
    const char *text = "until iteration 3\nuntil text [a]\nkey a b\nsave x\ncharset ascii\n";
    for (size_t length = 0; length <= strlen(text); length++) {
        struct script script;
        struct error err = ERROR_INIT;
        if (script_parse(&script, "file", text, length, &err) == 0)
            script_fini(&script);
        else
            ck_assert_int_eq(err.code, ERROR_USAGE);
    }
}
END_TEST

START_TEST(sizes_have_bounds)
{
    int width, height;
    struct error err = ERROR_INIT;
    ck_assert_int_eq(script_size("1x1", &width, &height, &err), 0);
    ck_assert_int_eq(script_size("500x200", &width, &height, &err), 0);
    ck_assert_int_eq(height, 200);
    static const char *const bad[] = {"",       "80",     "80x",    "x24",  "0x24",
                                      "80x24x", "501x24", "80x201", "-1x5", "80X24"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(script_size(bad[i], &width, &height, NULL) == -1, "%s", bad[i]);
}
END_TEST

/* Time passes on the stage only as it is told to. */
START_TEST(time_stands_still_on_the_stage)
{
    struct driver driver;
    struct error err = ERROR_INIT;
    driver_init(&driver, 5, QUIET);
    driver.view->inbox = NULL; /* no engine that could answer */
    driver.view->mode = VIEW_REPLAY;
    driver.view->outbox = outbox_new(&err);
    driver.view->run.ended_ms = CLOCK_MOCK_START_MS + 5000;
    struct stage *stage = stage_new(driver.view, 80, 24, -1, &err);
    ck_assert_msg(stage != NULL, "%s", err.text);
    ck_assert_int_eq(driver.view->now_ms, CLOCK_MOCK_START_MS + 5000);
    ck_assert_int_eq(driver.view->mono_ms, 0);
    ck_assert_int_eq(stage_pass(stage, 1500, &err), 0);
    ck_assert_int_eq(driver.view->now_ms, CLOCK_MOCK_START_MS + 6500);
    ck_assert_int_eq(driver.view->mono_ms, 1500);
    ck_assert_int_eq(stage_advance(stage, &err), STAGE_STILL);
    ck_assert_int_eq(driver.view->mono_ms, 1500);
    ck_assert_int_eq(stage_key(stage, 'q', &err), 0);
    ck_assert(stage_left(stage));
    stage_free(stage);
    outbox_free(driver.view->outbox);
    driver_fini(&driver);
}
END_TEST

START_TEST(colours_are_reset_at_each_lines_end)
{
    struct canvas canvas;
    struct rect area = {0, 0, 4, 2};
    canvas_init(&canvas, 4, 2, CHARSET_ASCII);
    canvas_text(&canvas, area, 1, 0, STYLE_CURSOR, "ab");
    struct theme plain;
    theme_plain(&plain);
    char *text = canvas_ansi_dump(&canvas, &plain, COLOUR_256);
    ck_assert_str_eq(text, "\033[0m \033[0;1;7mab\033[0m \033[0m\n\033[0m    \033[0m\n");
    free(text);
    canvas_fini(&canvas);
}
END_TEST

Suite *script_suite(void)
{
    const TTest *const list[] = {a_command_a_line,
                                 a_fault_names_file_and_line,
                                 every_prefix_of_a_script_is_read_or_refused,
                                 sizes_have_bounds,
                                 time_stands_still_on_the_stage,
                                 colours_are_reset_at_each_lines_end,
                                 NULL};
    return harness_suite("script", list, 10);
}
