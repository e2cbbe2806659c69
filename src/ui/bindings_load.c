/* bindings_load: see bindings_load.h. Main thread, at start. */
#include "config.h"

#include "ui/bindings_load.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/key_file.h"
#include "model/nearest.h"
#include "ui/bindings.h"
#include "ui/key.h"
#include "ui/keyname.h"

/* Bindings name the file that they come from; it outlives them here. */
static char path_table[2][KEY_FILE_PATH_MAX];

void key_faults_fini(struct key_faults *faults)
{
    buffer_fini(&faults->text);
    faults->count = 0;
}

static void add_fault(struct key_faults *faults, const char *file, int line, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));
static void add_fault(struct key_faults *faults, const char *file, int line, const char *format,
                      ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    buffer_printf(&faults->text, "%s:%d: %s\n", file, line, text);
    faults->count++;
}

static const char *nearest_action(const char *name, char hint[NEAREST_HINT_MAX])
{
    struct nearest nearest = nearest_to(name);
    for (const struct action *action = action_table; action->name != NULL; action++)
        nearest_offer(&nearest, action->name);
    nearest_hint(&nearest, hint);
    return hint;
}

static const char *nearest_key(const char *name, char hint[NEAREST_HINT_MAX])
{
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; keyname_at(i) != NULL; i++)
        nearest_offer(&nearest, keyname_at(i));
    nearest_hint(&nearest, hint);
    return hint;
}

/* NULL, or why ACTION may not have KEY. */
static const char *refusal(const struct action *action, unsigned key)
{
    if ((!action->writes && action->level == 0) || !keyname_is_ctrl(key))
        return NULL;
    if (key == KEYCODE_ENTER)
        return "Enter never changes or confirms anything";
    if (key < ' ')
        return "no Ctrl-letter changes anything";
    return "a terminal sends it as a Ctrl-letter, and no Ctrl-letter changes anything";
}

/* The bindings of ENTRY that can be used; their number. */
static size_t read_keys(const struct action *action, const struct key_file_entry *entry,
                        const char *path, struct binding binding[ACTION_KEYS_MAX],
                        struct key_faults *faults)
{
    size_t count = 0;
    for (size_t i = 0; i < entry->count; i++) {
        const struct key_file_key *key = &entry->key[i];
        char hint[NEAREST_HINT_MAX];
        unsigned code = keyname_parse(key->name);
        bool twice = false;
        for (size_t k = 0; k < count; k++)
            twice = twice || binding[k].key == code;
        if (code == 0)
            add_fault(
                faults, path, key->line,
                "%s: \"%s\" is no key;%s a key is a character, or Space, Esc, Tab, PgUp, F1 to "
                "F12, ^L and the like",
                action->name, key->name, nearest_key(key->name, hint));
        else if (refusal(action, code) != NULL)
            add_fault(faults, path, key->line, "%s: %s is refused: %s", action->name, key->name,
                      refusal(action, code));
        else if (twice)
            add_fault(faults, path, key->line, "%s: %s stands twice", action->name, key->name);
        else if (count == ACTION_KEYS_MAX)
            add_fault(faults, path, key->line, "%s: %s is more than the %d keys of an action",
                      action->name, key->name, ACTION_KEYS_MAX);
        else
            binding[count++] = (struct binding){code, path, key->line};
    }
    return count;
}

static void apply_entry(const struct key_file_entry *entry, const char *path,
                        struct key_faults *faults)
{
    char hint[NEAREST_HINT_MAX];
    struct binding binding[ACTION_KEYS_MAX];
    const struct action *action = action_find(entry->action);
    if (action == NULL) {
        add_fault(faults, path, entry->line,
                  "there is no action \"%s\";%s soaktop keys --json lists all", entry->action,
                  nearest_action(entry->action, hint));
        return;
    }
    if (entry->fault[0] != '\0')
        add_fault(faults, path, entry->line, "%s: %s", action->name, entry->fault);
    size_t count = read_keys(action, entry, path, binding, faults);
    if (count == 0 && (entry->count > 0 || entry->fault[0] != '\0'))
        return; /* nothing of it can be used: what was bound stays */
    bindings_clear(action);
    for (size_t i = 0; i < count; i++)
        bindings_add(action, binding[i]);
}

static void apply_file(const char *path, struct key_faults *faults)
{
    struct key_file file;
    struct error err = ERROR_INIT;
    if (key_file_read(&file, path, &err) != 0) {
        buffer_printf(&faults->text, "%s\n", err.text);
        faults->count++;
    }
    for (size_t i = 0; i < file.count; i++)
        apply_entry(&file.entry[i], path, faults);
    key_file_fini(&file);
}

/* A key that an action asks for. */
struct claim {
    const struct action *action;
    struct binding binding;
};

/* The user's bindings come first, the program's own last. */
static int rank(const struct binding *binding)
{
    if (binding->file == NULL)
        return 2;
    return binding->file == path_table[KEY_FILE_INSTALLED] ? 1 : 0;
}

static int compare_claims(const void *left, const void *right)
{
    const struct claim *a = left, *b = right;
    if (rank(&a->binding) != rank(&b->binding))
        return rank(&a->binding) - rank(&b->binding);
    if (a->binding.line != b->binding.line)
        return a->binding.line - b->binding.line;
    return a->action < b->action ? -1 : a->action > b->action;
}

static size_t collect_claims(struct claim *claim)
{
    size_t count = 0;
    for (const struct action *action = action_table; action->name != NULL; action++)
        for (size_t i = 0; i < ACTION_KEYS_MAX && bindings_of(action)[i].key != 0; i++)
            claim[count++] = (struct claim){action, bindings_of(action)[i]};
    qsort(claim, count, sizeof *claim, compare_claims);
    return count;
}

static void tell_clash(const struct claim *won, const struct claim *lost, struct key_faults *faults)
{
    char key[KEYNAME_MAX], other[KEY_FILE_PATH_MAX + 32];
    if (won->binding.file == NULL)
        return; /* two defaults: a test sees to it that there are none */
    if (lost->binding.file != NULL)
        snprintf(other, sizeof other, "at %s:%d", lost->binding.file, lost->binding.line);
    else
        snprintf(other, sizeof other, "by default");
    keyname_format(won->binding.key, key);
    add_fault(faults, won->binding.file, won->binding.line,
              "%s is bound to %s here and to %s %s: %s has it", key, won->action->name,
              lost->action->name, other, won->action->name);
}

/* Two actions of one mode, unless just one of them takes the key only while it claims it. */
static bool meet(const struct action *a, const struct action *b)
{
    return (a->where & b->where) != 0 && (a->claims == NULL) == (b->claims == NULL);
}

/* In the order of their rank claims are granted, unless the key is taken in a mode of theirs. */
static void settle_clashes(struct key_faults *faults)
{
    struct claim *claim = mem_resize(NULL, (size_t)ACTIONS_MAX * ACTION_KEYS_MAX, sizeof *claim);
    size_t count = collect_claims(claim), granted = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < granted && (claim[k].binding.key != claim[i].binding.key ||
                               !meet(claim[k].action, claim[i].action)))
            k++;
        if (k == granted) {
            claim[granted++] = claim[i];
            continue;
        }
        tell_clash(&claim[k], &claim[i], faults);
        bindings_remove(claim[i].action, claim[i].binding.key);
    }
    free(claim);
}

/* There must be a way out, and a way to everything that has no key. */
static void keep_a_way_out(struct key_faults *faults)
{
    const struct action *quit = action_find("quit"), *palette = action_find("palette");
    if (bindings_of(quit)[0].key != 0 || (palette != NULL && bindings_of(palette)[0].key != 0))
        return;
    bindings_add(quit, (struct binding){.key = quit->key[0]});
    buffer_printf(&faults->text,
                  "keys.json leaves no key to quit with and none for the palette: quit keeps %s\n",
                  bindings_key("quit"));
    faults->count++;
}

static void load(struct key_faults *faults)
{
    char *installed = path_table[KEY_FILE_INSTALLED], *user = path_table[KEY_FILE_USER];
    *faults = (struct key_faults){.count = 0};
    bindings_reset();
    if (key_file_find(KEY_FILE_INSTALLED, installed))
        apply_file(installed, faults);
    if (user[0] != '\0')
        apply_file(user, faults);
    settle_clashes(faults);
    keep_a_way_out(faults);
}

void bindings_load(struct key_faults *faults)
{
    char *user = path_table[KEY_FILE_USER];
    if (!key_file_find(KEY_FILE_USER, user))
        user[0] = '\0';
    load(faults);
}

void bindings_load_file(const char *file, struct key_faults *faults)
{
    snprintf(path_table[KEY_FILE_USER], KEY_FILE_PATH_MAX, "%s", file);
    load(faults);
}
