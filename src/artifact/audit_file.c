/* audit_file: see audit_file.h. */
#include "config.h"

#include "artifact/audit_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "model/mem.h"

/* LINE_MAX_BYTES: a longer line is passed over, so that memory stays bounded. */
enum { LINE_MAX_BYTES = 64 * 1024, CALL_MAX_BYTES = 16 * 1024 * 1024 };

static void count(struct audit_blocks *blocks, enum audit_block block)
{
    blocks->count[block]++;
    blocks->total++;
}

static enum audit_block block_of(const char *reason)
{
    for (int i = 0; i < AUDIT_BLOCK_COUNT; i++)
        if (strcasecmp(reason, audit_block_names[i]) == 0)
            return (enum audit_block)i;
    return strcasecmp(reason, "none") == 0 ? AUDIT_ALLOWED : AUDIT_OTHER;
}

static void count_line(struct audit_blocks *blocks, const char *line, size_t length)
{
    json_auto_t *json = json_loadb(line, length, JSON_ALLOW_NUL, NULL);
    const char *reason = json_string_value(json_object_get(json, "reason"));
    if (!reason)
        reason = json_string_value(json_object_get(json, "blocked_by"));
    const json_t *allowed = json_object_get(json, "allowed");
    const json_t *blocked = json_object_get(json, "blocked");
    if (json_is_true(allowed) || json_is_false(blocked))
        count(blocks, AUDIT_ALLOWED);
    else if (reason)
        count(blocks, block_of(reason));
    else if (json_is_false(allowed) || json_is_true(blocked))
        count(blocks, AUDIT_OTHER);
}

/* Counts the whole lines of TEXT; returns the bytes used up. */
static size_t count_lines(struct audit_blocks *blocks, const char *text, size_t length)
{
    size_t used = 0;
    const char *end;
    while (used < length && (end = memchr(text + used, '\n', length - used))) {
        size_t size = (size_t)(end - (text + used));
        count_line(blocks, text + used, size);
        used += size + 1;
    }
    return used;
}

static int open_audit(const struct rundir *dir, struct audit_file *file)
{
    struct stat status;
    int fd = openat(dir->fd, AUDIT_FILE_NAME,
                    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return -1;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(fd);
        return -1;
    }
    if ((uint64_t)status.st_ino != file->inode || status.st_size < file->offset)
        *file = (struct audit_file){0, (uint64_t)status.st_ino};
    return fd;
}

void audit_file_read(struct audit_file *file, const struct rundir *dir, struct audit_blocks *blocks)
{
    int fd = open_audit(dir, file);
    if (fd < 0)
        return;
    blocks->given = true;
    char *text = mem_alloc(LINE_MAX_BYTES);
    for (size_t total = 0; total < CALL_MAX_BYTES;) {
        ssize_t got = pread(fd, text, LINE_MAX_BYTES, (off_t)file->offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        size_t used = count_lines(blocks, text, (size_t)got);
        if (used == 0 && got < LINE_MAX_BYTES)
            break; /* the last line is not whole yet */
        if (used == 0)
            used = (size_t)got; /* part of a line that is too long: its tail is garbage too */
        file->offset += (int64_t)used;
        total += used;
    }
    free(text);
    close(fd);
}
