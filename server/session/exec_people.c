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
add_line(struct exec *x, const struct person_line *row)
{
	buf_addf(&x->out, "%6" PRId64 "  %s  %s  %s  %s%s%s  %s\n", row->id.v,
	         text_pad(x->a, row->name, 12, false),
	         text_pad(x->a, row->pinyin, 20, false),
	         text_pad(x->a, row->unit_name, 12, false),
	         row->county ? _("county deputy") : "",
	         row->county && row->town ? " " : "",
	         row->town ? _("town deputy") : "",
	         role_label(row->label, row->label_en));
}

static struct json *
line_json(const struct person_line *row)
{
	struct json *j = json_new_object();

	json_set_int(j, "number", row->id.v);
	json_set_text(j, "name", row->name);
	json_set_text(j, "pinyin", row->pinyin);
	json_set_text(j, "unit", row->unit_name);
	json_set_text(j, "occupation", row->job);
	json_set_bool(j, "county_deputy", row->county);
	json_set_bool(j, "town_deputy", row->town);
	json_set_int(j, "offices", row->offices);
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
	query->values[query->value_count++] =
	    (struct list_value){.filter = PERSON_LIST_FIND,
	                        .s = person_find_text(x->a, x->words[1])};
	return OK;
}

int
exec_persons(struct exec *x)
{
	struct list_query query = {.order = PERSON_BY_PINYIN};
	const struct person_line *rows;
	struct json *root, *list;
	struct list_page page;
	int err = read_words(x, &query);

	if (err == OK)
		err = list_fetch(x->c, x->a, &person_list, &query, LIST_FIRST,
		                 NULL, PERSONS_MAX, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	if (!x->json) {
		for (int i = 0; i < page.n; i++)
			add_line(x, &rows[i]);
		return OK;
	}
	list = json_new_array();
	for (int i = 0; i < page.n; i++)
		json_add(list, line_json(&rows[i]));
	root = json_new_object();
	json_set(root, "persons", list);
	json_set_bool(root, "more", page.more);
	exec_json(x, root);
	return OK;
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
