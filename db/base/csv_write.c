/* Cells of comma-separated values, to write. */
#include "db/base/csv_write.h"

#include <string.h>

void
csv_begin(struct buf *out)
{
	buf_add(out, "\xEF\xBB\xBF");
}

void
csv_number(struct buf *out, bool first, const char *digits)
{
	if (!first)
		buf_addc(out, ',');
	buf_add(out, digits);
}

void
csv_text(struct buf *out, bool first, const char *text)
{
	bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;

	if (!first)
		buf_addc(out, ',');
	if (!formula && strpbrk(text, ",\"\r\n") == NULL) {
		buf_add(out, text);
		return;
	}
	buf_addc(out, '"');
	if (formula)
		buf_addc(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_addc(out, '"');
		buf_addc(out, *text);
	}
	buf_addc(out, '"');
}

void
csv_end_row(struct buf *out)
{
	buf_add(out, "\r\n");
}
