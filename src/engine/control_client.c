/* control_client: see control_client.h. */
#include "config.h"

#include "engine/control_client.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { OUTPUT_MAX = 256 * 1024 /* that a client leaves unread before it is let go */ };

void control_client_say(struct control_client *client, const struct control_notice *notice)
{
    char *line = control_notice_text(notice);
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

/* Who is at the other end, as the kernel knows it. */
static void name_peer(int fd, char *actor, size_t size)
{
    char host[65] = "", text[1024];
    struct ucred peer = {.uid = (uid_t)-1};
    socklen_t length = sizeof peer;
    struct passwd entry, *found = NULL;
    gethostname(host, sizeof host - 1);
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0)
        getpwuid_r(peer.uid, &entry, text, sizeof text, &found);
    if (found)
        snprintf(actor, size, "%.28s@%.64s", entry.pw_name, host);
    else
        snprintf(actor, size, "uid%lu@%.64s", (unsigned long)peer.uid, host);
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
