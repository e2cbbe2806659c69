/* handover: what the next shift has to know of a run, as Markdown. Any thread. */
#ifndef SOAKTOP_ARTIFACT_HANDOVER_H
#define SOAKTOP_ARTIFACT_HANDOVER_H

#include "artifact/bookmarks.h"
#include "artifact/config.h"
#include "model/judge.h"

struct handover {
    const struct run *run;
    int number; /* the iteration it is written at */
    const struct judgement *judgement;
    const struct forecast *forecast;
    const struct thresholds *thresholds;
    bool mock_limits;
    size_t since_event; /* log lines from here on are what happened */
    const char *since;  /* "since you looked (47m): ..."; "": from the start */
    const struct bookmark_list *bookmarks;
    const char *by;
    int64_t now_ms;
};

/* The note (free it). Text of files is made safe. */
char *handover_text(const struct handover *handover);

#endif
