/* Cleaning and checking of entries. */
#include "db/entry.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

const char *
entry_text(struct ctx *c, struct arena *a, const char *field, const char *text,
           int mode, int max, bool required)
{
	const char *clean;
	int err;

	if (text == NULL)
		text = "";
	err = text_clean(a, text, strlen(text), mode, (size_t)max, &clean);
	if (err == ERR_TOO_LONG) {
		ctx_fault(c, field, N_("This text is too long."));
		return "";
	}
	if (err != OK) {
		ctx_fault(c, field, N_("This is not valid text."));
		return "";
	}
	if (required && *clean == '\0')
		ctx_fault(c, field, N_("This must be filled in."));
	return clean;
}

void
entry_clean(struct ctx *c, struct arena *a, const struct field *fields,
            void *row)
{
	for (const struct field *f = fields; f->name != NULL; f++) {
		int mode = f->kind == FIELD_LINES ? TEXT_LINES : TEXT_LINE;
		const char **at;

		if (f->max == 0 ||
		    (f->kind != FIELD_TEXT && f->kind != FIELD_LINES &&
		     f->kind != FIELD_TOKEN))
			continue;
		at = (void *)((char *)row + f->at);
		*at = entry_text(c, a, f->name, *at, mode, f->max, f->required);
	}
}
