/* loop: see loop.h. UI thread. A key is answered at once; what the engine says is drawn at most 60
 * times a second, however much it says. Nothing waits while a lock is held: there is none. */
#include "config.h"

#include "ui/loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

#include "artifact/realclock.h"
#include "engine/signals.h"
#include "ui/compose.h"
#include "ui/input.h"
#include "ui/keymap.h"
#include "ui/params.h"
#include "ui/screen.h"
#include "ui/terminal_out.h"

enum {
    FRAME_MS = 16,
    FOLD_MS = 1,      /* at most this long before keys are looked at again */
    KEYS_AT_ONCE = 64 /* before a frame */
};

enum { WATCH_INPUT, WATCH_OUTBOX, WATCH_SIGNALS, WATCH_HOOK, WATCH_COUNT };

struct loop {
    struct view *view;
    int signal_fd;
    struct canvas canvas;
    struct layout layout; /* of the frame on the screen; the view borrows it */
    struct clock clock;
    struct hook hook; /* the alerts' command */
    unsigned react;   /* what has to happen before the next wait */
    bool urgent;      /* a key or a signal: draw without waiting for the next frame */
    int64_t frame_ms; /* when the last frame was drawn */
    bool over;
    enum loop_end end;
};

static void leave(struct loop *loop, enum loop_end end)
{
    loop->over = true;
    loop->end = end;
}

static void look_at_clocks(struct loop *loop)
{
    loop->view->now_ms = clock_now(&loop->clock);
    loop->view->mono_ms = monotonic_ms();
}

/* Milliseconds to wait at most; -1: for ever. */
static int64_t patience(const struct loop *loop)
{
    if (loop->react != REACT_NONE) {
        int64_t due = loop->frame_ms + FRAME_MS - loop->view->mono_ms;
        return loop->urgent || due < 0 ? 0 : due;
    }
    int64_t tick = view_tick_ms(loop->view);
    int64_t hook = hook_tick_ms(&loop->hook, loop->view->mono_ms);
    return hook >= 0 && (tick < 0 || hook < tick) ? hook : tick;
}

static void take_signals(struct loop *loop)
{
    int number;
    while ((number = signals_next(loop->signal_fd)) != 0) {
        switch (number) {
        case SIGWINCH:
            screen_resize();
            loop->react |= REACT_RELAYOUT;
            break;
        case SIGCONT:
            screen_resume();
            loop->react |= REACT_REPAINT;
            loop->urgent = true;
            break;
        case SIGTSTP:
            loop->react |= REACT_SUSPEND;
            break;
        case SIGHUP:
            leave(loop, LOOP_HANG_UP);
            return;
        case SIGINT:
        case SIGTERM:
        case SIGQUIT:
            leave(loop, LOOP_SIGNAL);
            return;
        default:
            break;
        }
    }
}

static void take_messages(struct loop *loop)
{
    int64_t until = loop->view->mono_ms + FOLD_MS;
    struct message *message;
    while ((message = outbox_next(loop->view->outbox)) != NULL) {
        loop->react |= view_fold_take(loop->view, message);
        if (monotonic_ms() >= until)
            return;
    }
}

/* The terminal is gone, if it says that bytes wait and there are none. */
static bool input_ended(void)
{
    int waiting = 0;
    return ioctl(screen_input_fd(), FIONREAD, &waiting) != 0 || waiting == 0;
}

static void take_keys(struct loop *loop)
{
    struct view *view = loop->view;
    bool ended = input_ended();
    int heard = 0;
    unsigned key;
    while (heard < KEYS_AT_ONCE && (key = input_next()) != 0) {
        heard++;
        view->mono_ms = monotonic_ms();
        struct mouse_event event;
        unsigned react = key != KEYCODE_MOUSE       ? keymap_dispatch(view, key)
                         : input_mouse(&event) == 0 ? mouse_dispatch(view, &event)
                                                    : REACT_NONE;
        if (react & REACT_FLUSH)
            input_flush();
        loop->react |= react & ~(unsigned)REACT_FLUSH;
        if (react & (REACT_QUIT | REACT_SUSPEND | REACT_FLUSH))
            break;
    }
    loop->urgent |= heard > 0;
    if (heard == 0 && ended)
        leave(loop, LOOP_HANG_UP);
}

static void draw(struct loop *loop)
{
    struct view *view = loop->view;
    int width, height;
    screen_size(&width, &height);
    if (loop->canvas.width != width || loop->canvas.height != height) {
        canvas_fini(&loop->canvas);
        canvas_init(&loop->canvas, width, height, view->charset);
    }
    loop->canvas.charset = view->charset;
    params_disk_look(view);
    view_refresh(view);
    loop->layout = compose_layout(view, width, height);
    view->layout = &loop->layout;
    compose_draw(view, &loop->canvas);
    screen_show(&loop->canvas);
    loop->frame_ms = monotonic_ms();
    if (screen_cut_off() != 0)
        leave(loop, screen_cut_off() == SIGHUP ? LOOP_HANG_UP : LOOP_SIGNAL);
}

/* Theme and mouse, as the settings have them. */
static void tell_terminal(const struct view *view)
{
    screen_theme(&view->preferences.theme);
    screen_mouse(view->preferences.settings.value[SETTING_MOUSE].number != 0);
}

/* Does what keys, messages and signals asked for. */
static void settle(struct loop *loop)
{
    unsigned react = loop->react;
    if (react & REACT_QUIT) {
        leave(loop, LOOP_QUIT);
        return;
    }
    if (react & REACT_SUSPEND) {
        screen_suspend();
        look_at_clocks(loop);
        loop->urgent = true;
    }
    bool due = loop->urgent || loop->view->mono_ms - loop->frame_ms >= FRAME_MS;
    if (react == REACT_NONE || !due)
        return;
    view_refresh(loop->view);
    react |= alerts_judge(loop->view);
    if (react & REACT_TERMINAL)
        tell_terminal(loop->view);
    if (react & REACT_COPY)
        terminal_out_copy(loop->view);
    if (react & REACT_ALERT)
        terminal_out_alerts(loop->view, &loop->hook);
    if (react & REACT_REPAINT)
        screen_repaint();
    if (react & REACT_BELL)
        screen_bell();
    loop->react = REACT_NONE;
    loop->urgent = false;
    draw(loop);
}

/* One wait and what came of it; -1 with ERR if the system refused to wait. */
static int turn(struct loop *loop, struct error *err)
{
    struct pollfd watch[WATCH_COUNT] = {
        [WATCH_INPUT] = {screen_input_fd(), POLLIN, 0},
        [WATCH_OUTBOX] = {loop->view->outbox ? outbox_fd(loop->view->outbox) : -1, POLLIN, 0},
        [WATCH_SIGNALS] = {loop->signal_fd, POLLIN, 0},
        [WATCH_HOOK] = {loop->hook.pidfd, POLLIN, 0},
    };
    look_at_clocks(loop);
    int64_t wait = patience(loop);
    struct timespec limit = {(time_t)(wait / 1000), (long)(wait % 1000) * 1000000L};
    int ready = ppoll(watch, WATCH_COUNT, wait < 0 ? NULL : &limit, NULL);
    if (ready < 0 && errno != EINTR)
        return error_set(err, ERROR_IO, "ppoll: %s", strerror(errno));
    look_at_clocks(loop);
    loop->react |= view_pass(loop->view);
    if (loop->hook.pid != 0)
        terminal_out_alerts(loop->view, &loop->hook);
    if (ready <= 0) {
        loop->react |= wait >= 0 ? REACT_REDRAW : REACT_NONE;
        return 0;
    }
    if (watch[WATCH_SIGNALS].revents)
        take_signals(loop);
    if (!loop->over && watch[WATCH_OUTBOX].revents)
        take_messages(loop);
    if (!loop->over && watch[WATCH_INPUT].revents & POLLIN)
        take_keys(loop);
    else if (!loop->over && watch[WATCH_INPUT].revents)
        leave(loop, LOOP_HANG_UP);
    return 0;
}

enum loop_end loop_run(struct view *view, int signal_fd, struct error *err)
{
    struct loop loop = {
        .view = view, .signal_fd = signal_fd, .clock = clock_real(), .hook = HOOK_INIT};
    look_at_clocks(&loop);
    tell_terminal(view);
    draw(&loop);
    while (!loop.over) {
        if (turn(&loop, err) != 0)
            leave(&loop, LOOP_FAULT);
        if (!loop.over)
            settle(&loop);
    }
    hook_leave(&loop.hook, monotonic_ms());
    canvas_fini(&loop.canvas);
    view->layout = NULL;
    return loop.end;
}
