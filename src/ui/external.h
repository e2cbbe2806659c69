/* external: what another process did to runtime_overrides.json, on the screen: the changes by their
 * number, and the apply or rollback that was refused because of one. UI thread. */
#ifndef SOAKTOP_UI_EXTERNAL_H
#define SOAKTOP_UI_EXTERNAL_H

#include "ui/view.h"

/* The external change of that number, from 1; NULL: there is none. */
const struct change *external_change(const struct run *run, size_t number);
/* Number of the newest up to the moment shown; 0: none. */
size_t external_shown(const struct view *view);
/* Number of the one that event PLACE of the run's log tells of; 0: it tells of something else. */
size_t external_of_event(const struct run *run, size_t place);

/* The command that was sent last writes the parameters as they were after KNOWN external changes:
 * if it is refused because of a newer one the difference opens by itself. */
void external_await(struct view *view, size_t known);
/* Of the messages REPLY, CHANGE and EVENT, after they were folded. */
unsigned external_hear(struct view *view, const struct message *message);

#endif
