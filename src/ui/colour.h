/* colour: a colour 0xRRGGBB as the palettes of terminals have it. Pure. */
#ifndef SOAKTOP_UI_COLOUR_H
#define SOAKTOP_UI_COLOUR_H

/* Number of the nearest colour of the 6x6x6 cube or the greys (16..255) of the 256 colours. */
int colour_nearest_256(int rgb);
/* Of the 16 colours of xterm, and of the first 8 of them. */
int colour_nearest_16(int rgb);
int colour_nearest_8(int rgb);
/* What number 16..255 of the 256 colours looks like. */
int colour_of_256(int number);
/* Contrast of two colours, 1 to 21, as WCAG 2 defines it. */
double colour_contrast(int rgb, int other);

#endif
