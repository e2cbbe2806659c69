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

/* Where the value shown comes from: "default", "start", "profile steady_safe", "--set", "tuner",
 * "operator", "external", ... Returns TEXT. */
char *params_origin(const struct view *view, int param, char *text, size_t size);

/* params_disk.c: what the file on disk says. Looks at it, at most once a second: the loop calls it
 * before a frame, so that nothing wakes for it; a replay looks once. */
void params_disk_look(struct view *view);
/* True if the file says something else than what is in force; DISK is what it says, missing: it
 * does not set it. Only while the present is shown. */
bool params_disk_differs(const struct view *view, int param, struct value *disk);
enum { PARAMS_NOTES_MAX = 24, PARAMS_NOTE_MAX = 200 };
/* What else is to be said of the file: second copies, unknown keys, that it is gone. Fills NOTES
 * and returns how many there are in all. */
size_t params_disk_notes(const struct view *view, char notes[PARAMS_NOTES_MAX][PARAMS_NOTE_MAX]);

#endif
