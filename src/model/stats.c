/* stats: see stats.h. */
#include "config.h"

#include "model/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/mem.h"

enum { DECIMALS_MAX = 20 };

static int compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double mean_of(const double *numbers, size_t count)
{
    long double sum = 0.0L;
    for (size_t i = 0; i < count; i++)
        sum += (long double)numbers[i];
    return (double)(sum / (long double)count);
}

static double deviation_of(const double *numbers, size_t count)
{
    if (count < 2)
        return 0.0;
    long double sum = 0.0L, squares = 0.0L;
    for (size_t i = 0; i < count; i++)
        sum += (long double)numbers[i];
    long double mean = sum / (long double)count;
    for (size_t i = 0; i < count; i++) {
        long double distance = (long double)numbers[i] - mean;
        squares += distance * distance;
    }
    return (double)sqrtl(squares / (long double)(count - 1));
}

static double median_of(const double *sorted, size_t count)
{
    size_t middle = count / 2;
    if (count % 2 == 1)
        return sorted[middle];
    return (sorted[middle - 1] + sorted[middle]) / 2.0;
}

struct stats stats_of(const struct value *values, size_t count)
{
    struct stats stats = {0};
    double *numbers = mem_alloc(count * sizeof *numbers);
    for (size_t i = 0; i < count; i++)
        if (value_usable(values[i]))
            numbers[stats.count++] = values[i].number;
    if (stats.count > 0) {
        qsort(numbers, stats.count, sizeof *numbers, compare_numbers);
        stats.mean = value_of(mean_of(numbers, stats.count));
        stats.median = value_of(median_of(numbers, stats.count));
        stats.minimum = value_of(numbers[0]);
        stats.maximum = value_of(numbers[stats.count - 1]);
        stats.deviation = value_of(deviation_of(numbers, stats.count));
    }
    free(numbers);
    return stats;
}

/* printf rounds the exact binary value correctly, half to even, and strtod gives the double nearest
 * to that decimal: together they are Python's round. */
double stats_round(double number, int decimals)
{
    char text[512];
    if (!isfinite(number) || decimals < 0 || decimals > DECIMALS_MAX)
        return number;
    snprintf(text, sizeof text, "%.*f", decimals, number);
    return strtod(text, NULL);
}
