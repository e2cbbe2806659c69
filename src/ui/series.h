/* series: a run as the graphs and rails need it: a track of each KPI, and what happened in each
 * iteration as bits, kept up with the run a few iterations at a time. UI thread; pure. */
#ifndef SOAKTOP_UI_SERIES_H
#define SOAKTOP_UI_SERIES_H

#include "model/run.h"
#include "model/thresholds.h"
#include "ui/track.h"

/* Letters of the rails, the most telling first: of several in one column the first stands. */
#define RAIL_EVENT_RANK "rAx?VOCZ_-"
#define RAIL_KPI_RANK   "!F_W-P"

enum {
    SERIES_EVENT_BITS = 0,                                        /* bit i: letter i of the rank */
    SERIES_KPI_BITS = SERIES_EVENT_BITS + sizeof RAIL_EVENT_RANK, /* the same */
    SERIES_MISSES = SERIES_KPI_BITS + sizeof RAIL_KPI_RANK,       /* a KPI misses its threshold */
    SERIES_MISSES_MOCK = SERIES_MISSES + 1                        /* ... of a mock run */
};

struct series {
    size_t count;             /* iterations that it knows of */
    int freeze_at;            /* the first that triggered a freeze; 0: none */
    const void *first, *last; /* of those: to see that the run is another one */
    struct track kpi[KPI_COUNT];
    /* of each iteration, and of each 16, 256, ... of them together; owned */
    unsigned *bits[TRACK_LEVELS + 1];
    size_t room[TRACK_LEVELS + 1];
    int (*faults)[2]; /* [count] failed and missing ones up to it; owned */
    size_t faults_room;
};

/* A series begins as {0}. */
void series_fini(struct series *series);
/* Forgets everything from iteration NUMBER on: it was replaced, or is no more. */
void series_forget(struct series *series, int number);
/* Reads what RUN has more of; all of it if RUN is another one than before. */
void series_sync(struct series *series, const struct run *run, const struct thresholds *thresholds);
/* Reads again what became of the applies of RUN: something was rolled back. */
void series_look_back(struct series *series, const struct run *run,
                      const struct thresholds *thresholds);

/* Bits of the iterations FROM..TO together. */
unsigned series_bits(const struct series *series, int from, int to);
/* The most telling letter of BITS, from rank and bit above; '\0' if there is none. */
char series_event(unsigned bits);
char series_kpi(unsigned bits);
/* The bit of "?": a proposal waits. */
unsigned series_waiting(void);
/* Failed and missing iterations of 1..NUMBER. */
int series_failed(const struct series *series, int number);
int series_missing(const struct series *series, int number);

#endif
