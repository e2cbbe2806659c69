/* test_theme: the themes that come with the program: what each style looks like by what the
 * terminal can do, and that no state is told by colour alone. */
#include "config.h"

#include <stdlib.h>

#include "harness.h"
#include "sandbox.h"
#include "suites.h"
#include "ui/colour.h"
#include "ui/theme.h"

static const char *const shipped[] = {"default", "light", "high-contrast", "mono"};
enum { SHIPPED = sizeof shipped / sizeof *shipped };

/* What WCAG 2 wants of text. */
#define CONTRAST_MIN 4.5

static struct theme theme_of(const char *name)
{
    struct theme theme;
    struct error err = ERROR_INIT;
    setenv("XDG_CONFIG_HOME", sandbox_path, 1);
    theme_plain(&theme);
    ck_assert_msg(theme_read(&theme, name, &err) == 0, "%s", err.text);
    return theme;
}

START_TEST(every_style_has_a_name_of_its_own)
{
    for (int i = 0; i < STYLE_COUNT; i++) {
        ck_assert_ptr_nonnull(style_name((enum style)i));
        for (int k = 0; k < i; k++)
            ck_assert_str_ne(style_name((enum style)i), style_name((enum style)k));
    }
}
END_TEST

/* The states that must never be taken for one another. */
static const enum style states[] = {STYLE_PASS,  STYLE_WARN,   STYLE_FAIL,
                                    STYLE_ALERT, STYLE_CURSOR, STYLE_HEADER_MODE};
enum { STATES = sizeof states / sizeof *states };

START_TEST(states_differ_by_attributes_alone_in_every_theme)
{
    for (int t = 0; t < SHIPPED; t++) {
        struct theme theme = theme_of(shipped[t]);
        for (int i = 0; i < STATES; i++)
            for (int k = 0; k < i; k++)
                ck_assert_msg(theme_look(&theme, states[i], COLOUR_NONE).attributes !=
                                  theme_look(&theme, states[k], COLOUR_NONE).attributes,
                              "%s: %s and %s", shipped[t], style_name(states[i]),
                              style_name(states[k]));
    }
}
END_TEST

START_TEST(the_modes_fill_the_header_in_reverse_in_every_theme)
{
    for (int t = 0; t < SHIPPED; t++) {
        struct theme theme = theme_of(shipped[t]);
        ck_assert(theme_look(&theme, STYLE_HEADER_MODE, COLOUR_256).attributes & LOOK_REVERSE);
        ck_assert(!(theme_look(&theme, STYLE_HEADER, COLOUR_256).attributes & LOOK_REVERSE));
        ck_assert(theme_look(&theme, STYLE_PASS_ALL, COLOUR_NONE).attributes & LOOK_UNDERLINE);
    }
}
END_TEST

START_TEST(without_colours_no_style_has_one)
{
    for (int t = 0; t < SHIPPED; t++) {
        struct theme theme = theme_of(shipped[t]);
        for (int style = 0; style < STYLE_COUNT; style++) {
            struct look look = theme_look(&theme, (enum style)style, COLOUR_NONE);
            ck_assert_int_eq(look.foreground, -1);
            ck_assert_int_eq(look.background, -1);
        }
    }
}
END_TEST

/* The plain theme stands in where no file can be read; mono.json is the same as a file. */
START_TEST(mono_is_the_plain_theme)
{
    struct theme mono = theme_of("mono"), plain;
    theme_plain(&plain);
    for (int style = 0; style < STYLE_COUNT; style++) {
        ck_assert_uint_eq(mono.style[style].attributes, plain.style[style].attributes);
        ck_assert_int_eq(mono.style[style].foreground, COLOUR_DEFAULT);
        ck_assert_int_eq(mono.style[style].background, COLOUR_DEFAULT);
    }
}
END_TEST

/* GROUND: of the terminal that the theme is for. */
static void check_contrast(const char *name, int ground)
{
    struct theme theme = theme_of(name);
    for (int style = 0; style < STYLE_COUNT; style++) {
        struct look direct = theme_look(&theme, (enum style)style, COLOUR_DIRECT);
        struct look few = theme_look(&theme, (enum style)style, COLOUR_256);
        if (direct.foreground < 0)
            continue;
        int behind = direct.background >= 0 ? direct.background : ground;
        double exact = colour_contrast(direct.foreground, behind);
        double near = colour_contrast(colour_of_256(few.foreground), behind);
        ck_assert_msg(exact >= CONTRAST_MIN && near >= CONTRAST_MIN, "%s: %s has %.2f and %.2f",
                      name, style_name((enum style)style), exact, near);
    }
}

START_TEST(text_has_a_contrast_of_4_5)
{
    check_contrast("default", 0x000000);
    check_contrast("light", 0xffffff);
    check_contrast("high-contrast", 0x000000);
    ck_assert_double_eq_tol(colour_contrast(0xffffff, 0x000000), 21.0, 1e-9);
    ck_assert_double_eq_tol(colour_contrast(0x767676, 0xffffff), 4.54, 0.01);
}
END_TEST

START_TEST(colours_follow_the_palette)
{
    struct theme theme = theme_of("default");
    ck_assert_int_eq(theme_look(&theme, STYLE_PASS, COLOUR_8).foreground, 6); /* cyan */
    ck_assert_int_eq(theme_look(&theme, STYLE_WARN, COLOUR_8).foreground, 3); /* yellow */
    ck_assert_int_eq(theme_look(&theme, STYLE_FAIL, COLOUR_8).foreground, 5); /* magenta */
    ck_assert_int_eq(theme_look(&theme, STYLE_FAIL, COLOUR_16).foreground, 5);
    ck_assert_int_eq(theme_look(&theme, STYLE_FAIL, COLOUR_256).foreground, 166);
    ck_assert_int_eq(theme_look(&theme, STYLE_FAIL, COLOUR_DIRECT).foreground, 0xd55e00);
    ck_assert_int_eq(theme_look(&theme, STYLE_DIM, COLOUR_8).foreground, -1);
    theme = theme_of("high-contrast");
    ck_assert_int_eq(theme_look(&theme, STYLE_PASS, COLOUR_16).foreground, 14);
    ck_assert_int_eq(theme_look(&theme, STYLE_PASS, COLOUR_8).foreground, 6);
    ck_assert_int_eq(theme_look(&theme, STYLE_KEY, COLOUR_DIRECT).background, 0x000000);
}
END_TEST

START_TEST(pass_warn_fail_and_graph_are_apart_in_8_colours)
{
    static const enum style apart[] = {STYLE_PASS, STYLE_WARN, STYLE_FAIL, STYLE_GRAPH};
    for (int t = 0; t < SHIPPED - 1; t++) {
        struct theme theme = theme_of(shipped[t]);
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < i; k++)
                ck_assert_int_ne(theme_look(&theme, apart[i], COLOUR_8).foreground,
                                 theme_look(&theme, apart[k], COLOUR_8).foreground);
    }
}
END_TEST

START_TEST(the_nearest_colour_is_computed)
{
    ck_assert_int_eq(colour_nearest_256(0xd55e00), 166);
    ck_assert_int_eq(colour_nearest_256(0x000000), 16);
    ck_assert_int_eq(colour_nearest_256(0xffffff), 231);
    ck_assert_int_eq(colour_nearest_256(0x8a8a8a), 245);
    ck_assert_int_eq(colour_nearest_16(0xff1010), 9);
    ck_assert_int_eq(colour_nearest_8(0xff1010), 1);
    for (int number = 16; number < 256; number++)
        ck_assert_int_eq(colour_of_256(colour_nearest_256(colour_of_256(number))),
                         colour_of_256(number));
}
END_TEST

START_TEST(no_color_and_poor_terminals_get_attributes_only)
{
    ck_assert_int_eq(theme_depth(256, "1"), COLOUR_NONE);
    ck_assert_int_eq(theme_depth(256, ""), COLOUR_256);
    ck_assert_int_eq(theme_depth(256, NULL), COLOUR_256);
    ck_assert_int_eq(theme_depth(16, NULL), COLOUR_16);
    ck_assert_int_eq(theme_depth(8, NULL), COLOUR_8);
    ck_assert_int_eq(theme_depth(-1, NULL), COLOUR_NONE);
    ck_assert_int_eq(theme_depth(0x1000000, NULL), COLOUR_DIRECT);
}
END_TEST

START_TEST(colorterm_asks_for_the_direct_entry)
{
    char name[32];
    ck_assert(theme_direct_term("xterm-256color", "truecolor", name, sizeof name));
    ck_assert_str_eq(name, "xterm-direct");
    ck_assert(theme_direct_term("alacritty", "24bit", name, sizeof name));
    ck_assert_str_eq(name, "alacritty-direct");
    ck_assert(!theme_direct_term("xterm-256color", NULL, name, sizeof name));
    ck_assert(!theme_direct_term("xterm-256color", "yes", name, sizeof name));
    ck_assert(!theme_direct_term("screen-256color", "truecolor", name, sizeof name));
    ck_assert(!theme_direct_term("xterm-direct", "truecolor", name, sizeof name));
    ck_assert(!theme_direct_term(NULL, "truecolor", name, sizeof name));
}
END_TEST

START_TEST(the_codeset_decides_what_is_drawn_with)
{
    ck_assert_int_eq(theme_charset("ANSI_X3.4-1968", "xterm-256color"), CHARSET_ASCII);
    ck_assert_int_eq(theme_charset(NULL, "xterm"), CHARSET_ASCII);
    ck_assert_int_eq(theme_charset("UTF-8", "xterm-256color"), CHARSET_BRAILLE);
    ck_assert_int_eq(theme_charset("utf8", NULL), CHARSET_BRAILLE);
    ck_assert_int_eq(theme_charset("UTF-8", "linux"), CHARSET_BLOCK);
}
END_TEST

static void put_theme(const char *text)
{
    mkdir("soaktop", 0777);
    mkdir("soaktop/themes", 0777);
    sandbox_puts("soaktop/themes/mine.json", text);
}

START_TEST(a_theme_of_the_users_builds_on_another)
{
    put_theme("{\"base\": \"default\", \"styles\": {\"fail\": {\"foreground\": \"#ff0000\"}}}");
    struct theme theme = theme_of("mine");
    ck_assert_int_eq(theme.style[STYLE_FAIL].foreground, 0xff0000);
    ck_assert_uint_eq(theme.style[STYLE_FAIL].attributes, LOOK_REVERSE);
    ck_assert_int_eq(theme_look(&theme, STYLE_FAIL, COLOUR_8).foreground, 1); /* nearest: red */
    ck_assert_int_eq(theme.style[STYLE_PASS].foreground, 0x56b4e9);
    theme = theme_of("./soaktop/themes/mine.json");
    ck_assert_int_eq(theme.style[STYLE_FAIL].foreground, 0xff0000);
}
END_TEST

static void refused(const char *text, const char *wanted)
{
    struct theme theme;
    struct error err = ERROR_INIT;
    setenv("XDG_CONFIG_HOME", sandbox_path, 1);
    put_theme(text);
    theme_plain(&theme);
    struct theme before = theme;
    ck_assert_int_eq(theme_read(&theme, "mine", &err), -1);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "no \"%s\" in: %s", wanted, err.text);
    ck_assert_ptr_nonnull(strstr(err.text, "themes/mine.json"));
    ck_assert_int_eq(memcmp(&theme, &before, sizeof theme), 0);
}

START_TEST(a_bad_theme_is_refused_whole_with_file_path_and_value)
{
    refused("{\"styles\": {\"pass\": {\"foreground\": \"#00ff00\"}, "
            "\"fail\": {\"foreground\": \"rot\"}}}",
            "styles.fail.foreground: \"rot\" is not a colour");
    refused("{\"styles\": {\"fial\": {}}}", "styles.fial: there is no such style");
    refused("{\"styles\": {\"fail\": {\"attributes\": [\"blink\"]}}}",
            "styles.fail.attributes: \"blink\" is not a list of bold");
    refused("{\"styles\": {\"fail\": {\"basic\": \"orange\"}}}", "styles.fail.basic: \"orange\"");
    refused("{\"styles\": {\"fail\": {\"colour\": \"#123456\"}}}", "\"colour\" is none of");
    refused("{\"styles\": {\"fail\": {\"foreground\": \"#12345\"}}}", "\"#12345\" is not a colour");
    refused("{\"styles\": []}", "styles: not a JSON object");
    refused("[]", "not a JSON object");
    refused("{\"base\": \"mine\"}", "more than 4 themes build on one another");
    refused("{\"colour\": \"x\"}", "\"colour\" is none of");
    refused("{\"styles\": {", "themes/mine.json");
}
END_TEST

START_TEST(an_unknown_theme_names_those_there_are)
{
    struct theme theme;
    struct error err = ERROR_INIT;
    setenv("XDG_CONFIG_HOME", sandbox_path, 1);
    theme_plain(&theme);
    ck_assert_int_eq(theme_read(&theme, "none-such", &err), -1);
    ck_assert_str_eq(err.text, "there is no theme \"none-such\"; there are default, high-contrast, "
                               "light, mono");
}
END_TEST

Suite *theme_suite(void)
{
    const TTest *const list[] = {
        every_style_has_a_name_of_its_own,
        states_differ_by_attributes_alone_in_every_theme,
        the_modes_fill_the_header_in_reverse_in_every_theme,
        without_colours_no_style_has_one,
        mono_is_the_plain_theme,
        text_has_a_contrast_of_4_5,
        colours_follow_the_palette,
        pass_warn_fail_and_graph_are_apart_in_8_colours,
        the_nearest_colour_is_computed,
        no_color_and_poor_terminals_get_attributes_only,
        colorterm_asks_for_the_direct_entry,
        the_codeset_decides_what_is_drawn_with,
        a_theme_of_the_users_builds_on_another,
        a_bad_theme_is_refused_whole_with_file_path_and_value,
        an_unknown_theme_names_those_there_are,
        NULL,
    };
    return sandbox_suite("theme", list, 5);
}
