/* Commands about running a station: the rota, receptions, instructions and
 * documents. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/document.h"
#include "db/instruction.h"
#include "db/matter.h"
#include "db/rota.h"
#include "server/session/exec.h"

enum { NEWEST = 50, ROTA_MAX = 500 };

/* A number typed as a word. Errors: ERR_USAGE. */
static int
read_number(const char *word, int64_t *out)
{
	char *end;
	long long v = strtoll(word, &end, 10);

	if (*word == '\0' || *end != '\0' || v <= 0)
		return ERR_USAGE;
	*out = v;
	return OK;
}

/* --- rota ---------------------------------------------------------------- */

static struct json *
rota_json(struct exec *x, const void *row)
{
	const struct rota_line *r = row;
	struct json *j = json_new_object();

	json_set_int(j, "number", r->id.v);
	json_set_text(j, "station", r->station_name);
	json_set_text(j, "place", r->place_name);
	json_set_text(j, "deputy", r->name);
	json_set_text(j, "starts_at", instant_iso(x->a, r->starts_at));
	json_set_text(j, "ends_at", instant_iso(x->a, r->ends_at));
	json_set_text(j, "state", rota_states[r->state].name);
	json_set_text(j, "reason", r->reason);
	if (r->activity.v != 0)
		json_set_int(j, "activity", r->activity.v);
	else
		json_set_null(j, "activity");
	json_set_bool(j, "attended", r->attended);
	return j;
}

static void
add_rota(struct exec *x, const void *row)
{
	const struct rota_line *r = row;
	const char *where =
	    r->place_name[0] != '\0' ? r->place_name : r->station_name;

	buf_addf(&x->out, "%6" PRId64 "  %s-%s  %s  %s  %s\n", r->id.v,
	         instant_show(x->a, r->starts_at, ctx_today(x->c)),
	         instant_show_time(x->a, r->ends_at),
	         text_pad(x->a, where, 20, false),
	         text_pad(x->a, r->name, 10, false),
	         r->attended               ? _("Received people")
	         : r->state == ROTA_ABSENT ? _(rota_states[r->state].label)
	         : r->activity.v != 0      ? _("Announced")
	                                   : _(rota_states[r->state].label));
}

/* The month that was typed, 2022-03, else this one. Errors: ERR_USAGE. */
static int
read_month(struct exec *x, int64_t *month)
{
	struct day day = ctx_today(x->c);
	int err = OK;

	if (x->count == 1)
		err = day_parse(arena_printf(x->a, "%s-01", x->words[0]), day,
		                &day);
	*month = day.year * 100 + day.month;
	return err == OK ? OK : ERR_USAGE;
}

int
exec_rota(struct exec *x)
{
	static const struct exec_list how = {"rota", add_rota, rota_json};
	struct list_query query = {.order = ROTA_BY_DAY};
	int64_t month;
	int err = x->count > 1 ? ERR_USAGE : read_month(x, &month);

	if (err != OK)
		return err;
	list_where(&query, ROTA_LIST_MONTH, month, NULL);
	return exec_list(x, &how, &rota_list, &query, ROTA_MAX);
}

/* --- receptions ---------------------------------------------------------- */

static int
add_reception(struct exec *x, const struct activity_line *r, struct json *list)
{
	struct json *j;
	int64_t n;
	int err = matter_count(x->c, r->id, &n);

	if (err != OK)
		return err;
	if (list == NULL) {
		buf_addf(&x->out,
		         "%6" PRId64 "  %s  %s  %3" PRId64 "/%-3" PRId64
		         "  %3" PRId64 "  %s\n",
		         r->id.v,
		         instant_show(x->a, r->starts_at, ctx_today(x->c)),
		         text_pad(x->a, r->venue, 20, false), r->present,
		         r->total, n, _(activity_states[r->state].label));
		return OK;
	}
	j = json_new_object();
	json_set_int(j, "number", r->id.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "unit", r->unit_name);
	json_set_text(j, "venue", r->venue);
	json_set_text(j, "starts_at", instant_iso(x->a, r->starts_at));
	json_set_text(j, "state", activity_states[r->state].name);
	json_set_int(j, "present", r->present);
	json_set_int(j, "total", r->total);
	json_set_int(j, "matters", n);
	json_add(list, j);
	return OK;
}

int
exec_receptions(struct exec *x)
{
	const struct list_query query = {
	    .order = ACTIVITY_BY_LATEST,
	    .values[0] = {ACTIVITY_LIST_KIND, 0, RECEPTION_KIND},
	    .value_count = 1};
	const struct activity_line *rows;
	struct json *root, *list = NULL;
	struct list_page page;
	int err;

	if (x->count > 0)
		return ERR_USAGE;
	err = activity_tick(x->c, NULL);
	if (err == OK)
		err = list_fetch(x->c, x->a, &activity_list, &query, LIST_FIRST,
		                 NULL, NEWEST, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	if (x->json)
		list = json_new_array();
	for (int i = 0; err == OK && i < page.n; i++)
		err = add_reception(x, &rows[i], list);
	if (list == NULL || err != OK) {
		json_free(list);
		return err;
	}
	root = json_new_object();
	json_set(root, "receptions", list);
	json_set_bool(root, "more", page.more);
	exec_json(x, root);
	return OK;
}

/* --- instructions -------------------------------------------------------- */

static struct json *
instruction_json(struct exec *x, const void *row)
{
	const struct instruction_line *r = row;
	struct json *j = json_new_object();

	json_set_int(j, "number", r->id.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "from", r->sender);
	json_set_text(j, "due_at", instant_iso(x->a, r->due_at));
	json_set_text(j, "sent_at", instant_iso(x->a, r->sent_at));
	json_set_int(j, "sent_to", r->total);
	json_set_int(j, "received", r->received);
	json_set_int(j, "done", r->done);
	json_set_int(j, "overdue", r->late);
	if (r->mine >= 0)
		json_set_text(j, "mine", receipt_states[r->mine].name);
	else
		json_set_null(j, "mine");
	return j;
}

static void
add_instruction(struct exec *x, const void *row)
{
	const struct instruction_line *r = row;

	buf_addf(&x->out,
	         "%6" PRId64 "  %s  %s  %2" PRId64 "/%-2" PRId64 "  %2" PRId64
	         "/%-2" PRId64 "  %s\n",
	         r->id.v, text_pad(x->a, r->title, 32, false),
	         day_show(x->a, day_of(r->due_at), ctx_today(x->c)),
	         r->received, r->total, r->done, r->total,
	         r->mine >= 0  ? _(receipt_states[r->mine].label)
	         : r->late > 0 ? _("overdue")
	                       : "");
}

static int
list_instructions(struct exec *x)
{
	static const struct exec_list how = {"instructions", add_instruction,
	                                     instruction_json};
	const struct list_query query = {.order = 0};

	return exec_list(x, &how, &instruction_list, &query, NEWEST);
}

/* "receive N", "progress N WORDS", "done N [WORDS]". */
static int
step_instruction(struct exec *x)
{
	static const struct {
		const char *word;
		enum receipt_step step;
		int least, most; /* words */
	} steps[] = {
	    {"receive", RECEIPT_DO_RECEIVE, 2, 2},
	    {"progress", RECEIPT_DO_REPORT, 3, 3},
	    {"done", RECEIPT_DO_FINISH, 2, 3},
	};
	struct instruction_id id;
	struct receipt mine;
	struct json *j;
	size_t i = 0;
	int err;

	while (i < COUNT(steps) && strcmp(steps[i].word, x->words[0]) != 0)
		i++;
	if (i == COUNT(steps) || x->count < steps[i].least ||
	    x->count > steps[i].most || read_number(x->words[1], &id.v) != OK)
		return ERR_USAGE;
	err = receipt_mine(x->c, x->a, id, &mine);
	if (err == OK)
		err = receipt_fire(x->c, mine.id, steps[i].step,
		                   x->count == 3 ? x->words[2] : "");
	if (err == OK)
		err = receipt_mine(x->c, x->a, id, &mine);
	if (err != OK)
		return err;
	if (!x->json) {
		buf_addf(&x->out, "%" PRId64 "  %s\n", id.v,
		         _(receipt_states[mine.state].label));
		return OK;
	}
	j = json_new_object();
	json_set_int(j, "number", id.v);
	json_set_text(j, "state", receipt_states[mine.state].name);
	exec_json(x, j);
	return OK;
}

int
exec_instructions(struct exec *x)
{
	return x->count == 0 ? list_instructions(x) : step_instruction(x);
}

/* --- documents ----------------------------------------------------------- */

static int
list_documents(struct exec *x)
{
	struct document_line *rows;
	struct json *root, *list;
	int n, err = document_list(x->c, x->a, &rows, &n);

	if (err != OK)
		return err;
	for (int i = 0; !x->json && i < n; i++)
		buf_addf(&x->out, "%s  %s  %s  %6" PRId64 "\n",
		         text_pad(x->a, rows[i].name, 32, false),
		         text_pad(x->a,
		                  rows[i].unit.v != 0 ? rows[i].unit_name
		                                      : _("the county"),
		                  10, false),
		         text_pad(x->a, _(document_kinds[rows[i].kind].label),
		                  22, false),
		         rows[i].length);
	if (!x->json)
		return OK;
	list = json_new_array();
	for (int i = 0; i < n; i++) {
		struct json *j = json_new_object();

		json_set_text(j, "name", rows[i].name);
		json_set_text(j, "unit", rows[i].unit_name);
		json_set_text(j, "kind", document_kinds[rows[i].kind].name);
		json_set_int(j, "characters", rows[i].length);
		json_set_int(j, "times_replaced", rows[i].version);
		json_set_text(j, "saved_at",
		              instant_iso(x->a, rows[i].saved_at));
		json_add(list, j);
	}
	root = json_new_object();
	json_set(root, "documents", list);
	exec_json(x, root);
	return OK;
}

static int
get_document(struct exec *x, const char *name)
{
	struct document d;
	struct json *j;
	int err = document_named(x->c, x->a, name, &d);

	if (err != OK)
		return err;
	if (!x->json) {
		buf_addf(&x->out, "%s\n", d.text);
		return OK;
	}
	j = json_new_object();
	json_set_text(j, "name", d.name);
	json_set_text(j, "kind", document_kinds[d.kind].name);
	json_set_text(j, "text", d.text);
	exec_json(x, j);
	return OK;
}

/* What has the name keeps its kind; a new one is just a document. */
static int
put_document(struct exec *x, const char *name)
{
	struct document row = {.name = name, .kind = DOCUMENT_OTHER}, old;
	struct buf file = BUF_INIT;
	struct document_id id;
	int err = exec_read(x, &file, DOCUMENT_BYTES_MAX);

	if (err == OK)
		err = document_decode(x->a, file.data, file.len, &row.text);
	if (err == ERR_TOO_LONG)
		exec_say(x, "%s",
		         _("A document has at most 20,000 characters."));
	if (err == ERR_INVALID)
		exec_say(x, "%s",
		         _("This is no text in UTF-8 or GB18030; nothing was "
		           "written."));
	if (err == OK && document_named(x->c, x->a, name, &old) == OK)
		row.kind = old.kind;
	if (err == OK) {
		err = document_save(x->c, &row, &id);
		if (err == ERR_INVALID && x->c->fault_count > 0)
			exec_say(x, "%s", _(x->c->faults[0].text));
	}
	if (err == OK && x->json) {
		struct json *j = json_new_object();

		json_set_text(j, "name", name);
		json_set_int(j, "characters", (int64_t)text_length(row.text));
		exec_json(x, j);
	} else if (err == OK) {
		exec_say(x, _("Written: %s, %lld characters."), name,
		         (long long)text_length(row.text));
	}
	buf_clear(&file);
	return err;
}

int
exec_document(struct exec *x)
{
	if (x->count == 0)
		return list_documents(x);
	if (x->count == 1 && x->words[0][0] != '-')
		return get_document(x, x->words[0]);
	if (x->count == 2 && strcmp(x->words[0], "--put") == 0)
		return put_document(x, x->words[1]);
	if (x->count == 2 && strcmp(x->words[1], "--put") == 0)
		return put_document(x, x->words[0]);
	return ERR_USAGE;
}
