/* ui_script: see ui_script.h. */
#include "config.h"

#include "ui/ui_script.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/jsonfile.h"
#include "engine/signals.h"
#include "model/mem.h"
#include "model/text.h"
#include "ui/canvas_ansi.h"
#include "ui/key.h"
#include "ui/script.h"
#include "ui/session.h"
#include "ui/stage.h"
#include "ui/theme.h"

enum { SCRIPT_BYTES_MAX = 1 << 20, STATUS_FAILED = 1 };

/* PLAY_FAILED: an expectation, told already. */
enum play_result { PLAY_DONE, PLAY_FAILED, PLAY_FAULT };

struct player {
    const struct script *script;
    const struct script_step *step; /* the one that is carried out */
    struct view *view;
    struct stage *stage;
};

static int read_script(struct script *script, const char *file, struct error *err)
{
    size_t length;
    char *text = file_read(AT_FDCWD, file, file, SCRIPT_BYTES_MAX, &length, err);
    if (!text)
        return -1;
    int status = script_parse(script, file, text, length, err);
    free(text);
    return status;
}

int ui_script_check(const struct ui_script *script, struct error *err)
{
    struct script read = {.file = script->file};
    if (script->file && read_script(&read, script->file, err) != 0)
        return -1;
    script_fini(&read);
    return 0;
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static int save(const struct player *player, const char *file, struct error *err)
{
    const struct canvas *canvas = stage_canvas(player->stage);
    bool standard = strcmp(file, "-") == 0;
    FILE *out = standard ? stdout : fopen(file, "w");
    if (!out)
        return error_set(err, ERROR_IO, "cannot write %s: %s", file, strerror(errno));
    char *text = ends_in(file, ".ans")
                     ? canvas_ansi_dump(canvas, &player->view->preferences.theme, COLOUR_256)
                     : canvas_dump(canvas);
    fputs(text, out);
    free(text);
    int fault = fflush(out) != 0 ? errno : 0;
    if (!standard && fclose(out) != 0 && fault == 0)
        fault = errno;
    return fault ? error_set(err, ERROR_IO, "cannot write %s: %s", file, strerror(fault)) : 0;
}

/* Tells on standard error what was wanted, and what the screen shows. */
static enum play_result fail(const struct player *player, const char *wanted, const char *text,
                             const char *why)
{
    char *screen = canvas_dump(stage_canvas(player->stage));
    fprintf(stderr, "%s:%d: %s%s%s%s; the screen:\n", player->script->file, player->step->line,
            wanted, text ? " " : "", text ? text : "", why);
    for (const char *line = screen; *line; line += strcspn(line, "\n") + 1)
        fprintf(stderr, "  |%.*s\n", (int)strcspn(line, "\n"), line);
    free(screen);
    return PLAY_FAILED;
}

static enum play_result result(int status)
{
    return status == 0 ? PLAY_DONE : PLAY_FAULT;
}

static enum play_result type(const struct player *player, const char *text, struct error *err)
{
    size_t length = strlen(text), bytes;
    for (size_t at = 0; at < length; at += bytes) {
        unsigned long code;
        bytes = text_decode(text + at, length - at, &code);
        if (bytes == 0)
            return result(error_set(err, ERROR_USAGE, "%s:%d: no UTF-8: \"%s\"",
                                    player->script->file, player->step->line, text));
        if (stage_key(player->stage, (unsigned)code, err) != 0)
            return PLAY_FAULT;
    }
    return PLAY_DONE;
}

static bool screen_matches(const struct player *player, const char *pattern)
{
    regex_t regex;
    char *screen = canvas_dump(stage_canvas(player->stage));
    bool match = regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB | REG_NEWLINE) == 0;
    if (match) {
        match = regexec(&regex, screen, 0, NULL, 0) == 0;
        regfree(&regex);
    }
    free(screen);
    return match;
}

static bool screen_holds(const struct player *player, const char *text)
{
    char *screen = canvas_dump(stage_canvas(player->stage));
    bool found = strstr(screen, text) != NULL;
    free(screen);
    return found;
}

/* An iteration that a proposal stands for is not recorded yet. */
static bool is_reached(const struct player *player)
{
    const struct script_step *step = player->step;
    const struct view *view = player->view;
    int recorded = (int)view->run.count - (view->provisional ? 1 : 0);
    switch (step->verb) {
    case SCRIPT_ITERATION:
        return recorded >= (int)step->number;
    case SCRIPT_STATE:
        return view->run.state == (enum run_state)step->number;
    case SCRIPT_TEXT:
        return screen_matches(player, step->text);
    default:
        return false;
    }
}

static enum play_result until(const struct player *player, struct error *err)
{
    while (!is_reached(player)) {
        switch (stage_advance(player->stage, err)) {
        case STAGE_MOVED:
            break;
        case STAGE_STILL:
            if (player->step->verb == SCRIPT_REST)
                return PLAY_DONE;
            return fail(player, "waited in vain, nothing more happens by itself in state",
                        run_state_name(player->view->run.state), "");
        case STAGE_FAULT:
            return PLAY_FAULT;
        }
    }
    return PLAY_DONE;
}

static enum play_result perform(struct player *player, struct error *err)
{
    const struct script_step *step = player->step;
    switch (step->verb) {
    case SCRIPT_KEY:
        return result(stage_key(player->stage, step->key, err));
    case SCRIPT_MOUSE:
        return result(stage_mouse(player->stage, &step->mouse, err));
    case SCRIPT_TYPE:
        return type(player, step->text, err);
    case SCRIPT_PASTE: /* the terminal's input drops what is pasted */
        return result(stage_key(player->stage, KEYCODE_PASTE, err));
    case SCRIPT_SIZE:
        stage_size(player->stage, step->width, step->height);
        return PLAY_DONE;
    case SCRIPT_CHARSET:
        stage_charset(player->stage, (enum charset)step->number);
        return PLAY_DONE;
    case SCRIPT_PASS:
        return result(stage_pass(player->stage, (int64_t)(step->number * 1000 + 0.5), err));
    case SCRIPT_ITERATION:
    case SCRIPT_STATE:
    case SCRIPT_TEXT:
    case SCRIPT_REST:
        return until(player, err);
    case SCRIPT_SAVE:
        return result(save(player, step->text, err));
    case SCRIPT_EXPECT:
        return screen_holds(player, step->text)
                   ? PLAY_DONE
                   : fail(player, "not on the screen:", step->text, "");
    case SCRIPT_EXPECT_NOT:
        return screen_holds(player, step->text) ? fail(player, "on the screen:", step->text, "")
                                                : PLAY_DONE;
    }
    return PLAY_DONE;
}

/* What needs the dashboard: the screen stays after the operator has left. */
static bool needs_dashboard(enum script_verb verb)
{
    return verb != SCRIPT_SAVE && verb != SCRIPT_EXPECT && verb != SCRIPT_EXPECT_NOT;
}

static enum play_result run_steps(struct player *player, struct error *err)
{
    enum play_result played = PLAY_DONE;
    for (size_t i = 0; played == PLAY_DONE && i < player->script->count; i++) {
        player->step = &player->script->step[i];
        if (stage_left(player->stage) && needs_dashboard(player->step->verb))
            return fail(player, "the dashboard was left before", NULL, "");
        played = perform(player, err);
    }
    return played;
}

static enum play_result run_play(struct player *player, const struct ui_script *with, int signal_fd,
                                 struct error *err)
{
    const struct script_step rest = {.verb = SCRIPT_REST, .line = 0};
    player->stage = stage_new(player->view, with->width, with->height, signal_fd, err);
    if (!player->stage)
        return PLAY_FAULT;
    player->step = &rest;
    enum play_result played = with->file ? run_steps(player, err) : until(player, err);
    if (played == PLAY_DONE && with->save)
        played = result(save(player, with->save, err));
    stage_free(player->stage);
    return played;
}

static enum play_result run_session(const struct ui_options *options, const struct ui_script *with,
                                    const struct script *script, int signal_fd, struct error *err)
{
    struct view *view = mem_alloc(sizeof *view);
    struct player player = {.script = script, .view = view};
    enum play_result played = PLAY_FAULT;
    if (session_open(view, options, err) == 0) {
        view->charset = view->charset_best = theme_charset(nl_langinfo(CODESET), getenv("TERM"));
        played = run_play(&player, with, signal_fd, err);
    }
    if (view->end_error.code != ERROR_NONE && view->end_error.code != ERROR_STOPPED)
        error_set(err, view->end_error.code, "%s", view->end_error.text);
    session_close(view);
    free(view);
    return played;
}

int ui_script_run(const struct ui_options *options, const struct ui_script *with, struct error *err)
{
    struct script script = {.file = with->file};
    if (with->file && read_script(&script, with->file, err) != 0)
        return error_exit_status(err->code);
    int signal_fd = signals_open(err);
    enum play_result played = PLAY_FAULT;
    if (signal_fd >= 0)
        played = run_session(options, with, &script, signal_fd, err);
    if (signal_fd >= 0)
        close(signal_fd);
    script_fini(&script);
    return played == PLAY_FAILED && err->code == ERROR_NONE ? STATUS_FAILED
                                                            : error_exit_status(err->code);
}
