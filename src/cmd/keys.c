/* keys: the dashboard's keys in force and where each comes from; checks a keys.json. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/key_file.h"
#include "cmd/cmd.h"
#include "model/mem.h"
#include "ui/bindings.h"
#include "ui/bindings_load.h"
#include "ui/keyname.h"

static const struct option_row options[] = {
    {.name = "--check",
     .type = OPTION_TEXT,
     .value = "FILE",
     .help = "only check FILE, as if it were your keys.json; status 2 if anything is wrong"},
    {.name = "--defaults", .help = "print the keys.json that holds the defaults"},
    {.name = "--json", .help = "one canonical JSON object: every action, its keys, file and line"},
    {.name = NULL},
};

/* A row without help is explained by the row above it. */
static bool is_shown(const struct action *action)
{
    return action->help;
}

/* "[FILE:LINE]" of each key that is not the default, of the rows that ACTION explains. */
static void print_origins(const struct action *action)
{
    const struct action *row = action;
    do {
        const struct binding *binding = bindings_of(row);
        for (size_t i = 0; i < ACTION_KEYS_MAX && binding[i].key; i++) {
            char name[KEYNAME_MAX];
            bool is_default = false;
            for (size_t k = 0; k < ACTION_KEYS_MAX; k++)
                is_default = is_default || row->key[k] == binding[i].key;
            if (is_default || !binding[i].file || !keyname_format(binding[i].key, name))
                continue;
            printf("  [%s: ", name);
            cmd_print_safe(binding[i].file);
            printf(":%d]", binding[i].line);
        }
        row++;
    } while (row->name && !row->help);
}

static int print_table(void)
{
    int width = 4;
    for (const struct action *action = action_table; action->name; action++)
        if (is_shown(action) && (int)strlen(bindings_text(action)) > width)
            width = (int)strlen(bindings_text(action));
    printf("%-*s  level  what it does\n", width, "keys");
    for (const struct action *action = action_table; action->name; action++) {
        if (!is_shown(action))
            continue;
        printf("%-*s  %5d  %s", width, bindings_text(action), action->level,
               bindings_expanded(action->help));
        print_origins(action);
        putchar('\n');
    }
    return EXIT_DONE;
}

enum form { FORM_TWIN, FORM_KEY_FILE };

static int print_json(enum form form)
{
    struct error err = ERROR_INIT;
    static char name[ACTIONS_MAX][ACTION_KEYS_MAX][KEYNAME_MAX];
    struct key_twin *rows = mem_resize(NULL, ACTIONS_MAX, sizeof *rows);
    size_t count = 0;
    for (const struct action *action = action_table; action->name; action++, count++) {
        rows[count] = (struct key_twin){.action = action->name,
                                        .help = action_summary(action),
                                        .level = action->level,
                                        .writes = action->writes};
        const struct binding *binding = bindings_of(action);
        for (size_t i = 0; i < ACTION_KEYS_MAX && binding[i].key; i++) {
            keyname_format(binding[i].key, name[count][i]);
            rows[count].key[i].name = name[count][i];
            rows[count].key[i].file = binding[i].file;
            rows[count].key[i].line = binding[i].line;
            rows[count].count++;
        }
    }
    char *text = form == FORM_TWIN ? key_file_twin(rows, count, &err)
                                   : key_file_text(rows, count, &err);
    free(rows);
    return cmd_print_take(text, &err);
}

static void say_faults(const struct key_faults *faults)
{
    const char *line = faults->text.text;
    for (size_t i = 0; i < faults->count; i++) {
        size_t length = strcspn(line, "\n");
        cmd_say("%.*s", (int)length, line);
        line += length + 1;
    }
}

static int check(const char *file)
{
    struct key_faults faults;
    bindings_load_file(file, &faults);
    say_faults(&faults);
    size_t count = faults.count;
    key_faults_fini(&faults);
    if (count > 0)
        return EXIT_USAGE;
    cmd_print_safe(file);
    puts(": nothing is wrong with it");
    return EXIT_DONE;
}

static int run(const struct command_line *line)
{
    struct key_faults faults;
    if (option_given(line, "--check"))
        return check(option_text(line, "--check", ""));
    if (option_given(line, "--defaults")) {
        bindings_reset();
        return print_json(FORM_KEY_FILE);
    }
    bindings_load(&faults);
    say_faults(&faults);
    key_faults_fini(&faults);
    return option_given(line, "--json") ? print_json(FORM_TWIN) : print_table();
}

const struct command_row command_keys = {
    .name = "keys",
    .usage = "[--json | --defaults | --check FILE]",
    .summary = "list the dashboard's keys, or check a keys.json",
    .text = "Lists the keys of the dashboard as they are bound, and where a key comes from that is "
            "not the default. Level 0 asks nothing, level 1 opens a dialog that Shift-Y confirms, "
            "level 2 wants a word and a reason too. Your own keys stand in "
            "$XDG_CONFIG_HOME/soaktop/keys.json: {\"action\": [\"key\", ...], ...}, only what "
            "differs; the names are those of --json.",
    .options = options,
    .run = run,
};
