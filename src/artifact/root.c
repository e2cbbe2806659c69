/* root: opens an artifact root. The path is the operator's and may be a link; what is below is not
 * reached through links. */
#include "config.h"

#include "artifact/root.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/directory.h"

/* mkdir -p: every part of PATH that is missing. */
static int make_path(const char *path, struct error *err)
{
    char part[512];

    for (const char *at = path; *at;) {
        at += strspn(at, "/");
        at += strcspn(at, "/");
        if (path_print(part, sizeof part, err, "%.*s", (int)(at - path), path) < 0)
            return -1;
        if (mkdir(part, 0777) < 0 && errno != EEXIST)
            return error_set(err, ERROR_IO, "cannot make the directory %s: %s", part,
                             strerror(errno));
    }
    return 0;
}

static int open_part(int *fd, const struct root *root, const char *name, enum root_mode mode,
                     struct error *err)
{
    char shown[sizeof root->path + 16];

    if (path_print(shown, sizeof shown, err, "%s/%s", root->path, name) < 0)
        return -1;
    return directory_open(fd, root->fd, name, shown, mode, err);
}

int root_open(struct root *root, const char *path, enum root_mode mode, struct error *err)
{
    *root = (struct root){.fd = -1, .reports_fd = -1, .soak_fd = -1};
    if (*path == '\0')
        return error_set(err, ERROR_USAGE, "the artifact root has an empty name");
    if (path_print(root->path, sizeof root->path, err, "%s", path) < 0)
        return -1;
    if (mode == ROOT_CREATE && make_path(path, err) < 0)
        return -1;
    root->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root->fd < 0)
        return error_set(err, ERROR_INPUT, "cannot open the artifact root %s: %s", path,
                         strerror(errno));
    if (open_part(&root->reports_fd, root, "reports", mode, err) < 0 ||
        open_part(&root->soak_fd, root, "soak", mode, err) < 0) {
        root_close(root);
        return -1;
    }
    return 0;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void root_close(struct root *root)
{
    close_fd(&root->soak_fd);
    close_fd(&root->reports_fd);
    close_fd(&root->fd);
}
