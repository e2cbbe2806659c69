/* mortal: see mortal.h. */
#include "config.h"

#include "mortal.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "artifact/remove.h"
#include "engine/resume.h"
#include "soak.h"
#include "tempdir.h"

void mortal_init(struct mortal *mortal, const char *root, enum approve_mode mode, int iterations)
{
    void *memory = mmap(NULL, sizeof(*mortal->memory), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert(memory != MAP_FAILED);
    *mortal = (struct mortal){root, mode, iterations, memory};
}

void mortal_fini(struct mortal *mortal)
{
    munmap(mortal->memory, sizeof(*mortal->memory));
}

/* The process, its front end and its operator. */
struct life {
    struct mortal *mortal;
    struct engine *engine;
    struct run run;
    unsigned asked, answered; /* numbers of commands */
    struct command command;   /* the one that is asked */
    bool ok, ended;
    int applied; /* iteration whose apply was answered */
    struct error end;
};

static void broken(const struct life *life, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

static void broken(const struct life *life, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(life->mortal->memory->fault, sizeof(life->mortal->memory->fault), format, arguments);
    va_end(arguments);
    _exit(MORTAL_BROKEN);
}

static void ask(struct life *life, struct command command)
{
    command.id = ++life->asked;
    command.iteration = command.iteration ? command.iteration : life->run.pending.iteration;
    snprintf(command.actor, sizeof(command.actor), "op@host");
    life->command = command;
    if (inbox_post(engine_inbox(life->engine), &command) != 0)
        broken(life, "the inbox is full");
}

static void ask_line(struct life *life, enum decide_op op, const char *name, double number,
                     const char *note)
{
    struct command command = {.kind = COMMAND_DECIDE, .op = op, .number = number};
    snprintf(command.name, sizeof(command.name), "%s", name);
    snprintf(command.note, sizeof(command.note), "%s", note);
    ask(life, command);
}

static size_t rollbacks(const struct run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->change_count; i++)
        count += run->change[i].kind == CHANGE_ROLLBACK || run->change[i].kind == CHANGE_RESTORE;
    return count;
}

/* What he wants of a line: rejects max_delta_ratio and edits tail_age_ms in the first iteration,
 * holds impact_cap_ratio in the third until the fifth, and approves the rest. */
static bool decide_line(struct life *life, const struct delta *line)
{
    int iteration = life->run.pending.iteration;
    if (line->state != DELTA_PROPOSED)
        return false;
    if (iteration == 1 && strcmp(line->name, "max_delta_ratio") == 0)
        ask_line(life, DECIDE_REJECT, line->name, 0, "too much at once");
    else if (iteration == 1 && strcmp(line->name, "tail_age_ms") == 0)
        ask_line(life, DECIDE_EDIT, line->name, 620, "");
    else if (iteration == 3 && strcmp(line->name, "impact_cap_ratio") == 0)
        ask_line(life, DECIDE_HOLD, line->name, 5, "later");
    else
        ask_line(life, DECIDE_APPROVE, line->name, 0, "");
    return true;
}

/* Two rollbacks: the last apply while the third iteration waits, and one parameter while the sixth
 * does. */
static bool roll_back(struct life *life)
{
    int iteration = life->run.pending.iteration;
    size_t done = rollbacks(&life->run);
    if (iteration >= 3 && done == 0) {
        ask(life,
            (struct command){
                .kind = COMMAND_ROLLBACK, .what = ROLLBACK_LAST, .iteration = 0, .note = "worse"});
        return true;
    }
    if (iteration >= 6 && done == 1) {
        struct command command = {.kind = COMMAND_ROLLBACK, .what = ROLLBACK_PARAM};
        snprintf(command.name, sizeof(command.name), "tail_age_ms");
        ask(life, command);
        return true;
    }
    return false;
}

/* In the second iteration he edits a line and takes that back. */
static bool change_his_mind(struct life *life)
{
    const struct proposal *pending = &life->run.pending;
    if (pending->iteration != 2 || pending->taken_back > 0)
        return false;
    if (pending->undo.count == 0)
        ask_line(life, DECIDE_EDIT, "tail_age_ms", 690, "");
    else
        ask_line(life, DECIDE_UNDO, "", 0, "");
    return true;
}

static void operate(struct life *life)
{
    const struct proposal *pending = &life->run.pending;
    if (roll_back(life) || change_his_mind(life))
        return;
    for (size_t i = 0; i < pending->count; i++)
        if (decide_line(life, &pending->delta[i]))
            return;
    struct command command = {.kind = COMMAND_APPLY};
    memcpy(command.base_hash, pending->base_hash, sizeof(command.base_hash));
    ask(life, command);
}

/* What was answered holds, in whichever process. */
static void check_answers(struct life *life)
{
    const struct mortal_memory *memory = life->mortal->memory;
    const struct proposal *pending = &life->run.pending;
    if ((int)rollbacks(&life->run) < memory->rollbacks)
        broken(life, "a rollback that was answered is lost");
    if (pending->iteration <= memory->applied_last)
        broken(life, "the apply of iteration %d was answered, and is asked for again",
               pending->iteration);
    for (size_t i = 0; i < memory->answers; i++) {
        const struct delta *line = proposal_find(&life->run.pending, memory->answer[i].name);
        if (memory->answer[i].iteration != pending->iteration || !line)
            continue;
        if (line->state != memory->answer[i].state)
            broken(life, "iteration %d: %s was answered as %s and is %s now", pending->iteration,
                   line->name, delta_state_name(memory->answer[i].state),
                   delta_state_name(line->state));
    }
}

static void remember_line(struct mortal_memory *memory, const struct run *run,
                          const struct command *command)
{
    const struct delta *line = proposal_find((struct proposal *)&run->pending, command->name);
    size_t i = 0;
    while (i < memory->answers && (memory->answer[i].iteration != command->iteration ||
                                   strcmp(memory->answer[i].name, command->name) != 0))
        i++;
    if (i == MORTAL_ANSWERS || !line)
        return;
    memory->answer[i].iteration = command->iteration;
    snprintf(memory->answer[i].name, sizeof(memory->answer[i].name), "%s", command->name);
    memory->answer[i].state = line->state;
    if (i == memory->answers)
        memory->answers++;
}

static void remember(struct life *life)
{
    struct mortal_memory *memory = life->mortal->memory;
    const struct command *command = &life->command;
    if (!life->ok)
        return;
    if (command->kind == COMMAND_ROLLBACK) {
        memory->rollbacks++;
        memory->answers = 0; /* the proposal was made anew */
    } else if (command->kind == COMMAND_APPLY) {
        memory->applied_last = life->applied = command->iteration;
    } else if (command->op == DECIDE_UNDO) {
        memory->answers = 0;
    } else {
        remember_line(memory, &life->run, command);
    }
}

static void take(struct life *life, struct message *message)
{
    bool replied = message->kind == MESSAGE_REPLY && message->command_id == life->asked;
    if (replied) {
        life->answered = message->command_id;
        life->ok = message->ok;
    } else if (message->kind == MESSAGE_END) {
        life->ended = true;
        life->end = message->error;
    }
    run_fold(&life->run, message);
    if (replied)
        remember(life);
    message_free(message);
}

/* A proposal waits for him, and he for nothing. */
static bool is_asked(const struct life *life)
{
    return life->run.state == RUN_HOLDING && life->run.has_pending &&
           life->answered == life->asked && life->run.pending.iteration != life->applied;
}

static void live(struct life *life)
{
    struct outbox *outbox = engine_outbox(life->engine);
    while (!life->ended) {
        struct message *message = outbox_next(outbox);
        struct pollfd fd = {.fd = outbox_fd(outbox), .events = POLLIN};
        if (message)
            take(life, message);
        else if (is_asked(life)) {
            check_answers(life);
            operate(life);
        } else if (poll(&fd, 1, 20000) == 0)
            broken(life, "nothing happens any more, state %s", run_state_name(life->run.state));
    }
}

static struct engine_options options_of(const struct mortal *mortal)
{
    return (struct engine_options){.source = SOURCE_MOCK,
                                   .iterations = mortal->iterations,
                                   .mode = mortal->mode,
                                   .artifacts = tempdir_path("%s", mortal->root),
                                   .keep = -1,
                                   .run_id = "test",
                                   .actor = "op@host"};
}

static struct engine *begin(const struct mortal *mortal, bool resumes, struct error *err)
{
    static struct resume resume;
    struct engine_options options = options_of(mortal);
    if (resumes && (resume_read(&resume, options.artifacts, err) != 0 ||
                    resume_merge(&options, &resume, 0, err) != 0))
        return NULL;
    return engine_new(&options, soak_config(), err);
}

static enum mortal_end run_life(struct mortal *mortal, bool resumes)
{
    struct life life = {.mortal = mortal};
    struct error err = ERROR_INIT;
    run_init(&life.run);
    life.engine = begin(mortal, resumes, &err);
    if (!life.engine && resumes && strstr(err.text, "has completed"))
        return MORTAL_DONE;
    if (!life.engine && resumes && err.code == ERROR_REFUSED) {
        error_clear(&err);
        life.engine = begin(mortal, false, &err);
    }
    if (!life.engine || engine_start(life.engine, &err) != 0) {
        snprintf(mortal->memory->fault, sizeof(mortal->memory->fault), "%.500s", err.text);
        return MORTAL_FAILED;
    }
    live(&life);
    engine_free(life.engine);
    mortal->memory->steps = crash_steps();
    mortal->memory->size = crash_size();
    if (life.end.code == ERROR_NONE)
        return MORTAL_DONE;
    snprintf(mortal->memory->fault, sizeof(mortal->memory->fault), "%.500s", life.end.text);
    return MORTAL_FAILED;
}

static enum mortal_end give_birth(struct mortal *mortal, bool resumes, enum crash_kind kind,
                                  long at, size_t bytes)
{
    int status;
    soak_config();
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        crash_arm(kind, at, bytes);
        _exit((int)run_life(mortal, resumes));
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        return MORTAL_KILLED;
    if (WIFEXITED(status))
        return (enum mortal_end)WEXITSTATUS(status);
    snprintf(mortal->memory->fault, sizeof(mortal->memory->fault), "it ended with status %#x",
             (unsigned)status);
    return MORTAL_BROKEN;
}

enum mortal_end mortal_run(struct mortal *mortal, enum crash_kind kind, long at, size_t bytes)
{
    memset(mortal->memory, 0, sizeof(*mortal->memory));
    return give_birth(mortal, false, kind, at, bytes);
}

enum mortal_end mortal_resume(struct mortal *mortal, enum crash_kind kind, long at)
{
    return give_birth(mortal, true, kind, at, 0);
}

void mortal_clear(const char *root)
{
    struct error err = ERROR_INIT;
    int fd = open(tempdir_path("."), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_ge(fd, 0);
    ck_assert_msg(remove_tree(fd, root, root, &err) == 0, "%s", err.text);
    close(fd);
}
