/* keyname: every key has one name that is shown, and all its names are read. */
#include "config.h"

#include <string.h>

#include "suites.h"
#include "harness.h"
#include "ui/key.h"
#include "ui/keyname.h"

static void expect(const char *name, unsigned key, const char *shown)
{
    char text[KEYNAME_MAX];
    ck_assert_msg(keyname_parse(name) == key, "%s is %#x, not %#x", name, keyname_parse(name), key);
    ck_assert_msg(keyname_format(key, text), "%s has no name", name);
    ck_assert_str_eq(text, shown);
}

START_TEST(names_are_read_and_one_is_shown)
{
    static const struct {
        const char *name;
        unsigned key;
        const char *shown;
    } rows[] = {
        {"a", 'a', "a"},
        {"A", 'A', "A"},
        {"~", '~', "~"},
        {"^", '^', "^"},
        {"Space", ' ', "Space"},
        {"SPACE", ' ', "Space"},
        {"C-l", 12, "^L"},
        {"^L", 12, "^L"},
        {"^l", 12, "^L"},
        {"Ctrl-L", 12, "^L"},
        {"F1", KEYCODE_F1, "F1"},
        {"f5", KEYCODE_F1 + 4, "F5"},
        {"F12", KEYCODE_F12, "F12"},
        {"Tab", KEYCODE_TAB, "Tab"},
        {"S-Tab", KEYCODE_BACKTAB, "Shift-Tab"},
        {"Shift-Tab", KEYCODE_BACKTAB, "Shift-Tab"},
        {"PgUp", KEYCODE_PAGE_UP, "PgUp"},
        {"pagedown", KEYCODE_PAGE_DOWN, "PgDn"},
        {"Esc", KEYCODE_ESCAPE, "Esc"},
        {"Escape", KEYCODE_ESCAPE, "Esc"},
        {"Left", KEYCODE_LEFT, "Left"},
        {"Enter", KEYCODE_ENTER, "Enter"},
        {"Delete", KEYCODE_DELETE, "Delete"},
        {"\303\266", 0xf6, "\303\266"},
        {"\342\202\254", 0x20ac, "\342\202\254"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(rows[i].name, rows[i].key, rows[i].shown);
}
END_TEST

START_TEST(what_is_no_name_is_no_key)
{
    static const char *const rows[] = {"",     " ",    "ab",  "F0",       "F13",          "F05",
                                       "F1x",  "C-",   "C-1", "C-ll",     "^1",           "\t",
                                       "\033", "\x7f", "Alt", "\302\205", "\342\200\256", "\377"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(keyname_parse(rows[i]) == 0, "\"%s\" is key %#x", rows[i],
                      keyname_parse(rows[i]));
}
END_TEST

/* Whatever can be shown can be written into keys.json as it is shown. */
START_TEST(what_is_shown_is_read_back)
{
    char text[KEYNAME_MAX];
    int named = 0;
    for (unsigned key = 1; key < KEYCODE_PASTE + 64; key++) {
        if (!keyname_format(key, text))
            continue;
        named++;
        unsigned back = keyname_parse(text);
        /* ^I is Tab for every terminal; an assertion each would take a hundred times as long */
        if (back != key && !(key < ' ' && back >= KEYCODE_UP))
            ck_abort_msg("%#x is \"%s\", which is %#x", key, text, back);
    }
    ck_assert_int_gt(named, 100);
    ck_assert(!keyname_format(KEYCODE_PASTE, text));
    ck_assert_str_eq(text, "");
    ck_assert(!keyname_format(KEYCODE_RESIZE, text));
    ck_assert(!keyname_format(0, text));
    for (size_t i = 0; keyname_at(i) != NULL; i++)
        ck_assert_uint_ne(keyname_parse(keyname_at(i)), 0);
}
END_TEST

START_TEST(what_a_terminal_sends_for_a_ctrl_letter_counts_as_one)
{
    static const char *const ctrl[] = {"^A", "^Z", "C-i", "Tab", "^M",       "Enter",
                                       "^J", "^H", "^[",  "Esc", "Backspace"};
    static const char *const others[] = {"a", "Space", "F1", "Up", "Shift-Tab", "Delete"};
    for (size_t i = 0; i < sizeof ctrl / sizeof *ctrl; i++) {
        ck_assert_uint_ne(keyname_parse(ctrl[i]), 0);
        ck_assert_msg(keyname_is_ctrl(keyname_parse(ctrl[i])), "%s", ctrl[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(!keyname_is_ctrl(keyname_parse(others[i])), "%s", others[i]);
    ck_assert_uint_eq(keyname_parse("^M"), KEYCODE_ENTER);
    ck_assert_uint_eq(keyname_parse("^I"), KEYCODE_TAB);
    ck_assert_uint_eq(keyname_parse("^["), KEYCODE_ESCAPE);
}
END_TEST

Suite *keyname_suite(void)
{
    const TTest *const tests[] = {
        names_are_read_and_one_is_shown,
        what_is_no_name_is_no_key,
        what_is_shown_is_read_back,
        what_a_terminal_sends_for_a_ctrl_letter_counts_as_one,
        NULL,
    };
    return harness_suite("keyname", tests, 20);
}
