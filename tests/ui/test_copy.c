/* copy and export: y, E and S, by their keys. */
#include "config.h"

#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver.h"
#include "harness.h"
#include "ui/canvas_ansi.h"

static struct driver driver;
static char directory[] = "/tmp/soaktop-copy-XXXXXX";

/* Exports go to the current directory: each test has its own. */
static void begin(void)
{
    driver_init(&driver, 22, QUIET);
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_int_eq(chdir(directory), 0);
    snprintf(driver.view->run.id, sizeof driver.view->run.id, "run/../A");
}

static void end(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    rmdir(directory);
    driver_fini(&driver);
}

/* The file's text (static); it is removed. */
static const char *take(const char *name)
{
    static char text[65536];
    FILE *file = fopen(name, "r");
    ck_assert_msg(file != NULL, "no file %s; status: %s", name, driver.view->status);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    unlink(name);
    return text;
}

START_TEST(y_copies_a_value_the_row_as_json_or_as_text)
{
    begin();
    rows_go(driver.view, PANEL_PARAMS, 0);
    driver_type(&driver, "3y");
    driver_shows(&driver, "COPY of Params");
    ck_assert_uint_ne(driver_key(&driver, KEYCODE_ENTER) & REACT_COPY, 0);
    ck_assert_ptr_null(driver.view->dialog);
    driver_says(&driver, "copied: ");
    ck_assert_double_ge(strtod(driver.view->clipboard, NULL), 0.0);
    driver_type(&driver, "yJ");
    ck_assert_int_eq(driver.view->clipboard[0], '{');
    ck_assert_ptr_nonnull(strstr(driver.view->clipboard, "\"param\":\""));
    driver_type(&driver, "yt");
    ck_assert_int_eq(strncmp(driver.view->clipboard, "param ", 6), 0);
    driver_type(&driver, "2yl");
    ck_assert_int_eq(strncmp(driver.view->clipboard, "soak://", 7), 0);
    driver_type(&driver, "3");
    driver_key(&driver, 'y');
    driver_key(&driver, KEYCODE_HOME);
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(driver.view->clipboard[0], '{');
    driver_key(&driver, 'y');
    ck_assert_uint_eq(driver_key(&driver, KEYCODE_ESCAPE) & REACT_COPY, 0);
    end();
}
END_TEST

START_TEST(the_copied_row_is_the_one_that_the_menu_opened_on)
{
    begin();
    driver_type(&driver, "7y");
    run_add_event(&driver.view->run, EVENT_NOTE, 22, driver.view->now_ms, "came meanwhile");
    driver_type(&driver, "J");
    ck_assert_ptr_null(strstr(driver.view->clipboard, "came meanwhile"));
    end();
}
END_TEST

START_TEST(E_writes_the_visible_rows_to_the_current_directory)
{
    begin();
    driver_type(&driver, "1\\it<3");
    driver_key(&driver, KEYCODE_ENTER);
    driver_key(&driver, 'E');
    driver_shows(&driver, "EXPORT KPIs");
    driver_shows(&driver, "rows    2 of 22");
    driver_shows(&driver, "soaktop-run----A-kpis.csv_");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "2 rows are in soaktop-run----A-kpis.csv");
    const char *text = take("soaktop-run----A-kpis.csv");
    ck_assert_int_eq(strncmp(text, "it,time,verdict,", 16), 0);
    ck_assert_ptr_nonnull(strstr(text, "\r\n2,"));
    ck_assert_ptr_null(strstr(text, "\r\n3,"));
    end();
}
END_TEST

START_TEST(tab_turns_the_format_and_the_name_follows)
{
    begin();
    driver_type(&driver, "4E");
    driver_key(&driver, KEYCODE_TAB);
    driver_shows(&driver, "guards.json_");
    driver_key(&driver, KEYCODE_TAB);
    driver_shows(&driver, "guards.md_");
    driver_key(&driver, KEYCODE_BACKTAB);
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_nonnull(strstr(take("soaktop-run----A-guards.json"), "\"guard\": \"freeze\""));
    driver_key(&driver, 'E');
    driver_key(&driver, 21); /* ^U */
    driver_type(&driver, "mine.txt");
    driver_key(&driver, KEYCODE_TAB);
    driver_shows(&driver, "mine.txt_");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_int_ne(access("mine.txt", F_OK), 0);
    end();
}
END_TEST

START_TEST(overwriting_asks_and_enter_does_not_answer)
{
    begin();
    for (int i = 0; i < 2; i++) {
        driver_type(&driver, "5E");
        driver_key(&driver, KEYCODE_ENTER);
    }
    driver_shows(&driver, "OVERWRITE a file");
    driver_shows(&driver, "level 1");
    driver_key(&driver, 'Y'); /* deaf at first */
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_pass(&driver, 500);
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "nothing was changed");
    driver_type(&driver, "E");
    driver_key(&driver, KEYCODE_ENTER);
    driver_pass(&driver, 500);
    driver_key(&driver, 'Y');
    driver_says(&driver, "rows are in soaktop-run----A-gate.csv");
    take("soaktop-run----A-gate.csv");
    end();
}
END_TEST

START_TEST(S_saves_the_screen_without_the_dialog)
{
    begin();
    driver_key(&driver, 'S');
    driver_key(&driver, KEYCODE_ENTER);
    const char *text = take("soaktop-run----A-screen.txt");
    ck_assert_ptr_nonnull(strstr(text, "1 KPIs"));
    ck_assert_ptr_null(strstr(text, "SAVE the screen"));
    ck_assert_ptr_null(strchr(text, '\033'));
    driver_key(&driver, 'S');
    driver_key(&driver, KEYCODE_TAB);
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_nonnull(strstr(take("soaktop-run----A-screen.ansi"), "\033[0"));
    end();
}
END_TEST

START_TEST(an_export_that_fails_says_why)
{
    begin();
    driver_type(&driver, "3E");
    driver_key(&driver, 21);
    driver_type(&driver, "/dev/null/x.csv");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "/dev/null/x.csv");
    ck_assert(driver.view->status_alert);
    end();
}
END_TEST

START_TEST(ansi_turns_every_look_off_at_the_end_of_a_line)
{
    struct canvas canvas;
    struct theme theme;
    theme_plain(&theme);
    theme.style[STYLE_FAIL] = (struct theme_style){LOOK_REVERSE, 0xd55e00, -1, 5, -1};
    canvas_init(&canvas, 4, 1, CHARSET_ASCII);
    struct rect all = {0, 0, 4, 1};
    canvas_text(&canvas, all, 0, 0, STYLE_FAIL, "F ");
    char *text = canvas_ansi_dump(&canvas, &theme, COLOUR_NONE);
    ck_assert_str_eq(text, "\033[0;7mF \033[0m  \033[0m\n");
    free(text);
    text = canvas_ansi_dump(&canvas, &theme, COLOUR_256);
    ck_assert_ptr_nonnull(strstr(text, ";38;5;166m"));
    free(text);
    canvas_fini(&canvas);
}
END_TEST

Suite *copy_suite(void)
{
    const TTest *const tests[] = {
        y_copies_a_value_the_row_as_json_or_as_text,
        the_copied_row_is_the_one_that_the_menu_opened_on,
        E_writes_the_visible_rows_to_the_current_directory,
        tab_turns_the_format_and_the_name_follows,
        overwriting_asks_and_enter_does_not_answer,
        S_saves_the_screen_without_the_dialog,
        an_export_that_fails_says_why,
        ansi_turns_every_look_off_at_the_end_of_a_line,
        NULL,
    };
    return harness_suite("copy", tests, 30);
}
