/* Commands about people: finding them, and the terms of the congresses. */
#include <inttypes.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/office.h"
#include "db/person.h"
#include "db/term.h"
#include "server/session/exec.h"

enum { PERSONS_MAX = 200 };

/* --- persons ------------------------------------------------------------- */

static void
add_line(struct exec *x, const void *row)
{
	const struct person_line *r = row;

	buf_addf(&x->out, "%6" PRId64 "  %s  %s  %s  %s%s%s  %s\n", r->id.v,
	         text_pad(x->a, r->name, 12, false),
	         text_pad(x->a, r->pinyin, 20, false),
	         text_pad(x->a, r->unit_name, 12, false),
	         r->county ? _("county deputy") : "",
	         r->county && r->town ? " " : "",
	         r->town ? _("town deputy") : "",
	         role_label(r->label, r->label_en));
}

static struct json *
line_json(struct exec *x, const void *row)
{
	const struct person_line *r = row;
	struct json *j = json_new_object();

	(void)x;
	json_set_int(j, "number", r->id.v);
	json_set_text(j, "name", r->name);
	json_set_text(j, "pinyin", r->pinyin);
	json_set_text(j, "unit", r->unit_name);
	json_set_text(j, "occupation", r->job);
	json_set_bool(j, "county_deputy", r->county);
	json_set_bool(j, "town_deputy", r->town);
	json_set_int(j, "offices", r->offices);
	return j;
}

/* Nothing, or "--find" and what to find. */
static int
read_words(struct exec *x, struct list_query *query)
{
	if (x->count == 0)
		return OK;
	if (x->count != 2 || strcmp(x->words[0], "--find") != 0)
		return ERR_USAGE;
	list_where(query, PERSON_LIST_FIND, 0,
	           person_find_text(x->a, x->words[1]));
	return OK;
}

int
exec_persons(struct exec *x)
{
	static const struct exec_list how = {"persons", add_line, line_json};
	struct list_query query = {.order = PERSON_BY_PINYIN};
	int err = read_words(x, &query);

	return err == OK ? exec_list(x, &how, &person_list, &query, PERSONS_MAX)
	                 : err;
}

/* --- terms --------------------------------------------------------------- */

static struct json *
term_json(const struct term *row)
{
	struct json *j = json_new_object();
	char from[11], to[11];

	day_format(row->from_on, from);
	day_format(row->to_on, to);
	json_set_text(j, "level", levels[row->level].name);
	json_set_int(j, "unit", row->unit.v);
	json_set_int(j, "number", row->number);
	json_set_text(j, "from_on", from);
	json_set_text(j, "to_on", to);
	return j;
}

int
exec_terms(struct exec *x)
{
	struct json *root, *list;
	struct term *rows;
	int n, err;

	if (x->count > 0)
		return ERR_USAGE;
	err = term_list(x->c, x->a, &rows, &n);
	if (err != OK)
		return err;
	if (!x->json) {
		for (int i = 0; i < n; i++) {
			char from[11], to[11];

			day_format(rows[i].from_on, from);
			day_format(rows[i].to_on, to);
			buf_addf(&x->out, "%s - %s  %s\n", from, to,
			         term_text(x->c, x->a, &rows[i]));
		}
		return OK;
	}
	list = json_new_array();
	for (int i = 0; i < n; i++)
		json_add(list, term_json(&rows[i]));
	root = json_new_object();
	json_set(root, "terms", list);
	exec_json(x, root);
	return OK;
}
