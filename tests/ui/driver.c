/* driver: see driver.h. */
#include "config.h"

#include "driver.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

void driver_init(struct driver *driver, int count, enum driver_state state)
{
    struct error err = ERROR_INIT;
    fixture_init(&driver->fixture, count);
    driver->view = &driver->fixture.view;
    driver->inbox = inbox_new(&err);
    ck_assert_msg(driver->inbox != NULL, "%s", err.text);
    driver->view->inbox = driver->inbox;
    if (state == PROPOSED)
        fixture_propose(&driver->fixture);
    view_refresh(driver->view);
}

void driver_fini(struct driver *driver)
{
    fixture_fini(&driver->fixture);
    inbox_free(driver->inbox);
}

unsigned driver_key(struct driver *driver, unsigned key)
{
    unsigned react = keymap_dispatch(driver->view, key);
    view_refresh(driver->view);
    return react;
}

unsigned driver_type(struct driver *driver, const char *text)
{
    unsigned react = REACT_NONE;
    for (; *text != '\0'; text++)
        react = driver_key(driver, (unsigned char)*text);
    return react;
}

void driver_pass(struct driver *driver, int64_t ms)
{
    driver->view->mono_ms += ms;
    driver->view->now_ms += ms;
}

struct command driver_sent(struct driver *driver, enum command_kind kind)
{
    struct command command;
    if (!inbox_next(driver->inbox, &command))
        ck_abort_msg("no command was sent; the status line says: %s", driver->view->status);
    ck_assert_int_eq(command.kind, kind);
    return command;
}

void driver_sent_nothing(struct driver *driver)
{
    struct command command;
    if (inbox_next(driver->inbox, &command))
        ck_abort_msg("a command of kind %u was sent", (unsigned)command.kind);
}

static void expect(struct driver *driver, int width, int height, const char *text, bool wanted)
{
    char *screen = fixture_screen(&driver->fixture, width, height);
    bool found = strstr(screen, text) != NULL;
    if (found != wanted)
        ck_abort_msg("%s \"%s\" on the screen:\n%.3000s", wanted ? "no" : "there is", text, screen);
    free(screen);
}

void driver_shows(struct driver *driver, const char *text)
{
    expect(driver, 80, 24, text, true);
}

void driver_hides(struct driver *driver, const char *text)
{
    expect(driver, 80, 24, text, false);
}

void driver_screen_shows(struct driver *driver, int width, int height, const char *text)
{
    expect(driver, width, height, text, true);
}

void driver_says(struct driver *driver, const char *text)
{
    if (strstr(driver->view->status, text) == NULL)
        ck_abort_msg("no \"%s\" in the status line: %s", text, driver->view->status);
}

static void tell_proposal(struct driver *driver, bool waits, const struct proposal *proposal)
{
    struct message *message = message_new(MESSAGE_PROPOSAL);
    message->has_pending = waits;
    if (waits) {
        message->proposal = mem_alloc(sizeof *message->proposal);
        *message->proposal = *proposal;
    }
    view_fold_take(driver->view, message);
    view_refresh(driver->view);
}

void driver_line_changes(struct driver *driver, const char *name, enum delta_state state)
{
    struct proposal proposal = driver->view->run.pending;
    struct delta *delta = proposal_find(&proposal, name);
    ck_assert_ptr_nonnull(delta);
    delta->state = state;
    tell_proposal(driver, true, &proposal);
}

void driver_proposal_gone(struct driver *driver)
{
    tell_proposal(driver, false, NULL);
}
