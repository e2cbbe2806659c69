/* source: the table of sources, and what more than one of them does. Engine thread. */
#include "config.h"

#include "engine/source.h"

#include <stdlib.h>

const struct source_class *source_find(enum run_source kind)
{
    static const struct source_class *const classes[] = {&source_mock, &source_exec,
                                                         &source_edge_report};
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        if (classes[i]->kind == kind)
            return classes[i];
    return NULL;
}

enum edge_reading source_use_take(struct source_call *call, char *text, size_t length,
                                  const char *shown, struct edge_report *report, struct error *err)
{
    enum edge_reading reading = edge_file_parse(report, text, length, shown, err);
    if (reading != EDGE_READ) {
        free(text);
        return reading;
    }
    free(call->report_text);
    call->report_text = text;
    call->report_length = length;
    return EDGE_READ;
}
