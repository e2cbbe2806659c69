/* completion: prints what a shell needs to complete soaktop's command line, made from the tables of
 * commands and options, so that it knows all of them. Main thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"

static const struct option_row no_options[] = {{.name = NULL}};

static const struct option_row *options_of(const struct command_row *row)
{
    return row->options ? row->options : no_options;
}

/* What the value of an option is: nothing that can be completed, a file, a directory, a choice. */
enum value_kind { VALUE_NONE, VALUE_OTHER, VALUE_FILE, VALUE_DIRECTORY, VALUE_CHOICE };

static enum value_kind value_kind(const struct option_row *option)
{
    if (option->type == OPTION_FLAG)
        return VALUE_NONE;
    if (option->type == OPTION_CHOICE)
        return VALUE_CHOICE;
    if (option->value && strcmp(option->value, "DIR") == 0)
        return VALUE_DIRECTORY;
    bool file = option->value &&
                (strcmp(option->value, "FILE") == 0 || strcmp(option->value, "PATH") == 0 ||
                 strcmp(option->value, "OUT") == 0);
    return file ? VALUE_FILE : VALUE_OTHER;
}

/* TEXT, but TO instead of each character of FROM (a string for each). */
static void print_replaced(const char *text, const char *from, const char *const *to)
{
    for (; *text; text++) {
        const char *found = strchr(from, *text);
        if (found)
            fputs(to[found - from], stdout);
        else
            putchar(*text);
    }
}

/* "observe|auto" with blanks. */
static void print_choices(const char *choices)
{
    static const char *const blank[] = {" "};
    print_replaced(choices, "|", blank);
}

/* bash */

static void bash_value(const char *command, const struct option_row *option)
{
    enum value_kind kind = value_kind(option);
    if (option->hidden || kind == VALUE_NONE)
        return;
    printf("    '%s %s'", command, option->name);
    if (option->letter)
        printf("|'%s -%c'", command, option->letter);
    fputs(") ", stdout);
    if (kind == VALUE_CHOICE) {
        fputs("COMPREPLY=($(compgen -W '", stdout);
        print_choices(option->choices);
        fputs("' -- \"$cur\"))", stdout);
    } else if (kind != VALUE_OTHER) {
        printf("COMPREPLY=($(compgen -%c -- \"$cur\"))", kind == VALUE_DIRECTORY ? 'd' : 'f');
    }
    puts(kind == VALUE_OTHER ? "return ;;" : "; return ;;");
}

static void bash_options(const char *command, const char *word, const struct command_row *row)
{
    printf("    '%s %s'*) options='--help --version", command, word);
    for (const struct option_row *option = options_of(row); option->name; option++)
        if (!option->hidden)
            printf(" %s", option->name);
    puts("' ;;");
}

/* The first word is meant if there is none, so it comes last and takes all that is left. */
static void bash_command(const struct command_row *row)
{
    if (!row->words) {
        bash_options(row->name, "", row);
        return;
    }
    for (const struct command_row *word = row->words + 1; word->name; word++)
        bash_options(row->name, word->name, word);
    bash_options(row->name, "", row->words);
}

static void bash_words(const struct command_row *row)
{
    if (!row->words)
        return;
    printf("    %s) words='", row->name);
    for (const struct command_row *word = row->words; word->name; word++)
        printf("%s%s", word == row->words ? "" : " ", word->name);
    puts("' ;;");
}

static int run_bash(const struct command_line *line)
{
    (void)line;
    puts("# bash completion for soaktop(1), made by soaktop completion bash\n"
         "_soaktop()\n{\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options= words=\n"
         "  COMPREPLY=()\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then");
    fputs("    COMPREPLY=($(compgen -W '--help --version", stdout);
    for (const struct command_row *const *row = command_table; *row; row++)
        printf(" %s", (*row)->name);
    puts("' -- \"$cur\"))\n    return\n  fi\n  case \"${COMP_WORDS[1]} $prev\" in");
    for (const struct command_row *const *row = command_table; *row; row++) {
        for (const struct option_row *option = options_of(*row); option->name; option++)
            bash_value((*row)->name, option);
        for (const struct command_row *word = (*row)->words; word && word->name; word++)
            for (const struct option_row *option = options_of(word); option->name; option++)
                bash_value((*row)->name, option);
    }
    puts("  esac\n  case \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in");
    for (const struct command_row *const *row = command_table; *row; row++)
        bash_command(*row);
    puts("  esac\n  case \"${COMP_WORDS[1]}\" in");
    for (const struct command_row *const *row = command_table; *row; row++)
        bash_words(*row);
    puts("  esac\n"
         "  if [ \"$COMP_CWORD\" -eq 2 ] && [ -n \"$words\" ]; then\n"
         "    COMPREPLY=($(compgen -W \"$words $options\" -- \"$cur\"))\n"
         "  elif [ \"${cur#-}\" != \"$cur\" ]; then\n"
         "    COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$cur\"))\n"
         "  fi\n}\n"
         "complete -o filenames -F _soaktop soaktop");
    return EXIT_DONE;
}

/* zsh */

/* TEXT within single quotes; brackets and colons mean something to zsh's functions. */
static void zsh_text(const char *text)
{
    static const char *const to[] = {"'\\''", "\\[", "\\]", "\\:"};
    print_replaced(text, "'[]:", to);
}

static void zsh_options(const struct command_row *row, int indent)
{
    printf("%*s_arguments -s '(- *)'{-h,--help}'[tell the options]' '(- *)--version[tell the "
           "version]'",
           indent, "");
    for (const struct option_row *option = options_of(row); option->name; option++) {
        enum value_kind kind = value_kind(option);
        if (option->hidden)
            continue;
        fputs(" \\\n      '", stdout);
        if (option->type == OPTION_LIST)
            putchar('*');
        printf("%s%s[", option->name, kind == VALUE_NONE ? "" : "=");
        zsh_text(option->help);
        putchar(']');
        if (kind != VALUE_NONE)
            printf(":%s:", option->value ? option->value : "value");
        if (kind == VALUE_CHOICE) {
            putchar('(');
            print_choices(option->choices);
            putchar(')');
        } else if (kind == VALUE_FILE || kind == VALUE_DIRECTORY) {
            fputs(kind == VALUE_FILE ? "_files" : "_files -/", stdout);
        }
        putchar('\'');
    }
    puts(row->arguments_max > 0 ? " '*:argument:_files' ;;" : " ;;");
}

static void zsh_command(const struct command_row *row)
{
    printf("  %s)\n", row->name);
    if (!row->words) {
        zsh_options(row, 4);
        return;
    }
    puts("    if (( CURRENT == 2 )); then\n      local -a following=(");
    for (const struct command_row *word = row->words; word->name; word++) {
        printf("        '%s:", word->name);
        zsh_text(word->summary);
        puts("'");
    }
    puts("      )\n      _describe word following\n      return\n    fi\n    case $words[2] in");
    for (const struct command_row *word = row->words + 1; word->name; word++) {
        printf("    %s)\n", word->name);
        zsh_options(word, 6);
    }
    puts("    *)");
    zsh_options(row->words, 6);
    puts("    esac ;;");
}

static int run_zsh(const struct command_line *line)
{
    (void)line;
    puts("#compdef soaktop\n"
         "# zsh completion for soaktop(1), made by soaktop completion zsh\n"
         "_soaktop() {\n  local -a commands=(");
    for (const struct command_row *const *row = command_table; *row; row++) {
        printf("    '%s:", (*row)->name);
        zsh_text((*row)->summary);
        puts("'");
    }
    puts("  )\n"
         "  if (( CURRENT == 2 )); then\n"
         "    _describe command commands\n"
         "    _arguments '--help[list the commands]' '--version[tell the version]'\n"
         "    return\n  fi\n"
         "  shift words\n  (( CURRENT-- ))\n"
         "  case $words[1] in");
    for (const struct command_row *const *row = command_table; *row; row++)
        zsh_command(*row);
    puts("  esac\n}\n_soaktop \"$@\"");
    return EXIT_DONE;
}

/* fish */

static void fish_text(const char *text)
{
    static const char *const to[] = {"\\'", "\\\\"};
    putchar('\'');
    print_replaced(text, "'\\", to);
    putchar('\'');
}

static void fish_option(const struct command_row *command, const struct command_row *word,
                        const struct option_row *option)
{
    enum value_kind kind = value_kind(option);
    if (option->hidden)
        return;
    printf("complete -c soaktop -n '__fish_seen_subcommand_from %s", command->name);
    if (word && word != command->words)
        printf("; and __fish_seen_subcommand_from %s", word->name);
    printf("' -l %s", option->name + 2);
    if (option->letter)
        printf(" -s %c", option->letter);
    if (kind == VALUE_FILE || kind == VALUE_DIRECTORY)
        fputs(" -rF", stdout);
    else if (kind != VALUE_NONE)
        fputs(" -x", stdout);
    if (kind == VALUE_CHOICE) {
        fputs(" -a '", stdout);
        print_choices(option->choices);
        putchar('\'');
    }
    fputs(" -d ", stdout);
    fish_text(option->help);
    putchar('\n');
}

static void fish_command(const struct command_row *row)
{
    printf("complete -c soaktop -n __fish_use_subcommand -a %s -d ", row->name);
    fish_text(row->summary);
    putchar('\n');
    for (const struct option_row *option = options_of(row); option->name; option++)
        fish_option(row, NULL, option);
    if (row->arguments_max > 0)
        printf("complete -c soaktop -n '__fish_seen_subcommand_from %s' -F\n", row->name);
    for (const struct command_row *word = row->words; word && word->name; word++) {
        printf("complete -c soaktop -n '__fish_seen_subcommand_from %s' -a %s -d ", row->name,
               word->name);
        fish_text(word->summary);
        putchar('\n');
        for (const struct option_row *option = options_of(word); option->name; option++)
            fish_option(row, word, option);
    }
}

static int run_fish(const struct command_line *line)
{
    (void)line;
    puts("# fish completion for soaktop(1), made by soaktop completion fish\n"
         "complete -c soaktop -f\n"
         "complete -c soaktop -l help -s h -d 'tell the options'\n"
         "complete -c soaktop -l version -d 'tell the version'");
    for (const struct command_row *const *row = command_table; *row; row++)
        fish_command(*row);
    return EXIT_DONE;
}

static const struct command_row words[] = {
    {.name = "bash", .parent = "completion", .usage = "", .summary = "for bash", .run = run_bash},
    {.name = "zsh", .parent = "completion", .usage = "", .summary = "for zsh", .run = run_zsh},
    {.name = "fish", .parent = "completion", .usage = "", .summary = "for fish", .run = run_fish},
    {.name = NULL},
};

const struct command_row command_completion = {
    .name = "completion",
    .usage = "[bash | zsh | fish]",
    .summary = "print what a shell needs to complete these commands",
    .text = "Prints the completion of soaktop's command line for a shell, made from the tables of "
            "commands and options. It is installed with the program; source <(soaktop completion "
            "bash) does without.",
    .words = words,
};
