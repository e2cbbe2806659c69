/* test_event: the queue out of the engine, and how messages fold into a front end's run. */
#include "config.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "engine/event.h"
#include "harness.h"
#include "model/mem.h"
#include "suites.h"

enum { PER_THREAD = 5000 };

static bool readable(int fd)
{
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    return poll(&entry, 1, 0) == 1;
}

START_TEST(messages_come_in_order_and_the_descriptor_tells_of_them)
{
    struct outbox *outbox = outbox_new(NULL);
    ck_assert_ptr_null(outbox_next(outbox));
    ck_assert(!readable(outbox_fd(outbox)));
    for (int i = 1; i <= 3; i++) {
        struct message *message = message_new(MESSAGE_STATE);
        message->current = i;
        outbox_post_take(outbox, message);
    }
    for (int i = 1; i <= 3; i++) {
        ck_assert(readable(outbox_fd(outbox)));
        struct message *message = outbox_next(outbox);
        ck_assert_int_eq(message->current, i);
        message_free(message);
    }
    ck_assert(!readable(outbox_fd(outbox)));
    outbox_free(outbox);
}
END_TEST

static void *post_many(void *context)
{
    for (int i = 0; i < PER_THREAD; i++) {
        struct message *message = message_new(MESSAGE_EVENT);
        message->event_iteration = i;
        message->text = mem_strdup("text");
        outbox_post_take(context, message);
    }
    return NULL;
}

START_TEST(messages_of_two_threads_all_arrive)
{
    struct outbox *outbox = outbox_new(NULL);
    pthread_t thread[2];
    long sum = 0;
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, post_many, outbox);
    for (int got = 0; got < 2 * PER_THREAD;) {
        struct pollfd entry = {.fd = outbox_fd(outbox), .events = POLLIN};
        poll(&entry, 1, -1);
        struct message *message;
        while ((message = outbox_next(outbox))) {
            sum += message->event_iteration;
            message_free(message);
            got++;
        }
    }
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    ck_assert_int_eq(sum, (long)PER_THREAD * (PER_THREAD - 1));
    outbox_free(outbox);
}
END_TEST

START_TEST(what_was_not_read_is_freed_with_the_queue)
{
    struct outbox *outbox = outbox_new(NULL);
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = iteration_new(1);
    outbox_post_take(outbox, message);
    message = message_new(MESSAGE_PROPOSAL);
    message->proposal = mem_alloc(sizeof(*message->proposal));
    outbox_post_take(outbox, message);
    outbox_free(outbox);
}
END_TEST

static void fold_take(struct run *run, struct message *message)
{
    run_fold(run, message);
    message_free(message);
}

START_TEST(folding_fills_the_run)
{
    struct run run;
    run_init(&run);
    struct message *message = message_new(MESSAGE_MANIFEST);
    message->manifest = mem_alloc(sizeof(*message->manifest));
    run_init(message->manifest);
    strcpy(message->manifest->id, "r1");
    message->manifest->planned = 24;
    message->manifest->mode = APPROVE_MANUAL;
    fold_take(&run, message);
    ck_assert_str_eq(run.id, "r1");
    ck_assert_int_eq(run.planned, 24);
    ck_assert_int_eq(run.mode, APPROVE_MANUAL);

    message = message_new(MESSAGE_ITERATION);
    message->iteration = iteration_new(1);
    message->iteration->rationale = mem_strdup("STABLE");
    fold_take(&run, message);
    ck_assert_uint_eq(run.count, 1);

    message = message_new(MESSAGE_PROPOSAL);
    message->has_pending = true;
    message->proposal = mem_alloc(sizeof(*message->proposal));
    message->proposal->iteration = 2;
    fold_take(&run, message);
    ck_assert(run.has_pending);
    ck_assert_int_eq(run.pending.iteration, 2);
    fold_take(&run, message_new(MESSAGE_PROPOSAL));
    ck_assert(!run.has_pending);

    message = message_new(MESSAGE_STATE);
    message->state = RUN_SLEEPING;
    message->next_ms = 77;
    fold_take(&run, message);
    ck_assert_int_eq(run.state, RUN_SLEEPING);
    ck_assert_int_eq(run.next_ms, 77);

    message = message_new(MESSAGE_EVENT);
    message->event = EVENT_GATE;
    message->text = mem_strdup("mock gate: PASS");
    fold_take(&run, message);
    ck_assert_uint_eq(run.event_count, 1);
    ck_assert_str_eq(run.event[0].text, "mock gate: PASS");
    run_fini(&run);
}
END_TEST

START_TEST(a_rollback_that_is_folded_marks_the_apply)
{
    struct run run;
    run_init(&run);
    struct value low[1] = {{600, VALUE_OK}}, high[1] = {{630, VALUE_OK}};
    struct change apply = {.kind = CHANGE_APPLY,
                           .after_iteration = 1,
                           .param_count = 1,
                           .hash_before = "A",
                           .hash_after = "B",
                           .before = low,
                           .after = high};
    struct change back = {.kind = CHANGE_ROLLBACK,
                          .after_iteration = 1,
                          .param_count = 1,
                          .hash_before = "B",
                          .hash_after = "A",
                          .before = high,
                          .after = low};
    for (int i = 0; i < 2; i++) {
        struct message *message = message_new(MESSAGE_CHANGE);
        message->param_count = 1;
        message->change = change_copy(i ? &back : &apply, 1);
        fold_take(&run, message);
        ck_assert_ptr_eq(run_newest_apply(&run), i ? NULL : &run.change[0]);
    }
    ck_assert(run.change[0].undone);
    run_fini(&run);
}
END_TEST

Suite *event_suite(void)
{
    const TTest *const list[] = {
        messages_come_in_order_and_the_descriptor_tells_of_them,
        messages_of_two_threads_all_arrive,
        what_was_not_read_is_freed_with_the_queue,
        folding_fills_the_run,
        a_rollback_that_is_folded_marks_the_apply,
        NULL,
    };
    return harness_suite("event", list, 10);
}
