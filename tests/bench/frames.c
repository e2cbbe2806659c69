/* frames: what a frame costs without a terminal: microseconds to bring the view up to date and to
 * draw it, with runs of three lengths. "quiet": nothing changed; "new": an iteration was recorded
 * just before. Prints a line "frame SIZE ITERATIONS QUIET NEW" for each. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "fixture.h"

enum { FRAMES = 200 };

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void draw(struct view *view, struct canvas *canvas, struct layout *layout)
{
    view_refresh(view);
    *layout = compose_layout(view, canvas->width, canvas->height);
    view->layout = layout;
    compose_draw(view, canvas);
}

static int ascending(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return one < other ? -1 : one > other;
}

/* The median of FRAMES frames; NEWS: each after another iteration. */
static double median(struct fixture *fixture, struct canvas *canvas, int news)
{
    static double took[FRAMES];
    struct layout layout;
    struct view *view = &fixture->view;
    for (int i = 0; i < FRAMES; i++) {
        if (news) {
            struct message *message = message_new(MESSAGE_ITERATION);
            message->iteration = fixture_iteration(&fixture->config, (int)view->run.count + 1);
            view_fold_take(view, message);
        }
        double from = now_us();
        draw(view, canvas, &layout);
        took[i] = now_us() - from;
    }
    view->layout = NULL;
    qsort(took, FRAMES, sizeof *took, ascending);
    return took[FRAMES / 2];
}

static void measure(int iterations, int width, int height)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct canvas canvas;
    if (!fixture)
        abort();
    fixture_init(fixture, iterations);
    fixture->view.charset = fixture->view.charset_best = CHARSET_BRAILLE;
    canvas_init(&canvas, width, height, CHARSET_BRAILLE);
    double quiet = median(fixture, &canvas, 0), news = median(fixture, &canvas, 1);
    printf("frame %dx%d %d %.0f %.0f\n", width, height, iterations, quiet, news);
    canvas_fini(&canvas);
    fixture_fini(fixture);
    free(fixture);
}

int main(void)
{
    static const int lengths[] = {24, 2000, 20000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        measure(lengths[i], 120, 40);
        measure(lengths[i], 200, 60);
    }
    return 0;
}
