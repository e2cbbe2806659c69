/* alerts: what happened that an operator wants to be told of, and how: by a table of events, each
 * with its setting (alert-proposal ...). What is for the eyes stands in the view; the terminal half
 * (bell, notification, command) is done by the loop. Pure. UI thread. */
#ifndef SOAKTOP_UI_ALERTS_H
#define SOAKTOP_UI_ALERTS_H

#include "engine/event.h"

struct view;

/* In the order of the settings from SETTING_ALERT_PROPOSAL on. */
enum alert_event {
    ALERT_PROPOSAL,
    ALERT_VERDICT,
    ALERT_FREEZE,
    ALERT_ITERATION_FAILED,
    ALERT_RUN_FAILED,
    ALERT_RUN_FINISHED,
    ALERT_EXTERNAL,
    ALERT_TRIPWIRE,
    ALERT_DIVERGED,
    ALERT_EVENTS
};

/* In the order of the settings' words. */
enum alert_means {
    ALERT_VISUAL = 1 << 0,
    ALERT_BELL = 1 << 1,
    ALERT_NOTIFY = 1 << 2,
    ALERT_COMMAND = 1 << 3
};

enum { ALERT_TEXT_MAX = 200, ALERT_QUEUE_MAX = 8 };

struct alert {
    enum alert_event event;
    unsigned means; /* NOTIFY, COMMAND: what the terminal half has to do */
    int iteration;
    char text[ALERT_TEXT_MAX]; /* one sentence, raw */
};

struct alerts {
    int unseen[ALERT_EVENTS]; /* until the operator looks: Esc, or the journal */
    enum alert_event flash;   /* its word stands in the header ... */
    int64_t flash_until_ms;   /* ... until then (monotonic); 0: none */
    int64_t bell_ms;          /* monotonic: when it rang last */
    bool judged;              /* VERDICT is known */
    enum verdict verdict;     /* of the newest iterations */
    size_t judged_count;
    size_t count; /* that wait for the terminal half */
    struct alert queue[ALERT_QUEUE_MAX];
};

/* As files and SOAKTOP_EVENT name it: "run-failed". */
const char *alert_event_name(enum alert_event event);
/* By the event's setting; what the loop has to do. */
unsigned alerts_raise(struct view *view, enum alert_event event, int iteration, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));
/* What MESSAGE is an alert for, before the view's run takes it. */
unsigned alerts_hear(struct view *view, const struct message *message);
/* The verdict, if there are new iterations. Before each frame. */
unsigned alerts_judge(struct view *view);
/* The operator has looked. */
void alerts_seen(struct view *view);
int alerts_unseen(const struct view *view);
/* The header's word for an alert of these seconds; NULL: none. */
const char *alerts_flash(const struct view *view);
/* Milliseconds until that word goes; -1: there is none. */
int64_t alerts_tick_ms(const struct view *view);
/* The oldest alert that waits for the terminal half; false if none does. */
bool alerts_next(struct view *view, struct alert *alert);

#endif
