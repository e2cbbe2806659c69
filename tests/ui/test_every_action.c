/* test_every_action: every row of the table of actions in every mode: its key does what the row
 * promises, or the status line says why not, and then nothing else happens. An action without a row
 * here fails. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/bindings.h"
#include "ui/dialog.h"
#include "ui/keyname.h"
#include "ui/sandbox.h"

/* Modes by a letter each: r a live run between two iterations, h it holds with a proposal, p it is
 * paused, f a frozen view, R a replay, o a holding run under --readonly, c a completed run whose
 * engine still serves, e a run whose engine has ended, s a sandbox at iteration 6 of a replay. */
#define MODES      "rhpfRoces"
#define EVERYWHERE MODES
#define RECORDED   "rhpfRoce" /* all but the sandbox */

enum { WIDTH = 120, HEIGHT = 40 };

enum effect {
    SENDS,  /* a command to the engine */
    OPENS,  /* a dialog, or a line to type in */
    SHOWS,  /* another picture, be it a word in the status line */
    LEAVES, /* asks the loop to quit, or the operator whether to */
    ASKS    /* something of the terminal: suspend, repaint */
};

static const struct rundir nowhere = {
    .fd = -1, .artifacts_fd = -1, .soak_fd = -1, .path = "/nonexistent"};

/* A directory whose runs could be listed. */
static void prepare_directory(struct view *view)
{
    struct error err = ERROR_INIT;
    view->dir = &nowhere;
    view->outbox = outbox_new(&err);
    ck_assert_msg(view->outbox != NULL, "%s", err.text);
}

static unsigned take_back(struct view *view, const void *data)
{
    (void)data;
    view->top[PANEL_PARAMS] = 0;
    return REACT_REDRAW;
}

/* Something that can be taken back in every mode. */
static void prepare_undo(struct view *view)
{
    static const struct undo_class class = {take_back, take_back};
    undo_note(view, &class, "a step", "", 1);
}

static void prepare_redo(struct view *view)
{
    prepare_undo(view);
    undo_newest(view);
}

/* Another process's change, before any iteration. */
static void prepare_external(struct view *view)
{
    const struct change change = {.kind = CHANGE_EXTERNAL};
    run_add_change(&view->run, &change, 0);
}

static void prepare_back(struct view *view)
{
    if (view->mode != VIEW_LIVE)
        view_show(view, 5);
}

static const struct expected {
    const char *name;
    const char *modes; /* in which it works */
    enum effect effect;
    const char *before; /* keys pressed before it; NULL: none */
    void (*prepare)(struct view *view);
} expected_table[] = {
    {"mark", "hs", SHOWS, NULL, NULL},
    {"range", "hs", SHOWS, NULL, NULL},
    {"mark-all", "hs", SHOWS, NULL, NULL},
    {"approve", "hs", SENDS, NULL, NULL},
    {"reject", "hs", OPENS, NULL, NULL},
    {"edit", "hs", OPENS, NULL, NULL},
    {"hold", "hs", OPENS, NULL, NULL},
    {"step-down", "hs", OPENS, NULL, NULL},
    {"step-up", "hs", OPENS, NULL, NULL},
    {"undo", EVERYWHERE, SHOWS, NULL, prepare_undo},
    {"redo", EVERYWHERE, SHOWS, NULL, prepare_redo},
    {"apply", "hs", OPENS, NULL, NULL},
    {"rollback", "rhpfcs", OPENS, NULL, NULL},
    {"external", RECORDED, OPENS, NULL, prepare_external},
    {"pause", "rhpf", SENDS, NULL, NULL},
    {"run-next", "rhpfs", SENDS, NULL, NULL},
    {"stop-after", "rhpf", OPENS, NULL, NULL},
    {"gate", "rhpfRc", OPENS, NULL, NULL},
    {"report", EVERYWHERE, SHOWS, NULL, NULL},
    {"previous-iteration", EVERYWHERE, SHOWS, NULL, NULL},
    {"next-iteration", EVERYWHERE, SHOWS, "[ [", NULL},
    {"previous-event", EVERYWHERE, SHOWS, NULL, NULL},
    {"next-event", EVERYWHERE, SHOWS, "{ {", NULL},
    {"stretch", EVERYWHERE, SHOWS, NULL, NULL},
    {"shrink", EVERYWHERE, SHOWS, "=", NULL},
    {"freeze", RECORDED, SHOWS, NULL, NULL},
    {"slower", "R", SHOWS, NULL, NULL},
    {"faster", "R", SHOWS, NULL, NULL},
    {"live", "fRs", SHOWS, NULL, prepare_back},
    {"rehearse", "Rs", SHOWS, NULL, NULL},
    {"bookmark", RECORDED, OPENS, NULL, NULL},
    {"bookmarks", RECORDED, SHOWS, NULL, NULL},
    {"handover", RECORDED, OPENS, NULL, NULL},
    {"compare", RECORDED, OPENS, NULL, prepare_directory},
    {"open-path", RECORDED, OPENS, NULL, prepare_directory},
    {"left", EVERYWHERE, SHOWS, "1", NULL},
    {"down", EVERYWHERE, SHOWS, NULL, NULL},
    {"up", EVERYWHERE, SHOWS, "3 j", NULL},
    {"right", EVERYWHERE, SHOWS, "1 h", NULL},
    {"page-up", EVERYWHERE, SHOWS, "3 G", NULL},
    {"page-down", EVERYWHERE, SHOWS, NULL, NULL},
    {"half-up", EVERYWHERE, SHOWS, "3 G", NULL},
    {"half-down", EVERYWHERE, SHOWS, NULL, NULL},
    {"first", EVERYWHERE, SHOWS, "3 G", NULL},
    {"last", EVERYWHERE, SHOWS, NULL, NULL},
    {"next-panel", EVERYWHERE, SHOWS, NULL, NULL},
    {"previous-panel", EVERYWHERE, SHOWS, NULL, NULL},
    {"focus-kpis", EVERYWHERE, SHOWS, NULL, NULL},
    {"focus-deltas", EVERYWHERE, SHOWS, "1", NULL},
    {"focus-params", EVERYWHERE, SHOWS, NULL, NULL},
    {"focus-guards", EVERYWHERE, SHOWS, NULL, NULL},
    {"focus-gate", EVERYWHERE, SHOWS, NULL, NULL},
    {"focus-run", EVERYWHERE, SHOWS, NULL, NULL},
    {"focus-journal", EVERYWHERE, SHOWS, NULL, NULL},
    {"open", EVERYWHERE, SHOWS, "1", NULL},
    {"zoom", EVERYWHERE, SHOWS, NULL, NULL},
    {"search", EVERYWHERE, OPENS, NULL, NULL},
    {"next-hit", EVERYWHERE, SHOWS, "3 / a g e Enter", NULL},
    {"previous-hit", EVERYWHERE, SHOWS, "3 / a g e Enter", NULL},
    {"filter", EVERYWHERE, OPENS, NULL, NULL},
    {"sort", EVERYWHERE, OPENS, NULL, NULL},
    {"invert", EVERYWHERE, SHOWS, NULL, NULL},
    {"copy", RECORDED, OPENS, NULL, NULL},
    {"export", EVERYWHERE, OPENS, NULL, NULL},
    {"save-screen", EVERYWHERE, OPENS, NULL, NULL},
    {"help", EVERYWHERE, OPENS, NULL, NULL},
    {"palette", EVERYWHERE, OPENS, NULL, NULL},
    {"explain", EVERYWHERE, OPENS, NULL, NULL},
    {"options", EVERYWHERE, OPENS, NULL, NULL},
    {"alerts", EVERYWHERE, OPENS, NULL, NULL},
    {"mouse", EVERYWHERE, SHOWS, NULL, NULL},
    {"back", EVERYWHERE, SHOWS, "f", NULL},
    {"charset", EVERYWHERE, SHOWS, NULL, NULL},
    {"redraw", EVERYWHERE, ASKS, NULL, NULL},
    {"readonly", "rhpfce", SHOWS, NULL, NULL},
    {"suspend", EVERYWHERE, ASKS, NULL, NULL},
    {"quit", EVERYWHERE, LEAVES, NULL, NULL},
    {NULL, NULL, SHOWS, NULL, NULL},
};

struct state {
    struct canvas screen;
    char status[256];
    enum view_mode mode;
    bool dialog;
};

static void look(struct driver *driver, struct state *state)
{
    canvas_init(&state->screen, WIDTH, HEIGHT, driver->view->charset);
    view_refresh(driver->view);
    compose_draw(driver->view, &state->screen);
    memcpy(state->status, driver->view->status, sizeof state->status);
    state->mode = driver->view->mode;
    state->dialog = driver->view->dialog != NULL;
}

static void set_mode(struct driver *driver, char mode)
{
    bool holds = mode == 'h' || mode == 'o';
    driver_init(driver, 22, holds ? PROPOSED : QUIET);
    struct view *view = driver->view;
    if (mode == 'p')
        view->run.state = RUN_PAUSED;
    if (mode == 'f')
        view_freeze(view);
    if (mode == 'R' || mode == 's')
        view->mode = VIEW_REPLAY;
    if (mode == 'c' || mode == 'e')
        view->run.state = RUN_COMPLETED;
    view->ended = mode == 'e';
    if (mode == 'R' || mode == 'o')
        view->readonly = view->forever_readonly = true;
    view->charset = view->charset_best = CHARSET_BRAILLE;
    if (mode == 's') {
        view_show(view, 6);
        sandbox_enter(view);
    }
    view_refresh(view);
}

static void press_before(struct driver *driver, const char *keys)
{
    char text[256];
    snprintf(text, sizeof text, "%s", keys ? keys : "");
    for (char *name = strtok(text, " "); name; name = strtok(NULL, " "))
        driver_key(driver, keyname_parse(name));
}

static unsigned press(struct driver *driver, const struct action *action)
{
    unsigned key = bindings_of(action)[0].key;
    if (key != 0 && keymap_at(driver->view, key) == action)
        return driver_key(driver, key);
    unsigned react = keymap_run(driver->view, action);
    view_refresh(driver->view);
    return react;
}

static bool has_effect(enum effect effect, const struct state *before, const struct state *after,
                       bool sent, unsigned react)
{
    switch (effect) {
    case SENDS:
        if (sent || after->mode != VIEW_SANDBOX)
            return sent;
        break; /* it is carried out at once */
    case OPENS:
        return after->dialog;
    case SHOWS:
        break;
    case LEAVES:
        return (react & REACT_QUIT) != 0 || after->dialog || after->mode != before->mode;
    case ASKS:
        return (react & (REACT_SUSPEND | REACT_REPAINT)) != 0;
    }
    return memcmp(before->screen.cell, after->screen.cell,
                  (size_t)(WIDTH * HEIGHT) * sizeof *after->screen.cell) != 0;
}

/* True if it is as expected in MODE; else tells on standard output what is not. */
static bool check(const struct action *action, const struct expected *expected, char mode)
{
    struct driver driver;
    struct state before, after;
    struct command command;
    set_mode(&driver, mode);
    press_before(&driver, expected->before);
    if (expected->prepare)
        expected->prepare(driver.view);
    driver.view->status[0] = '\0';
    while (inbox_next(driver.inbox, &command))
        ;
    look(&driver, &before);
    const char *why = action_why_not(action, driver.view);
    unsigned react = press(&driver, action);
    bool sent = inbox_next(driver.inbox, &command), works = strchr(expected->modes, mode) != NULL;
    look(&driver, &after);
    bool effect = has_effect(expected->effect, &before, &after, sent, react);
    bool kept = !sent && after.dialog == before.dialog && after.mode == before.mode;
    bool says = strstr(after.status, action->name) == after.status &&
                strlen(after.status) > strlen(action->name) + 4;
    const char *fault = NULL;
    if (works)
        fault = why != NULL ? "does not work" : !effect ? "nothing came of it" : NULL;
    else
        fault = why == NULL ? "works" : !kept ? "does something" : !says ? "says no reason" : NULL;
    if (fault)
        printf("# %s in mode %c %s; status line: %s\n", action->name, mode, fault, after.status);
    canvas_fini(&before.screen);
    canvas_fini(&after.screen);
    struct outbox *outbox = driver.view->outbox;
    driver_fini(&driver); /* ends the jobs that post to it */
    if (outbox)
        outbox_free(outbox);
    return fault == NULL;
}

static const struct expected *expected_of(const char *name)
{
    for (const struct expected *expected = expected_table; expected->name; expected++)
        if (strcmp(expected->name, name) == 0)
            return expected;
    return NULL;
}

START_TEST(every_action_works_or_says_why_not)
{
    int faults = 0;
    for (const struct action *action = action_table; action->name; action++) {
        const struct expected *expected = expected_of(action->name);
        if (!expected)
            printf("# no row for the action %s\n", action->name);
        faults += !expected;
        for (const char *mode = MODES; expected && *mode; mode++)
            faults += !check(action, expected, *mode);
    }
    fflush(stdout);
    ck_assert_int_eq(faults, 0);
}
END_TEST

START_TEST(every_expectation_is_of_an_action)
{
    for (const struct expected *expected = expected_table; expected->name; expected++)
        ck_assert_msg(action_find(expected->name) != NULL, "%s", expected->name);
}
END_TEST

Suite *every_action_suite(void)
{
    const TTest *const list[] = {
        every_action_works_or_says_why_not,
        every_expectation_is_of_an_action,
        NULL,
    };
    return harness_suite("every_action", list, 60);
}
