/* control_link: see control_link.h. */
#include "config.h"

#include "engine/control_link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "artifact/control_proposal.h"
#include "artifact/realclock.h"
#include "model/mem.h"

enum { GREETING_MS = 5000, SEND_MS = 5000 };

struct control_link {
    int fd;
    unsigned asked; /* id of the last question */
    struct control_notice hello, state;
    char input[CONTROL_NOTICE_MAX + 1];
    size_t input_length;
    struct buffer output;             /* that waits to be sent */
    const struct param_table *params; /* NULL: not attached */
    struct proposal proposal;         /* iteration 0: none waits */
};

static int refuse_none(const struct rundir *dir, struct error *err)
{
    return error_set(err, ERROR_REFUSED, "no soak runs in %s", dir->path);
}

static int connect_to(const struct rundir *dir, struct error *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat status;
    if (fstatat(dir->fd, CONTROL_SOCKET_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return refuse_none(dir, err);
    if (!S_ISSOCK(status.st_mode))
        return error_set(err, ERROR_INPUT, "%s/%s is no socket", dir->path, CONTROL_SOCKET_NAME);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return error_set(err, ERROR_IO, "socket: %s", strerror(errno));
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", dir->fd,
             CONTROL_SOCKET_NAME);
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    int fault = errno;
    close(fd);
    /* A socket that nobody listens to is what a soak left that was killed. */
    if (fault == ECONNREFUSED || fault == ENOENT)
        return refuse_none(dir, err);
    return error_set(err, ERROR_IO, "%s/%s: %s", dir->path, CONTROL_SOCKET_NAME, strerror(fault));
}

static int wait_for(int fd, short events, int64_t until_ms)
{
    struct pollfd watch = {fd, events, 0};
    int64_t left = until_ms - monotonic_ms();
    while (left > 0) {
        int ready = poll(&watch, 1, (int)left);
        if (ready > 0)
            return 0;
        if (ready == 0 || errno != EINTR)
            break;
        left = until_ms - monotonic_ms();
    }
    return -1;
}

static int read_more(struct control_link *link, struct error *err)
{
    size_t room = sizeof link->input - link->input_length;
    if (room == 0)
        return error_set(err, ERROR_INPUT, "the soak sent a line of more than %d bytes",
                         CONTROL_NOTICE_MAX);
    ssize_t got = recv(link->fd, link->input + link->input_length, room, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (got <= 0)
        return error_set(err, ERROR_IO, "the connection to the soak has ended");
    link->input_length += (size_t)got;
    return 1;
}

static int take_proposal(struct control_link *link, size_t length, struct error *err)
{
    struct proposal proposal;
    int waits = control_proposal_read(&proposal, link->input, length, link->params, err);
    if (waits < 0)
        return -1;
    link->proposal = proposal;
    return 0;
}

int control_link_take(struct control_link *link, struct control_notice *notice, struct error *err)
{
    char *newline = memchr(link->input, '\n', link->input_length);
    if (!newline)
        return 0;
    size_t length = (size_t)(newline - link->input);
    int status = control_notice_read(notice, link->input, length, err);
    if (status == 0 && notice->kind == CONTROL_PROPOSAL && link->params)
        status = take_proposal(link, length, err);
    link->input_length -= length + 1;
    memmove(link->input, newline + 1, link->input_length);
    if (status != 0)
        return -1;
    if (notice->kind == CONTROL_STATE)
        link->state = *notice;
    return 1;
}

int control_link_next(struct control_link *link, struct control_notice *notice, struct error *err)
{
    int taken = control_link_take(link, notice, err);
    while (taken == 0) {
        int more = read_more(link, err);
        if (more <= 0)
            return more;
        taken = control_link_take(link, notice, err);
    }
    return taken;
}

/* The next line, at most until UNTIL_MS. */
static int await_next(struct control_link *link, struct control_notice *notice, int64_t until_ms,
                      struct error *err)
{
    for (;;) {
        int taken = control_link_next(link, notice, err);
        if (taken != 0)
            return taken;
        if (wait_for(link->fd, POLLIN, until_ms) != 0)
            return error_set(err, ERROR_IO, "the soak gives no answer");
    }
}

static int greet(struct control_link *link, struct error *err)
{
    int64_t until = monotonic_ms() + GREETING_MS;
    struct control_notice notice;
    if (await_next(link, &link->hello, until, err) < 0)
        return -1;
    if (link->hello.kind == CONTROL_REPLY)
        return error_set(err, ERROR_REFUSED, "%s", link->hello.text);
    if (link->hello.kind != CONTROL_HELLO || link->hello.protocol != CONTROL_PROTOCOL)
        return error_set(err, ERROR_USAGE,
                         "the soak is run by soaktop %s, which speaks protocol %d, this one %s, "
                         "which speaks %d: use the same version for both",
                         link->hello.version, link->hello.protocol, PACKAGE_VERSION,
                         CONTROL_PROTOCOL);
    do
        if (await_next(link, &notice, until, err) < 0)
            return -1;
    while (notice.kind != CONTROL_STATE);
    return 0;
}

struct control_link *control_link_open(const struct rundir *dir, struct error *err)
{
    int fd = connect_to(dir, err);
    if (fd < 0)
        return NULL;
    struct control_link *link = mem_alloc(sizeof *link);
    link->fd = fd;
    if (greet(link, err) == 0)
        return link;
    control_link_close(link);
    return NULL;
}

void control_link_close(struct control_link *link)
{
    if (!link)
        return;
    close(link->fd);
    buffer_fini(&link->output);
    free(link);
}

const struct control_notice *control_link_hello(const struct control_link *link)
{
    return &link->hello;
}

const struct control_notice *control_link_state(const struct control_link *link)
{
    return &link->state;
}

int control_link_fd(const struct control_link *link)
{
    return link->fd;
}

const struct proposal *control_link_proposal(const struct control_link *link)
{
    return link->proposal.iteration > 0 ? &link->proposal : NULL;
}

short control_link_events(const struct control_link *link)
{
    return (short)(POLLIN | (link->output.length > 0 ? POLLOUT : 0));
}

/* Less than there is, if there is no room: the next call goes on. */
int control_link_read(struct control_link *link, struct error *err)
{
    int more = 1;
    while (more > 0 && link->input_length < sizeof link->input)
        more = read_more(link, err);
    return more < 0 ? -1 : 0;
}

void control_link_put(struct control_link *link, const struct control_request *request)
{
    char *line = control_request_text(request);
    buffer_puts(&link->output, line);
    free(line);
}

int control_link_flush(struct control_link *link, struct error *err)
{
    struct buffer *output = &link->output;
    while (output->length > 0) {
        ssize_t sent = send(link->fd, output->text, output->length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno == EAGAIN)
            return 0;
        if (sent < 0)
            return error_set(err, ERROR_IO, "the connection to the soak has ended");
        output->length -= (size_t)sent;
        memmove(output->text, output->text + sent, output->length);
    }
    return 0;
}

int control_link_send(struct control_link *link, const struct control_request *request,
                      struct error *err)
{
    char *line = control_request_text(request);
    size_t length = strlen(line), done = 0;
    int64_t until = monotonic_ms() + SEND_MS;
    while (done < length) {
        ssize_t sent = send(link->fd, line + done, length - done, MSG_NOSIGNAL);
        if (sent > 0)
            done += (size_t)sent;
        else if ((errno != EAGAIN && errno != EINTR) || wait_for(link->fd, POLLOUT, until) != 0)
            break;
    }
    free(line);
    return done == length ? 0 : error_set(err, ERROR_IO, "the soak takes no request");
}

int control_link_ask(struct control_link *link, struct control_request *request, int limit_ms,
                     char *text, size_t size, struct error *err)
{
    struct control_notice notice = {0};
    int64_t until = monotonic_ms() + limit_ms;
    request->id = ++link->asked;
    if (control_link_send(link, request, err) != 0)
        return -1;
    do
        if (await_next(link, &notice, until, err) < 0)
            return -1;
    while (notice.kind != CONTROL_REPLY || notice.id != request->id);
    if (!notice.ok)
        return error_set(err, ERROR_REFUSED, "%s", notice.text);
    snprintf(text, size, "%s", notice.text);
    return 0;
}

int control_link_attach(struct control_link *link, const struct param_table *params,
                        struct error *err)
{
    struct control_request request = {.op = "attach", .value = value_missing()};
    char text[sizeof((struct control_notice *)0)->text];
    struct error why = ERROR_INIT;
    link->params = params;
    if (control_link_ask(link, &request, GREETING_MS, text, sizeof text, &why) == 0)
        return 0;
    if (why.code == ERROR_REFUSED)
        return error_set(err, ERROR_USAGE,
                         "the soak is run by soaktop %s, which cannot be attached to; this is %s: "
                         "use the same version for both",
                         link->hello.version, PACKAGE_VERSION);
    return error_set(err, why.code, "%s", why.text);
}
