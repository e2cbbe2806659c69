/* options: the parser over a command's option table. Main thread. Invariant: value[i] belongs to
 * row i of the command's table; text is borrowed from argv or from the table. */
#include "config.h"
#include "cmd/options.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "model/mem.h"
#include "model/nearest.h"

static const struct option_row no_rows[] = {{.name = NULL}};

struct parser {
    struct command_line *line;
    const struct option_row *rows;
    int argc, at; /* the argument being read */
    char **argv;
    struct error *err;
};

static const struct option_row *rows_of(const struct command_row *command)
{
    return command->options ? command->options : no_rows;
}

static const struct option_row *row_of(const struct option_row *rows, const char *name)
{
    for (; rows->name; rows++)
        if (strcmp(rows->name, name) == 0)
            return rows;
    return NULL;
}

const struct option_value *option(const struct command_line *line, const char *name)
{
    const struct option_row *rows = rows_of(line->command);
    const struct option_row *row = row_of(rows, name);
    if (!row)
        abort();
    return &line->value[row - rows];
}

bool option_given(const struct command_line *line, const char *name)
{
    return option(line, name)->given;
}

const char *option_text(const struct command_line *line, const char *name, const char *fallback)
{
    const struct option_value *value = option(line, name);
    return value->given ? value->text : fallback;
}

double option_number(const struct command_line *line, const char *name, double fallback)
{
    const struct option_value *value = option(line, name);
    return value->given ? value->number : fallback;
}

static int refuse_number(const struct parser *parser, const struct option_row *row,
                         const char *text)
{
    const char *kind = row->type == OPTION_INT ? "a whole number" : "a number";
    if (row->maximum > row->minimum)
        return error_set(parser->err, ERROR_USAGE, "%s wants %s from %.15g to %.15g, not \"%s\"",
                         row->name, kind, row->minimum, row->maximum, text);
    return error_set(parser->err, ERROR_USAGE, "%s wants %s of at least %.15g, not \"%s\"",
                     row->name, kind, row->minimum, text);
}

static int read_number(const struct parser *parser, const struct option_row *row, const char *text,
                       double *number)
{
    char *end;
    errno = 0;
    *number = strtod(text, &end);
    bool plain = *text != '\0' && strspn(text, "+-.0123456789eE") == strlen(text);
    if (!plain || *end != '\0' || errno == ERANGE || !isfinite(*number))
        return refuse_number(parser, row, text);
    if (row->type == OPTION_INT && *number != floor(*number))
        return refuse_number(parser, row, text);
    if (*number < row->minimum || (row->maximum > row->minimum && *number > row->maximum))
        return refuse_number(parser, row, text);
    return 0;
}

/* The next of CHOICES ("a|b|c") in WORD; false at their end. */
static bool next_choice(const char **choices, char *word, size_t size)
{
    if (**choices == '\0')
        return false;
    size_t length = strcspn(*choices, "|");
    snprintf(word, size, "%.*s", (int)length, *choices);
    *choices += length + ((*choices)[length] == '|');
    return true;
}

static int check_choice(const struct parser *parser, const struct option_row *row, const char *text)
{
    char word[32], all[160] = "";
    const char *rest = row->choices;
    while (next_choice(&rest, word, sizeof word)) {
        if (strcmp(word, text) == 0)
            return 0;
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", used ? (*rest ? ", " : " or ") : "", word);
    }
    return error_set(parser->err, ERROR_USAGE, "%s wants %s, not \"%s\"", row->name, all, text);
}

static int store(struct parser *parser, const struct option_row *row, const char *text)
{
    struct option_value *value = &parser->line->value[row - parser->rows];
    if ((row->type == OPTION_INT || row->type == OPTION_NUMBER) &&
        read_number(parser, row, text, &value->number) != 0)
        return -1;
    if (row->type == OPTION_CHOICE && check_choice(parser, row, text) != 0)
        return -1;
    if (row->type == OPTION_LIST) {
        if (value->count == OPTION_LIST_MAX)
            return error_set(parser->err, ERROR_USAGE, "%s is given more than %d times", row->name,
                             OPTION_LIST_MAX);
        value->list[value->count++] = text;
    }
    value->given = true;
    value->text = text;
    return 0;
}

/* A flag that is another name of "--option=value" sets that option. */
static int store_flag(struct parser *parser, const struct option_row *row)
{
    if (!row->same_as)
        return store(parser, row, "");
    char name[48];
    size_t length = strcspn(row->same_as, "=");
    snprintf(name, sizeof name, "%.*s", (int)length, row->same_as);
    parser->line->value[row - parser->rows].given = true;
    const struct option_row *real = row_of(parser->rows, name);
    if (!real)
        abort();
    return store(parser, real, row->same_as + length + (row->same_as[length] == '='));
}

/* ROW with its value: ATTACHED ("--name=value", "-nvalue"), or the next argument. */
static int take(struct parser *parser, const struct option_row *row, const char *attached)
{
    if (row->type == OPTION_FLAG) {
        if (attached)
            return error_set(parser->err, ERROR_USAGE, "%s takes no value, not \"%s\"", row->name,
                             attached);
        return store_flag(parser, row);
    }
    if (!attached && parser->at + 1 < parser->argc)
        attached = parser->argv[++parser->at];
    if (!attached)
        return error_set(parser->err, ERROR_USAGE, "%s wants a value: %s %s", row->name, row->name,
                         row->value);
    return store(parser, row, attached);
}

/* "soaktop deltas list", or "soaktop gate". */
static void full_name(const struct command_row *command, char *text, size_t size)
{
    snprintf(text, size, "soaktop %s%s%s", command->parent ? command->parent : "",
             command->parent ? " " : "", command->name);
}

static int unknown_option(const struct parser *parser, const char *name)
{
    char command[96], hint[NEAREST_HINT_MAX];
    full_name(parser->line->command, command, sizeof command);
    struct nearest nearest = nearest_to(name);
    for (const struct option_row *row = parser->rows; row->name; row++)
        if (!row->hidden)
            nearest_offer(&nearest, row->name);
    nearest_hint(&nearest, hint);
    return error_set(parser->err, ERROR_USAGE, "unknown option %s;%s %s --help lists what there is",
                     name, hint, command);
}

static int take_long(struct parser *parser, const char *argument)
{
    char name[64];
    size_t length = strcspn(argument, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1),
             argument);
    const struct option_row *row = row_of(parser->rows, name);
    if (!row)
        return unknown_option(parser, name);
    return take(parser, row, argument[length] == '=' ? argument + length + 1 : NULL);
}

static const struct option_row *letter_of(const struct option_row *rows, char letter)
{
    for (; rows->name; rows++)
        if (rows->letter == letter)
            return rows;
    return NULL;
}

static int take_letters(struct parser *parser, const char *letters)
{
    for (; *letters; letters++) {
        char name[3] = {'-', *letters, '\0'};
        const struct option_row *row = letter_of(parser->rows, *letters);
        if (!row)
            return unknown_option(parser, name);
        if (row->type != OPTION_FLAG)
            return take(parser, row, letters[1] ? letters + 1 : NULL);
        if (take(parser, row, NULL) != 0)
            return -1;
    }
    return 0;
}

static int take_argument(struct parser *parser, const char *text)
{
    struct command_line *line = parser->line;
    const struct command_row *command = line->command;
    if (line->argument_count < (size_t)command->arguments_max) {
        line->argument[line->argument_count++] = text;
        return 0;
    }
    char name[96];
    full_name(command, name, sizeof name);
    return error_set(parser->err, ERROR_USAGE, "unexpected \"%s\"; usage: %s %s", text, name,
                     command->usage);
}

/* --help and --version answer before anything else on the line is found wrong. */
static bool asks_only(struct command_line *line, int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        line->help = line->help || strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0;
        line->version = line->version || strcmp(argv[i], "--version") == 0;
    }
    return line->help || line->version;
}

static int parse_all(struct parser *parser)
{
    bool options = true;
    for (; parser->at < parser->argc; parser->at++) {
        const char *argument = parser->argv[parser->at];
        int status;
        if (options && strcmp(argument, "--") == 0) {
            options = false;
            continue;
        }
        if (options && strncmp(argument, "--", 2) == 0)
            status = take_long(parser, argument);
        else if (options && argument[0] == '-' && argument[1] != '\0')
            status = take_letters(parser, argument + 1);
        else
            status = take_argument(parser, argument);
        if (status != 0)
            return -1;
    }
    return 0;
}

int command_line_parse(struct command_line *line, const struct command_row *command, int argc,
                       char **argv, struct error *err)
{
    *line = (struct command_line){.command = command};
    if (asks_only(line, argc, argv))
        return 0;
    struct parser parser = {line, rows_of(command), argc, 0, argv, err};
    if (parse_all(&parser) != 0)
        return -1;
    if (line->argument_count >= (size_t)command->arguments_min)
        return 0;
    char name[96];
    full_name(command, name, sizeof name);
    return error_set(err, ERROR_USAGE, "something is missing; usage: %s %s", name, command->usage);
}

enum { HELP_COLUMN = 26, HELP_WIDTH = 79 };

void options_print_wrapped(FILE *out, const char *text, int column, int indent)
{
    bool first = true;
    while (*text) {
        int length = (int)strcspn(text, " ");
        if (!first && column + 1 + length > HELP_WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
            first = true;
        }
        fprintf(out, "%s%.*s", first ? "" : " ", length, text);
        column += length + !first;
        first = false;
        text += length;
        text += strspn(text, " ");
    }
    putc('\n', out);
}

/* "the help (observe, auto or manual; default observe)" */
static void help_text(const struct option_row *row, struct buffer *text)
{
    bool choices = row->type == OPTION_CHOICE;
    buffer_puts(text, row->help);
    if (!choices && !row->fallback)
        return;
    buffer_puts(text, " (");
    const char *rest = choices ? row->choices : "";
    char word[32];
    for (bool first = true; next_choice(&rest, word, sizeof word); first = false)
        buffer_printf(text, "%s%s", first ? "" : (*rest ? ", " : " or "), word);
    if (row->fallback)
        buffer_printf(text, "%sdefault %s", choices ? "; " : "", row->fallback);
    buffer_puts(text, ")");
}

static void print_row(FILE *out, const struct option_row *row)
{
    char letter[8] = "";
    struct buffer text = {0};
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    int column = fprintf(out, "  %s%s%s%s", letter, row->name, row->value ? " " : "",
                         row->value ? row->value : "");
    if (column > HELP_COLUMN - 2) {
        putc('\n', out);
        column = 0;
    }
    fprintf(out, "%*s", HELP_COLUMN - column, "");
    help_text(row, &text);
    options_print_wrapped(out, text.text, HELP_COLUMN, HELP_COLUMN);
    buffer_fini(&text);
}

void options_print(FILE *out, const struct option_row *rows)
{
    static const struct option_row common = {
        .name = "--help", .letter = 'h', .help = "tell this and do nothing else"};
    for (; rows->name; rows++)
        if (!rows->hidden)
            print_row(out, rows);
    print_row(out, &common);
}
