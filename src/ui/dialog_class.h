/* dialog_class: what the kinds of dialogs have in common: a frame with lines of text that scroll,
 * buttons in the last row, the deaf time. Only the dialog_*.c files include it. UI thread. */
#ifndef SOAKTOP_UI_DIALOG_CLASS_H
#define SOAKTOP_UI_DIALOG_CLASS_H

#include "ui/dialog.h"

enum {
    DIALOG_LINE_MAX = 256,
    DIALOG_TITLE_MAX = 128,
    DIALOG_KEY_CLEAR = 21 /* ^U */,
    DIALOG_KEY_CANCEL = 3 /* ^C */
};

struct dialog_line {
    enum style style;
    int hanging; /* columns that its rest is indented by where it is broken */
    char text[DIALOG_LINE_MAX];
};

/* The text of a dialog, built anew for each frame. */
struct dialog_lines {
    size_t count, capacity;
    struct dialog_line *line; /* owned */
    int selected;             /* line under the cursor; -1: none */
    int selected_rows;        /* rows that it takes once it is broken; set when it is drawn */
    int pinned;               /* the first lines that do not scroll; they are not broken */
    int hanging;              /* of the lines to be added */
    bool whole;               /* lines are not broken: a list, or text made elsewhere */
};
/* Adds a line; "{live}" in it becomes that action's key (bindings_expand). */
void dialog_add(struct dialog_lines *lines, enum style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void dialog_lines_fini(struct dialog_lines *lines);

struct dialog_buttons {
    char cancel[40];  /* "Esc  keep staged": has the focus */
    char other[40];   /* "D (Shift)  detach": another way; "": none */
    char confirm[40]; /* "Y (Shift)  write now"; "": none */
};

struct dialog_class {
    int level;     /* 1, 2: deaf at first, what was typed ahead is dropped */
    bool in_place; /* draws nothing itself: a panel and the footer show it */
    bool steady;   /* as large as the screen lets it be, whatever it lists */
    void (*title)(const struct dialog *dialog, char *text, size_t size);
    void (*lines)(const struct dialog *dialog, const struct view *view, struct dialog_lines *lines);
    void (*buttons)(const struct dialog *dialog, struct dialog_buttons *buttons);
    unsigned (*key)(struct dialog *dialog, struct view *view, unsigned key);
    void (*fini)(struct dialog *dialog); /* NULL: owns nothing but itself */
};

/* The first member of every kind. */
struct dialog {
    const struct dialog_class *class;
    int64_t deaf_until_ms; /* monotonic */
    int level;             /* shown in the frame */
    int top;               /* first line shown */
    int left;              /* columns that unbroken lines are moved by */
    int page, last_top;    /* rows shown and largest TOP, of the last frame */
};

/* Puts DIALOG (allocated with mem_alloc, class set) on top; what was open is closed. */
unsigned dialog_open_take(struct view *view, struct dialog *dialog);
/* It shows something new to confirm: deaf again, typed-ahead input dropped, back to the top. */
unsigned dialog_turn_page(struct view *view, struct dialog *dialog);
/* Moves the lines for arrows, pages, Home and End; REACT_NONE for other keys. */
unsigned dialog_scroll(struct dialog *dialog, unsigned key);
/* Rows that a moving key asks for (negative: up; large: to the end); 0: KEY is no such key. */
int dialog_rows(unsigned key, int page);
/* Esc, q, ^C, and Enter, because cancel has the focus. */
bool dialog_cancels(unsigned key);
/* One key of a text field: characters, Backspace, ^U. False if it is for somebody else. */
bool dialog_type(char *text, size_t size, unsigned key);

/* A question that Shift-Y answers; level 2 asks for a word and a reason first. */
struct confirm {
    int level;
    const char *word; /* level 2: to be typed */
    const char *cancel, *accept_text;
    const char *other_text; /* another way to accept, with Shift-D; NULL: there is none */
    void (*title)(const void *data, char *text, size_t size);
    void (*lines)(const struct view *view, const void *data, struct dialog_lines *lines);
    /* NULL, or why it can no longer be accepted ("the proposal changed meanwhile"). */
    const char *(*refuse)(const struct view *view, const void *data);
    /* A key that makes another question of it: opens that one, or REACT_NONE; may be NULL. */
    unsigned (*turn)(struct view *view, const void *data, unsigned key);
    /* After a refusal: opens what explains it, or REACT_NONE; may be NULL. */
    unsigned (*refused)(struct view *view, const void *data);
    unsigned (*accept)(struct view *view, const void *data, const char *reason);
    unsigned (*other)(struct view *view, const void *data);
    /* NULL, or true if KEY was for a field in DATA: it then confirms and cancels nothing. */
    bool (*key)(struct view *view, void *data, unsigned key);
};
/* DATA (SIZE bytes) is copied; CONFIRM must live on. */
unsigned dialog_confirm_open(struct view *view, const struct confirm *confirm, const void *data,
                             size_t size);

#endif
