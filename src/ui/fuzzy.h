/* fuzzy: how well what was typed fits a text: its letters in their order, not necessarily side by
 * side. Pure. */
#ifndef SOAKTOP_UI_FUZZY_H
#define SOAKTOP_UI_FUZZY_H

#include <stdbool.h>

enum { FUZZY_START = 6, FUZZY_RUN = 5, FUZZY_LOOSE = 1 };

/* 0: WORD's letters do not stand in TEXT in this order, whatever their case. Else for each letter
 * of the best way to place them: FUZZY_START where a word of TEXT begins, FUZZY_RUN right behind
 * the letter before, FUZZY_LOOSE elsewhere. Only the first 64 bytes of WORD and 256 of TEXT count.
 */
int fuzzy_score(const char *word, const char *text);
/* True if SCORE means that most of WORD stands together or at beginnings: in a long text anything
 * else is chance. */
bool fuzzy_is_tight(const char *word, int score);

#endif
