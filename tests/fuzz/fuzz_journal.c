/* fuzz_journal: two ways by the first byte. Either the rest is a journal as it stands: it is read
 * or refused, and what is accepted can be gone on with. Or the rest says what to append and where
 * the power goes off: the journal is then opened again with the records that were whole. */
#include "config.h"

#include "fuzz.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "artifact/journal.h"
#include "artifact/jsonfile.h"

static char scratch[] = "/dev/shm/soaktop-fuzz-XXXXXX";
static struct rundir dir = {.path = "fuzz", .fd = -1, .artifacts_fd = -1, .soak_fd = -1};

static void clean_up(void)
{
    unlinkat(dir.fd, JOURNAL_NAME, 0);
    rmdir(scratch);
}

/* A directory in memory, where fdatasync costs nothing. */
static const struct rundir *directory(void)
{
    if (dir.fd < 0) {
        FUZZ_CHECK(mkdtemp(scratch) != NULL);
        dir.fd = open(scratch, O_RDONLY | O_DIRECTORY);
        FUZZ_CHECK(dir.fd >= 0 && atexit(clean_up) == 0);
    }
    return &dir;
}

static void put(const uint8_t *data, size_t size)
{
    int fd = openat(directory()->fd, JOURNAL_NAME, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    FUZZ_CHECK(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    close(fd);
}

static int count(void *context, const json_t *record, struct error *err)
{
    (void)err;
    FUZZ_CHECK(json_integer_value(json_object_get(record, "seq")) == ++*(long *)context);
    return 0;
}

/* Records that can be read; -1 if the chain is broken. */
static long read_all(long *torn)
{
    struct error err = ERROR_INIT;
    long records = 0;
    int result = journal_each(directory(), count, &records, torn, &err);

    FUZZ_CHECK((result == 0) == (err.code == ERROR_NONE));
    FUZZ_CHECK(result == 0 || err.code == ERROR_INTEGRITY);
    return result < 0 ? -1 : records;
}

/* Reader and writer agree, and a record can be appended to what they accept. */
static void check_going_on(void)
{
    struct error err = ERROR_INIT;
    long torn = 0, cut = 0, records = read_all(&torn);
    struct journal *journal = journal_open(directory(), &cut, &err);

    FUZZ_CHECK((records >= 0) == (journal != NULL));
    if (!journal)
        return;
    FUZZ_CHECK(cut == torn && journal_seq(journal) == records);
    FUZZ_CHECK(journal_append_take(journal, "note", 1, 0, NULL, &err) == 0);
    journal_close(journal);
    FUZZ_CHECK(read_all(&torn) == records + 1 && torn == 0);
}

/* Appends each line of the input as a record's data; lines that are no object are left out. */
static long append_lines(const char *text, size_t size)
{
    struct error err = ERROR_INIT;
    struct journal *journal = journal_open(directory(), NULL, &err);

    FUZZ_CHECK(journal != NULL);
    while (size > 0) {
        const char *end = memchr(text, '\n', size);
        size_t length = end ? (size_t)(end - text) : size;
        json_t *data = json_read_text(text, length, "line", NULL);
        if (json_is_object(data))
            FUZZ_CHECK(journal_append_take(journal, "note", 1, 0, data, &err) == 0);
        else
            json_decref(data);
        text += length + (end ? 1 : 0);
        size -= length + (end ? 1 : 0);
    }
    long records = journal_seq(journal);
    journal_close(journal);
    return records;
}

static void lose_power(unsigned cut)
{
    struct stat status;
    long torn;
    int fd = openat(directory()->fd, JOURNAL_NAME, O_RDWR);

    FUZZ_CHECK(fd >= 0 && fstat(fd, &status) == 0);
    off_t length = status.st_size > cut ? status.st_size - (off_t)cut : 0;
    FUZZ_CHECK(ftruncate(fd, length) == 0);
    close(fd);
    FUZZ_CHECK(read_all(&torn) >= 0);
    check_going_on();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    long torn;

    if (size < 3)
        return 0;
    if (data[0] % 2 == 0) {
        put(data + 1, size - 1);
        check_going_on();
        return 0;
    }
    put(data, 0);
    long records = append_lines((const char *)data + 3, size - 3);
    FUZZ_CHECK(read_all(&torn) == records && torn == 0);
    lose_power(data[1] * 4U + data[2]);
    return 0;
}
