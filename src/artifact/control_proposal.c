/* control_proposal: see control_proposal.h. */
#include "config.h"

#include "artifact/control_proposal.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/delta_json.h"
#include "artifact/document.h"
#include "artifact/iteration_file.h"
#include "artifact/jsonfile.h"
#include "artifact/summary_json.h"
#include "model/mem.h"

enum { COUNT_MAX = 100000000 };

static json_t *stack_json(const struct decision_stack *stack)
{
    json_t *json = document_object();
    document_put(json, "count", document_integer((long long)stack->count));
    document_put(json, "name", document_string(stack->name));
    return json;
}

static void put_proposal(json_t *json, const struct proposal *proposal,
                         const struct param_table *table)
{
    char by[UTC_TEXT_MAX];
    json_t *lines = document_array();
    for (size_t i = 0; i < proposal->count; i++)
        document_append(lines, delta_to_json(&proposal->delta[i], table));
    utc_format(by, proposal->decide_by_ms > 0 ? proposal->decide_by_ms : UTC_NONE);
    document_put(json, "lines", lines);
    document_put(json, "base_hash", document_string(proposal->base_hash));
    document_put(json, "rationale", document_string(proposal->rationale));
    document_put(json, "fallback_fired", document_flag(proposal->fallback_fired));
    if (proposal->has_summary)
        document_put(json, "summary", summary_to_json(&proposal->summary));
    document_put(json, "undo", stack_json(&proposal->undo));
    document_put(json, "redo", stack_json(&proposal->redo));
    document_put(json, "decided", document_integer(proposal->decided));
    document_put(json, "taken_back", document_integer(proposal->taken_back));
    document_put(json, "decide_by", document_text(by));
    document_put(json, "on_timeout",
                 document_string(proposal->timeout_applies ? "apply" : "reject"));
}

char *control_proposal_text(const struct proposal *proposal, const struct param_table *table)
{
    json_auto_t *json = document_object();
    struct buffer line = {0};
    size_t length;
    document_put(json, "type", document_string("proposal"));
    document_put(json, "iteration",
                 proposal ? document_integer(proposal->iteration) : document_text(NULL));
    if (proposal)
        put_proposal(json, proposal, table);
    char *text = canon_dump(json, CANON_COMPACT, &length, NULL);
    if (!text)
        mem_exhausted();
    buffer_add(&line, text, length);
    buffer_puts(&line, "\n");
    free(text);
    return buffer_take(&line);
}

static int read_stack(struct decision_stack *stack, const struct node *root, const char *key,
                      struct error *err)
{
    struct node node = node_member(root, key);
    int count = 0;
    if (node_integer(&node, "count", 0, COUNT_MAX, &count, err) != 0)
        return -1;
    stack->count = (size_t)count;
    return node_text_cut(&node, "name", stack->name, sizeof stack->name, err);
}

static int read_lines(struct proposal *proposal, const struct node *root,
                      const struct param_table *table, struct error *err)
{
    struct node lines = node_member(root, "lines");
    if (node_array(&lines, err) != 0)
        return -1;
    if (node_count(&lines) > PROPOSAL_DELTAS_MAX)
        return node_refuse(&lines, err, "has more than %d lines", PROPOSAL_DELTAS_MAX);
    for (size_t i = 0; i < node_count(&lines); i++) {
        struct node line = node_element(&lines, i);
        struct delta *delta = &proposal->delta[i];
        if (delta_from_json(delta, &line, table, err) != 0)
            return -1;
        if (delta->param < 0)
            return node_refuse(&line, err, "is of a parameter that params.json does not have: %s",
                               delta->name);
        proposal->count++;
    }
    return 0;
}

static int read_rest(struct proposal *proposal, const struct node *root, struct error *err)
{
    char by[UTC_TEXT_MAX], word[16];
    int decided, taken_back;
    struct node summary = node_member(root, "summary");
    if (node_text(root, "base_hash", proposal->base_hash, sizeof proposal->base_hash, err) != 0 ||
        node_text_cut(root, "rationale", proposal->rationale, sizeof proposal->rationale, err) !=
            0 ||
        node_flag(root, "fallback_fired", &proposal->fallback_fired, err) != 0 ||
        read_stack(&proposal->undo, root, "undo", err) != 0 ||
        read_stack(&proposal->redo, root, "redo", err) != 0 ||
        node_integer(root, "decided", 0, COUNT_MAX, &decided, err) != 0 ||
        node_integer(root, "taken_back", 0, COUNT_MAX, &taken_back, err) != 0 ||
        node_text_cut(root, "decide_by", by, sizeof by, err) != 0 ||
        node_text_cut(root, "on_timeout", word, sizeof word, err) != 0)
        return -1;
    proposal->decided = (unsigned)decided;
    proposal->taken_back = (unsigned)taken_back;
    proposal->decide_by_ms = by[0] != '\0' ? utc_parse(by) : 0;
    proposal->timeout_applies = strcmp(word, "apply") == 0;
    proposal->has_summary = !node_absent(&summary);
    return proposal->has_summary ? summary_from_json(&proposal->summary, &summary, err) : 0;
}

int control_proposal_read(struct proposal *proposal, const char *line, size_t length,
                          const struct param_table *table, struct error *err)
{
    memset(proposal, 0, sizeof *proposal);
    json_auto_t *json = json_read_text(line, length, "control", err);
    if (!json)
        return -1;
    struct node root = node_root(json, "control"), number = node_member(&root, "iteration");
    if (node_object(&root, NULL, err) != 0)
        return -1;
    if (node_absent(&number))
        return 0;
    if (node_integer(&root, "iteration", 1, COUNT_MAX, &proposal->iteration, err) != 0 ||
        read_lines(proposal, &root, table, err) != 0 || read_rest(proposal, &root, err) != 0)
        return -1;
    return 1;
}
