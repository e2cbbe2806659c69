/* test_mouse: what a click means by where it falls, and that it decides nothing; and the settings
 * as the dashboard changes them. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/chart_at.h"
#include "ui/deltas.h"
#include "ui/dialog.h"

static struct layout layout;

static void begin(struct driver *driver, int count, enum driver_state state)
{
    driver_init(driver, count, state);
    layout = compose_layout(driver->view, 80, 24);
    driver->view->layout = &layout;
    driver->view->mono_ms = 10000;
}

static void end(struct driver *driver)
{
    driver->view->layout = NULL;
    driver_fini(driver);
}

static unsigned click(struct driver *driver, int x, int y)
{
    struct mouse_event event = {MOUSE_PRESS, x, y};
    unsigned react = mouse_dispatch(driver->view, &event);
    view_refresh(driver->view);
    return react;
}

/* Where TEXT stands on the screen. */
static void find(struct driver *driver, const char *text, int *x, int *y)
{
    char *screen = fixture_screen(&driver->fixture, 80, 24), *line = screen;
    for (*y = 0; line != NULL; (*y)++) {
        char *next = strchr(line, '\n');
        if (next)
            *next = '\0';
        const char *found = strstr(line, text);
        if (found) {
            *x = (int)(found - line);
            free(screen);
            return;
        }
        line = next ? next + 1 : NULL;
    }
    ck_abort_msg("no \"%s\" on the screen", text);
}

START_TEST(a_click_selects_the_row_under_it)
{
    struct driver driver;
    int x, y;
    begin(&driver, 12, PROPOSED);
    int before = deltas_selected(driver.view);
    find(&driver, "impact_cap_ratio", &x, &y);
    click(&driver, x, y);
    ck_assert_int_ne(deltas_selected(driver.view), before);
    ck_assert_str_eq(driver.view->selected, "impact_cap_ratio");
    driver_sent_nothing(&driver);
    end(&driver);
}
END_TEST

START_TEST(a_click_on_a_tab_focuses_its_panel)
{
    struct driver driver;
    int x, y;
    begin(&driver, 12, QUIET);
    find(&driver, "3 Params", &x, &y);
    click(&driver, x, y);
    ck_assert_int_eq(driver.view->focus, PANEL_PARAMS);
    end(&driver);
}
END_TEST

START_TEST(a_click_on_a_rail_opens_that_iteration)
{
    struct driver driver;
    int x = 0, y;
    begin(&driver, 12, QUIET);
    y = layout.rail_kpi.y;
    while (x < 80 && chart_iteration_at(driver.view, &layout, x, y) != 5)
        x++;
    ck_assert_int_lt(x, 80);
    click(&driver, x, y);
    ck_assert_int_eq(view_number(driver.view), 5);
    ck_assert_int_eq(driver.view->mode, VIEW_FROZEN);
    end(&driver);
}
END_TEST

START_TEST(the_wheel_moves_in_the_panel_under_it)
{
    struct driver driver;
    begin(&driver, 12, PROPOSED);
    struct rect area = layout.panel[PANEL_DELTAS];
    struct mouse_event event = {MOUSE_WHEEL_DOWN, area.x + 2, area.y + 2};
    int before = deltas_selected(driver.view);
    mouse_dispatch(driver.view, &event);
    ck_assert_int_gt(deltas_selected(driver.view), before);
    end(&driver);
}
END_TEST

START_TEST(no_click_anywhere_decides_or_confirms)
{
    static const unsigned keys[] = {0, 'A', 'R', 'Q', 'q', ':', 'F'};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct driver driver;
        begin(&driver, 12, PROPOSED);
        driver_line_changes(&driver, "min_interval_ms", DELTA_APPROVED);
        if (keys[k] != 0)
            driver_key(&driver, keys[k]);
        const struct dialog *dialog = driver.view->dialog;
        driver_pass(&driver, 1000);
        for (int y = 0; dialog != NULL && y < 24; y++)
            for (int x = 0; x < 80; x += 3) {
                click(&driver, x, y);
                ck_assert_ptr_eq(driver.view->dialog, dialog);
            }
        if (dialog != NULL)
            driver_sent_nothing(&driver);
        end(&driver);
    }
}
END_TEST

START_TEST(keys_of_a_level_are_not_clicked)
{
    struct driver driver;
    int x, y;
    begin(&driver, 12, PROPOSED);
    driver_line_changes(&driver, "min_interval_ms", DELTA_APPROVED);
    find(&driver, "APPLY", &x, &y);
    click(&driver, x, y);
    ck_assert_ptr_null(driver.view->dialog);
    find(&driver, "help", &x, &y);
    click(&driver, x, y);
    ck_assert_ptr_nonnull(driver.view->dialog);
    end(&driver);
}
END_TEST

START_TEST(m_gives_the_mouse_back_and_is_remembered)
{
    struct driver driver;
    begin(&driver, 3, QUIET);
    ck_assert(driver_key(&driver, 'M') & REACT_TERMINAL);
    const struct setting *mouse = &driver.view->preferences.settings.value[SETTING_MOUSE];
    ck_assert_int_eq(mouse->number, 0);
    ck_assert_int_eq(mouse->origin, FROM_OPERATOR);
    ck_assert(driver.view->preferences.changed);
    driver_says(&driver, "the terminal's");
    driver_key(&driver, 'M');
    ck_assert_int_eq(mouse->number, 1);
    end(&driver);
}
END_TEST

START_TEST(set_and_options_change_a_setting_live_or_say_why_not)
{
    struct driver driver;
    begin(&driver, 3, QUIET);
    preferences_set_line(driver.view, "alert-timeout 601");
    driver_says(&driver, "alert-timeout wants 1 to 600 s, not \"601\"");
    preferences_set_line(driver.view, "colour red");
    driver_says(&driver, "there is no setting \"colour\"");
    preferences_set_line(driver.view, "theme none-such");
    driver_says(&driver, "there is no theme \"none-such\"");
    ck_assert(preferences_set_line(driver.view, "theme light") & REACT_TERMINAL);
    ck_assert_int_eq(driver.view->preferences.theme.style[STYLE_PASS].foreground, 0x0072b2);
    ck_assert(preferences_set_line(driver.view, "focus gate") & REACT_RELAYOUT);
    ck_assert_int_eq(driver.view->focus, PANEL_GATE);
    driver_key(&driver, KEYCODE_F1 + 1);
    driver_shows(&driver, "OPTIONS");
    driver_key(&driver, KEYCODE_DOWN);
    driver_key(&driver, KEYCODE_DOWN);
    driver_key(&driver, ' ');
    ck_assert_int_eq(driver.view->preferences.settings.value[SETTING_MOUSE].number, 0);
    end(&driver);
}
END_TEST

START_TEST(what_keys_change_is_what_is_remembered)
{
    struct driver driver;
    begin(&driver, 3, QUIET);
    struct settings *settings = &driver.view->preferences.settings;
    preferences_follow(driver.view);
    ck_assert(!driver.view->preferences.changed);
    driver_key(&driver, '5');
    driver_key(&driver, 'f');
    preferences_follow(driver.view);
    ck_assert_int_eq(settings->value[SETTING_FOCUS].number, PANEL_GATE);
    ck_assert_int_eq(settings->value[SETTING_PANEL_SIZE].number, PANEL_HALF);
    ck_assert(driver.view->preferences.changed);
    end(&driver);
}
END_TEST

Suite *mouse_suite(void)
{
    const TTest *const list[] = {
        a_click_selects_the_row_under_it,
        a_click_on_a_tab_focuses_its_panel,
        a_click_on_a_rail_opens_that_iteration,
        the_wheel_moves_in_the_panel_under_it,
        no_click_anywhere_decides_or_confirms,
        keys_of_a_level_are_not_clicked,
        m_gives_the_mouse_back_and_is_remembered,
        set_and_options_change_a_setting_live_or_say_why_not,
        what_keys_change_is_what_is_remembered,
        NULL,
    };
    return harness_suite("mouse", list, 20);
}
