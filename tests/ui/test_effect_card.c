/* effect_card: what an apply did, from the deltas panel and from the log. The fixture's run applied
 * in iterations 1, 2, 3, 6 and 7; two parameters in 7, one iteration after 6. */
#include "config.h"

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/dialog.h"

static struct driver driver;

START_TEST(the_card_has_each_kpi_before_and_after_with_its_answer)
{
    driver_init(&driver, 22, QUIET);
    dialog_effect_open(driver.view, 7);
    driver_shows(&driver, "EFFECT of the apply of it 7");
    driver_shows(&driver, "KPI          before   after    shift            band  answer");
    driver_shows(&driver, "mixed: 2 parameters changed together");
    driver_shows(&driver, "mixed: another change came within, after it 6");
    driver_shows(&driver, "after: of it 8..11");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

START_TEST(before_its_time_it_cannot_be_told)
{
    driver_init(&driver, 9, QUIET);
    dialog_effect_open(driver.view, 7);
    driver_shows(&driver, "cannot tell yet (2 of 4 it)");
    driver_key(&driver, KEYCODE_ESCAPE);
    view_show(driver.view, 7); /* as of that iteration nothing has run with it */
    dialog_effect_open(driver.view, 7);
    driver_shows(&driver, "cannot tell yet (0 of 4 it)");
    driver_fini(&driver);
}
END_TEST

START_TEST(without_an_apply_there_is_none)
{
    driver_init(&driver, 22, QUIET);
    dialog_effect_open(driver.view, 5);
    ck_assert_ptr_null(driver.view->dialog);
    driver_says(&driver, "nothing was applied in it 5");
    driver_fini(&driver);
}
END_TEST

START_TEST(enter_in_the_deltas_opens_that_of_the_newest_apply)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "2");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "EFFECT of the apply of it 7");
    driver_fini(&driver);
}
END_TEST

Suite *effect_card_suite(void)
{
    TCase *tests = tcase_create("effect_card");
    tcase_add_test(tests, the_card_has_each_kpi_before_and_after_with_its_answer);
    tcase_add_test(tests, before_its_time_it_cannot_be_told);
    tcase_add_test(tests, without_an_apply_there_is_none);
    tcase_add_test(tests, enter_in_the_deltas_opens_that_of_the_newest_apply);
    Suite *suite = suite_create("effect_card");
    suite_add_tcase(suite, tests);
    return suite;
}
