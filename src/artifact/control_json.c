/* control_json: see control_json.h. */
#include "config.h"

#include "artifact/control_json.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/document.h"
#include "artifact/jsonfile.h"
#include "model/mem.h"
#include "model/node.h"

enum { COUNT_MAX = 100000000, ID_MAX = 2000000000 };

static const char *const kind_names[] = {
    [CONTROL_HELLO] = "hello", [CONTROL_STATE] = "state", [CONTROL_PROPOSAL] = "proposal",
    [CONTROL_REPLY] = "reply", [CONTROL_GATE] = "gate",   [CONTROL_GATE_PROGRESS] = "gate_progress",
    [CONTROL_END] = "end",
};

/* JSON (stolen) as one line. */
static char *line_take(json_t *json)
{
    struct buffer line = {0};
    size_t length;
    char *text = canon_dump(json, CANON_COMPACT, &length, NULL);
    json_decref(json);
    if (!text)
        mem_exhausted();
    buffer_add(&line, text, length);
    buffer_puts(&line, "\n");
    free(text);
    return buffer_take(&line);
}

/* A whole number in 0..MOST; absent: 0. */
static int read_count(const struct node *root, const char *key, int most, int *count,
                      struct error *err)
{
    struct node member = node_member(root, key);
    *count = 0;
    return node_absent(&member) ? 0 : node_integer(root, key, 0, most, count, err);
}

/* Absent: "". */
static int read_word(const struct node *root, const char *key, char *text, size_t size,
                     struct error *err)
{
    struct node member = node_member(root, key);
    text[0] = '\0';
    return node_absent(&member) ? 0 : node_text(root, key, text, size, err);
}

static json_t *read_line(const char *line, size_t length, int most, struct node *root,
                         struct error *err)
{
    if (length > (size_t)most) {
        error_set(err, ERROR_INPUT, "a line of %zu bytes; at most %d are taken", length, most);
        return NULL;
    }
    json_t *json = json_read_text(line, length, "control", err);
    if (!json)
        return NULL;
    *root = node_root(json, "control");
    if (node_object(root, NULL, err) == 0)
        return json;
    json_decref(json);
    return NULL;
}

int control_request_read(struct control_request *request, const char *line, size_t length,
                         struct error *err)
{
    struct node root;
    int id = 0, batch = 0;
    memset(request, 0, sizeof *request);
    request->value = value_missing();
    json_auto_t *json = read_line(line, length, CONTROL_LINE_MAX, &root, err);
    if (!json || read_count(&root, "id", ID_MAX, &id, err) != 0)
        return -1;
    request->id = (unsigned)id;
    if (node_text(&root, "op", request->op, sizeof request->op, err) != 0 ||
        read_count(&root, "iteration", COUNT_MAX, &request->iteration, err) != 0 ||
        read_word(&root, "name", request->name, sizeof request->name, err) != 0 ||
        node_value(&root, "value", &request->value, err) != 0 ||
        read_word(&root, "base_hash", request->base_hash, sizeof request->base_hash, err) != 0 ||
        read_word(&root, "also", request->also, sizeof request->also, err) != 0 ||
        read_word(&root, "tripwire", request->tripwire, sizeof request->tripwire, err) != 0 ||
        node_text_cut(&root, "note", request->note, sizeof request->note, err) != 0 ||
        read_count(&root, "batch", ID_MAX, &batch, err) != 0)
        return -1;
    request->batch = (unsigned)batch;
    return read_word(&root, "word", request->word, sizeof request->word, err);
}

static void put_text(json_t *json, const char *key, const char *text)
{
    if (text[0] != '\0')
        document_put(json, key, document_string(text));
}

char *control_request_text(const struct control_request *request)
{
    json_t *json = document_object();
    document_put(json, "id", document_integer(request->id));
    put_text(json, "op", request->op);
    if (request->iteration > 0)
        document_put(json, "iteration", document_integer(request->iteration));
    put_text(json, "name", request->name);
    if (value_present(request->value))
        document_put(json, "value", document_value(request->value));
    put_text(json, "base_hash", request->base_hash);
    put_text(json, "note", request->note);
    put_text(json, "also", request->also);
    put_text(json, "tripwire", request->tripwire);
    put_text(json, "word", request->word);
    if (request->batch > 0)
        document_put(json, "batch", document_integer(request->batch));
    return line_take(json);
}

static void put_hello(json_t *json, const struct control_notice *notice)
{
    document_put(json, "protocol", document_integer(notice->protocol));
    document_put(json, "version", document_text(notice->version));
    document_put(json, "run_id", document_text(notice->run_id));
    document_put(json, "directory", document_text(notice->directory));
    document_put(json, "pid", document_integer(notice->pid));
    document_put(json, "you", document_text(notice->you));
}

static json_t *count_or_null(int count)
{
    return count > 0 ? document_integer(count) : document_text(NULL);
}

static void put_state(json_t *json, const struct control_notice *notice)
{
    char next[UTC_TEXT_MAX], since[UTC_TEXT_MAX];
    utc_format(next, notice->next_ms);
    utc_format(since, notice->since_ms);
    document_put(json, "state", document_text(run_state_name(notice->state)));
    document_put(json, "approve", document_text(approve_mode_name(notice->mode)));
    document_put(json, "iteration", count_or_null(notice->current));
    document_put(json, "recorded", document_integer(notice->recorded));
    document_put(json, "planned", count_or_null(notice->planned));
    document_put(json, "interval_s", document_value(value_of(notice->interval_s)));
    document_put(json, "next", document_text(next));
    document_put(json, "since", document_text(since));
    document_put(json, "pending", count_or_null(notice->pending));
}

static void put_gate(json_t *json, const struct control_notice *notice)
{
    document_put(json, "gate", document_text(notice->strict ? "strict" : "mock"));
    if (notice->kind == CONTROL_GATE_PROGRESS) {
        document_put(json, "step", document_integer(notice->step));
        document_put(json, "done", document_integer(notice->done));
        document_put(json, "total", document_integer(notice->total));
        return;
    }
    document_put(json, "verdict", document_text(verdict_name(notice->verdict)));
    document_put(json, "exit_status", document_integer(notice->exit_status));
    document_put(json, "text", document_string(notice->text));
}

char *control_notice_text(const struct control_notice *notice)
{
    json_t *json = document_object();
    document_put(json, "type", document_text(kind_names[notice->kind]));
    switch (notice->kind) {
    case CONTROL_HELLO:
        put_hello(json, notice);
        break;
    case CONTROL_STATE:
        put_state(json, notice);
        break;
    case CONTROL_REPLY:
        document_put(json, "id", document_integer(notice->id));
        document_put(json, "ok", document_flag(notice->ok));
        document_put(json, "text", document_string(notice->text));
        break;
    case CONTROL_GATE_PROGRESS:
    case CONTROL_GATE:
        put_gate(json, notice);
        break;
    case CONTROL_END:
        document_put(json, "error", document_text(notice->text));
        break;
    case CONTROL_PROPOSAL: /* control_proposal.c makes it */
    case CONTROL_OTHER:
        break;
    }
    return line_take(json);
}

static int read_hello(struct control_notice *notice, const struct node *root, struct error *err)
{
    if (node_integer(root, "protocol", 1, COUNT_MAX, &notice->protocol, err) != 0 ||
        node_text_cut(root, "version", notice->version, sizeof notice->version, err) != 0 ||
        node_text_cut(root, "run_id", notice->run_id, sizeof notice->run_id, err) != 0 ||
        node_text_cut(root, "directory", notice->directory, sizeof notice->directory, err) != 0 ||
        node_text_cut(root, "you", notice->you, sizeof notice->you, err) != 0)
        return -1;
    return read_count(root, "pid", ID_MAX, &notice->pid, err);
}

static int read_state(struct control_notice *notice, const struct node *root, struct error *err)
{
    char state[24], mode[24], next[UTC_TEXT_MAX], since[UTC_TEXT_MAX];
    double interval = 0;
    if (node_text(root, "state", state, sizeof state, err) != 0 ||
        node_text(root, "approve", mode, sizeof mode, err) != 0 ||
        read_count(root, "iteration", COUNT_MAX, &notice->current, err) != 0 ||
        read_count(root, "recorded", COUNT_MAX, &notice->recorded, err) != 0 ||
        read_count(root, "planned", COUNT_MAX, &notice->planned, err) != 0 ||
        read_count(root, "pending", COUNT_MAX, &notice->pending, err) != 0 ||
        node_number(root, "interval_s", &interval, err) != 0 ||
        node_text_cut(root, "next", next, sizeof next, err) != 0 ||
        node_text_cut(root, "since", since, sizeof since, err) != 0)
        return -1;
    notice->interval_s = interval;
    notice->next_ms = utc_parse(next);
    notice->since_ms = utc_parse(since);
    notice->state = run_state_parse(state);
    notice->mode = approve_mode_parse(mode);
    if (notice->state == RUN_STATE_COUNT || notice->mode == APPROVE_COUNT)
        return error_set(err, ERROR_INPUT, "control: state \"%s\" or mode \"%s\" is not known",
                         state, mode);
    return 0;
}

static int read_reply(struct control_notice *notice, const struct node *root, struct error *err)
{
    int id;
    if (read_count(root, "id", ID_MAX, &id, err) != 0 ||
        node_flag(root, "ok", &notice->ok, err) != 0)
        return -1;
    notice->id = (unsigned)id;
    return node_text_cut(root, "text", notice->text, sizeof notice->text, err);
}

static int read_gate(struct control_notice *notice, const struct node *root, struct error *err)
{
    char word[24];
    int step = 0;
    if (node_text(root, "gate", word, sizeof word, err) != 0)
        return -1;
    notice->strict = strcmp(word, "strict") == 0;
    if (notice->kind == CONTROL_GATE_PROGRESS) {
        if (read_count(root, "step", GATE_STEPS - 1, &step, err) != 0 ||
            read_count(root, "done", COUNT_MAX, &notice->done, err) != 0)
            return -1;
        notice->step = (enum gate_step)step;
        return read_count(root, "total", COUNT_MAX, &notice->total, err);
    }
    if (node_text(root, "verdict", word, sizeof word, err) != 0 ||
        read_count(root, "exit_status", 255, &notice->exit_status, err) != 0)
        return -1;
    notice->verdict = verdict_parse(word);
    return node_text_cut(root, "text", notice->text, sizeof notice->text, err);
}

static enum control_kind kind_of(const char *type)
{
    for (size_t kind = 0; kind < sizeof kind_names / sizeof *kind_names; kind++)
        if (strcmp(type, kind_names[kind]) == 0)
            return (enum control_kind)kind;
    return CONTROL_OTHER;
}

int control_notice_read(struct control_notice *notice, const char *line, size_t length,
                        struct error *err)
{
    struct node root;
    char type[32];
    memset(notice, 0, sizeof *notice);
    notice->next_ms = notice->since_ms = UTC_NONE;
    json_auto_t *json = read_line(line, length, CONTROL_NOTICE_MAX, &root, err);
    if (!json || node_text_cut(&root, "type", type, sizeof type, err) != 0)
        return -1;
    notice->kind = kind_of(type);
    switch (notice->kind) {
    case CONTROL_HELLO:
        return read_hello(notice, &root, err);
    case CONTROL_STATE:
        return read_state(notice, &root, err);
    case CONTROL_REPLY:
        return read_reply(notice, &root, err);
    case CONTROL_GATE_PROGRESS:
    case CONTROL_GATE:
        return read_gate(notice, &root, err);
    case CONTROL_END:
        return node_text_cut(&root, "error", notice->text, sizeof notice->text, err);
    case CONTROL_PROPOSAL:
    case CONTROL_OTHER:
        break;
    }
    return 0;
}

char *control_status_text(const struct control_notice *hello, const struct control_notice *state)
{
    json_t *json = document_object();
    bool running = hello->pid > 0;
    document_put(json, "running", document_flag(running));
    document_put(json, "pid", count_or_null(hello->pid));
    document_put(json, "version", document_text(hello->version));
    document_put(json, "run_id", document_text(hello->run_id));
    document_put(json, "directory", document_text(hello->directory));
    put_state(json, state);
    return line_take(json);
}
