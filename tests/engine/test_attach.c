/* test_attach: a front end in another place, attached to a soak over its control socket: it holds
 * what the engine holds, what it asks for is done and named, and no end of the connection goes
 * unsaid. */
#include "config.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "artifact/control_json.h"
#include "artifact/realclock.h"
#include "engine/control.h"
#include "engine/follow.h"
#include "harness.h"
#include "model/mem.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

enum { PATIENCE_MS = 20000 };

/* One front end, as a view folds it. */
struct desk {
    struct follow *follow;
    struct run run;
    unsigned next_id;
    struct message *reply;    /* the last one */
    struct message *detached; /* NULL: connected */
    struct message *gate;
    bool ended;
};

struct scene {
    struct soak soak;
    struct control *control;
};

static void scene_open(struct scene *scene, enum approve_mode mode, int iterations)
{
    struct error err = ERROR_INIT;
    scene->soak = soak_new("a");
    scene->soak.options.mode = mode;
    scene->soak.options.iterations = iterations;
    soak_open(&scene->soak);
    struct engine *engine = scene->soak.engine;
    scene->control = control_start(engine_rundir(engine), &soak_config()->params,
                                   engine_inbox(engine), engine_outbox(engine), &err);
    ck_assert_msg(scene->control != NULL, "%s", err.text);
    soak_start(&scene->soak);
}

static void stop_soak(struct scene *scene)
{
    struct command stop = {.kind = COMMAND_STOP_NOW, .actor = "op@host"};
    inbox_post(engine_inbox(scene->soak.engine), &stop);
    engine_join(scene->soak.engine);
    control_stop(scene->control);
    scene->control = NULL;
}

static void scene_close(struct scene *scene)
{
    if (scene->control)
        stop_soak(scene);
    soak_end(&scene->soak);
    soak_drop(&scene->soak);
}

static void desk_open(struct desk *desk)
{
    struct error err = ERROR_INIT;
    *desk = (struct desk){.next_id = 100};
    run_init(&desk->run);
    desk->follow = follow_attach(tempdir_path("a"), soak_config(), &err);
    ck_assert_msg(desk->follow != NULL, "%s", err.text);
}

static void desk_close(struct desk *desk)
{
    follow_stop(desk->follow);
    message_free(desk->reply);
    message_free(desk->detached);
    message_free(desk->gate);
    run_fini(&desk->run);
}

static void keep(struct message **place, struct message *message)
{
    message_free(*place);
    *place = message;
}

static void desk_take(struct desk *desk, struct message *message)
{
    desk->ended |= message->kind == MESSAGE_END;
    if (message->kind == MESSAGE_REPLY) {
        keep(&desk->reply, message);
        return;
    }
    if (message->kind == MESSAGE_DETACHED) {
        keep(&desk->detached, message);
        return;
    }
    if (message->kind == MESSAGE_GATE_RESULT) {
        keep(&desk->gate, message);
        return;
    }
    run_fold(&desk->run, message);
    message_free(message);
}

static void desk_until(struct desk *desk, bool (*wanted)(const struct desk *desk))
{
    struct outbox *outbox = follow_outbox(desk->follow);
    int64_t until = monotonic_ms() + PATIENCE_MS;
    for (;;) {
        struct message *message;
        while (!wanted(desk) && (message = outbox_next(outbox)))
            desk_take(desk, message);
        if (wanted(desk))
            return;
        struct pollfd watch = {outbox_fd(outbox), POLLIN, 0};
        int64_t left = until - monotonic_ms();
        ck_assert_msg(left > 0 && poll(&watch, 1, (int)left) == 1, "nothing more was told");
    }
}

static bool holds(const struct desk *desk)
{
    return desk->run.has_pending && desk->run.state == RUN_HOLDING;
}
static bool replied(const struct desk *desk)
{
    return desk->reply != NULL;
}
static bool is_detached(const struct desk *desk)
{
    return desk->detached != NULL;
}
static bool gate_is_told(const struct desk *desk)
{
    return desk->gate != NULL;
}
static bool has_ended(const struct desk *desk)
{
    return desk->ended;
}
static bool has_staged(const struct desk *desk)
{
    return proposal_staged(&desk->run.pending) > 0;
}

static unsigned desk_post(struct desk *desk, struct command command)
{
    command.id = ++desk->next_id;
    keep(&desk->reply, NULL);
    ck_assert_int_eq(inbox_post(follow_inbox(desk->follow), &command), 0);
    return command.id;
}

static bool desk_send(struct desk *desk, struct command command)
{
    unsigned id = desk_post(desk, command);
    desk_until(desk, replied);
    ck_assert_uint_eq(desk->reply->command_id, id);
    return desk->reply->ok;
}

static struct command deciding(enum decide_op op, const char *name, int iteration)
{
    struct command command = {.kind = COMMAND_DECIDE, .op = op, .iteration = iteration};
    snprintf(command.name, sizeof command.name, "%s", name);
    return command;
}

static struct command applying(int iteration)
{
    return (struct command){.kind = COMMAND_APPLY, .iteration = iteration};
}

START_TEST(an_attached_front_end_holds_what_the_engine_holds)
{
    struct scene scene;
    struct desk desk;
    scene_open(&scene, APPROVE_MANUAL, 3);
    soak_until(&scene.soak, soak_holds);
    desk_open(&desk);
    desk_until(&desk, holds);
    const struct proposal *own = &scene.soak.run.pending, *seen = &desk.run.pending;
    ck_assert_int_eq(seen->iteration, own->iteration);
    ck_assert_uint_eq(seen->count, own->count);
    ck_assert_str_eq(seen->base_hash, own->base_hash);
    ck_assert(seen->has_summary);
    ck_assert_double_eq(seen->summary.kpi[KPI_NET].number, own->summary.kpi[KPI_NET].number);
    ck_assert_int_eq(desk.run.mode, APPROVE_MANUAL);
    ck_assert_int_eq(desk.run.planned, 3);
    ck_assert_str_eq(desk.run.id, "test");
    desk_close(&desk);
    scene_close(&scene);
}
END_TEST

START_TEST(what_one_decides_the_other_sees_and_can_be_taken_back)
{
    struct scene scene;
    struct desk one, two;
    scene_open(&scene, APPROVE_MANUAL, 3);
    desk_open(&one);
    desk_open(&two);
    desk_until(&one, holds);
    desk_until(&two, holds);
    ck_assert(desk_send(&one, deciding(DECIDE_APPROVE, "tail_age_ms", 1)));
    /* what it was asked for is there before the answer is */
    ck_assert_int_eq(proposal_find(&one.run.pending, "tail_age_ms")->state, DELTA_APPROVED);
    ck_assert_uint_eq(one.run.pending.undo.count, 1);
    desk_until(&two, has_staged);
    ck_assert_uint_eq(two.run.pending.undo.count, 1);
    ck_assert(desk_send(&two, deciding(DECIDE_UNDO, "", 1)));
    ck_assert_int_eq(proposal_find(&two.run.pending, "tail_age_ms")->state, DELTA_PROPOSED);
    ck_assert_uint_eq(two.run.pending.redo.count, 1);
    desk_close(&one);
    desk_close(&two);
    scene_close(&scene);
}
END_TEST

START_TEST(of_two_who_apply_one_wins_and_the_other_is_told_by_whom)
{
    struct scene scene;
    struct desk one, two;
    scene_open(&scene, APPROVE_MANUAL, 3);
    desk_open(&one);
    desk_open(&two);
    desk_until(&one, holds);
    desk_until(&two, holds);
    ck_assert(desk_send(&one, deciding(DECIDE_APPROVE, "tail_age_ms", 1)));
    desk_post(&one, applying(1));
    desk_post(&two, applying(1));
    desk_until(&one, replied);
    desk_until(&two, replied);
    ck_assert_int_eq(one.reply->ok + two.reply->ok, 1);
    const struct message *refused = one.reply->ok ? two.reply : one.reply;
    char wanted[160];
    snprintf(wanted, sizeof wanted, "the proposal of iteration 1 was decided by %s",
             follow_actor(one.follow));
    ck_assert_str_eq(refused->text, wanted);
    ck_assert_uint_eq(soak_journal_count("a", "apply_outcome"), 1);
    desk_close(&one);
    desk_close(&two);
    scene_close(&scene);
}
END_TEST

START_TEST(a_gate_of_the_soak_has_its_figures_here_too)
{
    struct scene scene;
    struct desk desk;
    scene.soak = soak_new("a");
    scene_open(&scene, APPROVE_MANUAL, 3);
    desk_open(&desk);
    desk_until(&desk, holds);
    ck_assert(desk_send(&desk, (struct command){.kind = COMMAND_GATE, .strict = true}));
    desk_until(&desk, gate_is_told);
    /* no iteration is recorded yet: nothing can be judged, and that is told */
    ck_assert(desk.gate->gate_strict);
    ck_assert(desk.gate->gate != NULL || desk.gate->error.code != ERROR_NONE);
    ck_assert(desk_send(&desk, applying(1)));
    desk_until(&desk, holds);
    keep(&desk.gate, NULL);
    ck_assert(desk_send(&desk, (struct command){.kind = COMMAND_GATE, .strict = false}));
    desk_until(&desk, gate_is_told);
    ck_assert_msg(desk.gate->gate != NULL, "%s", desk.gate->error.text);
    ck_assert_int_eq(desk.gate->gate->judgement.verdict, VERDICT_INCONCLUSIVE);
    ck_assert_int_eq(desk.gate->gate->exit_status, 3);
    desk_close(&desk);
    scene_close(&scene);
}
END_TEST

START_TEST(the_end_of_the_soak_is_told_and_the_files_are_shown_on)
{
    struct scene scene;
    struct desk desk;
    scene_open(&scene, APPROVE_MANUAL, 3);
    desk_open(&desk);
    desk_until(&desk, holds);
    stop_soak(&scene);
    desk_until(&desk, is_detached);
    ck_assert(desk.detached->ok);
    ck_assert_str_eq(desk.detached->text, "the soak's process has ended");
    desk_until(&desk, has_ended);
    ck_assert_int_eq(desk.run.state, RUN_STOPPED);
    ck_assert(!desk.run.has_pending);
    ck_assert(!desk_send(&desk, applying(1)));
    ck_assert_ptr_nonnull(strstr(desk.reply->text, "not sent"));
    desk_close(&desk);
    scene_close(&scene);
}
END_TEST

START_TEST(leaving_waits_for_what_was_asked_for_last)
{
    struct scene scene;
    struct desk desk;
    char unanswered[80];
    scene_open(&scene, APPROVE_MANUAL, 3);
    desk_open(&desk);
    desk_until(&desk, holds);
    desk_post(&desk, (struct command){.kind = COMMAND_STOP_NOW});
    follow_leave(desk.follow, unanswered, sizeof unanswered);
    desk.follow = NULL;
    ck_assert_str_eq(unanswered, "");
    engine_join(scene.soak.engine);
    desk_close(&desk);
    scene_close(&scene);
}
END_TEST

/* A soak of another kind: SAYS it to who connects, hears a request, and is gone if it DIES. */
struct stranger {
    const char *says;
    int hears; /* requests before it goes */
    int listen_fd;
    pthread_t thread;
};

static void *be_strange(void *context)
{
    struct stranger *stranger = context;
    char byte;
    int fd = accept(stranger->listen_fd, NULL, NULL);
    ssize_t said = write(fd, stranger->says, strlen(stranger->says));
    for (int heard = 0; said > 0 && heard < stranger->hears && read(fd, &byte, 1) == 1;)
        heard += byte == '\n';
    close(fd);
    return NULL;
}

static void stranger_open(struct stranger *stranger, const char *says, int hears)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s",
             tempdir_path("a/soak/latest/control.sock"));
    *stranger = (struct stranger){.says = says, .hears = hears};
    stranger->listen_fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(stranger->listen_fd, (const struct sockaddr *)&address, sizeof address),
                     0);
    ck_assert_int_eq(listen(stranger->listen_fd, 1), 0);
    ck_assert_int_eq(pthread_create(&stranger->thread, NULL, be_strange, stranger), 0);
}

static void stranger_close(struct stranger *stranger)
{
    pthread_join(stranger->thread, NULL);
    close(stranger->listen_fd);
}

#define HELLO                                                                                      \
    "{\"type\":\"hello\",\"protocol\":1,\"version\":\"0.1\",\"run_id\":\"x\","                     \
    "\"directory\":\"d\",\"pid\":77}\n"                                                            \
    "{\"type\":\"state\",\"state\":\"holding\",\"approve\":\"manual\",\"iteration\":1,"            \
    "\"recorded\":0,\"planned\":3,\"interval_s\":0,\"next\":null,\"pending\":1}\n"

static void leave_a_run(void)
{
    struct soak soak = soak_new("a");
    soak_run(&soak);
    soak_drop(&soak);
}

START_TEST(what_no_answer_came_to_is_named)
{
    struct stranger stranger;
    struct desk desk;
    leave_a_run();
    stranger_open(&stranger, HELLO "{\"type\":\"reply\",\"id\":1,\"ok\":true,\"text\":\"\"}\n", 3);
    desk_open(&desk);
    desk_post(&desk, deciding(DECIDE_REJECT, "tail_age_ms", 1));
    desk_post(&desk, applying(1));
    desk_until(&desk, is_detached);
    ck_assert(!desk.detached->ok);
    ck_assert_str_eq(desk.detached->text,
                     "the connection to the soak has ended (pid 77); no answer "
                     "came to: reject tail_age_ms, apply");
    desk_close(&desk);
    stranger_close(&stranger);
}
END_TEST

START_TEST(a_line_that_is_none_of_the_protocol_ends_the_connection)
{
    struct stranger stranger;
    struct desk desk;
    leave_a_run();
    stranger_open(&stranger,
                  HELLO "{\"type\":\"reply\",\"id\":1,\"ok\":true,\"text\":\"\"}\n"
                        "{\"type\":\"state\",\"state\":\"dreaming\"}\n",
                  9);
    desk_open(&desk);
    desk_until(&desk, is_detached);
    ck_assert(!desk.detached->ok);
    desk_close(&desk);
    stranger_close(&stranger);
}
END_TEST

START_TEST(a_soak_that_cannot_be_attached_to_is_named)
{
    struct stranger stranger;
    struct error err = ERROR_INIT;
    leave_a_run();
    stranger_open(&stranger,
                  HELLO "{\"type\":\"reply\",\"id\":1,\"ok\":false,\"text\":\"there is no op\"}\n",
                  1);
    ck_assert_ptr_null(follow_attach(tempdir_path("a"), soak_config(), &err));
    ck_assert_int_eq(err.code, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "soaktop 0.1, which cannot be attached to"));
    stranger_close(&stranger);
}
END_TEST

START_TEST(where_no_soak_runs_nothing_is_attached_to)
{
    struct error err = ERROR_INIT;
    leave_a_run();
    ck_assert_ptr_null(follow_attach(tempdir_path("a"), soak_config(), &err));
    ck_assert_int_eq(err.code, ERROR_REFUSED);
}
END_TEST

Suite *attach_suite(void)
{
    Suite *suite = suite_create("attach");
    TCase *tcase = tcase_create("attach");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_test(tcase, an_attached_front_end_holds_what_the_engine_holds);
    tcase_add_test(tcase, what_one_decides_the_other_sees_and_can_be_taken_back);
    tcase_add_test(tcase, of_two_who_apply_one_wins_and_the_other_is_told_by_whom);
    tcase_add_test(tcase, a_gate_of_the_soak_has_its_figures_here_too);
    tcase_add_test(tcase, the_end_of_the_soak_is_told_and_the_files_are_shown_on);
    tcase_add_test(tcase, leaving_waits_for_what_was_asked_for_last);
    tcase_add_test(tcase, what_no_answer_came_to_is_named);
    tcase_add_test(tcase, a_line_that_is_none_of_the_protocol_ends_the_connection);
    tcase_add_test(tcase, a_soak_that_cannot_be_attached_to_is_named);
    tcase_add_test(tcase, where_no_soak_runs_nothing_is_attached_to);
    suite_add_tcase(suite, tcase);
    return suite;
}
