/* screen: see screen.h. Curses keeps the picture of the terminal; this file keeps the last canvas,
 * so that unchanged rows cost nothing. UI thread. */
#include "config.h"

#include "ui/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "model/mem.h"
#include "ui/curses_api.h"
#include "ui/input.h"
#include "ui/restore.h"
#include "ui/theme.h"

enum { ROW_CELLS_MAX = 4096, ESCAPE_DELAY_MS = 25 };

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_OFF "\033[?1000l\033[?1006l"

static struct {
    SCREEN *screen;
    FILE *input; /* opened by us: /dev/tty; NULL: standard input */
    int input_fd;
    bool paste; /* the terminal knows bracketed paste */
    int columns, rows;
    enum colour_depth depth;
    attr_t attributes[STYLE_COUNT];
    bool coloured[STYLE_COUNT];  /* has a pair of its own, STYLE + 1; else pair 0 */
    int background[STYLE_COUNT]; /* its number, or -1 */
    struct canvas shown;         /* what curses was given last; cell NULL: nothing */
} terminal = {.input_fd = -1};

static const char *capability(const char *name)
{
    const char *text = tigetstr(name);
    return text == (const char *)-1 ? NULL : text;
}

static void arm_restore(void)
{
    if (terminal.paste)
        restore_add(PASTE_OFF);
    if (capability("kmous"))
        restore_add(MOUSE_OFF);
    restore_add(capability("sgr0"));
    restore_add(capability("cnorm"));
    restore_add(capability("rmcup"));
    restore_add(capability("rmkx"));
    restore_arm();
}

/* Lets curses write what differs; a signal that ends the program does not wait for the terminal. */
static void write_frame(void)
{
    restore_admit();
    refresh();
    restore_shut();
}

static int open_input(FILE **input, struct error *err)
{
    *input = stdin;
    terminal.input = NULL;
    if (isatty(STDIN_FILENO)) {
        terminal.input_fd = STDIN_FILENO;
        return 0;
    }
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    terminal.input = fd < 0 ? NULL : fdopen(fd, "r");
    if (!terminal.input) {
        int fault = errno;
        if (fd >= 0)
            close(fd);
        return error_set(err, ERROR_IO, "no terminal to read keys from (%s): use --headless",
                         strerror(fault));
    }
    *input = terminal.input;
    terminal.input_fd = fileno(terminal.input);
    return 0;
}

static attr_t attributes_of(struct look look)
{
    attr_t attributes = A_NORMAL;
    if (look.attributes & LOOK_BOLD)
        attributes |= A_BOLD;
    if (look.attributes & LOOK_DIM)
        attributes |= A_DIM;
    if (look.attributes & LOOK_UNDERLINE)
        attributes |= A_UNDERLINE;
    if (look.attributes & LOOK_REVERSE)
        attributes |= A_REVERSE;
    if (look.attributes & LOOK_ITALIC && capability("sitm"))
        attributes |= A_ITALIC;
    return attributes;
}

static void init_colours(void)
{
    struct theme plain;
    terminal.depth = theme_depth(has_colors() ? tigetnum("colors") : 0, getenv("NO_COLOR"));
    if (terminal.depth != COLOUR_NONE) {
        start_color();
        use_default_colors();
    }
    theme_plain(&plain);
    screen_theme(&plain);
}

/* Pair N + 1 belongs to style N; pair 0 is the terminal's own colours. */
void screen_theme(const struct theme *theme)
{
    for (int style = 0; style < STYLE_COUNT; style++) {
        struct look look = theme_look(theme, (enum style)style, terminal.depth);
        terminal.attributes[style] = attributes_of(look);
        terminal.background[style] = look.background;
        terminal.coloured[style] = look.foreground >= 0 || look.background >= 0;
        if (terminal.coloured[style])
            init_extended_pair(style + 1, look.foreground, look.background);
    }
    canvas_fini(&terminal.shown);
}

/* A terminal that is known to ignore or to garble what it does not know gets no private modes. */
static bool knows_paste(const char *name)
{
    return name && strcmp(name, "linux") != 0 && strncmp(name, "vt", 2) != 0 &&
           strcmp(name, "dumb") != 0;
}

static void set_paste(const char *sequence)
{
    if (!terminal.paste)
        return;
    putp(sequence);
    fflush(stdout);
}

static void init_modes(void)
{
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    leaveok(stdscr, TRUE);
    typeahead(-1);
    set_escdelay(ESCAPE_DELAY_MS);
    curs_set(0);
    set_paste(PASTE_ON);
}

int screen_start(struct error *err)
{
    const char *name = getenv("TERM");
    FILE *input;
    if (!isatty(STDOUT_FILENO))
        return error_set(err, ERROR_USAGE, "standard output is no terminal: use --headless");
    if (open_input(&input, err) != 0)
        return -1;
    if (restore_open(terminal.input_fd, err) != 0)
        return -1;
    char direct[64];
    if (theme_direct_term(name, getenv("COLORTERM"), direct, sizeof direct))
        terminal.screen = newterm(direct, stdout, input);
    if (!terminal.screen)
        terminal.screen = newterm(NULL, stdout, input);
    if (!terminal.screen)
        return error_set(err, ERROR_USAGE,
                         "TERM=%s is not in this system's terminfo: set TERM to one that is, "
                         "for instance xterm-256color or vt100",
                         name ? name : "");
    set_term(terminal.screen);
    terminal.paste = knows_paste(name);
    arm_restore();
    static bool registered;
    if (!registered && atexit(screen_stop) == 0)
        registered = true;
    mem_on_exhaustion(restore_now);
    init_colours();
    init_modes();
    input_init();
    screen_resize();
    return 0;
}

void screen_mouse(bool ours)
{
    mousemask(ours ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
    mouseinterval(0);
}

void screen_send(const char *bytes, size_t length)
{
    restore_admit();
    fwrite(bytes, 1, length, stdout);
    fflush(stdout);
    restore_shut();
}

void screen_stop(void)
{
    if (terminal.screen && restore_cut_off() == 0) {
        set_paste(PASTE_OFF);
        endwin();
        restore_modes();
        restore_disarm();
    }
    restore_now();
    if (terminal.screen)
        delscreen(terminal.screen);
    terminal.screen = NULL;
    restore_close();
    canvas_fini(&terminal.shown);
    if (terminal.input)
        fclose(terminal.input);
    terminal.input = NULL;
    terminal.input_fd = -1;
}

int screen_input_fd(void)
{
    return terminal.input_fd;
}

enum charset screen_charset(void)
{
    return theme_charset(nl_langinfo(CODESET), getenv("TERM"));
}

void screen_size(int *width, int *height)
{
    *width = terminal.columns;
    *height = terminal.rows;
}

void screen_resize(void)
{
    struct winsize size;
    terminal.columns = COLS;
    terminal.rows = LINES;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        terminal.columns = size.ws_col < ROW_CELLS_MAX ? size.ws_col : ROW_CELLS_MAX;
        terminal.rows = size.ws_row;
    }
    if (terminal.columns != COLS || terminal.rows != LINES)
        resizeterm(terminal.rows, terminal.columns);
    canvas_fini(&terminal.shown);
}

/* The style that shows: a blank has no colour and no weight, so that changing them costs nothing.
 */
static enum style visible_style(const struct cell *cell)
{
    bool blank = cell->code == ' ' && cell->mark == 0;
    bool plain = !(terminal.attributes[cell->style] & (A_REVERSE | A_UNDERLINE)) &&
                 terminal.background[cell->style] == terminal.background[STYLE_TEXT];
    return blank && plain ? STYLE_TEXT : cell->style;
}

static cchar_t curses_cell(const struct cell *cell)
{
    wchar_t text[3] = {(wchar_t)cell->code, (wchar_t)cell->mark, L'\0'};
    enum style style = visible_style(cell);
    int pair = terminal.coloured[style] ? (int)style + 1 : 0;
    cchar_t target;
    setcchar(&target, text, terminal.attributes[style], (short)pair, NULL);
    return target;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->code == b->code && a->mark == b->mark && a->style == b->style;
}

/* Hands curses what differs in row Y, from the first to the last such cell. */
static void show_row(const struct canvas *canvas, const struct canvas *before, int y)
{
    static cchar_t row[ROW_CELLS_MAX];
    const struct cell *now = &canvas->cell[(size_t)y * (size_t)canvas->width];
    int first = 0, end = canvas->width, count = 0;
    if (before->cell) {
        const struct cell *old = &before->cell[(size_t)y * (size_t)canvas->width];
        while (first < end && same_cell(&now[first], &old[first]))
            first++;
        while (end > first && same_cell(&now[end - 1], &old[end - 1]))
            end--;
    }
    if (first == end)
        return;
    while (first > 0 && now[first].code == 0)
        first--;
    while (end < canvas->width && now[end].code == 0)
        end++;
    for (int x = first; x < end; x++)
        if (now[x].code != 0)
            row[count++] = curses_cell(&now[x]);
    mvadd_wchnstr(y, first, row, count);
}

static void keep(const struct canvas *canvas)
{
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    if (!terminal.shown.cell)
        canvas_init(&terminal.shown, canvas->width, canvas->height, canvas->charset);
    memcpy(terminal.shown.cell, canvas->cell, count * sizeof *canvas->cell);
}

void screen_show(const struct canvas *canvas)
{
    if (terminal.shown.width != canvas->width || terminal.shown.height != canvas->height)
        canvas_fini(&terminal.shown);
    for (int y = 0; y < canvas->height && y < terminal.rows; y++)
        show_row(canvas, &terminal.shown, y);
    keep(canvas);
    write_frame();
}

int screen_cut_off(void)
{
    return restore_cut_off();
}

void screen_repaint(void)
{
    clearok(curscr, TRUE);
    canvas_fini(&terminal.shown);
}

void screen_bell(void)
{
    beep();
}

void screen_resume(void)
{
    reset_prog_mode();
    set_paste(PASTE_ON);
    screen_resize();
    screen_repaint();
}

void screen_suspend(void)
{
    struct termios modes;
    bool known = tcgetattr(terminal.input_fd, &modes) == 0;
    set_paste(PASTE_OFF);
    endwin();
    restore_modes();
    raise(SIGSTOP);
    if (known)
        tcsetattr(terminal.input_fd, TCSANOW, &modes);
    screen_resume();
}
