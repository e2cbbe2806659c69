/* environment: what a command that is started finds in its environment. Any thread, while nobody
 * changes the program's own. */
#ifndef SOAKTOP_ENGINE_ENVIRONMENT_H
#define SOAKTOP_ENGINE_ENVIRONMENT_H

/* SETTINGS ("NAME=value", ends with NULL), then what is inherited, but for what SETTINGS replace.
 * Free the array; its strings are borrowed. */
char **environment_with(const char *const *settings);

#endif
