/* test_text: nothing from a file may reach a terminal as a command. */
#include "config.h"

#include "suites.h"

#include <string.h>

#include "model/text.h"

static void assert_safe(const char *source, const char *wanted)
{
    char *text = text_safe_copy(source);
    ck_assert_str_eq(text, wanted);
    free(text);
    char small[256];
    size_t length = text_make_safe(small, sizeof small, source, strlen(source));
    ck_assert_str_eq(small, wanted);
    ck_assert_uint_eq(length, strlen(wanted));
}

START_TEST(plain_text_stays)
{
    assert_safe("risk 0.68 >= 0.60", "risk 0.68 >= 0.60");
    assert_safe("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80", "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80");
    assert_safe("", "");
}
END_TEST

START_TEST(controls_become_hex)
{
    assert_safe("\x1b]0;title\x07", "\\x1b]0;title\\x07");
    assert_safe("a\tb\nc\rd\x7f", "a\\x09b\\x0ac\\x0dd\\x7f");
    assert_safe("\xc2\x9b\x33\x31m", "\\x9b31m");
    assert_safe("\xc2\x80\xc2\x9f", "\\x80\\x9f");
}
END_TEST

START_TEST(hidden_and_reordering_characters_become_visible)
{
    assert_safe("\xe2\x80\xae", "\\u{202E}");
    assert_safe("\xe2\x81\xa6x\xe2\x81\xa9", "\\u{2066}x\\u{2069}");
    assert_safe("\xe2\x80\xa8\xe2\x80\xa9", "\\u{2028}\\u{2029}");
    assert_safe("a\xe2\x80\x8b\x62\xef\xbb\xbf", "a\\u{200B}b\\u{FEFF}");
    assert_safe("\xf3\xa0\x81\x81", "\\u{E0041}");
    assert_safe("\xd8\x9c", "\\u{061C}");
}
END_TEST

START_TEST(bad_bytes_become_replacement)
{
    assert_safe("\xff", "\xef\xbf\xbd");
    assert_safe("a\x80z", "a\xef\xbf\xbdz");
    assert_safe("\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd");                 /* overlong */
    assert_safe("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); /* surrogate */
    assert_safe("\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    assert_safe("\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd"); /* cut off */
}
END_TEST

START_TEST(nul_bytes_are_shown)
{
    char text[32];
    text_make_safe(text, sizeof text, "a\0b", 3);
    ck_assert_str_eq(text, "a\\x00b");
}
END_TEST

START_TEST(never_cut_within_a_character)
{
    char text[8];
    for (size_t size = 1; size <= sizeof text; size++) {
        memset(text, 'Z', sizeof text);
        size_t length = text_make_safe(text, size, "\x1b\xe2\x82\xac", 4);
        const char *wanted = size >= 8 ? "\\x1b\xe2\x82\xac" : size >= 5 ? "\\x1b" : "";
        ck_assert_str_eq(text, wanted);
        ck_assert_uint_eq(length, strlen(wanted));
    }
    ck_assert_uint_eq(text_make_safe(NULL, 0, "abc", 3), 0);
}
END_TEST

START_TEST(decode_gives_code_points)
{
    unsigned long code = 0;
    ck_assert_uint_eq(text_decode("\xe2\x82\xac", 3, &code), 3);
    ck_assert_uint_eq(code, 0x20ac);
    ck_assert_uint_eq(text_decode("\xe2\x82\xac", 2, &code), 0);
    ck_assert_uint_eq(text_decode("", 0, &code), 0);
    ck_assert_uint_eq(text_decode("\xe0\x80\x80", 3, &code), 0);
    ck_assert_ptr_null(text_safe_copy(NULL));
}
END_TEST

Suite *text_suite(void)
{
    const TTest *const tests[] = {
        plain_text_stays,
        controls_become_hex,
        hidden_and_reordering_characters_become_visible,
        bad_bytes_become_replacement,
        nul_bytes_are_shown,
        never_cut_within_a_character,
        decode_gives_code_points,
        NULL,
    };
    return harness_suite("text", tests, 10);
}
