/* settings_file: where settings are kept. The configuration, $XDG_CONFIG_HOME/soaktop/config.json,
 * is the user's: read at start, and written only when the operator asks for it. The state,
 * $XDG_STATE_HOME/soaktop/state.json, is what the program remembers: settings that were changed in
 * the dashboard, and bookmarks. Main thread. */
#ifndef SOAKTOP_ARTIFACT_SETTINGS_FILE_H
#define SOAKTOP_ARTIFACT_SETTINGS_FILE_H

#include "artifact/bookmarks.h"
#include "artifact/settings.h"

enum { SETTINGS_PATH_MAX = 512 };

/* Defaults, over them what is remembered, over it the configuration. A file that is missing is no
 * fault. -1 with ERR: the first fault (file, JSON path, value); everything else was read. */
int settings_read(struct settings *settings, struct bookmark_list *bookmarks, struct error *err);

/* Writes the state: what the operator set (the rest of the settings stays as the file has it), and
 * the bookmarks. Atomically, 0600, without fsync: a key waits for it. KNOWN is what of them the
 * file had when it was last read or written here: what another program changed since is taken over
 * into BOOKMARKS, and KNOWN is brought up to date; of a setting that both set the last one wins. */
int settings_write_state(const struct settings *settings, struct bookmark_list *bookmarks,
                         struct bookmark_list *known, struct error *err);

/* Path of the configuration. -1 with ERR if no directory is set for it. */
int settings_config_path(char path[SETTINGS_PATH_MAX], struct error *err);
/* Writes the configuration: what differs from the defaults, and nothing else. Atomically. */
int settings_write_config(const struct settings *settings, struct error *err);
/* What settings_write_config would write (free it). */
char *settings_config_text(const struct settings *settings);

#endif
