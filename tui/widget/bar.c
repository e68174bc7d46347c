/* Bars as text. */
#include "tui/widget/bar.h"

#include <string.h>

const char *
bar_text(struct arena *a, long long value, long long max, int columns,
         bool filled)
{
	int n = 0;
	char *s;

	if (columns < 0)
		columns = 0;
	if (max > 0 && value > 0) {
		n = (int)((double)value / (double)max * columns + 0.5);
		n = n < 1 ? 1 : n > columns ? columns : n;
	}
	s = arena_alloc(a, (size_t)columns + 1);
	memset(s, '#', (size_t)n);
	if (filled)
		memset(s + n, '-', (size_t)(columns - n));
	return s;
}
