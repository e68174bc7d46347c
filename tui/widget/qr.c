/* Modules to cells. */
#include "tui/widget/qr.h"

#include "db/base/i18n.h"
#include "db/base/text.h"

enum { QUIET = 4, HALF_BLOCK = 0x2580 };

bool
qr_has_half(void)
{
	return text_char_width(HALF_BLOCK) == 1;
}

int
qr_columns(const struct qr_code *code, enum qr_form form)
{
	return (code->size + 2 * QUIET) * (form == QR_DOUBLE ? 2 : 1);
}

int
qr_rows(const struct qr_code *code, enum qr_form form)
{
	int modules = code->size + 2 * QUIET;

	return form == QR_DOUBLE ? modules : (modules + 1) / 2;
}

/* y and x in modules, quiet zone included; outside is light. */
static bool
is_dark(const struct qr_code *code, int y, int x)
{
	y -= QUIET;
	x -= QUIET;
	return y >= 0 && x >= 0 && y < code->size && x < code->size &&
	       (code->modules[y * code->size + x] & 1) != 0;
}

static void
say_too_small(const struct area *area, const struct qr_code *code,
              enum qr_form form)
{
	const char *text = arena_printf(
	    area->arena,
	    _("The code needs %d columns and %d rows; please make the window "
	      "larger, or use the text beside it."),
	    qr_columns(code, form), qr_rows(code, form));
	const char *const *lines = text_wrap(area->arena, text, area->columns);

	for (int y = 0; lines[y] != NULL; y++)
		area_put(area, y, 0, THEME_NORMAL, lines[y]);
}

bool
qr_draw(const struct area *area, const struct qr_code *code, enum qr_form form)
{
	int rows = qr_rows(code, form), modules = code->size + 2 * QUIET;

	if (area->lines != NULL)
		return false; /* the screen says its text instead */

	if (rows > area->rows || qr_columns(code, form) > area->columns) {
		say_too_small(area, code, form);
		return false;
	}
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < modules; x++) {
			if (form == QR_HALF) {
				area_qr_cell(area, y, x,
				             is_dark(code, 2 * y, x),
				             is_dark(code, 2 * y + 1, x));
				continue;
			}
			area_qr_blank(area, y, 2 * x, is_dark(code, y, x));
			area_qr_blank(area, y, 2 * x + 1, is_dark(code, y, x));
		}
	return true;
}
