/* nearest: see nearest.h. Distance: changes, additions, losses and swaps of neighbours. */
#include "config.h"
#include "model/nearest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { WORD_MAX = 48 }; /* longer words are not compared: nobody mistypes those */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment over three rows. */
static size_t distance(const char *a, const char *b)
{
    size_t row[3][WORD_MAX + 1];
    size_t la = strlen(a), lb = strlen(b);
    if (la > WORD_MAX || lb > WORD_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= lb; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t *now = row[i % 3];
        const size_t *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least(change, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[la % 3][lb];
}

struct nearest nearest_to(const char *word)
{
    return (struct nearest){.word = word, .distance = SIZE_MAX};
}

/* "--iter" means "--iterations" though seven letters are missing. */
static int begins(const char *word, const char *candidate)
{
    size_t length = strlen(word);
    return length >= 3 && strncmp(word, candidate, length) == 0;
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
    size_t far = begins(nearest->word, candidate) ? 1 : distance(nearest->word, candidate);
    if (far < nearest->distance) {
        nearest->distance = far;
        nearest->best = candidate;
    }
}

const char *nearest_word(const struct nearest *nearest)
{
    size_t letters = strlen(nearest->word);
    size_t bearable = letters < 6 ? 1 : letters / 3;
    if (letters >= 3 && letters < 6)
        bearable = 2;
    return nearest->distance <= bearable ? nearest->best : NULL;
}

void nearest_hint(const struct nearest *nearest, char text[NEAREST_HINT_MAX])
{
    const char *word = nearest_word(nearest);
    snprintf(text, NEAREST_HINT_MAX, "%s%s%s", word ? " did you mean " : "", word ? word : "",
             word ? "?" : "");
}
