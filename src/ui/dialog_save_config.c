/* dialog_save_config: writes the user's configuration: what differs from the defaults, and nothing
 * else. Where there is one already it asks: that file is the user's. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/dialog_class.h"

static unsigned write_config(struct view *view, const char *path)
{
    struct error err = ERROR_INIT;
    if (settings_write_config(&view->preferences.settings, &err) != 0)
        view_say(view, true, "%s", err.text);
    else
        view_say(view, false, "written: %s", path);
    return REACT_REDRAW;
}

static void save_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "SAVE the configuration");
}

static void save_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    char *text = settings_config_text(&view->preferences.settings);
    dialog_add(lines, STYLE_TEXT, "replaces %s by:", (const char *)data);
    for (char *line = text, *end; line && *line; line = end) {
        end = line + strcspn(line, "\n");
        dialog_add(lines, STYLE_TEXT, "  %.*s", (int)(end - line), line);
        end += *end == '\n';
    }
    dialog_add(lines, STYLE_TEXT, "what else stood in it is gone: this cannot be undone");
    free(text);
}

static unsigned save_accept(struct view *view, const void *data, const char *reason)
{
    (void)reason;
    return write_config(view, data);
}

static const struct confirm save_confirm = {
    .level = 1,
    .cancel = "keep the file",
    .accept_text = "replace it",
    .title = save_title,
    .lines = save_lines,
    .accept = save_accept,
};

unsigned dialog_save_config_open(struct view *view)
{
    char path[SETTINGS_PATH_MAX];
    struct error err = ERROR_INIT;
    preferences_follow(view);
    if (settings_config_path(path, &err) != 0) {
        view_say(view, true, "%s", err.text);
        return REACT_REDRAW;
    }
    if (access(path, F_OK) != 0)
        return write_config(view, path);
    return dialog_confirm_open(view, &save_confirm, path, sizeof path);
}
