/* record_wire: see record_wire.h. As in journal_fold.c nothing fails when a record is read: what
 * cannot be understood is passed over. */
#include "config.h"

#include "artifact/record_wire.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "artifact/document.h"

enum { VALUES_MAX = 16, ITERATION_MAX = 1000000 };

static const char *const op_names[WIRE_OPS] = {"set", "fired", "failed", "dismissed", "ended"};

static json_t *values_json(const struct run *run, const struct wire *wire)
{
    struct wire_value value[VALUES_MAX];
    size_t found = wire_values(run, wire, wire->fired_at, value, VALUES_MAX);
    json_t *list = document_array();
    for (size_t i = 0; i < found; i++) {
        json_t *one = document_object();
        document_put(one, "iteration", document_integer(value[i].iteration));
        document_put(one, "value", document_value(value_of(value[i].value)));
        document_append(list, one);
    }
    return list;
}

int record_wire(struct recorder *to, enum wire_op op, int iteration, const struct run *run,
                const struct wire *wire, struct error *err)
{
    json_t *data = document_object();
    char condition[TRIPWIRE_TEXT_MAX];
    const char *actor = op == WIRE_SET ? wire->by : op == WIRE_DISMISS ? wire->ended_by : NULL;
    bool fired = op == WIRE_FIRE;
    document_put(data, "op", document_string(op_names[op]));
    document_put(data, "actor", document_text(actor));
    document_put(data, "apply", document_integer(wire->applied_at));
    document_put(data, "condition", document_string(tripwire_text(&wire->what, condition)));
    document_put(data, "fate",
                 document_text(wire->ended != WIRE_IDLE ? wire_fate_name(wire->ended) : NULL));
    document_put(data, "rollback", fired ? document_flag(wire->rolls_back) : json_null());
    document_put(data, "values", fired ? values_json(run, wire) : json_null());
    document_put(data, "note", document_text(wire->note));
    return journal_append_take(to->journal, "tripwire", iteration, clock_now(to->clock), data, err);
}

static enum wire_op read_op(const struct node *record)
{
    char name[16];
    int op = 0;
    if (node_text_cut(record, "op", name, sizeof name, NULL) < 0)
        return WIRE_OPS;
    while (op < WIRE_OPS && strcmp(op_names[op], name) != 0)
        op++;
    return (enum wire_op)op;
}

static void read_text(const struct node *record, const char *key, char *text, size_t size)
{
    if (node_text_cut(record, key, text, size, NULL) < 0)
        text[0] = '\0';
}

/* How the wire goes on by OP; false if the record does not say it. */
static bool fold_op(struct wire *wire, enum wire_op op, const struct node *record, int iteration)
{
    char fate[24];
    switch (op) {
    case WIRE_SET:
        read_text(record, "actor", wire->by, sizeof wire->by);
        return true;
    case WIRE_FIRE:
        wire->fired_at = iteration;
        node_flag(record, "rollback", &wire->rolls_back, NULL);
        return true;
    case WIRE_FAIL:
        wire->failed = true;
        read_text(record, "note", wire->note, sizeof wire->note);
        return true;
    case WIRE_DISMISS:
    case WIRE_END:
        read_text(record, "fate", fate, sizeof fate);
        read_text(record, "actor", wire->ended_by, sizeof wire->ended_by);
        read_text(record, "note", wire->note, sizeof wire->note);
        wire->ended = wire_fate_parse(fate);
        wire->ended_at = iteration;
        return wire->ended >= WIRE_DISMISSED && wire->ended < WIRE_FATES;
    case WIRE_OPS:
        break;
    }
    return false;
}

static char *sentence(const struct run *run, enum wire_op op, const struct wire *wire)
{
    switch (op) {
    case WIRE_SET:
        return wire_set_sentence(wire);
    case WIRE_FIRE:
    case WIRE_FAIL:
        return wire_fired_sentence(run, wire);
    case WIRE_DISMISS:
        return wire_dismissed_sentence(wire);
    case WIRE_END:
    case WIRE_OPS:
        break;
    }
    return wire_ended_sentence(wire);
}

void record_wire_fold(struct run *run, const struct node *record, int iteration, char **text)
{
    char condition[TRIPWIRE_TEXT_MAX];
    enum wire_op op = read_op(record);
    struct wire wire = {0};
    int apply = 0;
    *text = NULL;
    read_text(record, "condition", condition, sizeof condition);
    if (op == WIRE_OPS || node_integer(record, "apply", 1, ITERATION_MAX, &apply, NULL) < 0)
        return;
    const struct wire *known = run_wire(run, apply);
    if (known != NULL && op != WIRE_SET)
        wire = *known;
    wire.applied_at = apply;
    if (tripwire_parse(&wire.what, condition, NULL) < 0 || !fold_op(&wire, op, record, iteration))
        return;
    wire.revision = (known != NULL ? known->revision : 0) + 1;
    run_put_wire(run, &wire);
    *text = sentence(run, op, &wire);
}
