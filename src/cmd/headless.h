/* headless: a soak without a screen: one line per iteration on standard output, remarks on standard
 * error. Main thread. */
#ifndef SOAKTOP_CMD_HEADLESS_H
#define SOAKTOP_CMD_HEADLESS_H

#include "cmd/lines.h"
#include "engine/engine.h"

/* Starts ENGINE and prints its iterations until it ends. SIGINT, SIGTERM and a closed standard
 * output stop it cleanly (files whole, state stopped); a second signal ends the program at once.
 * SIGHUP is passed over. Signals must be blocked (signals_block) before. Returns the exit status: 0
 * completed, 128 + the signal that stopped it, else that of the engine's error. */
int headless_run(struct engine *engine, const struct config *config,
                 const struct line_style *style);
/* The rest of a soak whose dashboard has left: the same, but nothing is printed. Joins the engine.
 */
int headless_go_on(struct engine *engine, const struct config *config);

#endif
