/* control_client: see control_client.h. */
#include "config.h"

#include "engine/control_client.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { OUTPUT_MAX = 256 * 1024 /* that a client leaves unread before it is let go */ };

void control_client_say(struct control_client *client, const struct control_notice *notice)
{
    control_client_say_take(client, control_notice_text(notice));
}

void control_client_say_take(struct control_client *client, char *line)
{
    buffer_puts(&client->output, line);
    free(line);
}

void control_client_reply(struct control_client *client, unsigned id, bool ok, const char *text)
{
    struct control_notice notice = {.kind = CONTROL_REPLY, .id = id, .ok = ok};
    snprintf(notice.text, sizeof notice.text, "%s", text);
    control_client_say(client, &notice);
}

void control_client_close(struct control_client *client)
{
    if (client->fd >= 0)
        close(client->fd);
    buffer_fini(&client->output);
    memset(client, 0, sizeof *client);
    client->fd = -1;
}

/* ":pts/3", the controlling terminal of process PID, so that two dashboards of one user can be told
 * apart; "" without one. */
static void name_terminal(pid_t pid, char *text, size_t size)
{
    enum { TTY_MAJOR = 4, PTS_FIRST = 136, PTS_LAST = 143 };
    char path[40], line[512] = "";
    unsigned device = 0;
    text[0] = '\0';
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, line, sizeof line - 1);
    if (fd >= 0)
        close(fd);
    const char *after = got > 0 ? strrchr(line, ')') : NULL; /* the name may hold anything */
    if (!after || sscanf(after, ") %*c %*d %*d %*d %u", &device) != 1)
        return;
    unsigned group = major(device), number = minor(device);
    if (group >= PTS_FIRST && group <= PTS_LAST)
        snprintf(text, size, ":pts/%u", (group - PTS_FIRST) * 256 + number);
    else if (group == TTY_MAJOR)
        snprintf(text, size, ":tty%u", number);
}

/* Who is at the other end, as the kernel knows it. */
static void name_peer(int fd, char *actor, size_t size)
{
    char host[65] = "", text[1024], terminal[24] = "";
    struct ucred peer = {.uid = (uid_t)-1};
    socklen_t length = sizeof peer;
    struct passwd entry, *found = NULL;
    gethostname(host, sizeof host - 1);
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0)
        getpwuid_r(peer.uid, &entry, text, sizeof text, &found);
    if (peer.pid > 0)
        name_terminal(peer.pid, terminal, sizeof terminal);
    if (found)
        snprintf(actor, size, "%.24s@%.40s%.20s", entry.pw_name, host, terminal);
    else
        snprintf(actor, size, "uid%lu@%.40s%.20s", (unsigned long)peer.uid, host, terminal);
}

void control_client_open(struct control_client *client, int fd, unsigned number)
{
    client->fd = fd;
    client->number = number;
    name_peer(fd, client->actor, sizeof client->actor);
}

/* Whole lines of what has arrived. */
static void take_lines(struct control_client *client, control_client_serve *serve, void *context)
{
    char *start = client->input, *newline;
    size_t left = client->input_length;
    while (!client->leaving && (newline = memchr(start, '\n', left)) != NULL) {
        size_t length = (size_t)(newline - start);
        if (length > 0)
            serve(context, client, start, length);
        left -= length + 1;
        start = newline + 1;
    }
    memmove(client->input, start, left);
    client->input_length = left;
    if (left == sizeof client->input) {
        control_client_reply(client, 0, false, "a line is too long: the connection ends");
        client->leaving = true;
    }
}

void control_client_hear(struct control_client *client, control_client_serve *serve, void *context)
{
    size_t room = sizeof client->input - client->input_length;
    ssize_t got = recv(client->fd, client->input + client->input_length, room, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        control_client_close(client);
        return;
    }
    client->input_length += (size_t)got;
    take_lines(client, serve, context);
}

/* Writes what the client takes; lets it go if it has gone, or reads too slowly. */
void control_client_speak(struct control_client *client)
{
    while (client->written < client->output.length) {
        ssize_t done = send(client->fd, client->output.text + client->written,
                            client->output.length - client->written, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0 && errno == EAGAIN)
            break;
        if (done < 0) {
            control_client_close(client);
            return;
        }
        client->written += (size_t)done;
    }
    if (client->written == client->output.length) {
        buffer_reset(&client->output);
        client->written = 0;
        if (client->leaving)
            control_client_close(client);
    } else if (client->output.length - client->written > OUTPUT_MAX) {
        control_client_close(client);
    }
}
