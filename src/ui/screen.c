/* screen: see screen.h. Curses takes the terminal over, clears it, reads its keys and gives it
 * back; the cells are written by paint.c, with sequences of the terminal's description: a frame is
 * one write of only what differs, where curses would write each piece by itself. UI thread. */
#include "config.h"

#include "ui/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
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
#include "ui/paint.h"
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
    bool clears;                                   /* before the next frame */
    const char *address, *foreground, *background; /* "cup", "setaf", "setab" */
    struct paint paint;
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

/* TEXT without the padding that old terminals want, appended to BYTES as far as it fits. */
static void add_sequence(char bytes[PAINT_SEQUENCE_MAX], const char *text)
{
    size_t length = strlen(bytes);
    while (text && *text && length + 1 < PAINT_SEQUENCE_MAX) {
        const char *end = strncmp(text, "$<", 2) == 0 ? strchr(text, '>') : NULL;
        if (end)
            text = end + 1;
        else
            bytes[length++] = *text++;
    }
    bytes[length] = '\0';
}

static void move_to(int x, int y, char bytes[PAINT_SEQUENCE_MAX])
{
    bytes[0] = '\0';
    add_sequence(bytes, tiparm(terminal.address, y, x));
}

/* All of it; a signal that ends the program does not wait for the terminal. */
static void write_bytes(const char *text, size_t length)
{
    while (length > 0 && restore_cut_off() == 0) {
        ssize_t done = write(STDOUT_FILENO, text, length);
        if (done < 0 && errno != EINTR && errno != EAGAIN)
            return;
        if (done < 0 && errno == EAGAIN)
            poll(&(struct pollfd){STDOUT_FILENO, POLLOUT, 0}, 1, -1);
        text += done > 0 ? done : 0;
        length -= done > 0 ? (size_t)done : 0;
    }
}

static void write_frame(void)
{
    restore_admit();
    if (terminal.clears)
        refresh(); /* modes and an empty screen; curses knows of nothing else */
    terminal.clears = false;
    write_bytes(terminal.paint.bytes.text, terminal.paint.bytes.length);
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

static const struct {
    unsigned look;
    int unless;       /* bit of "ncv": the terminal cannot show it together with colours */
    const char *name; /* of the sequence that sets it */
} attribute_table[] = {
    {LOOK_BOLD, 32, "bold"},  {LOOK_DIM, 16, "dim"},          {LOOK_UNDERLINE, 2, "smul"},
    {LOOK_REVERSE, 4, "rev"}, {LOOK_ITALIC, 1 << 15, "sitm"},
};

/* The sequence that makes STYLE look so, whatever was set before. */
static void init_style(enum style style, struct look look)
{
    char *bytes = terminal.paint.style[style];
    bool coloured = look.foreground >= 0 || look.background >= 0;
    int without = coloured ? tigetnum("ncv") : 0;
    bytes[0] = '\0';
    add_sequence(bytes, capability("sgr0"));
    for (size_t i = 0; i < sizeof attribute_table / sizeof *attribute_table; i++)
        if (look.attributes & attribute_table[i].look &&
            !(without > 0 && without & attribute_table[i].unless))
            add_sequence(bytes, capability(attribute_table[i].name));
    if (look.foreground >= 0 && terminal.foreground)
        add_sequence(bytes, tiparm(terminal.foreground, look.foreground));
    if (look.background >= 0 && terminal.background)
        add_sequence(bytes, tiparm(terminal.background, look.background));
    terminal.paint.blank_shows[style] = look.background >= 0 ||
                                        look.attributes & (LOOK_REVERSE | LOOK_UNDERLINE);
}

static void init_colours(void)
{
    struct theme plain;
    terminal.depth = theme_depth(has_colors() ? tigetnum("colors") : 0, getenv("NO_COLOR"));
    terminal.foreground = capability("setaf");
    terminal.background = capability("setab");
    terminal.paint.move = move_to;
    terminal.paint.keeps_corner = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
    theme_plain(&plain);
    screen_theme(&plain);
}

void screen_theme(const struct theme *theme)
{
    for (int style = 0; style < STYLE_COUNT; style++)
        init_style((enum style)style, theme_look(theme, (enum style)style, terminal.depth));
    paint_forget(&terminal.paint);
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
    terminal.address = capability("cup");
    if (!terminal.address)
        return error_set(err, ERROR_USAGE, "TERM=%s cannot put the cursor anywhere: use --headless",
                         name);
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
    /* On the console curses would ask gpm's daemon; a terminal without modes has no mouse. */
    if (!terminal.paste)
        return;
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
    paint_fini(&terminal.paint);
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
    screen_repaint();
}

void screen_show(const struct canvas *canvas)
{
    if (terminal.clears)
        paint_cleared(&terminal.paint, canvas->width, canvas->height);
    paint_frame(&terminal.paint, canvas);
    if (terminal.clears || terminal.paint.bytes.length > 0)
        write_frame();
}

int screen_cut_off(void)
{
    return restore_cut_off();
}

void screen_repaint(void)
{
    clearok(curscr, TRUE);
    terminal.clears = true;
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
