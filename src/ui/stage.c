/* stage: see stage.h. The engine is at rest between two calls: all that it could do for the time
 * that has passed is done and folded. */
#include "config.h"

#include "ui/stage.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/realclock.h"
#include "engine/signals.h"
#include "model/mem.h"
#include "ui/compose.h"
#include "ui/keymap.h"

/* In real time: nothing heard for so long is a fault, not a slow machine. */
enum { SILENCE_MS = 300000 };

struct stage {
    struct view *view;
    /* The engine, even while the view shows another run. */
    struct inbox *inbox; /* NULL: there is none */
    bool ended;
    enum run_state state;
    int64_t next_ms; /* wall clock; UTC_NONE: it does not sleep */
    int signal_fd;
    struct canvas canvas;
    struct layout layout; /* of CANVAS; the view borrows it */
    int64_t began_ms;     /* wall clock at the start */
    int64_t passed_ms;
    bool left;
};

static void set_time(struct stage *stage, int64_t passed_ms)
{
    stage->passed_ms = passed_ms;
    stage->view->mono_ms = passed_ms;
    stage->view->now_ms = stage->began_ms + passed_ms;
    view_pass(stage->view);
}

static void draw(struct stage *stage)
{
    struct view *view = stage->view;
    stage->canvas.charset = view->charset;
    view_refresh(view);
    stage->layout = compose_layout(view, stage->canvas.width, stage->canvas.height);
    view->layout = &stage->layout;
    compose_draw(view, &stage->canvas);
}

static int take_signal(const struct stage *stage, struct error *err)
{
    int number = signals_next(stage->signal_fd);
    return number == 0 ? 0 : error_set(err, ERROR_IO, "ended by signal %d", number);
}

/* Waits in real time until a message is there. */
static int await_message(const struct stage *stage, struct error *err)
{
    struct pollfd watch[] = {{outbox_fd(stage->view->outbox), POLLIN, 0},
                             {stage->signal_fd, POLLIN, 0}};
    int64_t until = monotonic_ms() + SILENCE_MS;
    for (;;) {
        int64_t left = until - monotonic_ms();
        int ready = poll(watch, 2, left > 0 ? (int)left : 0);
        if (ready < 0 && errno != EINTR)
            return error_set(err, ERROR_IO, "poll: %s", strerror(errno));
        if (ready > 0 && watch[1].revents && take_signal(stage, err) != 0)
            return -1;
        if (ready > 0 && watch[0].revents)
            return 0;
        if (left <= 0)
            return error_set(err, ERROR_IO, "nothing was heard of the run for %d s",
                             SILENCE_MS / 1000);
    }
}

/* RESTED: the engine has said so. */
static bool at_rest(const struct stage *stage, bool rested)
{
    const struct view *view = stage->view;
    if (stage->inbox && !stage->ended && !rested)
        return false;
    return !view->gate_running && !view->runs.listing && !view->runs.reading;
}

static void note(struct stage *stage, const struct message *message)
{
    if (!stage->inbox)
        return;
    if (message->kind == MESSAGE_STATE) {
        stage->state = message->state;
        stage->next_ms = message->next_ms;
    }
    stage->ended |= message->kind == MESSAGE_END;
}

/* Folds all that comes of what was asked for so far. */
static int settle(struct stage *stage, struct error *err)
{
    struct view *view = stage->view;
    struct command pass = {.kind = COMMAND_PASS, .number = (double)stage->passed_ms};
    bool rested = false;
    if (stage->inbox && !stage->ended && inbox_post(stage->inbox, &pass) != 0)
        return error_set(err, ERROR_IO, "the engine takes no commands");
    for (;;) {
        struct message *message;
        while ((message = outbox_next(view->outbox)) != NULL) {
            rested |= message->kind == MESSAGE_REST;
            note(stage, message);
            view_fold_take(view, message);
        }
        if (at_rest(stage, rested))
            return 0;
        if (await_message(stage, err) != 0)
            return -1;
    }
}

static int settle_and_draw(struct stage *stage, struct error *err)
{
    if (settle(stage, err) != 0)
        return -1;
    draw(stage);
    return 0;
}

/* A replay begins when its run was over. */
static int64_t beginning(const struct run *run)
{
    if (run->ended_ms != UTC_NONE && run->ended_ms > 0)
        return run->ended_ms;
    if (run->count > 0 && run->iteration[run->count - 1]->utc_ms != UTC_NONE)
        return run->iteration[run->count - 1]->utc_ms;
    return CLOCK_MOCK_START_MS;
}

struct stage *stage_new(struct view *view, int width, int height, int signal_fd, struct error *err)
{
    struct stage *stage = mem_alloc(sizeof *stage);
    stage->view = view;
    stage->inbox = view->inbox;
    stage->state = view->run.state;
    stage->next_ms = UTC_NONE;
    stage->signal_fd = signal_fd;
    stage->began_ms = view->mode == VIEW_REPLAY ? beginning(&view->run) : CLOCK_MOCK_START_MS;
    set_time(stage, 0);
    canvas_init(&stage->canvas, width, height, view->charset);
    if (settle_and_draw(stage, err) == 0)
        return stage;
    stage_free(stage);
    return NULL;
}

void stage_free(struct stage *stage)
{
    if (!stage)
        return;
    stage->view->layout = NULL;
    canvas_fini(&stage->canvas);
    free(stage);
}

int stage_key(struct stage *stage, unsigned key, struct error *err)
{
    unsigned react = keymap_dispatch(stage->view, key);
    stage->left |= (react & REACT_QUIT) != 0;
    return settle_and_draw(stage, err);
}

int stage_mouse(struct stage *stage, const struct mouse_event *event, struct error *err)
{
    unsigned react = mouse_dispatch(stage->view, event);
    stage->left |= (react & REACT_QUIT) != 0;
    return settle_and_draw(stage, err);
}

/* When, in passed time, the engine's sleep ends; -1: it does not sleep. */
static int64_t engine_wakes(const struct stage *stage)
{
    if (stage->ended || stage->state != RUN_SLEEPING || stage->next_ms == UTC_NONE)
        return -1;
    int64_t next = stage->next_ms - stage->began_ms;
    return next > stage->passed_ms ? next : stage->passed_ms;
}

/* When, in passed time, the next thing happens by itself: an iteration, or a replay that plays;
 * -1: never. */
static int64_t wakes_ms(const struct stage *stage)
{
    int64_t engine = engine_wakes(stage), tick = play_tick_ms(stage->view);
    int64_t play = tick < 0 ? -1 : stage->passed_ms + tick;
    return engine < 0 || (play >= 0 && play < engine) ? play : engine;
}

int stage_pass(struct stage *stage, int64_t ms, struct error *err)
{
    int64_t until = stage->passed_ms + ms;
    for (;;) {
        int64_t next = wakes_ms(stage);
        bool last = next < 0 || next > until;
        set_time(stage, last ? until : next);
        if (settle_and_draw(stage, err) != 0)
            return -1;
        if (last)
            return 0;
    }
}

/* Something outside works: a bot, or another process that writes the directory. */
static bool outside_works(const struct stage *stage)
{
    if (stage->inbox)
        return !stage->ended && (stage->state == RUN_RUNNING || stage->state == RUN_STARTING);
    return !view_recorded(stage->view) && !stage->view->ended;
}

enum stage_move stage_advance(struct stage *stage, struct error *err)
{
    int64_t next = wakes_ms(stage);
    if (next < 0 && !outside_works(stage))
        return STAGE_STILL;
    if (next >= 0)
        set_time(stage, next);
    else if (await_message(stage, err) != 0)
        return STAGE_FAULT;
    return settle_and_draw(stage, err) == 0 ? STAGE_MOVED : STAGE_FAULT;
}

void stage_size(struct stage *stage, int width, int height)
{
    canvas_fini(&stage->canvas);
    canvas_init(&stage->canvas, width, height, stage->view->charset);
    draw(stage);
}

void stage_charset(struct stage *stage, enum charset charset)
{
    stage->view->charset = stage->view->charset_best = charset;
    draw(stage);
}

bool stage_left(const struct stage *stage)
{
    return stage->left;
}

const struct canvas *stage_canvas(const struct stage *stage)
{
    return &stage->canvas;
}
