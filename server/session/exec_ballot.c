/* Commands about ballots: list, show, vote, the record. What is voted is in
 * the command alone: it is neither printed nor logged. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/ballot.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "server/session/exec.h"

enum { NEWEST = 50 };

/* --- ballots -------------------------------------------------------------- */

static void
add_line(struct exec *x, const void *row)
{
	const struct ballot_line *r = row;

	buf_addf(&x->out,
	         "%6" PRId64 "  %s  %s  %3" PRId64 "/%-3" PRId64 "  %4" PRId64
	         "/%-4" PRId64 "  %s\n",
	         r->id.v, text_pad(x->a, r->title, 32, false),
	         text_pad(x->a, r->unit_name, 12, false), r->places, r->options,
	         r->returned, r->issued, _(ballot_states[r->state].label));
}

static struct json *
line_json(struct exec *x, const void *row)
{
	const struct ballot_line *r = row;
	struct json *j = json_new_object();

	(void)x;
	json_set_int(j, "number", r->id.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "unit", r->unit_name);
	json_set_text(j, "body", ballot_bodies[r->body].name);
	json_set_int(j, "year", r->year);
	json_set_int(j, "places", r->places);
	json_set_int(j, "candidates", r->options);
	json_set_int(j, "voters", r->issued);
	json_set_int(j, "handed_in", r->returned);
	json_set_text(j, "state", ballot_states[r->state].name);
	json_set_text(j, "outcome", ballot_outcomes[r->outcome].name);
	return j;
}

int
exec_ballots(struct exec *x)
{
	static const struct exec_list how = {"ballots", add_line, line_json};
	const struct list_query query = {0};
	int err = x->count > 0 ? ERR_USAGE : ballot_tick(x->c, NULL);

	return err == OK ? exec_list(x, &how, &ballot_list, &query, NEWEST)
	                 : err;
}

/* --- ballot N ---------------------------------------------------------------
 */

struct shown {
	struct ballot row;
	struct ballot_option *options;
	int n;
	bool listed, voted; /* the acting person */
};

static int
read_one(struct exec *x, const char *word, struct shown *s)
{
	struct ballot_voter me;
	struct ballot_id id;
	char *end;
	int err;

	id.v = strtoll(word, &end, 10);
	if (*word == '\0' || *end != '\0')
		return ERR_USAGE;
	err = ballot_tick(x->c, NULL);
	if (err == OK)
		err = ballot_get(x->c, x->a, id, &s->row);
	if (err == OK)
		err = ballot_options(x->c, x->a, id, &s->options, &s->n);
	if (err != OK)
		return err;
	err = ballot_mine(x->c, x->a, id, &me);
	s->listed = err == OK;
	s->voted = err == OK && me.voted;
	return err == ERR_NOT_FOUND ? OK : err;
}

static struct json *
option_json(const struct shown *s, const struct ballot_option *o)
{
	struct json *j = json_new_object();

	json_set_int(j, "position", o->position);
	json_set_int(j, "project", o->project.v);
	json_set_text(j, "title", o->title);
	if (!ballot_is_counted(s->row.outcome))
		return j;
	json_set_int(j, "for", o->yes);
	json_set_int(j, "against", o->no);
	json_set_int(j, "neither", o->abstain);
	json_set_text(j, "outcome", option_outcomes[o->outcome].name);
	return j;
}

static void
show_json(struct exec *x, const struct shown *s)
{
	const struct ballot *b = &s->row;
	struct json *j = json_new_object(), *list = json_new_array();

	json_set_int(j, "number", b->id.v);
	json_set_text(j, "title", b->title);
	json_set_text(j, "body", ballot_bodies[b->body].name);
	json_set_int(j, "year", b->year);
	json_set_text(j, "kind", ballot_kinds[b->kind].name);
	json_set_int(j, "places", b->places);
	json_set_text(j, "rule", ballot_rules[b->rule].name);
	json_set_text(j, "tie", ballot_ties[b->tie].name);
	json_set_text(j, "state", ballot_states[b->state].name);
	json_set_text(j, "outcome", ballot_outcomes[b->outcome].name);
	json_set_int(j, "voters", b->issued);
	json_set_int(j, "handed_in", b->returned);
	if (ballot_is_counted(b->outcome)) {
		json_set_int(j, "valid", b->valid);
		json_set_int(j, "invalid", b->invalid);
	}
	json_set_bool(j, "on_the_list", s->listed);
	json_set_bool(j, "voted", s->voted);
	for (int i = 0; i < s->n; i++)
		json_add(list, option_json(s, &s->options[i]));
	json_set(j, "candidates", list);
	exec_json(x, j);
}

static void
show_option(struct exec *x, const struct shown *s,
            const struct ballot_option *o)
{
	if (!ballot_is_counted(s->row.outcome)) {
		buf_addf(&x->out, "%4" PRId64 "  %s\n", o->position, o->title);
		return;
	}
	buf_addf(
	    &x->out,
	    "%4" PRId64 "  %4" PRId64 " %4" PRId64 " %4" PRId64 "  %s  %s\n",
	    o->position, o->yes, o->no, o->abstain,
	    text_pad(x->a, _(option_outcomes[o->outcome].label), 14, false),
	    o->title);
}

static int
show(struct exec *x, const char *word)
{
	struct shown s;
	int err = read_one(x, word, &s);

	if (err != OK)
		return err;
	if (x->json) {
		show_json(x, &s);
		return OK;
	}
	buf_addf(&x->out,
	         "%s\n%s  %s  %s %" PRId64 "/%d  %s %" PRId64 "/%" PRId64 "\n",
	         s.row.title, _(ballot_states[s.row.state].label),
	         _(ballot_outcomes[s.row.outcome].label), _("Places"),
	         s.row.places, s.n, _("Handed in"), s.row.returned,
	         s.row.issued);
	if (s.voted)
		buf_addf(&x->out, "%s\n",
		         _("You have handed in your paper; "
		           "it counts."));
	for (int i = 0; i < s.n; i++)
		show_option(x, &s, &s.options[i]);
	return OK;
}

/* --- ballot vote N MARKS
 * ------------------------------------------------------ */

/* "1,4,-9": for 1 and 4, against 9; "0": a blank paper. */
static int
parse_marks(const char *text, const struct shown *s,
            char marks[BALLOT_OPTIONS_MAX + 1])
{
	memset(marks, '0', (size_t)s->n);
	marks[s->n] = '\0';
	if (strcmp(text, "0") == 0)
		return OK;
	for (;;) {
		char mark = *text == '-' ? '-' : '+';
		char *end;
		long at;

		text += *text == '-';
		if (*text < '0' || *text > '9')
			return ERR_USAGE;
		at = strtol(text, &end, 10);
		if (at < 1 || at > s->n || marks[at - 1] != '0' ||
		    (mark == '-' && s->row.kind != BALLOT_EACH))
			return ERR_INVALID;
		marks[at - 1] = mark;
		if (*end == '\0')
			return OK;
		if (*end != ',')
			return ERR_USAGE;
		text = end + 1;
	}
}

static int
vote(struct exec *x, const char *word, const char *text)
{
	char marks[BALLOT_OPTIONS_MAX + 1];
	struct shown s;
	int err = read_one(x, word, &s);

	if (err == OK)
		err = parse_marks(text, &s, marks);
	if (err == OK)
		err = ballot_vote(x->c, s.row.id, marks);
	secret_wipe(marks, sizeof(marks));
	if (err == ERR_USAGE)
		return err;
	if (err != OK) {
		exec_say(x, "%s", _(ballot_refusal(err)));
		x->said = true;
		return err;
	}
	if (x->json) {
		struct json *j = json_new_object();

		json_set_int(j, "number", s.row.id.v);
		json_set_bool(j, "voted", true);
		exec_json(x, j);
		return OK;
	}
	buf_addf(&x->out, "%s\n", _("Your paper was handed in; it counts."));
	return OK;
}

static int
record(struct exec *x, const char *word)
{
	const char *text;
	struct shown s;
	int err = read_one(x, word, &s);

	if (err == OK)
		err = ballot_record(x->c, x->a, s.row.id, &text);
	if (err != OK)
		return err;
	if (x->json) {
		struct json *j = json_new_object();

		json_set_int(j, "number", s.row.id.v);
		json_set_text(j, "record", text);
		exec_json(x, j);
	} else {
		buf_add(&x->out, text);
	}
	return OK;
}

int
exec_ballot(struct exec *x)
{
	if (x->count == 1)
		return show(x, x->words[0]);
	if (x->count == 3 && strcmp(x->words[0], "vote") == 0)
		return vote(x, x->words[1], x->words[2]);
	if (x->count == 2 && strcmp(x->words[0], "record") == 0)
		return record(x, x->words[1]);
	return ERR_USAGE;
}
