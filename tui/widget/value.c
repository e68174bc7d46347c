/* Members of rows as text. */
#include "tui/widget/value.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

const char *
value_grouped(struct arena *a, long long n)
{
	char digits[24], out[32];
	int len = snprintf(digits, sizeof(digits), "%lld", n < 0 ? -n : n);
	size_t at = 0;

	if (n < 0)
		out[at++] = '-';
	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = digits[i];
	}
	return arena_strndup(a, out, at);
}

static const char *
show_enum(const struct field *field, int value)
{
	for (int i = 0; field->names[i].name != NULL; i++)
		if (i == value)
			return _(field->names[i].label);
	return "";
}

static const char *
show_points(struct arena *a, int64_t tenths)
{
	int64_t size = tenths < 0 ? -tenths : tenths;

	return arena_printf(a, "%s%lld.%d", tenths < 0 ? "-" : "",
	                    (long long)(size / 10), (int)(size % 10));
}

const char *
value_show(struct arena *a, const struct field *field, const void *row,
           struct day today)
{
	const void *at = (const char *)row + field->at;

	switch (field->kind) {
	case FIELD_NONE:
		break;
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_TOKEN: {
		const char *const *s = at;

		return *s != NULL ? *s : "";
	}
	case FIELD_INT:
		return value_grouped(a, (long long)*(const int64_t *)at);
	case FIELD_REF:
		return *(const int64_t *)at == 0
		           ? ""
		           : arena_printf(a, "%lld",
		                          (long long)*(const int64_t *)at);
	case FIELD_POINTS:
		return show_points(a, *(const int64_t *)at);
	case FIELD_BOOL:
		return *(const bool *)at ? _("yes") : _("no");
	case FIELD_ENUM:
		return show_enum(field, *(const int *)at);
	case FIELD_TIME: {
		const struct instant *when = at;

		return when->s == 0 ? "" : instant_show(a, *when, today);
	}
	case FIELD_DAY: {
		const struct day *day = at;

		return day->year == 0 ? "" : day_show(a, *day, today);
	}
	}
	return "";
}

int
value_width(const struct field *field)
{
	int width = 0;

	if (field->width > 0)
		return field->width;
	switch (field->kind) {
	case FIELD_BOOL:
		return 4;
	case FIELD_INT:
	case FIELD_REF:
	case FIELD_POINTS:
		return 8;
	case FIELD_DAY:
		return 10;
	case FIELD_ENUM:
		for (int i = 0; field->names[i].name != NULL; i++) {
			int w = text_width(_(field->names[i].label));

			width = w > width ? w : width;
		}
		return width;
	case FIELD_NONE:
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_TOKEN:
	case FIELD_TIME:
		break;
	}
	return 12;
}

bool
value_is_right(const struct field *field)
{
	return field->kind == FIELD_INT || field->kind == FIELD_REF ||
	       field->kind == FIELD_POINTS;
}
