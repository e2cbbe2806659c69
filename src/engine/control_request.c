/* control_request: see control_request.h. One table names every op of the protocol. */
#include "config.h"

#include "engine/control_request.h"

#include <stdio.h>
#include <string.h>

#include "model/run.h"

enum need {
    NEEDS_NOTHING = 0,
    NEEDS_NAME = 1 << 0,
    NEEDS_VALUE = 1 << 1,
    NEEDS_ITERATION = 1 << 2
};

/* Of an apply that goes against a guard or past a largest step; its note is the reason. */
static const char confirm_word[] = "OVERRIDE";

struct op_row {
    const char *name;
    enum command_kind kind;
    int choice; /* decide_op or rollback_what; -1: none */
    unsigned needs;
};

static const struct op_row op_table[] = {
    {"pause", COMMAND_PAUSE, -1, NEEDS_NOTHING},
    {"resume", COMMAND_RESUME, -1, NEEDS_NOTHING},
    {"next", COMMAND_NEXT, -1, NEEDS_NOTHING},
    {"stop", COMMAND_STOP_AFTER, -1, NEEDS_NOTHING},
    {"stop_now", COMMAND_STOP_NOW, -1, NEEDS_NOTHING},
    {"interval", COMMAND_INTERVAL, -1, NEEDS_VALUE},
    {"approve", COMMAND_DECIDE, DECIDE_APPROVE, NEEDS_ITERATION},
    {"reject", COMMAND_DECIDE, DECIDE_REJECT, NEEDS_ITERATION},
    {"edit", COMMAND_DECIDE, DECIDE_EDIT, NEEDS_ITERATION | NEEDS_NAME | NEEDS_VALUE},
    {"hold", COMMAND_DECIDE, DECIDE_HOLD, NEEDS_ITERATION},
    {"override", COMMAND_DECIDE, DECIDE_OVERRIDE, NEEDS_ITERATION | NEEDS_NAME},
    {"reset", COMMAND_DECIDE, DECIDE_RESET, NEEDS_ITERATION},
    {"undo", COMMAND_DECIDE, DECIDE_UNDO, NEEDS_ITERATION},
    {"redo", COMMAND_DECIDE, DECIDE_REDO, NEEDS_ITERATION},
    {"apply", COMMAND_APPLY, -1, NEEDS_ITERATION},
    {"rollback_last", COMMAND_ROLLBACK, ROLLBACK_LAST, NEEDS_NOTHING},
    {"rollback_to", COMMAND_ROLLBACK, ROLLBACK_TO_ITERATION, NEEDS_ITERATION},
    {"rollback_apply", COMMAND_ROLLBACK, ROLLBACK_APPLY, NEEDS_ITERATION},
    {"rollback_redo", COMMAND_ROLLBACK, ROLLBACK_REDO, NEEDS_NOTHING},
    {"tripwire_dismiss", COMMAND_WIRE_DISMISS, -1, NEEDS_ITERATION},
    {"rollback_param", COMMAND_ROLLBACK, ROLLBACK_PARAM, NEEDS_NAME},
    {"gate", COMMAND_GATE, -1, NEEDS_NOTHING},
    {"gate_stop", COMMAND_GATE_STOP, -1, NEEDS_NOTHING},
    {"gate_void", COMMAND_GATE_VOID, -1, NEEDS_ITERATION},
    {"mode", COMMAND_MODE, -1, NEEDS_NOTHING},
};

static const struct op_row *find_op(const char *name)
{
    for (size_t i = 0; i < sizeof op_table / sizeof *op_table; i++)
        if (strcmp(op_table[i].name, name) == 0)
            return &op_table[i];
    return NULL;
}

static int check_needs(const struct control_request *request, unsigned needs, struct error *err)
{
    if (needs & NEEDS_NAME && request->name[0] == '\0')
        return error_set(err, ERROR_USAGE, "%s wants the name of a parameter: \"name\"",
                         request->op);
    if (needs & NEEDS_VALUE && !value_present(request->value))
        return error_set(err, ERROR_USAGE, "%s wants a number: \"value\"", request->op);
    if (needs & NEEDS_ITERATION && request->iteration <= 0)
        return error_set(err, ERROR_USAGE, "%s wants the number of an iteration: \"iteration\"",
                         request->op);
    return 0;
}

/* The ops whose choice is the request's word. */
static int read_word(const struct control_request *request, struct command *command,
                     struct error *err)
{
    if (command->kind == COMMAND_GATE) {
        command->strict = strcmp(request->word, "strict") == 0;
        if (!command->strict && strcmp(request->word, "mock") != 0)
            return error_set(err, ERROR_USAGE, "gate wants \"word\" mock or strict, not \"%s\"",
                             request->word);
    }
    if (command->kind == COMMAND_APPLY && request->word[0] != '\0') {
        command->confirmed = strcmp(request->word, confirm_word) == 0;
        if (!command->confirmed)
            return error_set(err, ERROR_USAGE, "apply wants \"word\" %s or none, not \"%s\"",
                             confirm_word, request->word);
    }
    if (command->kind == COMMAND_ROLLBACK && request->word[0] != '\0') {
        command->confirmed = strcmp(request->word, ROLLBACK_WORD) == 0;
        if (!command->confirmed)
            return error_set(err, ERROR_USAGE, "a rollback wants \"word\" %s or none, not \"%s\"",
                             ROLLBACK_WORD, request->word);
    }
    if (command->kind == COMMAND_MODE) {
        command->mode = (int)approve_mode_parse(request->word);
        if (command->mode == APPROVE_COUNT)
            return error_set(err, ERROR_USAGE,
                             "mode wants \"word\" observe, auto or manual, not \"%s\"",
                             request->word);
    }
    return 0;
}

int control_request_command(const struct control_request *request, struct command *command,
                            struct error *err)
{
    const struct op_row *row = find_op(request->op);
    memset(command, 0, sizeof *command);
    if (!row)
        return error_set(err, ERROR_USAGE, "there is no op \"%s\" in protocol %d", request->op,
                         CONTROL_PROTOCOL);
    if (check_needs(request, row->needs, err) != 0)
        return -1;
    command->kind = row->kind;
    if (row->kind == COMMAND_DECIDE)
        command->op = (enum decide_op)row->choice;
    if (row->kind == COMMAND_ROLLBACK)
        command->what = (enum rollback_what)row->choice;
    command->iteration = request->iteration;
    command->number = value_present(request->value) ? request->value.number : 0;
    memcpy(command->name, request->name, sizeof command->name);
    memcpy(command->base_hash, request->base_hash, sizeof command->base_hash);
    memcpy(command->note, request->note, sizeof command->note);
    command->batch = request->batch;
    memcpy(command->also, request->also, sizeof command->also);
    memcpy(command->tripwire, request->tripwire, sizeof command->tripwire);
    return read_word(request, command, err);
}

static bool is_op(const struct op_row *row, const struct command *command)
{
    if (row->kind != command->kind)
        return false;
    switch (row->kind) {
    case COMMAND_DECIDE:
        return row->choice == (int)command->op;
    case COMMAND_ROLLBACK:
        return row->choice == (int)command->what;
    default:
        return true;
    }
}

void control_request_of(const struct command *command, struct control_request *request)
{
    memset(request, 0, sizeof *request);
    request->id = command->id;
    request->value = value_missing();
    request->iteration = command->iteration;
    for (size_t i = 0; i < sizeof op_table / sizeof *op_table; i++) {
        if (!is_op(&op_table[i], command))
            continue;
        snprintf(request->op, sizeof request->op, "%s", op_table[i].name);
        if (op_table[i].needs & NEEDS_VALUE || command->op == DECIDE_HOLD)
            request->value = value_of(command->number);
        break;
    }
    memcpy(request->name, command->name, sizeof request->name);
    memcpy(request->base_hash, command->base_hash, sizeof request->base_hash);
    memcpy(request->note, command->note, sizeof request->note);
    request->batch = command->batch;
    memcpy(request->also, command->also, sizeof request->also);
    memcpy(request->tripwire, command->tripwire, sizeof request->tripwire);
    if (command->kind == COMMAND_APPLY && command->confirmed)
        snprintf(request->word, sizeof request->word, "%s", confirm_word);
    if (command->kind == COMMAND_ROLLBACK && command->confirmed)
        snprintf(request->word, sizeof request->word, "%s", ROLLBACK_WORD);
    if (command->kind == COMMAND_GATE)
        snprintf(request->word, sizeof request->word, "%s", command->strict ? "strict" : "mock");
    if (command->kind == COMMAND_MODE)
        snprintf(request->word, sizeof request->word, "%s",
                 approve_mode_name((enum approve_mode)command->mode));
}
