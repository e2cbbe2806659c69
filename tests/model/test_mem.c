/* test_mem: checked allocation and growing texts. */
#include "config.h"

#include "suites.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "model/mem.h"

START_TEST(allocations_are_zeroed)
{
    unsigned char *bytes = mem_alloc(100);
    for (int i = 0; i < 100; i++)
        ck_assert_uint_eq(bytes[i], 0);
    free(bytes);
    free(mem_alloc(0));
    ck_assert_ptr_null(mem_strdup(NULL));
}
END_TEST

START_TEST(grow_keeps_what_is_there)
{
    int *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        void *memory = items;
        mem_grow(&memory, &capacity, i + 1, sizeof *items);
        items = memory;
        items[i] = (int)i;
    }
    ck_assert_uint_ge(capacity, 1000);
    ck_assert_uint_le(capacity, 2048);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(items[i], i);
    free(items);
}
END_TEST

START_TEST(buffer_grows_and_hands_over)
{
    struct buffer buffer = {0};
    for (int i = 0; i < 500; i++)
        buffer_printf(&buffer, "%03d,", i);
    buffer_puts(&buffer, "end");
    ck_assert_uint_eq(buffer.length, 500 * 4 + 3);
    char *text = buffer_take(&buffer);
    ck_assert_ptr_null(buffer.text);
    ck_assert_str_eq(text + 499 * 4, "499,end");
    free(text);
    text = buffer_take(&buffer);
    ck_assert_str_eq(text, "");
    free(text);
}
END_TEST

START_TEST(buffer_holds_any_bytes)
{
    struct buffer buffer = {0};
    buffer_add(&buffer, "a\0b", 3);
    buffer_add(&buffer, "", 0);
    ck_assert_uint_eq(buffer.length, 3);
    ck_assert_mem_eq(buffer.text, "a\0b", 4);
    buffer_reset(&buffer);
    ck_assert_uint_eq(buffer.length, 0);
    ck_assert_str_eq(buffer.text, "");
    buffer_fini(&buffer);
}
END_TEST

static void tell_hook(void)
{
    ssize_t written = write(STDOUT_FILENO, "# hook\n", 7);
    (void)written;
}

START_TEST(exhaustion_ends_with_2)
{
    mem_on_exhaustion(tell_hook);
    mem_resize(NULL, SIZE_MAX / 2, 4);
}
END_TEST

START_TEST(printf_allocates)
{
    char *text = mem_printf("%s=%d", "name", 5);
    ck_assert_str_eq(text, "name=5");
    free(text);
}
END_TEST

Suite *mem_suite(void)
{
    const TTest *const tests[] = {
        allocations_are_zeroed, grow_keeps_what_is_there, buffer_grows_and_hands_over,
        buffer_holds_any_bytes, printf_allocates,         NULL,
    };
    Suite *suite = harness_suite("mem", tests, 10);
    TCase *ends = tcase_create("exhaustion");
    tcase_add_exit_test(ends, exhaustion_ends_with_2, 2);
    suite_add_tcase(suite, ends);
    return suite;
}
