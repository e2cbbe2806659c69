/* state_log: the states of the parameters that a run's journal holds. Any thread. */
#ifndef SOAKTOP_ARTIFACT_STATE_LOG_H
#define SOAKTOP_ARTIFACT_STATE_LOG_H

#include "artifact/root.h"
#include "model/proposal.h"

/* Called with the hash and the compact text of each state in the journal's order: the start's, both
 * of every intent's, and those that another process wrote. One may come more than once. */
typedef void state_log_visit(void *context, const char *hash, const char *text);
int state_log_each(const struct rundir *dir, state_log_visit *visit, void *context,
                   struct error *err);

/* What the file holds if this run was its last writer: HASH of the last state that it tells ("" if
 * another process wrote the file after that), and BEGUN of an intent whose outcome is not there
 * (the program was ended between), else "". */
int state_log_last(const struct rundir *dir, char hash[HASH_TEXT_MAX], char begun[HASH_TEXT_MAX],
                   struct error *err);

#endif
