/* tempdir: see tempdir.h. */
#include "config.h"

#include "tempdir.h"

#include <check.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char directory[256];

/* Paths that were handed out; they live until the directory goes. */
static char **paths;
static size_t path_count;

const char *tempdir_make(void)
{
    const char *base = getenv("TMPDIR");
    if (!base && access("/dev/shm", W_OK) == 0)
        base = "/dev/shm"; /* where a sync costs nothing */
    snprintf(directory, sizeof(directory), "%s/soaktop-engine.XXXXXX", base ? base : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    return directory;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

void tempdir_remove(void)
{
    nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    while (path_count)
        free(paths[--path_count]);
    free(paths);
    paths = NULL;
}

char *tempdir_path(const char *format, ...)
{
    char name[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof(name), format, arguments);
    va_end(arguments);
    paths = realloc(paths, (path_count + 1) * sizeof(*paths));
    ck_assert_ptr_nonnull(paths);
    ck_assert_int_gt(asprintf(&paths[path_count], "%s/%s", directory, name), 0);
    return paths[path_count++];
}

void file_put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_msg(file != NULL, "cannot write %s", path);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

char *file_get(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    if (getdelim(&text, &size, '\0', file) < 0) {
        free(text);
        text = strdup("");
    }
    fclose(file);
    return text;
}
