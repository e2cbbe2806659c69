/* dialog: what lies on top of the panels and takes the keys. At most one is open (view->dialog).
 * Each kind is one file with one const record.
 *
 * Level 1 is confirmed by Shift-Y only, level 2 by typing the shown word and a reason; the focus is
 * on cancel, Enter confirms nothing, and for DIALOG_DEAF_MS after it opened (or turned its page) a
 * dialog that confirms something hears no key, so that nothing typed ahead can decide. UI thread.
 */
#ifndef SOAKTOP_UI_DIALOG_H
#define SOAKTOP_UI_DIALOG_H

#include "ui/view.h"

enum { DIALOG_DEAF_MS = 400 };

/* The keys for the dialog that is open; KEYCODE_PASTE is ignored by all of them. */
unsigned dialog_key(struct view *view, unsigned key);
/* Its buttons as the footer names them: "Esc", "keep staged", and another way, and what confirms;
 * KEY
 * "": none. */
struct dialog_key_text {
    char key[24], text[40];
};
void dialog_footer(const struct view *view, struct dialog_key_text *cancel,
                   struct dialog_key_text *other, struct dialog_key_text *confirm);
/* True if not all of its lines are on the screen. */
bool dialog_is_cut(const struct view *view);
/* Draws it over what is on CANVAS; nothing if none is open. */
void dialog_draw(const struct view *view, struct canvas *canvas);
/* Closes it, if one is open. */
void dialog_close(struct view *view);

/* Each opens one (the one that was open is closed) and returns what the loop has to do. */
unsigned dialog_apply_open(struct view *view);
unsigned dialog_edit_open(struct view *view, const char *param);
unsigned dialog_hold_open(struct view *view);
unsigned dialog_reason_open(struct view *view);
unsigned dialog_explain_open(struct view *view);
unsigned dialog_help_open(struct view *view);
unsigned dialog_palette_open(struct view *view);
unsigned dialog_options_open(struct view *view,
                             enum setting_id first); /* FIRST: under the cursor */
unsigned dialog_save_config_open(struct view *view);
unsigned dialog_gate_open(struct view *view);
unsigned dialog_report_open(struct view *view);
/* The last two gates side by side; the newest report marked void. */
unsigned dialog_gate_compare_open(struct view *view);
unsigned dialog_gate_void_open(struct view *view);
/* The runbook of the rehearsal so far, to read. */
unsigned dialog_runbook_open(struct view *view);
unsigned dialog_runbook_export_open(struct view *view);
unsigned dialog_rollback_open(struct view *view);
/* What the apply of ITERATION did to the KPIs. */
unsigned dialog_effect_open(struct view *view, int iteration);
/* The apply of ITERATION stays though its tripwire fired: why? */
unsigned dialog_dismiss_open(struct view *view, int iteration);
unsigned dialog_quit_open(struct view *view);
/* The external change of that number (external.h); 0: why the file cannot be read. */
unsigned dialog_external_open(struct view *view, size_t number);
/* The comparison with the baseline, of which there is one. */
unsigned dialog_compare_open(struct view *view);
unsigned dialog_bookmark_open(struct view *view);
unsigned dialog_bookmarks_open(struct view *view);
unsigned dialog_handover_open(struct view *view);
/* Which run to read for PURPOSE; PATH: the one under the cursor at first, "" for the newest. */
unsigned dialog_pick_open(struct view *view, enum read_purpose purpose, const char *path);

/* Search (or, FILTERS, filter) of the focused panel, typed in the footer. */
unsigned dialog_find_open(struct view *view, bool filters);
unsigned dialog_sort_open(struct view *view);
/* Of the row under the cursor, which must be there. */
unsigned dialog_copy_open(struct view *view);
/* The focused panel's rows (in a sandbox its runbook), or the SCREEN. */
unsigned dialog_export_open(struct view *view, bool screen);
struct dialog_find {
    bool filters;
    int panel;
    char text[ROW_FIND_MAX];
    struct error error; /* of a filter that cannot be read */
};
const struct dialog_find *dialog_find_of(const struct view *view); /* NULL: none */

/* The edit that is going on in the deltas panel: its parameter and the text as typed so far. */
struct dialog_edit {
    char param[PARAM_NAME_MAX];
    char text[32];
    struct value number; /* that TEXT means; missing: it is no number */
};
const struct dialog_edit *dialog_edit_of(const struct view *view); /* NULL: none */

#endif
