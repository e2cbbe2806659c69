/* path_complete: completes the path of a directory as it is typed. Any thread. */
#ifndef SOAKTOP_ARTIFACT_PATH_COMPLETE_H
#define SOAKTOP_ARTIFACT_PATH_COMPLETE_H

#include <stddef.h>

/* Adds to TEXT (SIZE bytes) what all directories that it can become have in common; a single one
 * gets a slash. With several, their names go to CHOICES, separated by blanks and cut at its end. */
void path_complete(char *text, size_t size, char *choices, size_t choices_size);

#endif
