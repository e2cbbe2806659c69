/* wire_field: the line of the apply dialog in which a tripwire is typed: what it is, whether it can
 * be read at each keystroke, and what it would watch. UI thread. */
#ifndef SOAKTOP_UI_WIRE_FIELD_H
#define SOAKTOP_UI_WIRE_FIELD_H

#include "ui/dialog_class.h"

struct wire_field {
    bool typing;
    char text[TRIPWIRE_TEXT_MAX];  /* in force: as tripwire_parse reads it; "": none */
    char typed[TRIPWIRE_TEXT_MAX]; /* while it is typed */
};

/* The one of the last apply of this session, else the run's own. */
void wire_field_init(struct wire_field *field, const struct view *view);
/* Of the apply of ITERATION. */
void wire_field_lines(const struct wire_field *field, const struct view *view, int iteration,
                      struct dialog_lines *lines);
/* True if KEY was for the field: w begins to type, Enter takes what can be read, Esc leaves it as
 * it was. */
bool wire_field_key(struct wire_field *field, struct view *view, unsigned key);
/* Puts it into COMMAND and remembers it for the next apply. */
void wire_field_use(const struct wire_field *field, struct view *view, struct command *command);

#endif
