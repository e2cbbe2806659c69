/* control_client: one connection to the control socket, on the soak's side: whole lines in, lines
 * out, both bounded. The control socket's thread. */
#ifndef SOAKTOP_ENGINE_CONTROL_CLIENT_H
#define SOAKTOP_ENGINE_CONTROL_CLIENT_H

#include "artifact/control_json.h"
#include "model/mem.h"

struct control_client {
    int fd;          /* -1: free */
    unsigned number; /* never used twice */
    char actor[96];  /* "user@host", or "user@host:pts/3" on a terminal: by the kernel's word */
    bool attached;   /* hears the proposal too */
    char input[CONTROL_LINE_MAX + 1];
    size_t input_length;
    struct buffer output;
    size_t written; /* of OUTPUT */
    bool leaving;   /* nothing more is read; closed once OUTPUT is written */
};

/* Takes over FD (non-blocking). */
void control_client_open(struct control_client *client, int fd, unsigned number);
/* The place is free again; output that waits is lost. */
void control_client_close(struct control_client *client);

void control_client_say(struct control_client *client, const struct control_notice *notice);
/* LINE with its newline, freed here. */
void control_client_say_take(struct control_client *client, char *line);
void control_client_reply(struct control_client *client, unsigned id, bool ok, const char *text);

/* Reads what has come and calls SERVE for each whole line; closes if the other end has gone. */
typedef void control_client_serve(void *context, struct control_client *client, const char *line,
                                  size_t length);
void control_client_hear(struct control_client *client, control_client_serve *serve, void *context);
/* Writes what the other end takes; closes if it has gone, reads too slowly, or is LEAVING and has
 * read all. */
void control_client_speak(struct control_client *client);

#endif
