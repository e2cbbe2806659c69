/* terminal_out: see terminal_out.h. Nothing that a file of the soak says becomes part of a command:
 * it reaches the command in its environment, made safe. */
#include "config.h"

#include "ui/terminal_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/text.h"
#include "ui/osc.h"
#include "ui/screen.h"

static enum osc_host host(void)
{
    return osc_host(getenv("TERM"), getenv("TMUX"), getenv("STY"));
}

void terminal_out_copy(struct view *view)
{
    size_t length = view->clipboard ? strlen(view->clipboard) : 0;
    struct buffer bytes = {0};
    if (view->preferences.settings.value[SETTING_CLIPBOARD].number == 0) {
        view_say(view, true, "not copied: the setting clipboard is off");
    } else if (host() == OSC_NONE) {
        view_say(view, true, "not copied: this terminal has no clipboard");
    } else if (length > OSC_COPY_MAX) {
        view_say(view, true, "not copied: %zu bytes, and terminals take %d", length, OSC_COPY_MAX);
    } else if (length > 0) {
        osc_copy(&bytes, host(), view->clipboard, length);
        screen_send(bytes.text, bytes.length);
    }
    buffer_fini(&bytes);
}

static void notify(const struct alert *alert)
{
    struct buffer bytes = {0};
    osc_notify(&bytes, host(), alert->text);
    if (bytes.length > 0)
        screen_send(bytes.text, bytes.length);
    buffer_fini(&bytes);
}

static void run_command(struct view *view, const struct alert *alert, struct hook *hook)
{
    const struct setting *value = view->preferences.settings.value;
    char event[64], run[128], iteration[48], safe[4 * ALERT_TEXT_MAX], text[sizeof safe + 16];
    const char *const settings[] = {event, run, iteration, text, NULL};
    struct error err = ERROR_INIT;
    if (value[SETTING_ALERT_COMMAND].text[0] == '\0')
        return;
    snprintf(event, sizeof event, "SOAKTOP_EVENT=%s", alert_event_name(alert->event));
    text_make_safe(safe, sizeof safe, view->run.id, strlen(view->run.id));
    snprintf(run, sizeof run, "SOAKTOP_RUN=%.100s", safe);
    snprintf(iteration, sizeof iteration, "SOAKTOP_ITERATION=%d", alert->iteration);
    text_make_safe(safe, sizeof safe, alert->text, strlen(alert->text));
    snprintf(text, sizeof text, "SOAKTOP_TEXT=%s", safe);
    if (hook_start(hook, value[SETTING_ALERT_COMMAND].text, settings, view->mono_ms,
                   value[SETTING_ALERT_TIMEOUT].number * 1000, &err) != 0)
        view_say(view, true, "%s", err.text);
}

void terminal_out_alerts(struct view *view, struct hook *hook)
{
    struct alert alert;
    while (hook_serve(hook, view->mono_ms) && alerts_next(view, &alert)) {
        if (alert.means & ALERT_NOTIFY)
            notify(&alert);
        if (alert.means & ALERT_COMMAND)
            run_command(view, &alert, hook);
    }
}
