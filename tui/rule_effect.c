/* A page of who would have more or fewer points, and which place. */
#include "tui/rule_effect.h"

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/text.h"

enum { SHOWN = 100 };

static const char *
points(struct arena *a, int64_t tenths)
{
	return arena_printf(a, "%lld.%d", (long long)(tenths / 10),
	                    (int)(tenths % 10));
}

static void
add_line(struct buf *b, struct arena *a, const char *name, const char *station,
         const char *before, const char *after, const char *places)
{
	buf_addf(b, "%s  %s  %s  %s  %s\n", text_pad(a, name, 12, false),
	         text_pad(a, station, 24, false), text_pad(a, before, 7, true),
	         text_pad(a, after, 7, true), places);
}

static const char *
text_of(struct arena *a, const struct rule_effect *rows, int n)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_addf(&b,
	         P_("%lld deputy's score or place changes. The largest change "
	            "first:",
	            "%lld deputies' scores or places change. The largest "
	            "change first:",
	            (unsigned long)rows[0].of),
	         (long long)rows[0].of);
	buf_add(&b, "\n\n");
	add_line(&b, a, _("Name"), _("Station"), _("now"), _("then"),
	         _("place"));
	for (int i = 0; i < n; i++)
		add_line(&b, a, rows[i].name, rows[i].station,
		         points(a, rows[i].before), points(a, rows[i].after),
		         arena_printf(a, "%lld -> %lld",
		                      (long long)rows[i].place_before,
		                      (long long)rows[i].place_after));
	text = arena_strdup(a, b.data);
	buf_clear(&b);
	return text;
}

int
rule_effect_show(struct ui *ui, const struct rule *entry)
{
	struct arena *a = ui_arena(ui);
	struct rule_effect *rows;
	int n, err = rule_effects(ui_ctx(ui), a, entry, SHOWN, &rows, &n);

	if (err == OK)
		ui_show(ui, _("This year's scores under these points"),
		        n > 0 ? text_of(a, rows, n)
		              : _("No score and no place of this year "
		                  "changes."));
	return err;
}
