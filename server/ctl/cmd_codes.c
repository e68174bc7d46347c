/* The codes that are good now or later: as lines, or as pages to print. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/code.h"
#include "db/code_sheet.h"
#include "db/unit.h"
#include "server/ctl/ctl.h"

static int
flush(struct buf *out)
{
	bool whole = fwrite(out->data, 1, out->len, stdout) == out->len &&
	             fflush(stdout) == 0;

	buf_drop(out, out->len);
	return whole ? OK : ERR_IO;
}

static int
print_sheets(struct ctl *ctl, const struct code_sheet_of *of)
{
	char url[CONFIG_URL_MAX];
	struct buf out = BUF_INIT;
	struct code_sheet *s;
	bool more = true;
	int err =
	    code_sheet_begin(&ctl->c, of, config_public_url(ctl->cfg, url), &s);

	if (err != OK)
		return err;
	/* for those who pass by, whatever the administrator speaks */
	i18n_use(language_of(ctl->cfg->site_language));
	while (err == OK && more) {
		err = code_sheet_step(s, &out, &more);
		if (err == OK)
			err = flush(&out);
	}
	code_sheet_end(s);
	buf_clear(&out);
	return err;
}

static void
print_line(struct ctl *ctl, struct json *codes, const struct code_line *line)
{
	struct json *j;
	char day[11];

	day_format(day_of(line->valid_to), day);
	if (codes == NULL) {
		(void)printf(
		    "%5" PRId64 "  %s  %s  %s  %s\n", line->id.v,
		    text_pad(ctl->a, _(code_kinds[line->kind].label), 8, false),
		    text_pad(ctl->a, line->unit_name, 16, false), day,
		    line->what);
		return;
	}
	j = json_new_object();
	json_set_int(j, "number", line->id.v);
	json_set_text(j, "kind", code_kinds[line->kind].name);
	json_set_text(j, "unit", line->unit_name);
	json_set_text(j, "what", line->what);
	json_set_text(j, "valid_to", day);
	json_set_int(j, "uses", line->scans);
	json_add(codes, j);
}

static int
list(struct ctl *ctl, const struct code_sheet_of *of, struct json *codes)
{
	struct list_query query = {.value_count = 1,
	                           .values = {{CODE_LIST_LIVE, 1, NULL}}};
	struct list_page page = {.more = true};
	const struct list_key *last = NULL;
	int err = OK;

	if (of->unit.v != 0)
		list_where(&query, CODE_LIST_UNIT, of->unit.v, NULL);
	if (of->kind != NULL)
		list_where(&query, CODE_LIST_KIND, 0, of->kind);
	while (err == OK && page.more) {
		err = list_fetch(&ctl->c, ctl->a, &code_list, &query,
		                 last != NULL ? LIST_AFTER : LIST_FIRST, last,
		                 LIST_COUNT_CAP, &page);
		for (int i = 0; err == OK && i < page.n; i++)
			print_line(ctl, codes,
			           (const struct code_line *)page.rows + i);
		last = err == OK && page.n > 0 ? &page.keys[page.n - 1] : NULL;
	}
	return err;
}

static int
read_options(struct ctl *ctl, struct code_sheet_of *of)
{
	const char *unit_name = ctl_option(ctl, "--unit");
	struct unit unit = {.id = {0}};
	int err = OK;

	of->kind = ctl_option(ctl, "--kind");
	if (of->kind != NULL && enum_index(code_kinds, of->kind) < 0)
		return ERR_USAGE;
	if (unit_name != NULL)
		err = unit_named(&ctl->c, ctl->a, unit_name, &unit);
	if (err == OK)
		of->unit = unit.id;
	return err;
}

/* [--unit NAME] [--kind activity|station|deputy] [--print] */
int
ctl_codes(struct ctl *ctl)
{
	bool print = ctl_flag(ctl, "--print");
	struct json *root, *codes = NULL;
	struct code_sheet_of of = {.kind = NULL};
	int err = read_options(ctl, &of);

	if (err != OK)
		return err;
	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	if (print)
		return print_sheets(ctl, &of);
	if (ctl->json)
		codes = json_new_array();
	err = list(ctl, &of, codes);
	if (codes != NULL && err == OK) {
		root = json_new_object();
		json_set(root, "codes", codes);
		ctl_json(ctl, root);
	} else {
		json_free(codes);
	}
	return err;
}
