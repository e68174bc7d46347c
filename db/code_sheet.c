/* Codes on A4, a page of the list at a time. */
#include "db/code_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/html.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/code.h"
#include "db/person.h"
#include "db/station.h"
#include "db/unit.h"

enum { A_PAGE = 8 };

struct code_sheet {
	struct ctx *c;
	struct code_sheet_of of;
	const char *url;
	const struct list_spec *list;
	struct list_query query;
	struct arena *now, *before; /* the last key lies in the one before */
	const struct list_key *last;
	bool begun;
	int pages;
};

/* Sizes in millimetres: what is printed is as large as it says. */
static const char style[] =
    "@page{size:A4;margin:0}*{box-sizing:border-box}"
    "body{margin:0;background:#fff;color:#000;font-family:\"Noto Sans CJK "
    "SC\",\"PingFang SC\",\"Microsoft YaHei\",system-ui,sans-serif}"
    ".page{width:210mm;height:296mm;padding:10mm;page-break-after:always;"
    "overflow:hidden;display:grid;grid-template:repeat(4,1fr)/1fr 1fr}"
    ".code{border:.2mm dashed #999;padding:4mm;display:flex;gap:3mm;"
    "align-items:center;overflow:hidden}"
    ".code svg{width:44mm;height:44mm;flex:none}"
    "h1{font-size:5mm;line-height:1.25;margin:0 0 1mm}"
    "p{font-size:3.2mm;line-height:1.35;margin:0 0 1.5mm}"
    ".address{font:2.5mm/1.3 monospace;overflow-wrap:anywhere}"
    ".one{display:block;text-align:center;padding:25mm 20mm}"
    ".one .code{border:0;padding:0;display:block}"
    ".one svg{width:130mm;height:130mm}.one h1{font-size:12mm;margin:0 0 4mm}"
    ".one p{font-size:6mm;margin:0 0 5mm}.one .address{font-size:4mm}"
    "@media screen{body{background:#ddd}.page{background:#fff;"
    "margin:5mm auto}}";

static const char *const opens[] = {
    [CODE_ACTIVITY] = N_("Deputies scan it to sign in to this activity."),
    [CODE_STATION] =
	N_("Scan it to see the station, its deputies and its next receptions, "
           "and to leave a message."),
    [CODE_DEPUTY] =
	N_("Scan it to write to this deputy alone: no other deputy will read "
           "it."),
};

/* --- writing ------------------------------------------------------------- */

static void
add_code(struct code_sheet *s, struct arena *a, struct buf *out,
         const struct code *code, const char *what, const char *unit)
{
	const char *address = code_payload(a, code, s->url);

	html_addf(out, "<section class=\"code\">\n");
	html_add_qr(out, "qr", address);
	html_addf(out, "<div><h1>%s</h1>\n", what);
	if (*unit != '\0' && strcmp(unit, what) != 0)
		html_addf(out, "<p>%s</p>\n", unit);
	html_addf(out, "<p>%s</p>\n", _(opens[code->kind]));
	if (*code->short_code != '\0')
		html_addf(out, "<p>%s %s</p>\n", _("Short code"),
		          code_spaced(a, code->short_code));
	html_addf(out, "<p class=\"address\">%s</p></div>\n</section>\n",
	          address);
}

static void
add_head(struct code_sheet *s, struct buf *out)
{
	s->begun = true;
	html_addf(out,
	          "<!doctype html>\n<html lang=\"%s\">\n<head>\n"
	          "<meta charset=\"utf-8\">\n<title>%s</title>\n<style>",
	          i18n_language() == LANGUAGE_EN ? "en" : "zh-CN", _("Codes"));
	buf_add(out, style);
	html_addf(out, "</style>\n</head>\n<body>\n");
}

/* --- one ----------------------------------------------------------------- */

static int
name_of(struct code_sheet *s, struct arena *a, const struct code *code,
        const char **what)
{
	struct activity activity;
	struct station station;
	struct person person;
	int err;

	if (code->kind == CODE_ACTIVITY) {
		err = activity_get(s->c, a, (struct activity_id){code->subject},
		                   &activity);
		*what = err == OK ? activity.title : "";
	} else if (code->kind == CODE_STATION) {
		err = station_get(s->c, a, (struct station_id){code->subject},
		                  &station);
		*what = err == OK ? station.name : "";
	} else {
		err = person_get(s->c, a, (struct person_id){code->subject},
		                 &person);
		*what = err == OK ? person.name : "";
	}
	/* who manages codes without taking part sees no titles */
	return err == ERR_DENIED ? OK : err;
}

static int
add_one(struct code_sheet *s, struct buf *out)
{
	struct unit unit = {.name = ""};
	struct code code;
	const char *what;
	int err = code_get(s->c, s->now, s->of.id, &code);

	if (err == OK)
		err = name_of(s, s->now, &code, &what);
	if (err == OK && may(s->c, PERM_ORG_READ))
		err = unit_get(s->c, s->now, code.unit, &unit);
	if (err != OK)
		return err;
	html_addf(out, "<main class=\"page one\">\n");
	add_code(s, s->now, out, &code, what, unit.name);
	html_addf(out, "</main>\n");
	return OK;
}

/* --- several -------------------------------------------------------------- */

static int
add_line(struct code_sheet *s, struct buf *out, const struct code_line *line)
{
	struct code code;
	int err = code_get(s->c, s->now, line->id, &code);

	if (err == OK && code_may_print(s->c, &code) == OK)
		add_code(s, s->now, out, &code, line->what, line->unit_name);
	return err;
}

static int
add_page(struct code_sheet *s, struct buf *out, bool *more)
{
	struct arena *swap = s->before;
	struct list_page page;
	const struct code_line *lines;
	int err;

	s->before = s->now;
	s->now = swap;
	arena_reset(s->now);
	err = list_fetch(s->c, s->now, s->list, &s->query,
	                 s->last != NULL ? LIST_AFTER : LIST_FIRST, s->last,
	                 A_PAGE, &page);
	if (err != OK)
		return err;
	lines = page.rows;
	if (page.n == 0 && s->pages == 0)
		html_addf(out, "<p>%s</p>\n", _("There are no codes."));
	if (page.n > 0)
		html_addf(out, "<main class=\"page\">\n");
	for (int i = 0; i < page.n && err == OK; i++)
		err = add_line(s, out, &lines[i]);
	if (page.n > 0)
		html_addf(out, "</main>\n");
	s->pages++;
	s->last = page.n > 0 ? &page.keys[page.n - 1] : NULL;
	*more = err == OK && page.more && page.n > 0;
	return err;
}

/* --- the whole ------------------------------------------------------------ */

static void
filter(struct code_sheet *s, int filter, int64_t v, const char *text)
{
	list_where(&s->query, filter, v, text);
}

static int
choose(struct code_sheet *s)
{
	const char *kind = s->of.kind;
	struct code code;
	int err;

	if (s->of.id.v != 0) {
		err = code_get(s->c, s->now, s->of.id, &code);
		if (err == OK)
			err = code_may_print(s->c, &code);
		if (err == OK)
			err = code_usable(s->c, &code);
		return err == ERR_EARLY ? OK : err;
	}
	if (!may(s->c, PERM_CODE_WRITE) && !may(s->c, PERM_CODE_MANAGE))
		return ERR_DENIED;
	s->list = may(s->c, PERM_CODE_WRITE) ? &code_list : &code_bare_list;
	filter(s, CODE_LIST_LIVE, 1, NULL);
	if (s->of.unit.v != 0)
		filter(s, CODE_LIST_UNIT, s->of.unit.v, NULL);
	if (kind == NULL || *kind == '\0')
		return OK;
	filter(s, CODE_LIST_KIND, 0, kind);
	return enum_index(code_kinds, kind) >= 0 ? OK : ERR_INVALID;
}

int
code_sheet_begin(struct ctx *c, const struct code_sheet_of *of,
                 const char *public_url, struct code_sheet **out)
{
	struct code_sheet *s = xcalloc(1, sizeof(*s));
	int err;

	*s = (struct code_sheet){.c = c,
	                         .of = *of,
	                         .url = public_url,
	                         .now = arena_new(),
	                         .before = arena_new()};
	err = choose(s);
	if (err == OK)
		*out = s;
	else
		code_sheet_end(s);
	return err;
}

int
code_sheet_step(struct code_sheet *s, struct buf *out, bool *more)
{
	bool after = false;
	int err;

	if (!s->begun)
		add_head(s, out);
	err = s->of.id.v != 0 ? add_one(s, out) : add_page(s, out, &after);
	if (err != OK)
		return err;
	if (!after)
		html_addf(out, "</body>\n</html>\n");
	*more = after;
	return OK;
}

void
code_sheet_end(struct code_sheet *s)
{
	if (s == NULL)
		return;
	arena_free(s->now);
	arena_free(s->before);
	free(s);
}

/* --- for transfers ----------------------------------------------------------
 */

const char *
code_sheet_args(struct arena *a, const struct code_sheet_of *of)
{
	struct json *root = json_new_object();
	const char *text;

	json_set_int(root, "code", of->id.v);
	json_set_text(root, "kind", of->kind != NULL ? of->kind : "");
	json_set_int(root, "unit", of->unit.v);
	text = json_print(root, a);
	json_free(root);
	return text;
}

void
code_sheet_read(struct arena *a, const char *args, struct code_sheet_of *out)
{
	struct json *root = json_parse(args);

	*out = (struct code_sheet_of){
	    .id = {json_int_of(json_get(root, "code"))},
	    .kind = arena_strdup(a, json_text_of(json_get(root, "kind"))),
	    .unit = {json_int_of(json_get(root, "unit"))}};
	json_free(root);
}
