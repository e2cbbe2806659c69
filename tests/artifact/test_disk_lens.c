/* test_disk_lens: the parameters' file beside what is in force: values, copies, unknown keys. */
#include "config.h"

#include "artifact/disk_lens.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "sandbox.h"
#include "suites.h"
#include "table.h"

static struct param_table table;
static struct disk_lens lens;
static struct rundir dir;

static void begin(void)
{
    table_load(&table);
    lens = (struct disk_lens){.state = DISK_LENS_NONE};
    dir = (struct rundir){.soak_fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    snprintf(dir.path, sizeof dir.path, "latest");
    ck_assert_int_ge(dir.soak_fd, 0);
}

static bool look(const char *text)
{
    FILE *file = fopen("new", "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    ck_assert_int_eq(rename("new", "runtime_overrides.json"), 0);
    return disk_lens_look(&lens, &dir, &table);
}

static struct value value_of_param(const char *name)
{
    int param = param_find(&table, name);
    ck_assert_int_ge(param, 0);
    return lens.value[param];
}

START_TEST(values_copies_and_unknown_keys_are_told_apart)
{
    begin();
    ck_assert(look("{\"engine\":{\"tail_age_ms\":620,\"colour\":3},\"old\":{\"tail_age_ms\":30},"
                   "\"tail_age_ms\":40,\"min_interval_ms\":65}"));
    ck_assert_int_eq(lens.state, DISK_LENS_READ);
    ck_assert_double_eq(value_of_param("tail_age_ms").number, 620);
    ck_assert_double_eq(value_of_param("min_interval_ms").number, 65); /* flat only: it counts */
    ck_assert(!value_present(value_of_param("impact_cap_ratio")));
    ck_assert_uint_eq(lens.copy_count, 3);
    ck_assert_str_eq(lens.copy[0].path, "old.tail_age_ms");
    ck_assert_double_eq(lens.copy[0].value.number, 30);
    ck_assert_str_eq(lens.copy[1].path, "tail_age_ms");
    ck_assert_uint_eq(lens.unknown_count, 1);
    ck_assert_str_eq(lens.unknown[0], "engine.colour");
    close(dir.soak_fd);
}
END_TEST

START_TEST(the_same_file_is_not_read_again)
{
    begin();
    ck_assert(look("{\"engine\":{\"tail_age_ms\":620}}"));
    ck_assert(!disk_lens_look(&lens, &dir, &table));
    ck_assert(look("{\"engine\":{\"tail_age_ms\":621}}"));
    ck_assert_double_eq(value_of_param("tail_age_ms").number, 621);
    unlink("runtime_overrides.json");
    ck_assert(disk_lens_look(&lens, &dir, &table));
    ck_assert_int_eq(lens.state, DISK_LENS_MISSING);
    ck_assert(!disk_lens_look(&lens, &dir, &table));
    close(dir.soak_fd);
}
END_TEST

START_TEST(what_cannot_be_read_says_why)
{
    begin();
    look("{\"engine\":");
    ck_assert_int_eq(lens.state, DISK_LENS_UNREADABLE);
    ck_assert_ptr_nonnull(strstr(lens.error.text, "runtime_overrides.json"));
    look("[1]");
    ck_assert_int_eq(lens.state, DISK_LENS_UNREADABLE);
    ck_assert_ptr_nonnull(strstr(lens.error.text, "no object"));
    look("{\"engine\":{\"tail_age_ms\":\"620\"}}");
    ck_assert_int_eq(lens.state, DISK_LENS_READ);
    ck_assert(!value_present(value_of_param("tail_age_ms")));
    close(dir.soak_fd);
}
END_TEST

START_TEST(no_place_to_look_at_is_no_fault)
{
    begin();
    close(dir.soak_fd);
    dir.soak_fd = -1;
    ck_assert(!disk_lens_look(&lens, &dir, &table));
    ck_assert(!disk_lens_look(&lens, NULL, &table));
    ck_assert_int_eq(lens.state, DISK_LENS_NONE);
}
END_TEST

Suite *disk_lens_suite(void)
{
    const TTest *const list[] = {values_copies_and_unknown_keys_are_told_apart,
                                 the_same_file_is_not_read_again, what_cannot_be_read_says_why,
                                 no_place_to_look_at_is_no_fault, NULL};
    return sandbox_suite("disk_lens", list, 60);
}
