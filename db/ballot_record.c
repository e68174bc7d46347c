/* What is told of a ballot: to the page of a project that was on it, and in
 * the record as it is printed and signed, plain text. */
#include "db/ballot_in.h"
#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/project_in.h"
#include "db/unit.h"

enum { TITLE_COLUMNS = 36, COUNT_COLUMNS = 8, LABEL_COLUMNS = 22 };

const char *
ballot_name(int body)
{
	return body == BALLOT_ASSEMBLY
	           ? N_("Selection of livelihood projects by the assembly")
	           : N_("Vote of deputies on livelihood projects");
}

bool
ballot_is_counted(int outcome)
{
	return outcome == BALLOT_DECIDED || outcome == BALLOT_TIED;
}

/* --- to a project --------------------------------------------------------- */

/* clang-format off */
static const struct field of_project_fields[] = {
	FIELD(ballot_of_project, id,             REF,  ""),
	FIELD(ballot_of_project, title,          TEXT, ""),
	FIELD(ballot_of_project, meeting,        TEXT, ""),
	FIELD(ballot_of_project, body,           ENUM, "", .names = ballot_bodies),
	FIELD(ballot_of_project, kind,           ENUM, "", .names = ballot_kinds),
	FIELD(ballot_of_project, state,          ENUM, "", .names = ballot_states),
	FIELD(ballot_of_project, ballot_outcome, ENUM, "", .names = ballot_outcomes),
	FIELD(ballot_of_project, closed_at,      TIME, ""),
	FIELD(ballot_of_project, issued,         INT,  ""),
	FIELD(ballot_of_project, returned,       INT,  ""),
	FIELD(ballot_of_project, yes,            INT,  ""),
	FIELD(ballot_of_project, no,             INT,  ""),
	FIELD(ballot_of_project, abstain,        INT,  ""),
	FIELD(ballot_of_project, outcome,        ENUM, "", .names = option_outcomes),
	FIELD_END,
};
/* clang-format on */

int
ballots_of_project(struct ctx *c, struct arena *a, struct project_id id,
                   struct ballot_of_project **rows, int *n)
{
	enum { MOST = 20 };
	struct ballot_of_project *all;
	struct ballot seen;
	struct stmt *q;
	int count, kept = 0, err;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project, PROJECT_SQL_BALLOTS);
	bind_id(q, ":id", id.v);
	err =
	    stmt_all(q, a, of_project_fields, sizeof(*all), MOST, &all, &count);
	for (int i = 0; err == OK && i < count; i++) {
		err = ballot_get(c, a, all[i].id, &seen);
		all[i].may_open = err == OK;
		if (err == ERR_DENIED || err == ERR_NOT_FOUND)
			err = OK;
		if (all[i].may_open || all[i].state == BALLOT_CONFIRMED)
			all[kept++] = all[i];
	}
	if (err != OK)
		return err;
	*rows = all;
	*n = kept;
	return OK;
}

const char *
ballot_told(struct arena *a, const struct ballot_of_project *b)
{
	if (b->state < BALLOT_CLOSED)
		return _(ballot_states[b->state].label);
	if (!ballot_is_counted(b->ballot_outcome))
		return _(ballot_outcomes[b->ballot_outcome].label);
	if (b->kind == BALLOT_EACH)
		return arena_printf(
		    a,
		    _("for %lld, against %lld, neither %lld; papers %lld/%lld"),
		    (long long)b->yes, (long long)b->no, (long long)b->abstain,
		    (long long)b->returned, (long long)b->issued);
	return arena_printf(a, _("votes %lld; papers %lld/%lld"),
	                    (long long)b->yes, (long long)b->returned,
	                    (long long)b->issued);
}

/* --- printed -------------------------------------------------------------- */

static void
line(struct buf *b, struct arena *a, const char *label, const char *value)
{
	if (value[0] != '\0')
		buf_addf(b, "%s  %s\n",
		         text_pad(a, label, LABEL_COLUMNS, false), value);
}

static void
moment(struct buf *b, struct arena *a, const char *label, struct instant at)
{
	if (at.s != 0)
		line(b, a, label, instant_show(a, at, (struct day){0}));
}

static void
number(struct buf *b, struct arena *a, const char *label, int64_t n)
{
	line(b, a, label, arena_printf(a, "%lld", (long long)n));
}

static void
column(struct buf *b, struct arena *a, const char *text)
{
	buf_add(b, text_pad(a, text, COUNT_COLUMNS, true));
}

/* No columns of against and neither where only marks are counted. */
static void
table(struct buf *b, struct arena *a, const struct ballot *row,
      const struct ballot_option *options, int n)
{
	bool each = row->kind == BALLOT_EACH;

	buf_addf(b, "\n%s %s", text_pad(a, _("No."), 4, true),
	         text_pad(a, _("Candidate"), TITLE_COLUMNS, false));
	column(b, a, _("For"));
	if (each) {
		column(b, a, _("Against"));
		column(b, a, _("Neither"));
	}
	buf_addf(b, "  %s\n", _("Outcome"));
	for (int i = 0; i < n; i++) {
		const struct ballot_option *o = &options[i];

		buf_addf(b, "%4lld %s", (long long)o->position,
		         text_pad(a, text_fit(a, o->title, TITLE_COLUMNS),
		                  TITLE_COLUMNS, false));
		column(b, a, arena_printf(a, "%lld", (long long)o->yes));
		if (each) {
			column(b, a, arena_printf(a, "%lld", (long long)o->no));
			column(b, a,
			       arena_printf(a, "%lld", (long long)o->abstain));
		}
		buf_addf(b, "  %s\n", _(option_outcomes[o->outcome].label));
	}
}

static void
terms(struct buf *b, struct arena *a, const struct ballot *row, int options)
{
	number(b, a, _("Year"), row->year);
	number(b, a, _("Candidates"), options);
	number(b, a, _("Places"), row->places);
	line(b, a, _("How to vote"), _(ballot_kinds[row->kind].label));
	line(b, a, _("Who is selected"), _(ballot_rules[row->rule].label));
	line(b, a, _("At a tie"), _(ballot_ties[row->tie].label));
	moment(b, a, _("List frozen"), row->frozen_at);
	moment(b, a, _("Voting began"), row->opened_at);
	moment(b, a, _("Voting ended"), row->closed_at);
	moment(b, a, _("Confirmed"), row->confirmed_at);
	buf_add(b, "\n");
	number(b, a, _("On the list"), row->issued);
	number(b, a, _("Handed in"), row->returned);
	if (ballot_is_counted(row->outcome)) {
		number(b, a, _("Valid"), row->valid);
		number(b, a, _("Invalid"), row->invalid);
	}
	line(b, a, _("Outcome"), _(ballot_outcomes[row->outcome].label));
}

static void
write_record(struct buf *b, struct arena *a, const struct ballot *row,
             const char *unit, const struct ballot_option *options, int n)
{
	buf_addf(b, "%s\n%s\n%s\n\n", unit, _(ballot_name(row->body)),
	         row->title);
	terms(b, a, row, n);
	if (ballot_is_counted(row->outcome))
		table(b, a, row, options, n);
	else
		buf_addf(b, "\n%s\n",
		         _("No count is told of a ballot that does not "
		           "stand."));
	buf_add(b, "\n");
	line(b, a, _("Reason"), row->reason);
	line(b, a, _("Tellers"), row->tellers);
	buf_addf(b, "\n%s: ________________\n", _("Signature"));
}

int
ballot_record(struct ctx *c, struct arena *a, struct ballot_id id,
              const char **text)
{
	static const char sql[] =
	    "SELECT u.name FROM ballot JOIN unit AS u ON u.id = ballot.unit"
	    " WHERE ballot.id = :id AND @scope";
	struct buf b = BUF_INIT;
	struct ballot row;
	struct ballot_option *options;
	const char *unit = "";
	struct stmt *q;
	int n, err = ballot_get(c, a, id, &row);

	if (err == OK && row.state != BALLOT_CLOSED &&
	    row.state != BALLOT_CONFIRMED)
		err = ERR_STATE;
	if (err == OK)
		err = ballot_options(c, a, id, &options, &n);
	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_ballot, sql);
	bind_id(q, ":id", id.v);
	if (stmt_next(q))
		unit = arena_strdup(a, col_text(q, 0));
	err = stmt_end(q);
	if (err != OK)
		return err;
	write_record(&b, a, &row, unit, options, n);
	*text = arena_strdup(a, b.data);
	buf_clear(&b);
	return OK;
}
