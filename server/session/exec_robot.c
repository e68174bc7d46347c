/* robot compare: what came by robot and what by hand, as the screen shows;
 * robot outbox: what groups have not heard yet. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/outbox_push.h"
#include "db/robot_compare.h"
#include "server/session/exec_opinion.h"

static struct json *
units_json(const struct robot_compare *r)
{
	struct json *rows = json_new_array();

	for (int i = 0; i < r->unit_count; i++) {
		struct json *j = json_new_object();

		json_set_int(j, "unit", r->units[i].unit.v);
		json_set_text(j, "name", r->units[i].name);
		for (int k = 0; k < COMPARE_SOURCES; k++)
			json_set_int(j, opinion_sources[k].name,
			             r->units[i].n[k]);
		json_add(rows, j);
	}
	return rows;
}

static struct json *
messages_json(struct exec *x, const struct robot_compare *r)
{
	struct json *rows = json_new_array();

	for (int i = 0; i < r->message_count; i++) {
		const struct compare_message *m = &r->messages[i];
		struct json *j = json_new_object();

		json_set_int(j, "message", m->id.v);
		json_set_text(j, "why", compare_whys[m->why].name);
		json_set_text(j, "taken_at", instant_iso(x->a, m->taken_at));
		json_set_text(j, "who", m->who);
		json_set_text(j, "words", m->words);
		if (m->opinion.v != 0)
			json_set_int(j, "opinion", m->opinion.v);
		json_add(rows, j);
	}
	return rows;
}

static struct json *
pairs_json(const struct robot_compare *r)
{
	struct json *rows = json_new_array();

	for (int i = 0; i < r->pair_count; i++) {
		struct json *j = json_new_object();

		json_set_int(j, "robot", r->pairs[i].robot.v);
		json_set_int(j, "hand", r->pairs[i].hand.v);
		json_set_int(j, "percent", r->pairs[i].percent);
		json_add(rows, j);
	}
	return rows;
}

static void
put_json(struct exec *x, const struct robot_compare *r)
{
	struct json *root = json_new_object();

	json_set_int(root, "month", r->month);
	json_set(root, "units", units_json(r));
	json_set(root, "messages", messages_json(x, r));
	json_set(root, "pairs", pairs_json(r));
	exec_json(x, root);
}

static void
put_text(struct exec *x, const struct robot_compare *r)
{
	for (int i = 0; i < r->unit_count; i++) {
		buf_add(&x->out, text_pad(x->a, r->units[i].name, 24, false));
		for (int k = 0; k < COMPARE_SOURCES; k++)
			buf_addf(&x->out, "  %s %lld",
			         _(opinion_sources[k].label),
			         (long long)r->units[i].n[k]);
		buf_addc(&x->out, '\n');
	}
	for (int i = 0; i < r->message_count; i++) {
		const struct compare_message *m = &r->messages[i];

		buf_addf(&x->out, "%s  %s  %s  %s\n",
		         instant_iso(x->a, m->taken_at),
		         _(compare_whys[m->why].label),
		         m->who[0] != '\0' ? m->who : _("unknown"), m->words);
	}
	for (int i = 0; i < r->pair_count; i++)
		buf_addf(&x->out, "%lld %s  %lld %s  %d%%\n",
		         (long long)r->pairs[i].robot.v,
		         r->pairs[i].robot_subject,
		         (long long)r->pairs[i].hand.v,
		         r->pairs[i].hand_subject, r->pairs[i].percent);
}

/* --- what waits ---------------------------------------------------------- */

enum { LINES_SHOWN = 100 };

static void
put_lines_json(struct exec *x, const struct push_line *lines, int n)
{
	struct json *root = json_new_object(), *rows = json_new_array();

	for (int i = 0; i < n; i++) {
		struct json *j = json_new_object();

		json_set_int(j, "line", lines[i].id);
		json_set_text(j, "text", lines[i].text);
		json_set_text(j, "made_at",
		              instant_iso(x->a, lines[i].made_at));
		json_set_int(j, "tries", lines[i].tries);
		json_set_text(j, "fault", lines[i].fault);
		json_set_bool(j, "given_up", lines[i].given_up);
		json_add(rows, j);
	}
	json_set(root, "lines", rows);
	exec_json(x, root);
}

static int
outbox(struct exec *x)
{
	struct push_line *lines;
	int n, err;

	if (x->count != 1)
		return ERR_USAGE;
	err = push_waiting(x->c, x->a, LINES_SHOWN, &lines, &n);
	if (err != OK)
		return err;
	if (x->json)
		put_lines_json(x, lines, n);
	for (int i = 0; !x->json && i < n; i++)
		buf_addf(&x->out, "%s  %s  %s  %s\n",
		         instant_iso(x->a, lines[i].made_at),
		         lines[i].given_up ? _("given up") : _("waiting"),
		         lines[i].text, lines[i].fault);
	return OK;
}

/* robot compare [--month 2026-03], of this month if nothing is said. */
static int
compare(struct exec *x)
{
	int64_t month = month_of(ctx_today(x->c));
	struct robot_compare r;
	struct given g;
	int err = given_read(x, 1, &g);

	if (err == OK && g.n > 0)
		err = ERR_USAGE;
	if (err == OK && g.month != NULL)
		err = given_month(g.month, &month);
	if (err == OK)
		err = robot_compare(x->c, x->a, month, &r);
	if (err != OK)
		return err;
	if (x->json)
		put_json(x, &r);
	else
		put_text(x, &r);
	return OK;
}

int
exec_robot(struct exec *x)
{
	if (x->count > 0 && strcmp(x->words[0], "compare") == 0)
		return compare(x);
	if (x->count > 0 && strcmp(x->words[0], "outbox") == 0)
		return outbox(x);
	return ERR_USAGE;
}
