/* policy: see policy.h. One table a thing: rules, conditions, kinds of steps. */
#include "config.h"

#include "model/policy.h"

#include <stddef.h>
#include <string.h>

#include "model/node.h"

#define POLICY_SCHEMA "soaktop-policy-1"

enum { ITERATIONS_MAX = 1000 };

struct rule_info {
    const char *key, *name;
    bool safety;
};

static const struct rule_info rule_table[RULE_COUNT] = {
    [RULE_NONE] = {"", "STABLE", false},
    [RULE_FALLBACK] = {"fallback", "FALLBACK", true},
    [RULE_AGGRESSIVE] = {"aggressive", "AGGRESSIVE", true},
    [RULE_MODERATE] = {"moderate", "MODERATE", false},
    [RULE_MAKER_BOOST] = {"maker_boost", "MAKER_BOOST", false},
    [RULE_LATENCY_BUFFER] = {"latency_buffer", "LATENCY_BUFFER", false},
    [RULE_LATENCY_HARD] = {"latency_hard", "LATENCY_HARD", true},
    [RULE_DRIVER_ADVERSE] = {"driver_adverse", "DRIVER", false},
    [RULE_DRIVER_SLIPPAGE] = {"driver_slippage", "DRIVER", false},
    [RULE_NORMALIZE] = {"normalize", "NORMALIZE", false},
};

const char *rule_name(enum rule rule)
{
    return rule_table[rule].name;
}

const char *rule_key(enum rule rule)
{
    return rule_table[rule].key;
}

enum rule rule_parse(const char *key)
{
    for (enum rule rule = RULE_FALLBACK; key && rule < RULE_COUNT; rule++)
        if (strcmp(key, rule_table[rule].key) == 0)
            return rule;
    return RULE_NONE;
}

bool rule_is_safety(enum rule rule)
{
    return rule_table[rule].safety;
}

/* A condition: its key, where it is kept, and what its number must be within. */
struct condition {
    const char *key;
    size_t offset;
    double least, most;
};

#define FIGURE_MAX 1e6
#define RATIO_CONDITION(field)                                                                     \
    {                                                                                              \
#field, offsetof(struct rule_policy, field), 0.0, 1.0                                      \
    }
#define FIGURE_CONDITION(field)                                                                    \
    {                                                                                              \
#field, offsetof(struct rule_policy, field), -FIGURE_MAX, FIGURE_MAX                       \
    }

static const struct condition conditions[] = {
    RATIO_CONDITION(risk_min),
    RATIO_CONDITION(risk_max),
    RATIO_CONDITION(risk_below),
    FIGURE_CONDITION(net_min),
    FIGURE_CONDITION(net_below),
    RATIO_CONDITION(maker_taker_min),
    RATIO_CONDITION(maker_taker_below),
    FIGURE_CONDITION(p95_min),
    FIGURE_CONDITION(p95_max),
    FIGURE_CONDITION(p95_above),
    FIGURE_CONDITION(p95_below),
    FIGURE_CONDITION(adverse_p95_above),
    FIGURE_CONDITION(slippage_p95_above),
};

static const struct condition or_conditions[] = {
    {"risk_min", offsetof(struct rule_policy, or_risk_min), 0.0, 1.0},
    {"net_below", offsetof(struct rule_policy, or_net_below), -FIGURE_MAX, FIGURE_MAX},
};

enum { CONDITION_COUNT = sizeof conditions / sizeof *conditions, OR_COUNT = 2 };

/* Reads those of LIST that NODE has; *FOUND counts them. */
static int read_conditions(const struct node *node, const struct condition *list, size_t count,
                           struct rule_policy *rule, size_t *found, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct value *value = (struct value *)(void *)((char *)rule + list[i].offset);
        struct node member = node_member(node, list[i].key);
        *value = value_missing();
        if (!member.json)
            continue;
        if (node_number_in(node, list[i].key, list[i].least, list[i].most, &value->number, err) < 0)
            return -1;
        value->state = VALUE_OK;
        (*found)++;
    }
    return 0;
}

static int read_or_group(const struct node *when, struct rule_policy *rule, size_t *found,
                         struct error *err)
{
    static const char *const keys[] = {"risk_min", "net_below", NULL};
    struct node any = node_member(when, "any");
    size_t members = 0;
    if (!any.json)
        return 0;
    if (node_object(&any, keys, err) < 0 ||
        read_conditions(&any, or_conditions, OR_COUNT, rule, &members, err) < 0)
        return -1;
    if (members == 0)
        return node_refuse(&any, err, "it must hold a condition");
    *found += members;
    return 0;
}

static int read_streak(const struct node *when, enum rule number, struct rule_policy *rule,
                       size_t *found, struct error *err)
{
    struct node streak = node_member(when, "negative_streak");
    if (number != RULE_FALLBACK && !streak.json)
        return 0;
    if (number != RULE_FALLBACK)
        return node_refuse(&streak, err, "only the rule fallback counts negative iterations");
    (*found)++;
    return node_integer(when, "negative_streak", 1, ITERATIONS_MAX, &rule->negative_streak, err);
}

static int read_when(const struct node *node, enum rule number, struct rule_policy *rule,
                     struct error *err)
{
    const char *keys[CONDITION_COUNT + 3] = {"any", "negative_streak"};
    struct node when = node_member(node, "when");
    size_t found = 0;
    for (size_t i = 0; i < CONDITION_COUNT; i++)
        keys[i + 2] = conditions[i].key;
    if (node_object(&when, keys, err) < 0 ||
        read_conditions(&when, conditions, CONDITION_COUNT, rule, &found, err) < 0 ||
        read_or_group(&when, rule, &found, err) < 0 ||
        read_streak(&when, number, rule, &found, err) < 0)
        return -1;
    if (found == 0)
        return node_refuse(&when, err, "a rule needs a condition; \"enabled\": false turns it off");
    return 0;
}

/* The operator of a step, the bounds of its number, whether it may have a limit. */
struct step_info {
    const char *key;
    double least, most;
    bool limit;
};

static const struct step_info step_table[] = {
    [STEP_ADD] = {"add", -FIGURE_MAX, FIGURE_MAX, true},
    [STEP_MUL] = {"mul", 0.01, 100.0, true},
    [STEP_MUL_FLOOR] = {"mul_floor", 0.01, 100.0, true},
    [STEP_AT_LEAST] = {"at_least", -FIGURE_MAX, FIGURE_MAX, false},
    [STEP_ADD_SHARE] = {"add_share", 0.0, 0.0, true},
};

enum { STEP_KIND_COUNT = sizeof step_table / sizeof *step_table };

static int read_share(const struct node *node, struct rule_step *step, struct error *err)
{
    static const char *const keys[] = {"at_most", "share", NULL};
    struct node share = node_member(node, "add_share");
    if (node_object(&share, keys, err) < 0 ||
        node_number_in(&share, "at_most", 0.0, FIGURE_MAX, &step->amount, err) < 0)
        return -1;
    return node_number_in(&share, "share", 0.0, 1.0, &step->share, err);
}

/* The one operator that a step names. */
static int read_operator(const struct node *node, struct rule_step *step, struct error *err)
{
    int found = 0;
    for (int kind = 0; kind < STEP_KIND_COUNT; kind++) {
        struct node member = node_member(node, step_table[kind].key);
        if (!member.json)
            continue;
        step->kind = (enum step_kind)kind;
        found++;
    }
    if (found != 1)
        return node_refuse(node, err,
                           "it must hold one of add, mul, mul_floor, at_least and add_share");
    const struct step_info *info = &step_table[step->kind];
    if (step->kind == STEP_ADD_SHARE)
        return read_share(node, step, err);
    return node_number_in(node, info->key, info->least, info->most, &step->amount, err);
}

/* Index of the parameter that NODE names. */
static int read_param_name(const struct node *node, const struct param_table *table, int *index,
                           struct error *err)
{
    char name[PARAM_NAME_MAX];
    if (node_own_text(node, name, sizeof name, err) < 0)
        return -1;
    *index = param_find(table, name);
    return *index >= 0 ? 0 : node_refuse(node, err, "params.json has no parameter of that name");
}

static int read_step(const struct node *node, const struct param_table *table,
                     struct rule_step *step, struct error *err)
{
    static const char *const keys[] = {"param",    "add",       "mul",   "mul_floor",
                                       "at_least", "add_share", "limit", NULL};
    *step = (struct rule_step){.limit = value_missing()};
    struct node name = node_member(node, "param"), limit = node_member(node, "limit");
    if (node_object(node, keys, err) < 0 || read_param_name(&name, table, &step->param, err) < 0 ||
        read_operator(node, step, err) < 0)
        return -1;
    if (limit.json && !step_table[step->kind].limit)
        return node_refuse(&limit, err, "at_least is a limit itself");
    return node_value(node, "limit", &step->limit, err);
}

static int read_steps(const struct node *node, const struct param_table *table,
                      struct rule_policy *rule, struct error *err)
{
    struct node list = node_member(node, "steps");
    if (node_array(&list, err) < 0)
        return -1;
    size_t count = node_count(&list);
    if (count == 0 || count > RULE_STEPS_MAX)
        return node_refuse(&list, err, "it must hold 1 .. %d steps, not %zu", RULE_STEPS_MAX,
                           count);
    for (size_t i = 0; i < count; i++) {
        struct node element = node_element(&list, i);
        if (read_step(&element, table, &rule->step[i], err) < 0)
            return -1;
        for (size_t j = 0; j < i; j++)
            if (rule->step[j].param == rule->step[i].param) {
                struct node name = node_member(&element, "param");
                return node_refuse(&name, err, "%s[%zu] moves it already", list.path, j);
            }
    }
    rule->step_count = count;
    return 0;
}

static int read_rule(const struct node *rules, enum rule number, const struct param_table *table,
                     struct rule_policy *rule, struct error *err)
{
    static const char *const keys[] = {"enabled", "when", "steps", NULL};
    struct node node = node_member(rules, rule_table[number].key);
    rule->enabled = true;
    if (node_object(&node, keys, err) < 0 || node_flag(&node, "enabled", &rule->enabled, err) < 0 ||
        read_when(&node, number, rule, err) < 0)
        return -1;
    return read_steps(&node, table, rule, err);
}

static int read_rules(const struct node *root, const struct param_table *table,
                      struct policy *policy, struct error *err)
{
    const char *keys[RULE_COUNT] = {NULL};
    struct node rules = node_member(root, "rules");
    for (int number = RULE_FALLBACK; number < RULE_COUNT; number++)
        keys[number - 1] = rule_table[number].key;
    if (node_object(&rules, keys, err) < 0)
        return -1;
    for (int number = RULE_FALLBACK; number < RULE_COUNT; number++)
        if (read_rule(&rules, (enum rule)number, table, &policy->rule[number], err) < 0)
            return -1;
    return 0;
}

static int read_freeze(const struct node *guards, const struct param_table *table,
                       struct guard_policy *guard, struct error *err)
{
    static const char *const keys[] = {"risk_max",       "net_min", "after_iterations",
                                       "for_iterations", "params",  "end_risk_above",
                                       "end_net_below",  NULL};
    struct node node = node_member(guards, "freeze"), list = node_member(&node, "params");
    if (node_object(&node, keys, err) < 0 ||
        node_number_in(&node, "risk_max", 0.0, 1.0, &guard->freeze_risk_max, err) < 0 ||
        node_number_in(&node, "net_min", -FIGURE_MAX, FIGURE_MAX, &guard->freeze_net_min, err) <
            0 ||
        node_integer(&node, "after_iterations", 1, ITERATIONS_MAX, &guard->freeze_after, err) < 0 ||
        node_integer(&node, "for_iterations", 1, ITERATIONS_MAX, &guard->freeze_for, err) < 0 ||
        node_number_in(&node, "end_risk_above", 0.0, 1.0, &guard->freeze_end_risk_above, err) < 0 ||
        node_number_in(&node, "end_net_below", -FIGURE_MAX, FIGURE_MAX,
                       &guard->freeze_end_net_below, err) < 0 ||
        node_array(&list, err) < 0)
        return -1;
    if (node_count(&list) > PARAM_MAX)
        return node_refuse(&list, err, "it may hold at most %d parameters", PARAM_MAX);
    for (size_t i = 0; i < node_count(&list); i++) {
        struct node element = node_element(&list, i);
        if (read_param_name(&element, table, &guard->frozen[i], err) < 0)
            return -1;
        for (size_t j = 0; j < i; j++)
            if (guard->frozen[j] == guard->frozen[i])
                return node_refuse(&element, err, "it is listed already");
    }
    guard->frozen_count = node_count(&list);
    return 0;
}

/* Index of the parameter that holds a guard's setting; -1 if NODE names none. */
static int read_setting(const struct node *node, const char *key, const struct param_table *table,
                        int *index, struct error *err)
{
    struct node member = node_member(node, key);
    *index = -1;
    return member.json ? read_param_name(&member, table, index, err) : 0;
}

static int read_guards(const struct node *root, const struct param_table *table,
                       struct guard_policy *guard, struct error *err)
{
    static const char *const keys[] = {"freeze", "oscillation", "velocity", "cooldown", NULL};
    static const char *const oscillation_keys[] = {"reversals", "net_share", "window_param", NULL};
    static const char *const velocity_keys[] = {"iterations", "cap_param", NULL};
    static const char *const cooldown_keys[] = {"change_share", "iterations_param", NULL};
    struct node guards = node_member(root, "guards");
    struct node oscillation = node_member(&guards, "oscillation");
    struct node velocity = node_member(&guards, "velocity");
    struct node cooldown = node_member(&guards, "cooldown");
    if (node_object(&guards, keys, err) < 0 || read_freeze(&guards, table, guard, err) < 0 ||
        node_object(&oscillation, oscillation_keys, err) < 0 ||
        node_integer(&oscillation, "reversals", 1, ITERATIONS_MAX, &guard->oscillation_reversals,
                     err) < 0 ||
        node_number_in(&oscillation, "net_share", 0.0, 1.0, &guard->oscillation_net_share, err) <
            0 ||
        read_setting(&oscillation, "window_param", table, &guard->oscillation_window, err) < 0 ||
        node_object(&velocity, velocity_keys, err) < 0 ||
        node_integer(&velocity, "iterations", 0, ITERATIONS_MAX, &guard->velocity_iterations, err) <
            0 ||
        read_setting(&velocity, "cap_param", table, &guard->velocity_cap, err) < 0 ||
        node_object(&cooldown, cooldown_keys, err) < 0 ||
        node_number_in(&cooldown, "change_share", 0.0, 1.0, &guard->cooldown_change_share, err) < 0)
        return -1;
    return read_setting(&cooldown, "iterations_param", table, &guard->cooldown_iters, err);
}

int policy_read(struct policy *policy, const struct json_t *json, const char *file,
                const struct param_table *table, struct error *err)
{
    static const char *const keys[] = {"schema", "rules", "guards", NULL};
    struct node root = node_root(json, file);
    *policy = (struct policy){.rule = {{false}}};
    if (node_object(&root, keys, err) < 0 || node_schema(&root, POLICY_SCHEMA, err) < 0 ||
        read_rules(&root, table, policy, err) < 0)
        return -1;
    return read_guards(&root, table, &policy->guard, err);
}
