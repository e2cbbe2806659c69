/* edge_file: see edge_file.h. Only the mock writes reports; a bot's are read. */
#include "config.h"

#include "artifact/edge_file.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "artifact/canon.h"
#include "artifact/jsonfile.h"

/* True if the parser's fault is at the very end: more text could still make it a document. */
static bool ends_early(const char *text, size_t length)
{
    json_error_t fault;
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    if (length == 0)
        return true;
    json_auto_t *json = json_loadb(text, length, JSON_ALLOW_NUL, &fault);
    return !json && (json_error_code(&fault) == json_error_premature_end_of_input ||
                     (fault.position > 0 && (size_t)fault.position >= length));
}

enum edge_reading edge_file_parse(struct edge_report *report, const char *text, size_t length,
                                  const char *shown, struct error *err)
{
    json_auto_t *json = json_read_text(text, length, shown, err);
    if (!json)
        return ends_early(text, length) ? EDGE_INCOMPLETE : EDGE_INVALID;
    return edge_report_read(report, json, shown, err) == 0 ? EDGE_READ : EDGE_INVALID;
}

/* Counts and milliseconds are integers where they are whole. */
static json_t *number_of(double number, bool whole)
{
    if (whole && number == floor(number) && fabs(number) < 1e15)
        return json_integer((json_int_t)number);
    return json_real(number);
}

static int put(json_t *object, const char *key, struct value value, bool whole)
{
    if (!value_present(value))
        return 0;
    return json_object_set_new(object, key, number_of(value.number, whole));
}

/* Sets KEY of PARENT to CHILD unless it is empty; steals CHILD. */
static int put_object(json_t *parent, const char *key, json_t *child)
{
    if (json_object_size(child) > 0)
        return json_object_set_new(parent, key, child);
    json_decref(child);
    return 0;
}

static int put_blocks(json_t *totals, const struct edge_report *report)
{
    json_t *reasons = json_object();
    int fault = reasons ? 0 : -1;
    for (int i = 0; i < BLOCK_COUNT && fault == 0; i++) {
        json_t *block = json_object();
        fault |= block ? 0 : -1;
        fault |= put(block, "count", report->block_count[i], true);
        fault |= put(block, "ratio", report->block_ratio[i], false);
        fault |= put_object(reasons, block_reason_names[i], block);
    }
    return put_object(totals, "block_reasons", reasons) | fault;
}

static int put_fills(json_t *totals, const struct fills *fills)
{
    json_t *object = json_object();
    int fault = object ? 0 : -1;
    fault |= put(object, "maker_count", fills->maker_count, true);
    fault |= put(object, "taker_count", fills->taker_count, true);
    fault |= put(object, "maker_volume", fills->maker_volume, false);
    fault |= put(object, "taker_volume", fills->taker_volume, false);
    return put_object(totals, "fills", object) | fault;
}

static int put_drivers(json_t *totals, const struct edge_report *report)
{
    json_t *drivers = json_array();
    int fault = drivers ? 0 : -1;
    for (size_t i = 0; i < report->driver_count && fault == 0; i++)
        fault = json_array_append_new(drivers, json_string(report->driver[i]));
    return json_object_set_new(totals, "neg_edge_drivers", drivers) | fault;
}

static int put_figures(json_t *totals, const struct edge_report *report)
{
    int fault = put(totals, "net_bps", report->net_bps, false);
    fault |= put(totals, "gross_bps", report->gross_bps, false);
    fault |= put(totals, "fees_eff_bps", report->fees_eff_bps, false);
    fault |= put(totals, "slippage_bps", report->slippage_bps, false);
    fault |= put(totals, "adverse_bps", report->adverse_bps, false);
    fault |= put(totals, "inventory_bps", report->inventory_bps, false);
    fault |= put(totals, "adverse_bps_p95", report->adverse_bps_p95, false);
    fault |= put(totals, "slippage_bps_p95", report->slippage_bps_p95, false);
    fault |= put(totals, "order_age_p95_ms", report->order_age_p95_ms, true);
    fault |= put(totals, "ws_lag_p95_ms", report->ws_lag_p95_ms, true);
    fault |= put(totals, "p95_latency_ms", report->p95_latency_ms, false);
    fault |= put(totals, "cancel_ratio", report->cancel_ratio, false);
    fault |= put(totals, "maker_share_pct", report->maker_share_pct, false);
    return fault;
}

static int put_runtime(json_t *document, const struct edge_report *report)
{
    json_t *runtime = json_object();
    int fault = runtime ? 0 : -1;
    if (report->utc[0])
        fault |= json_object_set_new(runtime, "utc", json_string(report->utc));
    if (report->version[0])
        fault |= json_object_set_new(runtime, "version", json_string(report->version));
    if (report->overrides_hash[0])
        fault |= json_object_set_new(runtime, "overrides_hash",
                                     json_string(report->overrides_hash));
    return put_object(document, "runtime", runtime) | fault;
}

char *edge_file_text(const struct edge_report *report, size_t *length, struct error *err)
{
    json_auto_t *document = json_object();
    json_t *totals = json_object();
    int fault = json_object_set_new(document, "totals", totals); /* stolen, still used below */
    fault |= json_object_set_new(document, "symbols", json_object());
    if (fault == 0) {
        fault |= put_figures(totals, report);
        fault |= put_blocks(totals, report);
        fault |= put_fills(totals, &report->fills);
        fault |= put_drivers(totals, report);
        fault |= put_runtime(document, report);
    }
    if (fault != 0) {
        error_set(err, ERROR_IO, "no memory for %s", EDGE_REPORT_NAME);
        return NULL;
    }
    return canon_dump(document, CANON_PRETTY, length, err);
}
