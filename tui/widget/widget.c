/* What all widgets share. */
#include "tui/widget/widget.h"

void
widget_draw(struct widget *w, const struct area *area)
{
	w->class->draw(w, area);
}
