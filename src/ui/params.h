/* params: which values the params panel shows, and who set each. UI thread; pure. */
#ifndef SOAKTOP_UI_PARAMS_H
#define SOAKTOP_UI_PARAMS_H

#include "ui/view.h"

/* True if what is in force now is shown, not what was during an iteration. */
bool params_shows_now(const struct view *view);
/* Values in force at the moment shown; NULL: not known. */
const struct value *params_shown(const struct view *view, size_t *count);
/* The newest change of PARAM that the values shown include, or NULL. */
const struct change *params_change_of(const struct view *view, int param);

#endif
