/* thresholds: see thresholds.h. */
#include "config.h"

#include "model/thresholds.h"

#include "model/node.h"

#define THRESHOLDS_SCHEMA "soaktop-thresholds-1"

enum { WINDOW_MAX = 16, STUCK_MAX = 1000 };

/* bps and milliseconds beyond this are a typing error */
#define FIGURE_MAX 1e6

static int read_limits(const struct node *root, const char *key, struct kpi_limits *limits,
                       struct error *err)
{
    static const struct {
        double least, most;
    } range[KPI_COUNT] = {
        [KPI_RISK] = {0.0, 1.0},
        [KPI_MAKER_TAKER] = {0.0, 1.0},
        [KPI_NET] = {-FIGURE_MAX, FIGURE_MAX},
        [KPI_P95] = {0.0, FIGURE_MAX},
    };
    const char *keys[KPI_COUNT + 1] = {NULL};
    struct node node = node_member(root, key);
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        keys[kpi] = kpi_table[kpi].key;
    if (node_object(&node, keys, err) < 0)
        return -1;
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        if (node_number_in(&node, keys[kpi], range[kpi].least, range[kpi].most, &limits->limit[kpi],
                           err) < 0)
            return -1;
    return 0;
}

static int read_kpi_gate(const struct node *root, struct kpi_gate_limits *limits, struct error *err)
{
    static const char *const keys[] = {"fail", "warn", NULL};
    static const char *const fail_keys[] = {"risk_above", "net_below", NULL};
    static const char *const warn_keys[] = {"risk_above", "adverse_p95_above", NULL};
    struct node node = node_member(root, "kpi_gate");
    struct node fail = node_member(&node, "fail"), warn = node_member(&node, "warn");
    if (node_object(&node, keys, err) < 0 || node_object(&fail, fail_keys, err) < 0 ||
        node_object(&warn, warn_keys, err) < 0 ||
        node_number_in(&fail, "risk_above", 0.0, 1.0, &limits->fail_risk_above, err) < 0 ||
        node_number_in(&fail, "net_below", -FIGURE_MAX, FIGURE_MAX, &limits->fail_net_below, err) <
            0 ||
        node_number_in(&warn, "risk_above", 0.0, limits->fail_risk_above, &limits->warn_risk_above,
                       err) < 0)
        return -1;
    return node_number_in(&warn, "adverse_p95_above", 0.0, FIGURE_MAX,
                          &limits->warn_adverse_p95_above, err);
}

static int read_counts(const struct node *root, struct thresholds *out, struct error *err)
{
    if (node_integer(root, "window", 1, WINDOW_MAX, &out->window, err) < 0 ||
        node_integer(root, "pass_count", 1, out->window, &out->pass_count, err) < 0 ||
        node_integer(root, "warn_count", 1, out->pass_count, &out->warn_count, err) < 0 ||
        node_number_in(root, "full_apply_min", 0.0, 1.0, &out->full_apply_min, err) < 0 ||
        node_number_in(root, "full_apply_min_strict", out->full_apply_min, 1.0,
                       &out->full_apply_min_strict, err) < 0)
        return -1;
    return node_integer(root, "signature_stuck_max", 0, STUCK_MAX, &out->signature_stuck_max, err);
}

static int read_anomaly(const struct node *root, struct thresholds *out, struct error *err)
{
    static const char *const keys[] = {"p95_above", "risk_jump_above", "maker_taker_below", NULL};
    struct node node = node_member(root, "anomaly");
    if (node_object(&node, keys, err) < 0 ||
        node_number_in(&node, "p95_above", 0.0, FIGURE_MAX, &out->anomaly_p95_above, err) < 0 ||
        node_number_in(&node, "risk_jump_above", 0.0, 1.0, &out->anomaly_risk_jump_above, err) < 0)
        return -1;
    return node_number_in(&node, "maker_taker_below", 0.0, 1.0, &out->anomaly_maker_taker_below,
                          err);
}

int thresholds_read(struct thresholds *thresholds, const struct json_t *json, const char *file,
                    struct error *err)
{
    static const char *const keys[] = {"schema",
                                       "strict",
                                       "mock",
                                       "target",
                                       "target_mock",
                                       "kpi_gate",
                                       "window",
                                       "pass_count",
                                       "warn_count",
                                       "full_apply_min",
                                       "full_apply_min_strict",
                                       "signature_stuck_max",
                                       "anomaly",
                                       NULL};
    struct node root = node_root(json, file);
    *thresholds = (struct thresholds){.mock.synthetic_counts = true};
    if (node_object(&root, keys, err) < 0 || node_schema(&root, THRESHOLDS_SCHEMA, err) < 0 ||
        read_limits(&root, "strict", &thresholds->strict, err) < 0 ||
        read_limits(&root, "mock", &thresholds->mock, err) < 0 ||
        read_limits(&root, "target", &thresholds->target_strict, err) < 0 ||
        read_limits(&root, "target_mock", &thresholds->target_mock, err) < 0 ||
        read_kpi_gate(&root, &thresholds->kpi_gate, err) < 0 ||
        read_counts(&root, thresholds, err) < 0)
        return -1;
    return read_anomaly(&root, thresholds, err);
}

const struct kpi_limits *thresholds_limits(const struct thresholds *thresholds, bool mock)
{
    return mock ? &thresholds->mock : &thresholds->strict;
}

const char *thresholds_name(bool mock)
{
    return mock ? "mock" : "strict";
}

bool kpi_passes(enum kpi kpi, struct value value, const struct kpi_limits *limits)
{
    if (limits->synthetic_counts && value.state == VALUE_SYNTHETIC)
        value.state = VALUE_OK;
    return kpi_table[kpi].larger_is_better ? value_at_least(value, limits->limit[kpi])
                                           : value_at_most(value, limits->limit[kpi]);
}
