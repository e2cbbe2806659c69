/* control_proposal: the proposal that waits, as a line of the control socket: whole, with what can
 * be taken back and until when it is to be decided. For clients that attached. Any thread; no
 * state. */
#ifndef SOAKTOP_ARTIFACT_CONTROL_PROPOSAL_H
#define SOAKTOP_ARTIFACT_CONTROL_PROPOSAL_H

#include "model/param.h"
#include "model/proposal.h"

/* One line with its newline (free it). NULL: none waits. */
char *control_proposal_text(const struct proposal *proposal, const struct param_table *table);
/* Reads such a line (without its newline): 1 and *PROPOSAL; 0: it says that none waits; -1 with
 * ERR. Its lines must be of parameters that TABLE has. */
int control_proposal_read(struct proposal *proposal, const char *line, size_t length,
                          const struct param_table *table, struct error *err);

#endif
