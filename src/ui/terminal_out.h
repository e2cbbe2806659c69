/* terminal_out: what leaves the dashboard beside its picture: text for the clipboard, notifications
 * of the desktop, and the alerts' command. UI thread. */
#ifndef SOAKTOP_UI_TERMINAL_OUT_H
#define SOAKTOP_UI_TERMINAL_OUT_H

#include "engine/hook.h"
#include "ui/view.h"

/* Hands view->clipboard to the terminal; the status line says if it has none, or what is too long.
 */
void terminal_out_copy(struct view *view);
/* Does what waits of the alerts, as far as HOOK is free: one command at a time. */
void terminal_out_alerts(struct view *view, struct hook *hook);

#endif
