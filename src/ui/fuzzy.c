/* fuzzy: see fuzzy.h. Pure. One row of the table of best scores at a time: ending[j] is the best
 * score of the letters so far with the last of them at TEXT[j]. */
#include "config.h"

#include "ui/fuzzy.h"

#include <string.h>

enum { WORD_MAX = 64, TEXT_MAX = 256, TIGHT = 4 };

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* A letter, a digit or a byte of a character beyond ASCII. */
static bool is_wordy(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool begins_word(const char *text, size_t at)
{
    return at == 0 || (is_wordy(text[at]) && !is_wordy(text[at - 1]));
}

/* BEFORE: best scores without LETTER; NOW: with it. True if LETTER found a place. */
static bool place(char letter, bool first, const char *text, size_t length, const int *before,
                  int *now)
{
    int best = first ? 0 : -1; /* of all that end before j - 1 */
    bool placed = false;
    for (size_t j = 0; j < length; j++) {
        int run = !first && j > 0 ? before[j - 1] : -1;
        now[j] = -1;
        if (lower(text[j]) == letter) {
            int alone = best < 0 ? -1 : best + (begins_word(text, j) ? FUZZY_START : FUZZY_LOOSE);
            int behind = run < 0 ? -1 : run + FUZZY_RUN;
            int start = run < 0 || !begins_word(text, j) ? -1 : run + FUZZY_START;
            now[j] = alone > behind ? alone : behind;
            now[j] = start > now[j] ? start : now[j];
            placed = placed || now[j] >= 0;
        }
        best = run > best ? run : best;
    }
    return placed;
}

int fuzzy_score(const char *word, const char *text)
{
    int row[2][TEXT_MAX] = {{0}};
    size_t letters = strnlen(word, WORD_MAX), length = strnlen(text, TEXT_MAX);
    if (letters == 0)
        return 0;
    for (size_t i = 0; i < letters; i++)
        if (!place(lower(word[i]), i == 0, text, length, row[(i + 1) % 2], row[i % 2]))
            return 0;
    int best = 0;
    for (size_t j = 0; j < length; j++)
        if (row[(letters - 1) % 2][j] > best)
            best = row[(letters - 1) % 2][j];
    return best;
}

bool fuzzy_is_tight(const char *word, int score)
{
    return score >= TIGHT * (int)strnlen(word, WORD_MAX);
}
