/* journal_fold: what a journal's records mean for the read model: changes of the parameters, events
 * with a sentence each, the proposal that waits. Any thread; one run at a time. */
#ifndef SOAKTOP_ARTIFACT_JOURNAL_FOLD_H
#define SOAKTOP_ARTIFACT_JOURNAL_FOLD_H

#include "model/node.h"
#include "model/run.h"

struct json_t;
struct journal_fold;

/* Folds into RUN, whose iterations were read already; both outlive the fold. */
struct journal_fold *journal_fold_new(struct run *run, const struct param_table *table);
/* A record of journal_each (CONTEXT is the fold). Types that it does not know are passed over. */
int journal_fold_record(void *context, const struct json_t *record, struct error *err);
/* Sets the parameters that are in force as far as the records go. */
void journal_fold_sync(struct journal_fold *fold);
/* After the last record: an intent without outcome becomes an event, the parameters that were in
 * force last are set. Frees the fold. */
void journal_fold_end(struct journal_fold *fold);

/* "iteration 3: PASS, net 3.00 bps, risk 0.680 ..." (free it). */
char *iteration_sentence(const struct iteration *iteration);

#endif
