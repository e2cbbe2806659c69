/* effect_card: the effect of an apply as the screens tell it. UI thread; pure. */
#ifndef SOAKTOP_UI_EFFECT_CARD_H
#define SOAKTOP_UI_EFFECT_CARD_H

#include "model/effect.h"
#include "ui/view.h"

/* What the apply of ITERATION did to the KPIs, as of the iteration shown; false if there was no
 * such apply. dialog_effect.c */
bool effect_card_fill(const struct view *view, int iteration, struct effect *effect);

#endif
