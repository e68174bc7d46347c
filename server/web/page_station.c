/* /S/<token>: a liaison station for the people around it. */
#include <string.h>

#include "db/public.h"
#include "db/public_law.h"
#include "db/public_project.h"
#include "server/web/message.h"

static void
pair(struct buf *out, const char *label, const char *value)
{
	if (*value != '\0')
		html_addf(out, "<dt>%s</dt><dd>%s</dd>\n", label, value);
}

static void
add_station(struct request *r, const struct public_station *s)
{
	struct buf *out = &r->out;

	html_addf(out, "<dl>\n");
	pair(out, _("Address"), s->address);
	pair(out, _("Opening hours"), s->hours);
	if (*s->phone != '\0')
		html_addf(out,
		          "<dt>%s</dt><dd><a class=\"act\" href=\"tel:%s\">%s"
		          "</a></dd>\n",
		          _("Telephone"), s->phone, s->phone);
	html_addf(out, "</dl>\n");
	html_add_lines(out, s->profile);
}

/* A day and a place once, with everybody who is there. */
static void
add_receptions(struct request *r, const struct public_reception *rows, int n)
{
	struct buf *out = &r->out;
	struct day today = ctx_today(&r->web->public);

	html_addf(out, "<h2>%s</h2>\n", _("Next receptions"));
	if (n == 0) {
		html_addf(out, "<p>%s</p>\n",
		          _("None is announced at the moment."));
		return;
	}
	html_addf(out, "<ul>\n");
	for (int i = 0; i < n;) {
		const struct public_reception *first = &rows[i];

		html_addf(out, "<li><strong>%s - %s</strong>",
		          instant_show(r->a, first->starts_at, today),
		          instant_show_time(r->a, first->ends_at));
		if (*first->place != '\0')
			html_addf(out, " %s", first->place);
		html_addf(out, "<br>");
		for (int k = i;
		     i < n && rows[i].starts_at.s == first->starts_at.s &&
		     strcmp(rows[i].place, first->place) == 0;
		     i++)
			html_addf(out, "%s%s", i > k ? ", " : "", rows[i].name);
		html_addf(out, "</li>\n");
	}
	html_addf(out, "</ul>\n");
}

static const char *
level(const struct public_deputy *d)
{
	if (d->county && d->town)
		return _("county and town deputy");
	return d->county ? _("county deputy") : _("town deputy");
}

/* The day of the reception that this deputy is at next; NULL: none. */
static const char *
next_day(struct request *r, struct person_id person,
         const struct public_reception *rows, int n)
{
	struct day today = ctx_today(&r->web->public);

	for (int i = 0; i < n; i++)
		if (rows[i].person.v == person.v)
			return instant_show(r->a, rows[i].starts_at, today);
	return NULL;
}

static void
add_deputies(struct request *r, const struct public_deputy *deputies, int n,
             const struct public_reception *rows, int row_n)
{
	struct buf *out = &r->out;

	html_addf(out, "<h2>%s</h2>\n<ul>\n", _("Deputies"));
	for (int i = 0; i < n; i++) {
		const char *day = next_day(r, deputies[i].person, rows, row_n);

		html_addf(out, "<li>%s <span class=\"dim\">%s",
		          deputies[i].name, level(&deputies[i]));
		if (day != NULL)
			html_addf(out, " &middot; %s %s", _("receives people"),
			          day);
		html_addf(out, "</span></li>\n");
	}
	html_addf(out, "</ul>\n");
}

static void
add_projects(struct request *r, const struct public_project_line *rows, int n)
{
	struct buf *out = &r->out;

	if (n == 0)
		return;
	html_addf(out, "<h2>%s</h2>\n<ul>\n", _("Livelihood projects"));
	for (int i = 0; i < n; i++)
		html_addf(out,
		          "<li><a class=\"act\" href=\"%s\">%s</a><br><span "
		          "class=\"dim\">"
		          "%lld &middot; %s &middot; %lld%%</span></li>\n",
		          page_link(r, arena_printf(r->a, "/J/%lld",
		                                    (long long)rows[i].id.v)),
		          rows[i].title, (long long)rows[i].year,
		          public_project_light(&r->web->public, rows[i].state,
		                               rows[i].warn_on, rows[i].due_on),
		          (long long)rows[i].done);
	html_addf(out, "</ul>\n");
}

static void
add_laws(struct request *r, const struct public_law_line *rows, int n)
{
	struct buf *out = &r->out;
	struct day today = ctx_today(&r->web->public);

	if (n == 0)
		return;
	html_addf(out, "<h2>%s</h2>\n<ul>\n", _("Published drafts"));
	for (int i = 0; i < n; i++)
		html_addf(
		    out,
		    "<li><a class=\"act\" href=\"%s\">%s</a><br>"
		    "<span class=\"dim\">"
		    "%s - %s &middot; %s</span></li>\n",
		    page_link(r, arena_printf(r->a, "/L/%s", rows[i].token)),
		    rows[i].title, day_show(r->a, rows[i].from_on, today),
		    day_show(r->a, rows[i].to_on, today),
		    _(consultation_states[rows[i].state].label));
	html_addf(out, "</ul>\n");
}

void
page_station(struct request *r)
{
	struct ctx *c = &r->web->public;
	struct public_station station;
	struct public_deputy *deputies;
	struct public_reception *rows;
	const char *wrong = NULL;
	struct public_project_line *projects;
	struct public_law_line *laws;
	bool proposes;
	struct code code;
	int n, row_n, project_n, law_n, err;

	err = public_code(c, r->a, CODE_STATION, r->token, &code);
	if (err == OK)
		err = public_station(c, r->a, (struct station_id){code.subject},
		                     &station);
	if (err == OK)
		err = public_receptions(
		    c, r->a, (struct station_id){code.subject}, &rows, &row_n);
	if (err == OK)
		err = public_deputies(
		    c, r->a, (struct station_id){code.subject}, &deputies, &n);
	if (err == OK)
		err =
		    public_projects(c, r->a, code.unit, &projects, &project_n);
	if (err == OK)
		err = public_laws(c, r->a, code.unit, &laws, &law_n);
	if (err != OK) {
		page_no_code(r, err);
		return;
	}
	proposes = r->is_post && proposal_is(r);
	if (r->is_post && (proposes ? proposal_take(r, &code, &wrong)
	                            : message_take(r, &code, &wrong)))
		return;
	if (!r->is_post)
		views_count(r->web, code.id);
	page_begin(r, 200, station.name);
	add_station(r, &station);
	add_receptions(r, rows, row_n);
	message_form(r,
	             _("The staff of the liaison station and of the congress, "
	               "a deputy who goes into it, and an office that is asked "
	               "to handle it will read this. Nothing of it is "
	               "published."),
	             proposes ? NULL : wrong);
	add_laws(r, laws, law_n);
	add_projects(r, projects, project_n);
	proposal_form(r, proposes ? wrong : NULL);
	add_deputies(r, deputies, n, rows, row_n);
	page_end(r);
}
