/* curses_api: the only place that includes curses; for screen.c and input.c. Its functions only, no
 * macros: they would clash with names such as "clear", "move" and "timeout". */
#ifndef SOAKTOP_UI_CURSES_API_H
#define SOAKTOP_UI_CURSES_API_H

#define NCURSES_NOMACROS 1
#include <curses.h>

#endif
