/* play: see play.h. UI thread. Invariant: it plays in a replay only, and never beyond the end. */
#include "config.h"

#include "ui/play.h"

#include <stdio.h>

#include "ui/view.h"

enum { SECOND_MS = 1000, SLOWEST = -2, FASTEST = 6, LAG_MS = 1000 };

static int64_t period_ms(const struct play *play)
{
    return play->speed < 0 ? (int64_t)SECOND_MS << -play->speed : SECOND_MS >> play->speed;
}

static void speed_text(const struct play *play, char *text, size_t size)
{
    if (play->speed < 0)
        snprintf(text, size, "x1/%d", 1 << -play->speed);
    else
        snprintf(text, size, "x%d", 1 << play->speed);
}

void play_stop(struct view *view)
{
    view->play.on = false;
}

unsigned play_toggle(struct view *view)
{
    struct play *play = &view->play;
    unsigned react = REACT_REDRAW;
    play->on = !play->on;
    if (!play->on) {
        view_say(view, false, "stopped at iteration %d", view_number(view));
        return react;
    }
    if (view_number(view) >= view_count(view))
        react |= view_show(view, 1);
    play->due_ms = view->mono_ms + period_ms(play);
    view_say(view, false, "playing; p stops, < and > set the speed");
    return react;
}

unsigned play_speed(struct view *view, int steps)
{
    struct play *play = &view->play;
    char text[16];
    int speed = play->speed + steps;
    speed = speed < SLOWEST ? SLOWEST : speed > FASTEST ? FASTEST : speed;
    bool same = speed == play->speed;
    play->speed = speed;
    if (play->on && play->due_ms > view->mono_ms + period_ms(play))
        play->due_ms = view->mono_ms + period_ms(play);
    speed_text(play, text, sizeof text);
    view_say(view, false, "%s%s: %g iterations a second%s", text,
             same ? " already, it goes no further" : "", SECOND_MS / (double)period_ms(play),
             play->on ? "" : "; p plays");
    return REACT_REDRAW;
}

unsigned play_pass(struct view *view)
{
    struct play *play = &view->play;
    unsigned react = REACT_NONE;
    if (!play->on || view->mode != VIEW_REPLAY)
        return react;
    if (view->mono_ms - play->due_ms > LAG_MS) /* the program was suspended: no leap */
        play->due_ms = view->mono_ms;
    for (; play->on && play->due_ms <= view->mono_ms; play->due_ms += period_ms(play)) {
        react |= view_show(view, view_number(view) + 1);
        play->on = view_number(view) < view_count(view);
    }
    if (!play->on) {
        view_say(view, false, "the end of the run; p plays it again");
        react |= REACT_REDRAW;
    }
    return react;
}

int64_t play_tick_ms(const struct view *view)
{
    const struct play *play = &view->play;
    if (!play->on || view->mode != VIEW_REPLAY)
        return -1;
    return play->due_ms > view->mono_ms ? play->due_ms - view->mono_ms : 0;
}

void play_text(const struct view *view, char *text, size_t size)
{
    char speed[16];
    text[0] = '\0';
    speed_text(&view->play, speed, sizeof speed);
    if (view->play.on)
        snprintf(text, size, "playing %s", speed);
    else if (view->play.speed != 0)
        snprintf(text, size, "%s", speed);
}
