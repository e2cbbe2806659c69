/* wires: see wires.h. Pure; the thread that owns the run. */
#include "config.h"

#include "model/wires.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"

static const char *const fate_names[WIRE_FATES] = {
    "idle", "watching", "fired", "dismissed", "rolled back", "superseded", "expired", "unused",
};

const char *wire_fate_name(enum wire_fate fate)
{
    return fate_names[fate];
}

enum wire_fate wire_fate_parse(const char *name)
{
    int fate = 0;
    while (fate < WIRE_FATES && strcmp(fate_names[fate], name) != 0)
        fate++;
    return (enum wire_fate)fate;
}

/* Where the wire of that apply stands, or belongs. */
static size_t place_of(const struct run *run, int applied_at)
{
    size_t place = run->wire_count;
    while (place > 0 && run->wire[place - 1].applied_at >= applied_at)
        place--;
    return place;
}

void run_put_wire(struct run *run, const struct wire *wire)
{
    size_t place = place_of(run, wire->applied_at);
    if (place == run->wire_count || run->wire[place].applied_at != wire->applied_at) {
        void *items = run->wire;
        mem_grow(&items, &run->wire_capacity, run->wire_count + 1, sizeof *run->wire);
        run->wire = items;
        memmove(&run->wire[place + 1], &run->wire[place],
                (run->wire_count - place) * sizeof *run->wire);
        run->wire_count++;
    }
    run->wire[place] = *wire;
}

const struct wire *run_wire(const struct run *run, int applied_at)
{
    size_t place = place_of(run, applied_at);
    return place < run->wire_count && run->wire[place].applied_at == applied_at ? &run->wire[place]
                                                                                : NULL;
}

const struct change *run_apply_of(const struct run *run, int iteration)
{
    for (size_t i = run->change_count; i > 0; i--)
        if (run->change[i - 1].kind == CHANGE_APPLY &&
            run->change[i - 1].after_iteration == iteration)
            return &run->change[i - 1];
    return NULL;
}

void run_drop_idle_wire(struct run *run, int applied_at)
{
    size_t place = place_of(run, applied_at);
    if (!run_wire(run, applied_at) || run_apply_of(run, applied_at))
        return;
    run->wire_count--;
    memmove(&run->wire[place], &run->wire[place + 1],
            (run->wire_count - place) * sizeof *run->wire);
}

static bool same_value(struct value a, struct value b)
{
    return a.state == b.state && (!value_present(a) || number_equal(a.number, b.number));
}

static bool goes_back(const struct change *change)
{
    return change->kind == CHANGE_ROLLBACK || change->kind == CHANGE_RESTORE;
}

/* What of APPLY is in force by the end of iteration UPTO: WATCHING means something is. */
static enum wire_fate fate_of_apply(const struct run *run, const struct change *apply, int upto)
{
    size_t from = (size_t)(apply - run->change) + 1, last = from;
    bool in_force = false, back = false;
    if (apply->param_count == 0) /* its values are not known */
        return apply->undone ? WIRE_ROLLED_BACK : WIRE_WATCHING;
    while (last < run->change_count && run->change[last].after_iteration <= upto)
        last++;
    for (int param = 0; (size_t)param < apply->param_count; param++) {
        const struct change *mover = NULL;
        if (!change_moves(apply, param))
            continue;
        for (size_t i = from; i < last; i++)
            if (change_moves(&run->change[i], param))
                mover = &run->change[i];
        in_force |= mover == NULL || same_value(mover->after[param], apply->after[param]);
        back |= mover != NULL && goes_back(mover);
    }
    if (in_force)
        return WIRE_WATCHING;
    return back ? WIRE_ROLLED_BACK : WIRE_SUPERSEDED;
}

/* Missing also where the record is. */
static struct value kpi_at(const struct run *run, int number, enum kpi kpi)
{
    const struct iteration *iteration = run_iteration(run, number);
    return iteration != NULL ? iteration_kpi(iteration, kpi) : value_missing();
}

/* How far the wire has counted, whatever else happened. */
static void count(const struct run *run, const struct wire *wire, int upto,
                  struct wire_status *status)
{
    int last = upto < status->ends_at ? upto : status->ends_at;
    for (int n = wire->applied_at + 1; n <= last && status->met_at == 0; n++) {
        struct value value = kpi_at(run, n, wire->what.kpi);
        if (!value_usable(value)) {
            status->passed_over++;
            continue;
        }
        status->seen++;
        status->streak = tripwire_meets(&wire->what, value) ? status->streak + 1 : 0;
        if (status->streak >= wire->what.count)
            status->met_at = n;
    }
}

struct wire_status wire_status(const struct run *run, const struct wire *wire, int upto)
{
    struct wire_status status = {.ends_at = wire->applied_at + wire->what.until};
    const struct change *apply = run_apply_of(run, wire->applied_at);
    if (upto <= 0 || upto > (int)run->count)
        upto = (int)run->count;
    bool fired = wire->fired_at > 0 && wire->fired_at <= upto;
    bool ended = wire->ended != WIRE_IDLE && wire->ended_at <= upto;
    if (apply == NULL)
        return status;
    count(run, wire, fired ? wire->fired_at : ended ? wire->ended_at : upto, &status);
    if (ended) {
        status.fate = wire->ended;
        return status;
    }
    status.fate = fate_of_apply(run, apply, upto);
    if (status.fate != WIRE_WATCHING)
        return status;
    if (fired)
        status.fate = WIRE_FIRED;
    else if (upto >= status.ends_at && status.met_at == 0)
        status.fate = WIRE_EXPIRED;
    return status;
}

bool wire_waits(const struct run *run, const struct wire *wire)
{
    bool alone = wire->rolls_back && !wire->failed;
    return wire->fired_at > 0 && !alone && wire_status(run, wire, 0).fate == WIRE_FIRED;
}

const struct wire *run_wire_on(const struct run *run, enum kpi kpi, int upto,
                               struct wire_status *status)
{
    for (size_t i = run->wire_count; i > 0; i--) {
        const struct wire *wire = &run->wire[i - 1];
        if (wire->what.kpi != kpi || (upto > 0 && wire->applied_at > upto))
            continue;
        struct wire_status now = wire_status(run, wire, upto);
        if (now.fate != WIRE_WATCHING && now.fate != WIRE_FIRED)
            continue;
        if (status != NULL)
            *status = now;
        return wire;
    }
    return NULL;
}

const struct wire *run_waiting_wire(const struct run *run, size_t *total)
{
    const struct wire *newest = NULL;
    size_t waiting = 0;
    for (size_t i = run->wire_count; i > 0; i--) {
        if (!wire_waits(run, &run->wire[i - 1]))
            continue;
        waiting++;
        if (newest == NULL)
            newest = &run->wire[i - 1];
    }
    if (total != NULL)
        *total = waiting;
    return newest;
}

char *wire_count_text(const struct wire *wire, const struct wire_status *status,
                      char text[WIRE_COUNT_TEXT_MAX])
{
    if (status->fate == WIRE_WATCHING)
        snprintf(text, WIRE_COUNT_TEXT_MAX, "%d/%d", status->streak, wire->what.count);
    else
        snprintf(text, WIRE_COUNT_TEXT_MAX, "%s", wire_fate_name(status->fate));
    return text;
}

size_t wire_values(const struct run *run, const struct wire *wire, int fired_at,
                   struct wire_value *values, size_t max)
{
    size_t wanted = (size_t)wire->what.count < max ? (size_t)wire->what.count : max, found = 0;
    for (int n = fired_at; n > wire->applied_at && found < wanted; n--) {
        struct value value = kpi_at(run, n, wire->what.kpi);
        if (value_usable(value))
            values[wanted - ++found] = (struct wire_value){n, value.number};
    }
    memmove(values, values + (wanted - found), found * sizeof *values);
    return found;
}

char *wire_set_sentence(const struct wire *wire)
{
    char text[TRIPWIRE_TEXT_MAX];
    return mem_printf("tripwire on the apply of iteration %d: %s, watched until iteration %d, "
                      "attached by %s",
                      wire->applied_at, tripwire_short(&wire->what, text),
                      wire->applied_at + wire->what.until, wire->by);
}

/* "0.680, 0.653 in iterations 2, 3" */
static void add_values(const struct run *run, const struct wire *wire, struct buffer *text)
{
    enum { SHOWN_MAX = 4 };
    const struct kpi_info *info = &kpi_table[wire->what.kpi];
    struct wire_value value[SHOWN_MAX];
    size_t found = wire_values(run, wire, wire->fired_at, value, SHOWN_MAX);
    for (size_t i = 0; i < found; i++)
        buffer_printf(text, "%s%.*f", i > 0 ? ", " : "", info->decimals, value[i].value);
    buffer_printf(text, "%s%s in iteration%s", info->unit[0] ? " " : "", info->unit,
                  found == 1 ? "" : "s");
    for (size_t i = 0; i < found; i++)
        buffer_printf(text, "%s %d", i > 0 ? "," : "", value[i].iteration);
}

char *wire_fired_sentence(const struct run *run, const struct wire *wire)
{
    struct buffer text = {0};
    char what[TRIPWIRE_TEXT_MAX];
    buffer_printf(&text, "tripwire %s of the apply of iteration %d fired: %s ",
                  tripwire_short(&wire->what, what), wire->applied_at,
                  tripwire_kpi_name(wire->what.kpi));
    add_values(run, wire, &text);
    if (wire->failed)
        buffer_printf(&text, "; the rollback could not be made: %s", wire->note);
    else
        buffer_puts(&text, wire->rolls_back
                               ? "; that apply is rolled back"
                               : "; the rollback of that apply waits for the operator");
    return buffer_take(&text);
}

char *wire_ended_sentence(const struct wire *wire)
{
    static const char *const why[WIRE_FATES] = {
        [WIRE_ROLLED_BACK] = "its apply was rolled back",
        [WIRE_SUPERSEDED] = "later changes replaced all that its apply wrote",
        [WIRE_EXPIRED] = "it has watched as long as it should",
        [WIRE_UNUSED] = "nothing was applied",
    };
    char what[TRIPWIRE_TEXT_MAX];
    return mem_printf("tripwire %s of the apply of iteration %d ended: %s",
                      tripwire_short(&wire->what, what), wire->applied_at,
                      why[wire->ended] ? why[wire->ended] : wire_fate_name(wire->ended));
}

char *wire_dismissed_sentence(const struct wire *wire)
{
    char what[TRIPWIRE_TEXT_MAX];
    return mem_printf(
        "tripwire %s of the apply of iteration %d dismissed by %s, the apply stays%s%s",
        tripwire_short(&wire->what, what), wire->applied_at, wire->ended_by,
        wire->note[0] ? ": " : "", wire->note);
}
