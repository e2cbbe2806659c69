/* canon_filter: a JSON text a line in, its compact canonical form a line out, for canon_python.sh.
 * Ends with a message at the first text that is refused. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/canon.h"
#include "artifact/jsonfile.h"

int main(void)
{
    struct error err = ERROR_INIT;
    char *line = NULL;
    size_t size = 0;
    ssize_t length;

    while ((length = getline(&line, &size, stdin)) > 0) {
        json_auto_t *json = json_read_text(line, (size_t)length, "standard input", &err);
        char *text = json ? canon_dump(json, CANON_COMPACT, NULL, &err) : NULL;
        if (!text) {
            fprintf(stderr, "%s\n", err.text);
            return 1;
        }
        puts(text);
        free(text);
    }
    free(line);
    return 0;
}
