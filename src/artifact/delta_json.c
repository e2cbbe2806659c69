/* delta_json: see delta_json.h. */
#include "config.h"

#include "artifact/delta_json.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "artifact/document.h"
#include "model/mem.h"

/* A figure beyond this is garbage. */
#define FIGURE_MAX 1e15

double delta_increment(const struct delta *delta)
{
    return delta->increment;
}

double delta_target(const struct delta *delta)
{
    return delta->target;
}

static double delta_after(const struct delta *delta)
{
    return delta->after;
}

bool delta_written(const struct delta *delta)
{
    return delta->state == DELTA_APPLIED || delta->state == DELTA_VERIFIED ||
           delta->state == DELTA_ROLLED_BACK;
}

bool delta_changed(const struct delta *delta)
{
    return delta_written(delta) && !number_equal(delta->now, delta->after);
}

static const struct param *param_of(const struct delta *delta, const struct param_table *table)
{
    return delta->param >= 0 && (size_t)delta->param < table->count ? &table->param[delta->param]
                                                                    : NULL;
}

struct json_t *deltas_object(const struct iteration *iteration, const struct param_table *table,
                             double (*number_of)(const struct delta *delta),
                             bool (*wanted)(const struct delta *delta))
{
    json_t *object = document_object();
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        if (!wanted || wanted(delta))
            document_put(object, delta->name,
                         document_param(param_of(delta, table), value_of(number_of(delta))));
    }
    return object;
}

/* What only a line has that an operator decided on. */
static void put_decision(json_t *line, const struct delta *delta)
{
    if (delta->overridden)
        document_put(line, "overridden", document_flag(true));
    if (delta->oversized)
        document_put(line, "oversized", document_flag(true));
    if (delta->state == DELTA_HELD)
        document_put(line, "hold_until", document_integer(delta->hold_until));
    if (delta->held_at > 0)
        document_put(line, "held_at", document_integer(delta->held_at));
    if (delta->rejected_at > 0)
        document_put(line, "rejected_at", document_integer(delta->rejected_at));
}

struct json_t *delta_to_json(const struct delta *delta, const struct param_table *table)
{
    const struct param *param = param_of(delta, table);
    json_t *line = document_object();
    document_put(line, "name", document_string(delta->name));
    document_put(line, "rule", document_text(rule_key(delta->rule)));
    document_put(line, "now", document_param(param, value_of(delta->now)));
    document_put(line, "increment", document_param(param, value_of(delta->increment)));
    document_put(line, "target", document_param(param, value_of(delta->target)));
    document_put(line, "after", document_param(param, value_of(delta->after)));
    document_put(line, "state", document_string(delta_state_name(delta->state)));
    document_put(line, "guard", document_string(guard_name(delta->guard)));
    document_put(line, "clears_at", document_integer(delta->clears_at));
    document_put(line, "note", document_string(delta->note));
    document_put(line, "why", document_string(delta->why));
    put_decision(line, delta);
    return line;
}

/* What an operator's higher confirmation let pass: by guard, or "max_step". */
static json_t *override_json(const struct delta *delta, const struct param *param,
                             const char *guard, const char *limit, const char *reason)
{
    json_t *json = document_object();
    document_put(json, "name", document_string(delta->name));
    document_put(json, "guard", document_string(guard));
    document_put(json, "value", document_param(param, value_of(delta->after)));
    document_put(json, "limit", document_string(limit));
    document_put(json, "reason", document_string(reason));
    return json;
}

void overrides_to_json(struct json_t *json, const struct iteration *iteration,
                       const struct param_table *table)
{
    const char *reason = iteration->override_reason;
    if (!reason)
        return;
    json_t *list = document_array();
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        const struct param *param = param_of(delta, table);
        char limit[64], number[40];
        if (delta->overridden)
            document_append(
                list, override_json(delta, param, guard_name(delta->guard), delta->note, reason));
        if (!delta->oversized || !param)
            continue;
        snprintf(limit, sizeof limit, "at most %s at once",
                 param_format(param, param->max_step, number, sizeof number));
        document_append(list, override_json(delta, param, "max_step", limit, reason));
    }
    document_put(json, "overridden", list);
}

void deltas_to_json(struct json_t *tuning, const struct iteration *iteration,
                    const struct param_table *table)
{
    json_t *lines = document_array(), *changed = document_array();
    for (size_t i = 0; i < iteration->delta_count; i++) {
        document_append(lines, delta_to_json(&iteration->delta[i], table));
        if (delta_changed(&iteration->delta[i]))
            document_append(changed, document_string(iteration->delta[i].name));
    }
    document_put(tuning, "deltas", deltas_object(iteration, table, delta_increment, NULL));
    document_put(tuning, "proposed_deltas", deltas_object(iteration, table, delta_target, NULL));
    document_put(tuning, "applied_deltas",
                 deltas_object(iteration, table, delta_after, delta_written));
    document_put(tuning, "changed_keys", changed);
    document_put(tuning, "lines", lines);
}

/* Member KEY of NODE; not a number if it is missing. */
static int read_number(const struct node *node, const char *key, double *number, struct error *err)
{
    struct node member = node_member(node, key);
    struct value value;
    if (node_value(node, key, &value, err) < 0)
        return -1;
    if (value_present(value) && fabs(value.number) > FIGURE_MAX)
        return node_refuse(&member, err, "it must be within %g .. %g", -FIGURE_MAX, FIGURE_MAX);
    *number = value_present(value) ? value.number : (double)NAN;
    return 0;
}

static int read_name(struct delta *delta, const struct node *node, const char *name,
                     const struct param_table *table, struct error *err)
{
    if (strlen(name) >= sizeof delta->name)
        return node_refuse(node, err, "a parameter's name has at most %zu bytes",
                           sizeof delta->name - 1);
    *delta = (struct delta){.param = param_find(table, name), .now = (double)NAN};
    memcpy(delta->name, name, strlen(name) + 1);
    return 0;
}

/* The iteration that member KEY names; 0 if it is not there. */
static int read_iteration(const struct node *node, const char *key, int *number, struct error *err)
{
    struct value value;
    if (node_value(node, key, &value, err) < 0)
        return -1;
    *number = value_at_least(value, 0.0) && value_at_most(value, 1e6) ? (int)value.number : 0;
    return 0;
}

static int read_decision(struct delta *delta, const struct node *node, struct error *err)
{
    if (node_flag(node, "overridden", &delta->overridden, err) < 0 ||
        node_flag(node, "oversized", &delta->oversized, err) < 0 ||
        read_iteration(node, "clears_at", &delta->clears_at, err) < 0 ||
        read_iteration(node, "hold_until", &delta->hold_until, err) < 0 ||
        read_iteration(node, "held_at", &delta->held_at, err) < 0)
        return -1;
    return read_iteration(node, "rejected_at", &delta->rejected_at, err);
}

int delta_from_json(struct delta *delta, const struct node *node, const struct param_table *table,
                    struct error *err)
{
    char name[PARAM_NAME_MAX], rule[40], state[24], guard[40];
    if (node_object(node, NULL, err) < 0 || node_text(node, "name", name, sizeof name, err) < 0 ||
        read_name(delta, node, name, table, err) < 0 ||
        node_text_cut(node, "rule", rule, sizeof rule, err) < 0 ||
        read_number(node, "now", &delta->now, err) < 0 ||
        read_number(node, "increment", &delta->increment, err) < 0 ||
        read_number(node, "target", &delta->target, err) < 0 ||
        read_number(node, "after", &delta->after, err) < 0 ||
        node_text_cut(node, "state", state, sizeof state, err) < 0 ||
        node_text_cut(node, "guard", guard, sizeof guard, err) < 0 ||
        read_decision(delta, node, err) < 0 ||
        node_text_cut(node, "note", delta->note, sizeof delta->note, err) < 0 ||
        node_text_cut(node, "why", delta->why, sizeof delta->why, err) < 0)
        return -1;
    delta->rule = rule_parse(rule);
    delta->state = delta_state_parse(state);
    delta->guard = guard_parse(guard);
    return 0;
}

/* What an older file's skip_reason makes of lines that were not written. */
static void state_from_skip(struct delta *delta, unsigned skip)
{
    static const struct {
        unsigned flag;
        enum delta_state state;
        enum guard guard;
    } table[] = {
        {SKIP_OPERATOR, DELTA_REJECTED, GUARD_NONE},
        {SKIP_OBSERVE | SKIP_TIMEOUT, DELTA_DECLINED, GUARD_NONE},
        {SKIP_FREEZE, DELTA_BLOCKED, GUARD_FREEZE},
        {SKIP_OSCILLATION, DELTA_BLOCKED, GUARD_OSCILLATION},
        {SKIP_VELOCITY, DELTA_BLOCKED, GUARD_VELOCITY},
        {SKIP_COOLDOWN, DELTA_BLOCKED, GUARD_COOLDOWN},
        {SKIP_LATE, DELTA_BLOCKED, GUARD_LATE},
        {SKIP_NO_OP, DELTA_BLOCKED, GUARD_NO_OP},
    };
    delta->state = DELTA_PROPOSED;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (skip & table[i].flag) {
            delta->state = table[i].state;
            delta->guard = table[i].guard;
            return;
        }
}

/* The nodes that an older file's lines are put together from. */
struct sources {
    struct node deltas, proposed, applied;
};

static int read_older_line(struct delta *delta, const struct sources *from, const char *name,
                           const struct iteration *iteration, const struct param_table *table,
                           struct error *err)
{
    bool listed = node_member(&from->applied, name).json != NULL;
    if (read_name(delta, &from->proposed, name, table, err) < 0 ||
        read_number(&from->deltas, name, &delta->increment, err) < 0 ||
        read_number(&from->proposed, name, &delta->target, err) < 0)
        return -1;
    delta->after = delta->target;
    if (listed && read_number(&from->applied, name, &delta->after, err) < 0)
        return -1;
    if (delta->param >= 0 && iteration->params && value_present(iteration->params[delta->param]))
        delta->now = iteration->params[delta->param].number;
    if (iteration->applied && (listed || node_absent(&from->applied)))
        delta->state = DELTA_APPLIED;
    else
        state_from_skip(delta, iteration->skip);
    return 0;
}

static int read_older(struct iteration *iteration, const struct sources *from,
                      const struct param_table *table, struct error *err)
{
    const char *name;
    json_t *member;
    json_object_foreach((json_t *)from->proposed.json, name, member)
    {
        (void)member;
        if (read_older_line(&iteration->delta[iteration->delta_count], from, name, iteration, table,
                            err) < 0)
            return -1;
        iteration->delta_count++;
    }
    return 0;
}

static int read_lines(struct iteration *iteration, const struct node *lines,
                      const struct param_table *table, struct error *err)
{
    for (size_t i = 0; i < node_count(lines); i++) {
        struct node line = node_element(lines, i);
        if (delta_from_json(&iteration->delta[i], &line, table, err) < 0)
            return -1;
        iteration->delta_count++;
    }
    return 0;
}

/* Member KEY, which must be an object if it is there. */
static int find_object(const struct node *node, const char *key, struct node *member,
                       struct error *err)
{
    *member = node_member(node, key);
    return node_absent(member) ? 0 : node_object(member, NULL, err);
}

int deltas_from_json(struct iteration *iteration, const struct node *tuning,
                     const struct param_table *table, struct error *err)
{
    struct sources from;
    struct node lines = node_member(tuning, "lines");
    bool whole = !node_absent(&lines);
    if ((whole && node_array(&lines, err) < 0) ||
        find_object(tuning, "deltas", &from.deltas, err) < 0 ||
        find_object(tuning, "proposed_deltas", &from.proposed, err) < 0 ||
        find_object(tuning, "applied_deltas", &from.applied, err) < 0)
        return -1;
    const struct node *list = whole ? &lines : &from.proposed;
    size_t count = node_count(list);
    if (count > PARAM_MAX)
        return node_refuse(list, err, "it may hold at most %d entries, not %zu", PARAM_MAX, count);
    if (count == 0)
        return 0;
    iteration->delta = mem_alloc(count * sizeof *iteration->delta);
    return whole ? read_lines(iteration, &lines, table, err)
                 : read_older(iteration, &from, table, err);
}
