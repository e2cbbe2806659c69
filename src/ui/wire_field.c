/* wire_field: see wire_field.h. UI thread. */
#include "config.h"

#include "ui/wire_field.h"

#include <stdio.h>
#include <string.h>

#include "ui/key.h"

static bool is_blank(const char *text)
{
    return text[strspn(text, " ")] == '\0' || strcmp(text, "none") == 0;
}

void wire_field_init(struct wire_field *field, const struct view *view)
{
    *field = (struct wire_field){0};
    if (view->wire_chosen)
        snprintf(field->text, sizeof field->text, "%s", view->tripwire);
    else if (view->run.has_tripwire)
        tripwire_text(&view->run.tripwire, field->text);
}

/* What it would watch, and how it stands now; or why it cannot be read. */
static void add_meaning(const char *text, const struct view *view, int iteration,
                        struct dialog_lines *lines)
{
    struct tripwire wire;
    struct error err = ERROR_INIT;
    if (is_blank(text)) {
        dialog_add(lines, STYLE_DIM, "  none: e.g. risk > 0.45 for 2 until 8");
        return;
    }
    if (tripwire_parse(&wire, text, &err) != 0) {
        dialog_add(lines, STYLE_ALERT, "  %s", err.text);
        return;
    }
    const struct kpi_info *info = &kpi_table[wire.kpi];
    const struct iteration *newest = run_last(&view->run);
    struct value now = newest != NULL ? iteration_kpi(newest, wire.kpi) : value_missing();
    char shown[32] = "n/a";
    if (value_present(now))
        snprintf(shown, sizeof shown, "%.*f%s", info->decimals, now.number,
                 value_usable(now) ? "" : "~");
    dialog_add(lines, tripwire_meets(&wire, now) ? STYLE_WARN : STYLE_TEXT,
               "  %d in a row of it %d..%d; now %s%s; then the rollback %s", wire.count,
               iteration + 1, iteration + wire.until, shown,
               tripwire_meets(&wire, now) ? ", which MEETS it" : "",
               view->run.tripwire_rollback ? "is made at once" : "waits for you");
}

void wire_field_lines(const struct wire_field *field, const struct view *view, int iteration,
                      struct dialog_lines *lines)
{
    if (field->typing) {
        dialog_add(lines, STYLE_BOLD, "tripwire: %s_   Enter takes it, Esc leaves it",
                   field->typed);
        add_meaning(field->typed, view, iteration, lines);
        return;
    }
    dialog_add(lines, STYLE_TEXT, "tripwire: %s   (w edits)",
               field->text[0] ? field->text : "none");
    if (field->text[0] != '\0')
        add_meaning(field->text, view, iteration, lines);
}

static void take(struct wire_field *field, struct view *view)
{
    struct tripwire wire;
    struct error err = ERROR_INIT;
    if (!is_blank(field->typed) && tripwire_parse(&wire, field->typed, &err) != 0) {
        view_say(view, true, "%s", err.text);
        return;
    }
    field->typing = false;
    field->text[0] = '\0';
    if (!is_blank(field->typed))
        tripwire_text(&wire, field->text);
}

bool wire_field_key(struct wire_field *field, struct view *view, unsigned key)
{
    if (!field->typing) {
        if (key != 'w')
            return false;
        field->typing = true;
        memcpy(field->typed, field->text, sizeof field->typed);
        return true;
    }
    if (key == KEYCODE_ENTER)
        take(field, view);
    else if (key == KEYCODE_ESCAPE || key == DIALOG_KEY_CANCEL)
        field->typing = false;
    else
        dialog_type(field->typed, sizeof field->typed, key);
    return true; /* no key of a text confirms anything */
}

void wire_field_use(const struct wire_field *field, struct view *view, struct command *command)
{
    snprintf(command->tripwire, sizeof command->tripwire, "%s",
             field->text[0] ? field->text : "none");
    memcpy(view->tripwire, field->text, sizeof view->tripwire);
    view->wire_chosen = true;
}
