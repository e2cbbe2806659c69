/* environment: see environment.h. */
#include "config.h"

#include "engine/environment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "model/mem.h"

char **environment_with(const char *const *settings)
{
    size_t count = 0, own = 0;
    while (settings[own])
        own++;
    while (environ[count])
        count++;
    char **merged = mem_alloc((own + count + 1) * sizeof(*merged));
    size_t used = 0;
    for (; used < own; used++)
        merged[used] = (char *)(intptr_t)settings[used];
    for (size_t i = 0; i < count; i++) {
        bool replaced = false;
        for (size_t k = 0; k < own && !replaced; k++) {
            size_t name = strcspn(settings[k], "=") + 1;
            replaced = strncmp(environ[i], settings[k], name) == 0;
        }
        if (!replaced)
            merged[used++] = environ[i];
    }
    return merged;
}
