/* The control socket under clients that are odd: half lines, noise, crowds, who attached and does
 * not read. None of them holds the soak or another client up. */
#include "config.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine/control.h"
#include "engine/control_link.h"
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

START_TEST(half_a_line_waits_for_its_rest)
{
    static const char line[] = "{\"id\":4,\"op\":\"pause\"}\n";
    struct scene scene;
    scene_open(&scene);
    int fd = raw_join(&scene), gone = raw_join(&scene);
    for (size_t i = 0; i < strlen(line); i++) { /* each byte by itself */
        ck_assert_int_eq(inbox_next(scene.inbox, &(struct command){.id = 0}), false);
        ck_assert_int_eq(write(fd, line + i, 1), 1);
    }
    ck_assert_uint_eq(taken(&scene).id, 4);
    /* one that ends in the middle of a line has asked for nothing */
    ck_assert_int_eq(write(gone, line, 10), 10);
    close(gone);
    ck_assert_int_eq(write(fd, line, strlen(line)), (ssize_t)strlen(line));
    ck_assert_uint_eq(taken(&scene).id, 4);
    ck_assert(!inbox_next(scene.inbox, &(struct command){.id = 0}));
    close(fd);
    scene_close(&scene);
}
END_TEST

#define NOISE(TEXT)                                                                                \
    {                                                                                              \
        TEXT, sizeof TEXT - 1                                                                      \
    }
/* Bytes that are no line of the protocol at all. */
static const struct {
    const char *bytes;
    size_t length;
} noise[] = {
    NOISE("\xff\xfe\xfd\n"),
    NOISE("{\"id\":1,\"op\":\"pa\xc3\x28\"}\n"),
    NOISE("\0\0\0\0\n"),
    NOISE("{\"id\":1,\"op\":\"pause\0now\"}\n"),
    NOISE("{\"id\":1,\"op\":\"\\ud800\"}\n"),
    NOISE("{\"id\":1,\"op\":\"pause\"\n"),
    NOISE("{\"id\":1e400,\"op\":\"pause\"}\n"),
    NOISE("{\"id\":1,\"op\":\"pause\"} {\"id\":2,\"op\":\"pause\"}\n"),
};

START_TEST(bytes_that_are_no_text_are_refused_and_nothing_is_done)
{
    struct scene scene;
    scene_open(&scene);
    int fd = raw_join(&scene);
    ck_assert_int_eq(write(fd, noise[_i].bytes, noise[_i].length), (ssize_t)noise[_i].length);
    ck_assert(raw_hears(fd, "\"ok\":false"));
    ck_assert(!inbox_next(scene.inbox, &(struct command){.id = 0}));
    static const char after[] = "{\"id\":3,\"op\":\"resume\"}\n";
    ck_assert_int_eq(write(fd, after, strlen(after)), (ssize_t)strlen(after));
    ck_assert_int_eq(taken(&scene).kind, COMMAND_RESUME);
    close(fd);
    scene_close(&scene);
}
END_TEST

START_TEST(a_hundred_connections_leave_room_when_they_go)
{
    struct scene scene;
    int fd[100];
    scene_open(&scene);
    struct control_link *first = join_soak(&scene);
    for (int round = 0; round < 2; round++) {
        int served = 0;
        for (int i = 0; i < 100; i++)
            fd[i] = raw_join(&scene);
        for (int i = 0; i < 100; i++)
            served += raw_hears(fd[i], "\"hello\"");
        ck_assert_int_ge(served, round == 0 ? 15 : 1); /* the others were turned away */
        send_request(first, "pause", 1);
        ck_assert_int_eq(taken(&scene).kind, COMMAND_PAUSE);
        for (int i = 0; i < 100; i++)
            close(fd[i]);
    }
    struct control_link *late = NULL;
    for (int tries = 0; !late && tries < 500; tries++, usleep(10000))
        late = control_link_open(&scene.dir, NULL);
    ck_assert_ptr_nonnull(late);
    control_link_close(late);
    control_link_close(first);
    scene_close(&scene);
}
END_TEST

static void post_proposal_of(struct scene *scene, int iteration, const char *rationale)
{
    struct message *message = message_new(MESSAGE_PROPOSAL);
    message->has_pending = iteration > 0;
    message->proposal = mem_alloc(sizeof *message->proposal);
    message->proposal->iteration = iteration;
    snprintf(message->proposal->rationale, sizeof message->proposal->rationale, "%s", rationale);
    outbox_post_take(scene->outbox, message);
}

START_TEST(who_attached_hears_the_proposal_and_others_do_not)
{
    struct scene scene;
    struct error err = ERROR_INIT;
    scene_open(&scene);
    struct control_link *one = join_soak(&scene), *other = join_soak(&scene);
    post_proposal_of(&scene, 3, "first");
    ck_assert_int_eq(heard(other).kind, CONTROL_STATE);
    ck_assert_msg(control_link_attach(one, &params, &err) == 0, "%s", err.text);
    ck_assert_ptr_nonnull(control_link_proposal(one));
    ck_assert_str_eq(control_link_proposal(one)->rationale, "first");
    post_proposal_of(&scene, 3, "second");
    while (strcmp(control_link_proposal(one)->rationale, "second") != 0)
        heard(one);
    ck_assert_int_eq(heard(other).kind, CONTROL_STATE);
    post_proposal_of(&scene, 0, "");
    while (control_link_proposal(one))
        heard(one);
    control_link_close(one);
    control_link_close(other);
    scene_close(&scene);
}
END_TEST

/* As one that was stopped (SIGSTOP) while it was attached. */
START_TEST(who_attached_and_does_not_read_holds_nobody_up)
{
    static const char attach[] = "{\"id\":1,\"op\":\"attach\"}\n";
    char much[1024];
    struct scene scene;
    struct error err = ERROR_INIT;
    scene_open(&scene);
    memset(much, 'y', sizeof much);
    much[sizeof much - 1] = '\0';
    int stuck = raw_join(&scene);
    ck_assert_int_eq(write(stuck, attach, strlen(attach)), (ssize_t)strlen(attach));
    struct control_link *other = join_soak(&scene);
    ck_assert_int_eq(control_link_attach(other, &params, &err), 0);
    for (int i = 1; i <= 2000; i++) {
        post_proposal_of(&scene, i, much);
        while (!control_link_proposal(other) || control_link_proposal(other)->iteration < i)
            heard(other);
    }
    /* it was let go: what it can still read ends */
    ck_assert(!raw_hears(stuck, "\"iteration\":2000,"));
    close(stuck);
    control_link_close(other);
    scene_close(&scene);
}
END_TEST

START_TEST(batches_of_two_clients_are_never_one)
{
    static const char line[] =
        "{\"id\":1,\"op\":\"approve\",\"iteration\":1,\"name\":\"a\",\"batch\":7}\n";
    struct scene scene;
    scene_open(&scene);
    int one = raw_join(&scene), two = raw_join(&scene);
    struct command first[2], second;
    for (int i = 0; i < 2; i++) {
        ck_assert_int_gt(write(one, line, strlen(line)), 0);
        first[i] = taken(&scene);
    }
    ck_assert_int_gt(write(two, line, strlen(line)), 0);
    second = taken(&scene);
    ck_assert_uint_eq(first[0].batch, first[1].batch);
    ck_assert_uint_ne(first[0].batch, 0);
    ck_assert_uint_ne(first[0].batch, second.batch);
    close(one);
    close(two);
    scene_close(&scene);
}
END_TEST

Suite *control_odd_suite(void)
{
    Suite *suite = suite_create("control_odd");
    TCase *tcase = tcase_create("control_odd");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, sandbox_enter, sandbox_leave);
    tcase_add_test(tcase, half_a_line_waits_for_its_rest);
    tcase_add_loop_test(tcase, bytes_that_are_no_text_are_refused_and_nothing_is_done, 0,
                        sizeof noise / sizeof *noise);
    tcase_add_test(tcase, a_hundred_connections_leave_room_when_they_go);
    tcase_add_test(tcase, who_attached_hears_the_proposal_and_others_do_not);
    tcase_add_test(tcase, who_attached_and_does_not_read_holds_nobody_up);
    tcase_add_test(tcase, batches_of_two_clients_are_never_one);
    suite_add_tcase(suite, tcase);
    return suite;
}
