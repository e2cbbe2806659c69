/* The control socket: requests come in as commands, each reply finds its sender, all hear the
 * state; slow, stuck, greedy and foreign clients harm nobody. */
#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine/control.h"
#include "engine/control_link.h"
#include "engine/control_request.h"
#include "model/mem.h"
#include "sandbox.h"
#include "suites.h"

static const struct param_table params;

struct scene {
    struct root root;
    struct rundir dir;
    struct inbox *inbox;
    struct outbox *outbox;
    struct control *control;
};

static void scene_open(struct scene *scene)
{
    struct error err = ERROR_INIT;
    ck_assert_int_eq(root_open(&scene->root, "a", ROOT_CREATE, &err), 0);
    ck_assert_int_eq(rundir_open_latest(&scene->dir, &scene->root, ROOT_CREATE, &err), 0);
    scene->inbox = inbox_new(&err);
    scene->outbox = outbox_new(&err);
    scene->control = control_start(&scene->dir, &params, scene->inbox, scene->outbox, &err);
    ck_assert_msg(scene->control != NULL, "%s", err.text);
}

static void scene_close(struct scene *scene)
{
    control_stop(scene->control);
    inbox_free(scene->inbox);
    outbox_free(scene->outbox);
    rundir_close(&scene->dir);
    root_close(&scene->root);
}

static struct control_link *join_soak(struct scene *scene)
{
    struct error err = ERROR_INIT;
    struct control_link *link = control_link_open(&scene->dir, &err);
    ck_assert_msg(link != NULL, "%s", err.text);
    return link;
}

static void post_state_of(struct scene *scene, enum run_state state, int current)
{
    struct message *message = message_new(MESSAGE_STATE);
    message->state = state;
    message->current = current;
    outbox_post_take(scene->outbox, message);
}

/* The next notice, whatever it is; fails after five seconds. */
static struct control_notice heard(struct control_link *link)
{
    struct error err = ERROR_INIT;
    struct control_notice notice;
    for (;;) {
        int taken = control_link_next(link, &notice, &err);
        ck_assert_msg(taken >= 0, "%s", err.text);
        if (taken == 1)
            return notice;
        struct pollfd watch = {control_link_fd(link), POLLIN, 0};
        ck_assert_int_eq(poll(&watch, 1, 5000), 1);
    }
}

static struct command taken(struct scene *scene)
{
    struct command command;
    struct pollfd watch = {inbox_fd(scene->inbox), POLLIN, 0};
    ck_assert_int_eq(poll(&watch, 1, 5000), 1);
    ck_assert(inbox_next(scene->inbox, &command));
    return command;
}

static void answer(struct scene *scene, const struct command *command, bool ok, const char *text)
{
    struct message *message = message_new(MESSAGE_REPLY);
    message->command_id = command->id;
    message->client = command->client;
    message->ok = ok;
    message->text = mem_strdup(text);
    outbox_post_take(scene->outbox, message);
}

static void send_request(struct control_link *link, const char *op, unsigned id)
{
    struct error err = ERROR_INIT;
    struct control_request request = {.id = id, .value = value_missing()};
    snprintf(request.op, sizeof request.op, "%s", op);
    ck_assert_int_eq(control_link_send(link, &request, &err), 0);
}

/* A bare connection, for what control_link would never send. */
static int raw_join(struct scene *scene)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/control.sock",
             scene->dir.fd);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

/* Reads lines of FD until one holds TEXT; false if the connection ends first. */
static bool raw_hears(int fd, const char *text)
{
    char line[8192];
    size_t length = 0;
    while (read(fd, line + length, 1) == 1) {
        if (line[length] != '\n') {
            length += length < sizeof line - 1;
            continue;
        }
        line[length] = '\0';
        if (strstr(line, text))
            return true;
        length = 0;
    }
    return false;
}

START_TEST(the_socket_is_for_its_owner_alone)
{
    struct scene scene;
    struct stat status;
    scene_open(&scene);
    ck_assert_int_eq(fstatat(scene.dir.fd, "control.sock", &status, 0), 0);
    ck_assert(S_ISSOCK(status.st_mode));
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    scene_close(&scene);
    ck_assert_int_eq(access("a/soak/latest/control.sock", F_OK), -1);
}
END_TEST

START_TEST(a_client_hears_who_it_is_and_every_state)
{
    struct scene scene;
    scene_open(&scene);
    post_state_of(&scene, RUN_SLEEPING, 0);
    struct control_link *link = join_soak(&scene);
    ck_assert_int_eq(control_link_hello(link)->protocol, CONTROL_PROTOCOL);
    ck_assert_int_eq(control_link_hello(link)->pid, getpid());
    ck_assert_int_eq(control_link_state(link)->state, RUN_SLEEPING);
    post_state_of(&scene, RUN_RUNNING, 7);
    struct control_notice notice = heard(link);
    ck_assert_int_eq(notice.kind, CONTROL_STATE);
    ck_assert_int_eq(notice.state, RUN_RUNNING);
    ck_assert_int_eq(notice.current, 7);
    control_link_close(link);
    scene_close(&scene);
}
END_TEST

START_TEST(what_was_told_before_is_known_too)
{
    struct scene scene;
    struct error err = ERROR_INIT;
    scene_open(&scene);
    control_stop(scene.control);
    struct message *message = message_new(MESSAGE_MANIFEST);
    message->manifest = mem_alloc(sizeof *message->manifest);
    run_init(message->manifest);
    snprintf(message->manifest->id, sizeof message->manifest->id, "run-7");
    message->manifest->planned = 36;
    message->manifest->mode = APPROVE_MANUAL;
    outbox_post_take(scene.outbox, message);
    scene.control = control_start(&scene.dir, &params, scene.inbox, scene.outbox, &err);
    struct control_link *link = join_soak(&scene);
    ck_assert_str_eq(control_link_hello(link)->run_id, "run-7");
    ck_assert_int_eq(control_link_state(link)->planned, 36);
    ck_assert_int_eq(control_link_state(link)->mode, APPROVE_MANUAL);
    control_link_close(link);
    scene_close(&scene);
}
END_TEST

START_TEST(a_reply_finds_its_sender_and_nobody_else)
{
    struct scene scene;
    scene_open(&scene);
    struct control_link *one = join_soak(&scene), *two = join_soak(&scene);
    send_request(one, "pause", 5);
    struct command first = taken(&scene);
    send_request(two, "pause", 5);
    struct command second = taken(&scene);
    ck_assert_int_eq(first.kind, COMMAND_PAUSE);
    ck_assert_uint_ne(first.client, 0);
    ck_assert_uint_ne(first.client, second.client);
    ck_assert_ptr_nonnull(strchr(first.actor, '@'));
    answer(&scene, &second, false, "the soak is paused already");
    answer(&scene, &first, true, "the soak pauses");
    struct control_notice notice = heard(one);
    ck_assert_uint_eq(notice.id, 5);
    ck_assert(notice.ok);
    ck_assert_str_eq(notice.text, "the soak pauses");
    notice = heard(two);
    ck_assert(!notice.ok);
    ck_assert_str_eq(notice.text, "the soak is paused already");
    ck_assert_ptr_null(outbox_next(scene.outbox));
    control_link_close(one);
    control_link_close(two);
    scene_close(&scene);
}
END_TEST

START_TEST(the_front_ends_own_replies_stay_its_own)
{
    struct scene scene;
    struct command command = {.id = 3};
    scene_open(&scene);
    answer(&scene, &command, true, "done");
    struct message *message = outbox_next(scene.outbox);
    ck_assert_ptr_nonnull(message);
    ck_assert_uint_eq(message->command_id, 3);
    message_free(message);
    scene_close(&scene);
}
END_TEST

/* What is wrong, and what the refusal says of it. */
static const struct {
    const char *line, *says;
} wrong[] = {
    {"pause\n", "control"},
    {"[]\n", "object"},
    {"{\"id\":1}\n", "op"},
    {"{\"id\":1,\"op\":7}\n", "op"},
    {"{\"id\":\"x\",\"op\":\"pause\"}\n", "id"},
    {"{\"id\":1,\"op\":\"explode\"}\n", "there is no op \\\"explode\\\""},
    {"{\"id\":1,\"op\":\"approve\"}\n", "iteration"},
    {"{\"id\":1,\"op\":\"edit\",\"iteration\":3,\"name\":\"a\"}\n", "value"},
    {"{\"id\":1,\"op\":\"edit\",\"iteration\":3,\"value\":5}\n", "name"},
    {"{\"id\":1,\"op\":\"edit\",\"iteration\":3,\"name\":\"a\",\"value\":NaN}\n", "control"},
    {"{\"id\":1,\"op\":\"gate\",\"word\":\"soft\"}\n", "soft"},
    {"{\"id\":1,\"op\":\"mode\",\"word\":\"wild\"}\n", "wild"},
    {"{\"id\":1,\"op\":\"pause\",\"name\":\"a-name-that-is-longer-than-any-parameter-may-have\"}\n",
     "name"},
};

START_TEST(a_wrong_request_is_refused_and_the_connection_stays)
{
    struct scene scene;
    struct command command;
    scene_open(&scene);
    int fd = raw_join(&scene);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_int_eq(write(fd, wrong[i].line, strlen(wrong[i].line)),
                         (ssize_t)strlen(wrong[i].line));
        ck_assert_msg(raw_hears(fd, wrong[i].says), "%s", wrong[i].line);
        ck_assert(!inbox_next(scene.inbox, &command));
    }
    ck_assert_int_eq(write(fd, "{\"op\":\"ne", 9), 9);
    ck_assert_int_eq(write(fd, "xt\",\"id\":2}\n\n", 13), 13);
    ck_assert_int_eq(taken(&scene).kind, COMMAND_NEXT);
    close(fd);
    scene_close(&scene);
}
END_TEST

START_TEST(a_line_without_end_ends_only_its_own_connection)
{
    struct scene scene;
    char much[CONTROL_LINE_MAX + 1];
    scene_open(&scene);
    struct control_link *other = join_soak(&scene);
    int fd = raw_join(&scene);
    memset(much, 'x', sizeof much);
    ck_assert_int_eq(write(fd, much, sizeof much), (ssize_t)sizeof much);
    ck_assert(raw_hears(fd, "too long"));
    ck_assert(!raw_hears(fd, "anything"));
    send_request(other, "resume", 1);
    ck_assert_int_eq(taken(&scene).kind, COMMAND_RESUME);
    close(fd);
    control_link_close(other);
    scene_close(&scene);
}
END_TEST

START_TEST(who_does_not_read_is_let_go_and_holds_nobody_up)
{
    static const char question[] = "{\"id\":1,\"op\":\"status\"}\n";
    struct scene scene;
    scene_open(&scene);
    int stuck = raw_join(&scene);
    int asked = 0;
    while (asked < 1000000 && send(stuck, question, strlen(question), MSG_NOSIGNAL) > 0)
        asked++;
    ck_assert_int_gt(asked, 500);
    ck_assert_int_lt(asked, 1000000);
    for (int i = 1; i <= 20000; i++)
        post_state_of(&scene, RUN_RUNNING, i);
    struct control_link *other = join_soak(&scene);
    while (control_link_state(other)->current < 20000)
        heard(other);
    close(stuck);
    control_link_close(other);
    scene_close(&scene);
}
END_TEST

START_TEST(the_seventeenth_is_turned_away)
{
    struct scene scene;
    struct error err = ERROR_INIT;
    struct control_link *link[16];
    scene_open(&scene);
    for (int i = 0; i < 16; i++)
        link[i] = join_soak(&scene);
    ck_assert_ptr_null(control_link_open(&scene.dir, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "16 others"));
    control_link_close(link[0]);
    struct control_link *late = NULL;
    for (int tries = 0; !late && tries < 500; tries++, usleep(10000))
        late = control_link_open(&scene.dir, NULL);
    ck_assert_ptr_nonnull(late);
    control_link_close(late);
    for (int i = 1; i < 16; i++)
        control_link_close(link[i]);
    scene_close(&scene);
}
END_TEST

START_TEST(where_no_soak_runs_that_is_said)
{
    struct scene scene;
    struct error err = ERROR_INIT;
    scene_open(&scene);
    control_stop(scene.control);
    ck_assert_ptr_null(control_link_open(&scene.dir, &err));
    ck_assert_int_eq(err.code, ERROR_REFUSED);
    ck_assert_ptr_nonnull(strstr(err.text, "no soak runs in a/soak/latest"));
    /* What a killed soak leaves. */
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "a/soak/latest/control.sock"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    error_clear(&err);
    ck_assert_ptr_null(control_link_open(&scene.dir, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "no soak runs"));
    close(fd);
    scene.control = NULL;
    scene_close(&scene);
}
END_TEST

/* A soak of another version: greets with protocol 2. */
static void *greet_as_another(void *context)
{
    static const char hello[] = "{\"type\":\"hello\",\"protocol\":2,\"version\":\"9.9\"}\n";
    int fd = accept(*(int *)context, NULL, NULL);
    if (write(fd, hello, strlen(hello)) < 0)
        abort();
    return (void *)(intptr_t)fd;
}

START_TEST(another_protocol_is_named)
{
    struct scene scene;
    struct error err = ERROR_INIT;
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "a/soak/latest/control.sock"};
    pthread_t thread;
    void *accepted;
    scene_open(&scene);
    control_stop(scene.control);
    scene.control = NULL;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(fd, 1), 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, greet_as_another, &fd), 0);
    ck_assert_ptr_null(control_link_open(&scene.dir, &err));
    ck_assert_int_eq(err.code, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "soaktop 9.9, which speaks protocol 2"));
    pthread_join(thread, &accepted);
    close((int)(intptr_t)accepted);
    close(fd);
    scene_close(&scene);
}
END_TEST

START_TEST(every_request_survives_the_way_there_and_back)
{
    static const char *const ops[] = {"pause",       "resume",         "next",     "stop",
                                      "stop_now",    "interval",       "approve",  "reject",
                                      "edit",        "reset",          "apply",    "rollback_last",
                                      "rollback_to", "rollback_param", "gate_stop"};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        struct error err = ERROR_INIT;
        struct command command;
        struct control_request request = {.id = 9, .iteration = 12, .value = value_of(0.15)};
        struct control_request back, read;
        snprintf(request.op, sizeof request.op, "%s", ops[i]);
        snprintf(request.name, sizeof request.name, "tail_age_ms");
        snprintf(request.note, sizeof request.note, "caf\xc3\xa9 \"x\"\n");
        char *line = control_request_text(&request);
        ck_assert_int_eq(control_request_read(&read, line, strlen(line) - 1, &err), 0);
        free(line);
        ck_assert_str_eq(read.note, request.note);
        ck_assert(read.value.number == 0.15);
        ck_assert_int_eq(control_request_command(&read, &command, &err), 0);
        command.id = read.id;
        control_request_of(&command, &back);
        ck_assert_str_eq(back.op, ops[i]);
        ck_assert_str_eq(back.name, request.name);
        ck_assert_int_eq(back.iteration, 12);
    }
}
END_TEST

START_TEST(the_end_is_told)
{
    struct scene scene;
    scene_open(&scene);
    int fd = raw_join(&scene);
    ck_assert(raw_hears(fd, "\"state\""));
    control_stop(scene.control);
    ck_assert(raw_hears(fd, "\"type\":\"end\""));
    close(fd);
    scene.control = NULL;
    scene_close(&scene);
}
END_TEST

Suite *control_suite(void)
{
    const TTest *const tests[] = {the_socket_is_for_its_owner_alone,
                                  a_client_hears_who_it_is_and_every_state,
                                  what_was_told_before_is_known_too,
                                  a_reply_finds_its_sender_and_nobody_else,
                                  the_front_ends_own_replies_stay_its_own,
                                  a_wrong_request_is_refused_and_the_connection_stays,
                                  a_line_without_end_ends_only_its_own_connection,
                                  who_does_not_read_is_let_go_and_holds_nobody_up,
                                  the_seventeenth_is_turned_away,
                                  where_no_soak_runs_that_is_said,
                                  another_protocol_is_named,
                                  every_request_survives_the_way_there_and_back,
                                  the_end_is_told,
                                  NULL};
    return sandbox_suite("control", tests, 60);
}
