/* colour: see colour.h. */
#include "config.h"

#include "ui/colour.h"

#include <math.h>

enum { CUBE = 16, GREYS = 232, GREY_COUNT = 24 };

static const int cube_levels[6] = {0, 95, 135, 175, 215, 255};

/* As xterm shows them. */
static const int basic[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                              0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                              0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};

static int part(int rgb, int index)
{
    return rgb >> (16 - 8 * index) & 0xff;
}

static int distance(int rgb, int other)
{
    int sum = 0;
    for (int i = 0; i < 3; i++) {
        int difference = part(rgb, i) - part(other, i);
        sum += difference * difference;
    }
    return sum;
}

int colour_of_256(int number)
{
    if (number >= GREYS) {
        int level = 8 + 10 * (number - GREYS);
        return level << 16 | level << 8 | level;
    }
    int index = number - CUBE;
    return cube_levels[index / 36] << 16 | cube_levels[index / 6 % 6] << 8 | cube_levels[index % 6];
}

int colour_nearest_256(int rgb)
{
    int best = CUBE;
    for (int number = CUBE; number < GREYS + GREY_COUNT; number++)
        if (distance(rgb, colour_of_256(number)) < distance(rgb, colour_of_256(best)))
            best = number;
    return best;
}

static int nearest_basic(int rgb, int count)
{
    int best = 0;
    for (int number = 1; number < count; number++)
        if (distance(rgb, basic[number]) < distance(rgb, basic[best]))
            best = number;
    return best;
}

int colour_nearest_16(int rgb)
{
    return nearest_basic(rgb, 16);
}

int colour_nearest_8(int rgb)
{
    return nearest_basic(rgb, 8);
}

static double luminance(int rgb)
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double value = part(rgb, i) / 255.0;
        sum += weight[i] * (value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double colour_contrast(int rgb, int other)
{
    double a = luminance(rgb), b = luminance(other);
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}
