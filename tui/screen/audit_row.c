/* One row of the audit: who, when, and what each record was before and
 * after. */
#include "db/audit_list.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/office.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { CHANGES_MAX = 500, HASH_SHOWN = 10 };

struct audit_row {
	struct page page;
	int64_t seq;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct audit_row *s = data;

	s->seq = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
fill_head(struct ui *ui, struct page *p, const struct audit_line *line)
{
	struct arena *a = ui_arena(ui);
	const struct entity *e = entity_named(line->subject_kind);

	page_title(p,
	           arena_printf(a, "%lld  %s", (long long)line->seq,
	                        _(audit_action_label(line->action))),
	           "");
	page_pair(p, _("Time"), instant_show(a, line->at, ui_today(ui)));
	page_pair(p, _("Who"),
	          line->name[0] == '\0'
	              ? _("the system")
	              : arena_printf(a, "%s  %s  %s", line->account, line->name,
	                             role_label(line->label, line->label_en)));
	if (e != NULL && line->subject > 0)
		page_pairf(p, _("Record"), "%s %lld", _(e->label),
		           (long long)line->subject);
	if (line->unit_name[0] != '\0')
		page_pair(p, _("Unit"), line->unit_name);
	if (line->event != 0)
		page_pairf(p, _("Event"), "%lld", (long long)line->event);
	page_pair(p, _("SHA-256"), line->hash);
	page_blank(p);
}

/* The label of a column, else its name. */
static const char *
column_label(const struct audit_change *c)
{
	const struct entity *e = entity_named(c->kind);
	const struct field *f = e != NULL && e->fields != NULL
	                            ? field_find(e->fields, c->column)
	                            : NULL;

	return f != NULL ? _(f->label) : c->column;
}

/* A stored value as it is shown elsewhere. */
static const char *
value_text(struct arena *a, const struct audit_change *c, const char *stored)
{
	const struct entity *e = entity_named(c->kind);
	const struct field *f = e != NULL && e->fields != NULL
	                            ? field_find(e->fields, c->column)
	                            : NULL;
	long long n = 0;

	if (stored[0] == '#')
		return arena_printf(a, "#%.*s", HASH_SHOWN, stored + 1);
	if (stored[0] == '\0')
		return "-";
	if (f == NULL)
		return stored;
	if (f->kind == FIELD_ENUM && enum_index(f->names, stored) >= 0)
		return _(f->names[enum_index(f->names, stored)].label);
	if (f->kind == FIELD_BOOL)
		return strcmp(stored, "0") == 0 ? _("no") : _("yes");
	for (const char *p = stored; *p >= '0' && *p <= '9' && n < 1LL << 50;
	     p++)
		n = n * 10 + (*p - '0');
	if (f->kind == FIELD_TIME)
		return instant_show(a, (struct instant){n},
		                    (struct day){.year = 0});
	if (f->kind == FIELD_POINTS)
		return arena_printf(a, "%lld.%lld", n / 10, n % 10);
	return stored;
}

static const char *
op_text(const char *op)
{
	if (strcmp(op, "add") == 0)
		return _("added");
	return strcmp(op, "drop") == 0 ? _("removed") : _("changed");
}

static void
fill_changes(struct ui *ui, struct page *p, const struct audit_change *rows,
             int n)
{
	struct arena *a = ui_arena(ui);

	page_heading(p, _("What it changed"));
	if (n == 0)
		page_text(p, THEME_DIM, _("No record of the tables."));
	for (int i = 0; i < n; i++) {
		const struct audit_change *c = &rows[i];
		const struct entity *e = entity_named(c->kind);
		bool first = i == 0 || rows[i - 1].id != c->id ||
		             strcmp(rows[i - 1].kind, c->kind) != 0 ||
		             c->column[0] == '\0';

		if (first)
			page_textf(p, "%s %lld  %s",
			           e != NULL ? _(e->label) : c->kind,
			           (long long)c->id, op_text(c->op));
		if (c->column[0] != '\0')
			page_textf(p, "    %s: %s -> %s", column_label(c),
			           value_text(a, c, c->before),
			           value_text(a, c, c->after));
	}
	page_blank(p);
}

static int
load(struct ui *ui, void *data)
{
	struct audit_row *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct audit_change *rows;
	struct audit_line line;
	int n, err = audit_line_get(c, a, s->seq, &line);

	if (err == OK)
		err = audit_changes(c, a, s->seq, CHANGES_MAX, &rows, &n);
	if (err != OK)
		return err;
	page_begin(&s->page);
	fill_head(ui, &s->page, &line);
	fill_changes(ui, &s->page, rows, n);
	page_heading(&s->page, _("As it is kept"));
	page_text(&s->page, THEME_DIM, line.detail);
	return OK;
}

static void
key_next(struct ui *ui, void *data)
{
	ui_replace(ui, &screen_audit_row, ((struct audit_row *)data)->seq + 1);
}

static void
key_previous(struct ui *ui, void *data)
{
	ui_replace(ui, &screen_audit_row, ((struct audit_row *)data)->seq - 1);
}

static bool
when_previous(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct audit_row *)data)->seq > 1;
}

static const struct key keys[] = {
    {"Left", N_("Row before"), PERM_NONE, key_previous, when_previous, NULL},
    {"Right", N_("Row after"), PERM_NONE, key_next, NULL, NULL},
    KEY_END,
};

const struct screen screen_audit_row = {
    .name = "audit-row",
    .title = N_("Row of the audit"),
    .about = N_("One change: who made it in which office, and for each "
                "record what it was before and after. What begins with # is "
                "the hash of a text that is not kept here; equal hashes "
                "mean equal texts."),
    .needs = PERM_AUDIT_READ,
    .size = sizeof(struct audit_row),
    .keys = keys,
    .open = open,
    .load = load,
};
