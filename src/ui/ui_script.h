/* ui_script: the dashboard driven by a script instead of a terminal (--script, --save-screen). UI
 * thread. */
#ifndef SOAKTOP_UI_UI_SCRIPT_H
#define SOAKTOP_UI_UI_SCRIPT_H

#include "ui/ui.h"

struct ui_script {
    const char *file; /* the script; NULL: wait until nothing more happens by itself */
    const char *save; /* gets the last screen: text, with colours if it ends in ".ans"; "-":
                         standard output; NULL: nobody */
    int width, height;
};

/* Reads and checks SCRIPT's file, before anything is started; 0, or -1 with ERR. */
int ui_script_check(const struct ui_script *script, struct error *err);
/* Runs it over OPTIONS' run or engine (of virtual time, started). A failed expectation is told on
 * standard error with the screen. The exit status: 0, 1 for a failed expectation, else ERR's. */
int ui_script_run(const struct ui_options *options, const struct ui_script *script,
                  struct error *err);

#endif
