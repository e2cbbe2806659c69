/* rollback_preview: what a rollback would do, from the read model alone: for a front end, that has
 * no pipeline, before it asks. Any thread that owns the run. */
#ifndef SOAKTOP_ENGINE_ROLLBACK_PREVIEW_H
#define SOAKTOP_ENGINE_ROLLBACK_PREVIEW_H

#include "engine/rollback.h"

struct rollback_preview {
    enum change_kind kind;
    size_t count;
    struct value now[PARAM_MAX], then[PARAM_MAX];
    /* APPLY, PARAM: iteration after which a later change gave the parameter the value that it has
     * now; 0: none did. It is kept (then is now) unless the request's ALSO names it. */
    int later[PARAM_MAX];
    struct value before[PARAM_MAX]; /* of those: what it would go back to */
    char hash[HASH_TEXT_MAX];       /* state afterwards, if it is one of the run's; else "" */
    int weight; /* applies that it undoes or puts in force again: past ROLLBACK_LIGHT it is level 2
                 */
};

/* -1 with ERR (ERROR_REFUSED): there is nothing to roll back, or its values are not recorded. */
int rollback_preview(struct rollback_preview *preview, const struct run *run,
                     const struct rollback_request *request, const struct param_table *table,
                     struct error *err);
/* Parameters that would change. */
size_t rollback_preview_moves(const struct rollback_preview *preview);
/* True if parameter PARAM would. */
bool rollback_preview_moves_one(const struct rollback_preview *preview, size_t param);

#endif
