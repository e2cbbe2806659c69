/* test_command: the queue of commands into the engine. */
#include "config.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "engine/command.h"
#include "engine/signals.h"
#include "harness.h"
#include "suites.h"

enum { PER_THREAD = 2000 };

static bool readable(int fd)
{
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    return poll(&entry, 1, 0) == 1;
}

START_TEST(sixty_four_commands_wait_and_no_more)
{
    struct inbox *inbox = inbox_new(NULL);
    struct command command = {.kind = COMMAND_NEXT};
    for (unsigned i = 0; i < 64; i++) {
        command.id = i;
        ck_assert_int_eq(inbox_post(inbox, &command), 0);
    }
    ck_assert_int_eq(inbox_post(inbox, &command), -1);
    for (unsigned i = 0; i < 64; i++) {
        ck_assert(inbox_next(inbox, &command));
        ck_assert_uint_eq(command.id, i);
    }
    ck_assert(!inbox_next(inbox, &command));
    inbox_free(inbox);
}
END_TEST

START_TEST(the_descriptor_is_readable_exactly_while_commands_wait)
{
    struct inbox *inbox = inbox_new(NULL);
    struct command command = {.kind = COMMAND_PAUSE};
    ck_assert(!readable(inbox_fd(inbox)));
    inbox_post(inbox, &command);
    inbox_post(inbox, &command);
    ck_assert(readable(inbox_fd(inbox)));
    inbox_next(inbox, &command);
    ck_assert(readable(inbox_fd(inbox)));
    inbox_next(inbox, &command);
    ck_assert(!readable(inbox_fd(inbox)));
    inbox_free(inbox);
}
END_TEST

static void *post_many(void *context)
{
    struct inbox *inbox = context;
    for (int i = 0; i < PER_THREAD; i++) {
        struct command command = {.kind = COMMAND_NEXT, .iteration = i};
        while (inbox_post(inbox, &command) != 0)
            usleep(50);
    }
    return NULL;
}

START_TEST(commands_of_two_threads_all_arrive)
{
    struct inbox *inbox = inbox_new(NULL);
    pthread_t thread[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, post_many, inbox);
    long sum = 0;
    for (int got = 0; got < 2 * PER_THREAD;) {
        struct pollfd entry = {.fd = inbox_fd(inbox), .events = POLLIN};
        poll(&entry, 1, -1);
        struct command command;
        while (inbox_next(inbox, &command)) {
            sum += command.iteration;
            got++;
        }
    }
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    ck_assert_int_eq(sum, (long)PER_THREAD * (PER_THREAD - 1));
    inbox_free(inbox);
}
END_TEST

START_TEST(a_blocked_signal_arrives_through_the_descriptor)
{
    signals_block();
    int fd = signals_open(NULL);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(signals_next(fd), 0);
    kill(getpid(), SIGTERM);
    kill(getpid(), SIGWINCH);
    ck_assert(readable(fd));
    int first = signals_next(fd), second = signals_next(fd);
    ck_assert(first != second);
    ck_assert(first == SIGTERM || first == SIGWINCH);
    ck_assert(second == SIGTERM || second == SIGWINCH);
    ck_assert_int_eq(signals_next(fd), 0);
    close(fd);
}
END_TEST

Suite *command_suite(void)
{
    const TTest *const list[] = {
        sixty_four_commands_wait_and_no_more,
        the_descriptor_is_readable_exactly_while_commands_wait,
        commands_of_two_threads_all_arrive,
        a_blocked_signal_arrives_through_the_descriptor,
        NULL,
    };
    return harness_suite("command", list, 10);
}
