/* key_file: reads a keys.json: names of actions with the keys that they have there, and the line of
 * each, so that every message about it can name file and line. What the names mean is the
 * dashboard's business. Main thread, at start. */
#ifndef SOAKTOP_ARTIFACT_KEY_FILE_H
#define SOAKTOP_ARTIFACT_KEY_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include "model/error.h"

enum { KEY_FILE_PATH_MAX = 512, KEY_FILE_NAME_MAX = 64, KEY_FILE_KEYS_MAX = 16 };

struct key_file_key {
    char name[KEY_FILE_NAME_MAX]; /* "F8"; cut if it is longer, and then the name of no key */
    int line;
};

/* "apply": ["A", "F8"]; one key may stand without the list, an empty list takes all keys away. */
struct key_file_entry {
    char action[KEY_FILE_NAME_MAX];
    int line;
    size_t count;
    struct key_file_key key[KEY_FILE_KEYS_MAX];
    char fault[160]; /* "": none; else its value cannot be used, and why */
};

struct key_file {
    char path[KEY_FILE_PATH_MAX];
    size_t count, capacity;
    struct key_file_entry *entry; /* in the order of the file; owned */
};

/* Path of the installed keys.json, or of the user's. False if there is none. */
enum key_file_whose { KEY_FILE_INSTALLED, KEY_FILE_USER };
bool key_file_find(enum key_file_whose whose, char path[KEY_FILE_PATH_MAX]);
/* Reads PATH into FILE (key_file_fini it in any case). -1 with ERR, and no entries, if it is no
 * JSON object, or a name stands twice in it; a fault of one entry stands in that entry. */
int key_file_read(struct key_file *file, const char *path, struct error *err);
void key_file_fini(struct key_file *file);

/* The machine-readable twin of the list of keys. */
struct key_twin {
    const char *action, *help;
    int level;
    bool writes;
    size_t count;
    struct {
        const char *name, *file; /* FILE NULL: the program's default */
        int line;
    } key[KEY_FILE_KEYS_MAX];
};
/* {actions: [{action, level, writes, help, keys: [{key, file, line}]}]}, one canonical object on
 * one line (free it); NULL with ERR. */
char *key_file_twin(const struct key_twin *rows, size_t count, struct error *err);
/* The same rows as a keys.json, an action a line (free it). */
char *key_file_text(const struct key_twin *rows, size_t count, struct error *err);

#endif
