/* standing: see standing.h. */
#include "config.h"

#include "model/standing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

static struct delta *find_held(const struct standing *standing, int param)
{
    for (size_t i = 0; i < standing->held_count; i++)
        if (standing->held[i].param == param)
            return (struct delta *)&standing->held[i];
    return NULL;
}

static void drop_held(struct standing *standing, const struct delta *held)
{
    size_t index = (size_t)(held - standing->held);
    standing->held_count--;
    memmove(&standing->held[index], &standing->held[index + 1],
            (standing->held_count - index) * sizeof *held);
}

static void put_held(struct standing *standing, const struct delta *line, int number)
{
    struct delta *held = find_held(standing, line->param);
    if (!held && standing->held_count == PARAM_MAX)
        return;
    if (!held)
        held = &standing->held[standing->held_count++];
    *held = *line;
    if (held->held_at == 0)
        held->held_at = number;
}

static void put_rejected(struct standing *standing, const struct delta *line, int number)
{
    for (size_t i = 0; i < standing->rejected_count; i++) {
        struct rejection *old = &standing->rejected[i];
        if (old->param == line->param && number_equal(old->target, line->target)) {
            old->iteration = number;
            return;
        }
    }
    void *items = standing->rejected;
    mem_grow(&items, &standing->rejected_capacity, standing->rejected_count + 1,
             sizeof *standing->rejected);
    standing->rejected = items;
    standing->rejected[standing->rejected_count++] = (struct rejection){
        .param = line->param, .iteration = number, .target = line->target};
}

static void add_line(struct standing *standing, const struct delta *line, int number)
{
    struct delta *held = find_held(standing, line->param);
    if (line->param < 0)
        return;
    if (line->state == DELTA_HELD)
        put_held(standing, line, number);
    else if (held)
        drop_held(standing, held);
    if (line->state == DELTA_REJECTED)
        put_rejected(standing, line, number);
}

/* The iteration ran with the value that the hold asks for. */
static bool in_force(const struct iteration *iteration, const struct delta *held)
{
    if (!iteration->params || (size_t)held->param >= iteration->param_count)
        return false;
    struct value value = iteration->params[held->param];
    return value_usable(value) && number_equal(value.number, held->target);
}

void standing_add(struct standing *standing, const struct iteration *iteration)
{
    for (size_t i = 0; i < iteration->delta_count; i++)
        add_line(standing, &iteration->delta[i], iteration->number);
    for (size_t i = standing->held_count; i > 0; i--)
        if (in_force(iteration, &standing->held[i - 1]))
            drop_held(standing, &standing->held[i - 1]);
}

void standing_fini(struct standing *standing)
{
    free(standing->rejected);
    *standing = (struct standing){0};
}

/* The line of HELD's parameter in JUDGED, if HELD waits for a guard and one blocks it still. */
static const struct delta *find_blocked(const struct proposal *judged, const struct delta *held)
{
    const struct delta *line = judged && held->hold_until == 0
                                   ? proposal_find((struct proposal *)judged, held->name)
                                   : NULL;
    return line && line->state == DELTA_BLOCKED ? line : NULL;
}

/* The tuner proposes what is held. */
static void lay_line(struct delta *line, const struct delta *held, const struct delta *blocked,
                     int number)
{
    if (rule_is_safety(line->rule) && !rule_is_safety(held->rule))
        return;
    if (blocked)
        *line = *blocked;
    line->held_at = held->held_at;
    if (blocked || held->hold_until > number) {
        line->state = DELTA_HELD;
        line->hold_until = held->hold_until;
    }
}

static void join_rationale(struct proposal *proposal, const char *why)
{
    size_t length = proposal->count == 0 ? 0 : strlen(proposal->rationale);
    snprintf(proposal->rationale + length, sizeof proposal->rationale - length, "%s%s",
             length ? " | " : "", why);
}

static void come_back(struct proposal *proposal, const struct delta *held, struct value now,
                      const struct param *param)
{
    struct delta line = {.param = held->param, .rule = held->rule, .held_at = held->held_at};
    double target = param_quantize(param, param_clamp(param, held->target));
    if (!value_usable(now) || number_equal(now.number, target) ||
        proposal->count == PROPOSAL_DELTAS_MAX)
        return;
    memcpy(line.name, held->name, sizeof line.name);
    line.now = now.number;
    line.increment = target - now.number;
    line.target = line.after = target;
    bool again = strncmp(held->why, "held at it ", 11) == 0;
    if (again)
        memcpy(line.why, held->why, sizeof line.why);
    else
        snprintf(line.why, sizeof line.why, "held at it %d: %.130s", held->held_at, held->why);
    join_rationale(proposal, line.why);
    proposal->delta[proposal->count++] = line;
}

static void mark_rejected(struct delta *line, const struct standing *standing)
{
    for (size_t i = 0; i < standing->rejected_count; i++)
        if (standing->rejected[i].param == line->param &&
            number_equal(standing->rejected[i].target, line->target))
            line->rejected_at = standing->rejected[i].iteration;
}

void standing_lay(struct proposal *proposal, const struct standing *standing,
                  const struct value *values, const struct param_table *table,
                  const struct proposal *judged)
{
    for (size_t i = 0; i < standing->held_count; i++) {
        const struct delta *held = &standing->held[i];
        const struct delta *blocked = find_blocked(judged, held);
        struct delta *line = proposal_find(proposal, held->name);
        struct value now = values[held->param];
        if (!value_usable(now))
            now = table->param[held->param].assumed;
        if (line)
            lay_line(line, held, blocked, proposal->iteration);
        else if (!blocked && !proposal->fallback_fired && held->hold_until <= proposal->iteration)
            come_back(proposal, held, now, &table->param[held->param]);
    }
    for (size_t i = 0; i < proposal->count; i++)
        mark_rejected(&proposal->delta[i], standing);
}

bool standing_waits_for_guard(const struct standing *standing)
{
    for (size_t i = 0; i < standing->held_count; i++)
        if (standing->held[i].hold_until == 0)
            return true;
    return false;
}
