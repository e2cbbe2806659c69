/* control: see control.h. The thread waits in one poll for the listening socket, its clients
 * and a bell. What the engine tells is noted by its own thread, under the mutex, and said by ours.
 */
#include "config.h"

#include "engine/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "artifact/control_json.h"
#include "artifact/control_proposal.h"
#include "artifact/realclock.h"
#include "engine/control_client.h"
#include "engine/control_request.h"
#include "engine/wake.h"
#include "model/mem.h"

enum {
    CLIENTS_MAX = 16,
    BATCHES = 1 << 16,
    FAREWELL_MS = 500 /* for the last lines at the end */
};

/* A line to be said, to client NUMBER or (0) to all. */
struct news {
    unsigned number;
    struct control_notice notice;
};

struct control {
    pthread_t thread;
    int listen_fd, dir_fd, bell_fd;
    atomic_bool ending;
    struct inbox *inbox;
    struct outbox *outbox;
    const struct param_table *params;
    unsigned next_number;
    struct control_client client[CLIENTS_MAX];
    /* of the engine's thread too */
    pthread_mutex_t mutex;
    struct control_notice hello, state;
    bool state_changed, proposal_changed;
    struct proposal proposal; /* iteration 0: none waits */
    size_t news_count, news_capacity;
    struct news *news; /* owned */
};

static void say_all(struct control *control, const struct control_notice *notice)
{
    for (int i = 0; i < CLIENTS_MAX; i++)
        if (control->client[i].fd >= 0 && !control->client[i].leaving)
            control_client_say(&control->client[i], notice);
}

static struct control_client *free_place(struct control *control)
{
    for (int i = 0; i < CLIENTS_MAX; i++)
        if (control->client[i].fd < 0)
            return &control->client[i];
    return NULL;
}

static void turn_away(int fd)
{
    struct control_notice notice = {.kind = CONTROL_REPLY};
    snprintf(notice.text, sizeof notice.text, "%d others are attached already: try again later",
             CLIENTS_MAX);
    char *line = control_notice_text(&notice);
    /* Who does not even take one line gets none. */
    if (send(fd, line, strlen(line), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        errno = 0;
    free(line);
    close(fd);
}

static void say_state(struct control *control, struct control_client *client)
{
    pthread_mutex_lock(&control->mutex);
    control_client_say(client, &control->state);
    pthread_mutex_unlock(&control->mutex);
}

/* The mutex is held. */
static char *proposal_line(const struct control *control)
{
    const struct proposal *proposal = &control->proposal;
    return control_proposal_text(proposal->iteration > 0 ? proposal : NULL, control->params);
}

/* From now on it hears the proposal too, each time that it changes. */
static void attach(struct control *control, struct control_client *client)
{
    client->attached = true;
    pthread_mutex_lock(&control->mutex);
    char *line = proposal_line(control);
    control_client_say(client, &control->state);
    pthread_mutex_unlock(&control->mutex);
    control_client_say_take(client, line);
}

static void welcome(struct control *control)
{
    int fd = accept4(control->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    struct control_client *client = free_place(control);
    if (!client) {
        turn_away(fd);
        return;
    }
    control_client_open(client, fd, ++control->next_number);
    pthread_mutex_lock(&control->mutex);
    struct control_notice hello = control->hello;
    pthread_mutex_unlock(&control->mutex);
    snprintf(hello.you, sizeof hello.you, "%s", client->actor);
    control_client_say(client, &hello);
    say_state(control, client);
}

static void serve(void *context, struct control_client *client, const char *line, size_t length)
{
    struct control *control = context;
    struct error err = ERROR_INIT;
    struct control_request request;
    struct command command;
    bool read = control_request_read(&request, line, length, &err) == 0;
    bool attaches = read && strcmp(request.op, "attach") == 0;
    if (attaches || (read && strcmp(request.op, "status") == 0)) {
        if (attaches)
            attach(control, client);
        else
            say_state(control, client);
        control_client_reply(client, request.id, true, "");
        return;
    }
    if (!read || control_request_command(&request, &command, &err) != 0) {
        control_client_reply(client, request.id, false, err.text);
        return;
    }
    if (command.batch != 0) /* of this client's, whatever numbers others give theirs */
        command.batch = client->number * BATCHES + command.batch % BATCHES;
    command.id = request.id;
    command.client = client->number;
    snprintf(command.actor, sizeof command.actor, "%s", client->actor);
    if (inbox_post(control->inbox, &command) != 0)
        control_client_reply(client, request.id, false, "the engine is busy: try again");
}

/* The mutex is held. */
static void note_news(struct control *control, unsigned number, const struct control_notice *notice)
{
    if (control->news_count == control->news_capacity) {
        control->news_capacity = control->news_capacity ? 2 * control->news_capacity : 8;
        control->news = mem_resize(control->news, control->news_capacity, sizeof *control->news);
    }
    control->news[control->news_count++] = (struct news){number, *notice};
}

static void note_reply(struct control *control, const struct message *message)
{
    struct control_notice notice = {
        .kind = CONTROL_REPLY, .id = message->command_id, .ok = message->ok};
    snprintf(notice.text, sizeof notice.text, "%s", message->text ? message->text : "");
    note_news(control, message->client, &notice);
}

static void note_gate(struct control *control, const struct message *message)
{
    struct control_notice notice = {.kind = CONTROL_GATE_PROGRESS,
                                    .strict = message->gate_strict,
                                    .step = message->step,
                                    .done = (int)message->done,
                                    .total = (int)message->total};
    if (message->kind == MESSAGE_GATE_RESULT) {
        const struct gate_result *gate = message->gate;
        bool reasons = gate && gate->judgement.reason_count > 0;
        notice.kind = CONTROL_GATE;
        notice.verdict = gate ? gate->judgement.verdict : VERDICT_NONE;
        notice.exit_status = gate ? gate->exit_status : error_exit_status(message->error.code);
        snprintf(notice.text, sizeof notice.text, "%s",
                 reasons ? gate->judgement.reason[0] : message->error.text);
    }
    note_news(control, 0, &notice);
}

static void note_manifest(struct control *control, const struct run *run)
{
    struct control_notice *hello = &control->hello, *state = &control->state;
    snprintf(hello->run_id, sizeof hello->run_id, "%s", run->id);
    snprintf(hello->directory, sizeof hello->directory, "%s", run->directory);
    state->mode = run->mode;
    state->planned = run->planned;
    state->interval_s = run->interval_s;
}

static void note_proposal(struct control *control, const struct message *message)
{
    control->proposal_changed = true;
    if (message->has_pending)
        control->proposal = *message->proposal;
    else
        control->proposal.iteration = 0;
}

static int64_t now_ms(void)
{
    const struct clock clock = clock_real();
    return clock_now(&clock);
}

/* Takes from MESSAGE what the state line says; false: nothing. */
static bool note_state(struct control *control, const struct message *message)
{
    struct control_notice *state = &control->state;
    switch (message->kind) {
    case MESSAGE_MANIFEST:
        note_manifest(control, message->manifest);
        return true;
    case MESSAGE_STATE:
        if (state->state != message->state || state->since_ms == UTC_NONE)
            state->since_ms = now_ms();
        state->state = message->state;
        state->current = message->current;
        state->next_ms = message->next_ms;
        return true;
    case MESSAGE_PROPOSAL:
        state->pending = message->has_pending ? message->proposal->iteration : 0;
        note_proposal(control, message);
        return true;
    case MESSAGE_ITERATION:
        if (message->iteration->number <= state->recorded)
            return false;
        state->recorded = message->iteration->number;
        return true;
    default:
        return false;
    }
}

/* In the thread that posts; the outbox is locked. */
static bool listen_in(void *context, const struct message *message)
{
    struct control *control = context;
    bool replied = message->kind == MESSAGE_REPLY && message->client != 0;
    bool gate = message->kind == MESSAGE_GATE_PROGRESS || message->kind == MESSAGE_GATE_RESULT;
    pthread_mutex_lock(&control->mutex);
    bool state = note_state(control, message);
    control->state_changed |= state;
    if (replied)
        note_reply(control, message);
    else if (gate)
        note_gate(control, message);
    pthread_mutex_unlock(&control->mutex);
    if (state || replied || gate)
        wake_ring(control->bell_fd);
    return replied;
}

/* The proposal as it stands now, to those that attached. The mutex is held. */
static void say_proposal(struct control *control)
{
    char *line = NULL;
    for (int i = 0; i < CLIENTS_MAX && control->proposal_changed; i++) {
        struct control_client *client = &control->client[i];
        if (client->fd < 0 || client->leaving || !client->attached)
            continue;
        if (!line)
            line = proposal_line(control);
        control_client_say_take(client, mem_strdup(line));
    }
    control->proposal_changed = false;
    free(line);
}

static void say_news(struct control *control)
{
    pthread_mutex_lock(&control->mutex);
    say_proposal(control);
    if (control->state_changed)
        say_all(control, &control->state);
    control->state_changed = false;
    for (size_t i = 0; i < control->news_count; i++) {
        const struct news *news = &control->news[i];
        for (int k = 0; k < CLIENTS_MAX; k++) {
            struct control_client *client = &control->client[k];
            if (client->fd >= 0 && !client->leaving &&
                (news->number == 0 || news->number == client->number))
                control_client_say(client, &news->notice);
        }
    }
    control->news_count = 0;
    pthread_mutex_unlock(&control->mutex);
}

/* Waits until something happens, or until DEADLINE (-1: for ever), and serves it. */
static void turn(struct control *control, int timeout_ms)
{
    enum { WATCH_BELL, WATCH_LISTEN, WATCH_CLIENTS };
    struct pollfd watch[WATCH_CLIENTS + CLIENTS_MAX] = {
        [WATCH_BELL] = {control->bell_fd, POLLIN, 0},
        [WATCH_LISTEN] = {atomic_load(&control->ending) ? -1 : control->listen_fd, POLLIN, 0}};
    for (int i = 0; i < CLIENTS_MAX; i++) {
        const struct control_client *client = &control->client[i];
        short events = (short)(client->leaving ? 0 : POLLIN);
        events = (short)(events | (client->output.length > client->written ? POLLOUT : 0));
        watch[WATCH_CLIENTS + i] = (struct pollfd){client->fd, events, 0};
    }
    if (poll(watch, WATCH_CLIENTS + CLIENTS_MAX, timeout_ms) < 0)
        return;
    if (watch[WATCH_BELL].revents)
        wake_clear(control->bell_fd);
    for (int i = 0; i < CLIENTS_MAX; i++) {
        struct control_client *client = &control->client[i];
        short happened = watch[WATCH_CLIENTS + i].revents;
        if (client->fd >= 0 && !client->leaving && happened & (POLLIN | POLLHUP | POLLERR))
            control_client_hear(client, serve, control);
        else if (client->fd >= 0 && happened & (POLLHUP | POLLERR))
            control_client_close(client);
    }
    say_news(control);
    if (watch[WATCH_LISTEN].revents)
        welcome(control);
    for (int i = 0; i < CLIENTS_MAX; i++)
        if (control->client[i].fd >= 0)
            control_client_speak(&control->client[i]);
}

static bool all_told(const struct control *control)
{
    for (int i = 0; i < CLIENTS_MAX; i++)
        if (control->client[i].fd >= 0)
            return false;
    return true;
}

/* The last messages, and a little time to read them. */
static void say_farewell(struct control *control)
{
    struct control_notice end = {.kind = CONTROL_END};
    int64_t until = monotonic_ms() + FAREWELL_MS;
    say_news(control);
    say_all(control, &end);
    for (int i = 0; i < CLIENTS_MAX; i++)
        control->client[i].leaving = true;
    do
        turn(control, 10);
    while (!all_told(control) && monotonic_ms() < until);
}

static void *control_main(void *context)
{
    struct control *control = context;
    while (!atomic_load(&control->ending))
        turn(control, -1);
    say_farewell(control);
    return NULL;
}

/* The way to NAME below DIR_FD, however long the path of that directory is. */
static void fill_address(struct sockaddr_un *address, int dir_fd)
{
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s", dir_fd,
             CONTROL_SOCKET_NAME);
}

static int remove_old(const struct rundir *dir, struct error *err)
{
    struct stat status;
    if (fstatat(dir->fd, CONTROL_SOCKET_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return 0;
    if (!S_ISSOCK(status.st_mode))
        return error_set(err, ERROR_IO, "%s/%s is no socket: remove it", dir->path,
                         CONTROL_SOCKET_NAME);
    unlinkat(dir->fd, CONTROL_SOCKET_NAME, 0);
    return 0;
}

/* Nobody can connect before it listens, and it listens only once it is 0600. */
static int open_socket(struct control *control, const struct rundir *dir, struct error *err)
{
    struct sockaddr_un address;
    if (remove_old(dir, err) != 0)
        return -1;
    fill_address(&address, dir->fd);
    control->dir_fd = fcntl(dir->fd, F_DUPFD_CLOEXEC, 0);
    control->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (control->dir_fd < 0 || control->listen_fd < 0 ||
        bind(control->listen_fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        fchmodat(dir->fd, CONTROL_SOCKET_NAME, 0600, 0) != 0 ||
        listen(control->listen_fd, CLIENTS_MAX) != 0)
        return error_set(err, ERROR_IO, "%s/%s cannot be made: %s", dir->path, CONTROL_SOCKET_NAME,
                         strerror(errno));
    return 0;
}

static void control_free(struct control *control)
{
    outbox_listen(control->outbox, NULL, NULL);
    for (int i = 0; i < CLIENTS_MAX; i++)
        control_client_close(&control->client[i]);
    if (control->listen_fd >= 0)
        close(control->listen_fd);
    if (control->dir_fd >= 0)
        close(control->dir_fd);
    if (control->bell_fd >= 0)
        close(control->bell_fd);
    pthread_mutex_destroy(&control->mutex);
    free(control->news);
    free(control);
}

static struct control *control_new(const struct rundir *dir, const struct param_table *params,
                                   struct inbox *inbox, struct outbox *outbox, struct error *err)
{
    struct control *control = mem_alloc(sizeof *control);
    control->listen_fd = control->dir_fd = control->bell_fd = -1;
    control->inbox = inbox;
    control->outbox = outbox;
    control->params = params;
    for (int i = 0; i < CLIENTS_MAX; i++)
        control->client[i].fd = -1;
    control->hello = (struct control_notice){
        .kind = CONTROL_HELLO, .protocol = CONTROL_PROTOCOL, .pid = (int)getpid()};
    snprintf(control->hello.version, sizeof control->hello.version, "%s", PACKAGE_VERSION);
    control->state = (struct control_notice){
        .kind = CONTROL_STATE, .next_ms = UTC_NONE, .since_ms = UTC_NONE};
    pthread_mutex_init(&control->mutex, NULL);
    control->bell_fd = wake_open(err);
    if (control->bell_fd >= 0 && open_socket(control, dir, err) == 0)
        return control;
    control_free(control);
    return NULL;
}

struct control *control_start(const struct rundir *dir, const struct param_table *params,
                              struct inbox *inbox, struct outbox *outbox, struct error *err)
{
    sigset_t all, before;
    struct control *control = control_new(dir, params, inbox, outbox, err);
    if (!control)
        return NULL;
    outbox_listen(outbox, listen_in, control);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int fault = pthread_create(&control->thread, NULL, control_main, control);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (fault == 0)
        return control;
    error_set(err, ERROR_IO, "the control socket's thread cannot be started: %s", strerror(fault));
    unlinkat(control->dir_fd, CONTROL_SOCKET_NAME, 0);
    control_free(control);
    return NULL;
}

void control_stop(struct control *control)
{
    if (!control)
        return;
    atomic_store(&control->ending, true);
    wake_ring(control->bell_fd);
    pthread_join(control->thread, NULL);
    unlinkat(control->dir_fd, CONTROL_SOCKET_NAME, 0);
    control_free(control);
}
