/* gate_log: the gates that a run's journal holds. Any thread. */
#ifndef SOAKTOP_ARTIFACT_GATE_LOG_H
#define SOAKTOP_ARTIFACT_GATE_LOG_H

#include <stdbool.h>
#include "artifact/root.h"

/* The newest gate on record. */
struct gate_log {
    int number; /* 1 for the run's first; 0: there was none */
    char name[16], verdict[16];
    bool voided; /* an operator marked it void */
};
/* -1 with ERR as journal_each. */
int gate_log_last(const struct rundir *dir, struct gate_log *last, struct error *err);

#endif
