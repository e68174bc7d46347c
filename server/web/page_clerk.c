/*
 * /M/: the telephone of who runs activities. Those of today, and a new one
 * with four fields of which only the title must be typed; it is prepared,
 * published and its code minted by the same function as in the terminal.
 */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/place.h"
#include "server/web/clerk.h"

enum { TODAY = 40, DAY = 86400 };

/* What a new one is made of; strings as typed. */
struct entry {
	struct activity row;
	const char *when; /* "14:05" */
	bool sent;
};

static void
refuse(struct request *r)
{
	page_say(r, 403, _("This cannot be done here"),
	         _("This page is for telephones that are bound to who runs "
	           "activities. Bind this one in the terminal, under F2, My "
	           "settings, Telephones."));
}

void
clerk_ask(struct request *r, ask_done *done)
{
	if (*r->cookie == '\0')
		refuse(r);
	else if (r->is_post && !request_is_sealed(r))
		page_say(r, 403, _("That did not work"),
		         _("This page was open for too long. Please send it "
		           "once more."));
	else
		ask_prove(r, PROOF_PHONE, "", r->cookie, done);
}

int
clerk_open(struct request *r, const struct ask_answer *answer, enum perm perm,
           struct ctx *c)
{
	int err = answer->err;

	if (err == ERR_DENIED)
		r->new_phone = "";
	if (err == OK)
		err = ctx_open_able(c, r->web->store, answer->account, perm);
	if (err == OK) {
		web_ctx(c);
		return OK;
	}
	if (err == ERR_DENIED || err == ERR_NOT_FOUND)
		refuse(r);
	else
		page_say(r, 503, _("That did not work"),
		         _("That could not be checked just now; please try "
		           "again."));
	return err;
}

void
clerk_wrong(struct request *r, const struct ctx *c, int err)
{
	if (err == ERR_INVALID && c->fault_count > 0)
		for (int i = 0; i < c->fault_count; i++)
			html_addf(&r->out,
			          "<p class=\"bad\" role=\"alert\">%s</p>\n",
			          _(c->faults[i].text));
	else
		html_addf(&r->out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          _(err_msgid(err)));
}

/* --- today ------------------------------------------------------------ */

static int
add_today(struct request *r, struct ctx *c)
{
	struct instant from = clock_at(ctx_today(c), 0, 0);
	struct list_query query = {.order = ACTIVITY_BY_START,
	                           .value_count = 2};
	const struct activity_line *rows;
	struct list_page page;
	int err;

	query.values[0] = (struct list_value){ACTIVITY_LIST_FROM, from.s, NULL};
	query.values[1] =
	    (struct list_value){ACTIVITY_LIST_UNTIL, from.s + DAY, NULL};
	err = list_fetch(c, r->a, &activity_list, &query, LIST_FIRST, NULL,
	                 TODAY, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	if (page.n == 0)
		html_addf(&r->out, "<p>%s</p>\n",
		          _("No activity takes place today."));
	html_addf(&r->out, "<ul>\n");
	for (int i = 0; i < page.n; i++) {
		const char *to =
		    arena_printf(r->a, "/M/%lld", (long long)rows[i].id.v);

		html_addf(&r->out,
		          "<li><a class=\"go\" href=\"%s\">%s</a>%s&nbsp; "
		          "%lld / %lld&nbsp; ",
		          page_link(r, to), rows[i].title,
		          _(activity_states[rows[i].state].label),
		          (long long)rows[i].present, (long long)rows[i].total);
		html_addf(&r->out,
		          "<span class=\"dim\">%s - %s&nbsp; %s</span></li>\n",
		          instant_show_time(r->a, rows[i].starts_at),
		          instant_show_time(r->a, rows[i].ends_at),
		          rows[i].venue);
	}
	html_addf(&r->out, "</ul>\n");
	return OK;
}

/* --- a new one -------------------------------------------------------- */

static int
add_kinds(struct request *r, struct ctx *c, const struct entry *e)
{
	struct activity_kind *kinds;
	int n, err = activity_kind_list(c, r->a, &kinds, &n);

	if (err != OK)
		return err;
	html_addf(&r->out,
	          "<label for=\"kind\">%s</label>\n"
	          "<select id=\"kind\" name=\"kind\">\n",
	          _("Kind"));
	for (int i = 0; i < n; i++)
		if (kinds[i].in_use)
			html_addf(&r->out,
			          "<option value=\"%s\"%s>%s</option>\n",
			          kinds[i].name,
			          strcmp(kinds[i].name, e->row.kind) == 0
			              ? " selected"
			              : "",
			          activity_kind_label(kinds[i].label,
			                              kinds[i].label_en));
	html_addf(&r->out, "</select>\n");
	return OK;
}

/* The rooms and points of the station, the first of which is proposed. */
static int
add_places(struct request *r, struct ctx *c, const struct entry *e)
{
	const char *value = e->row.venue;
	struct place *places;
	int n, err = place_list(c, r->a, e->row.station, &places, &n);

	if (err != OK)
		return err;
	for (int i = 0; i < n && !e->sent && *value == '\0'; i++)
		if (places[i].closed_on.year == 0)
			value = places[i].name;
	html_addf(&r->out,
	          "<label for=\"place\">%s</label>\n"
	          "<input id=\"place\" name=\"place\" list=\"places\" "
	          "value=\"%s\" required maxlength=\"%d\">\n"
	          "<datalist id=\"places\">\n",
	          _("Place"), value, (int)ACTIVITY_VENUE_MAX);
	for (int i = 0; i < n; i++)
		if (places[i].closed_on.year == 0)
			html_addf(&r->out, "<option value=\"%s\">\n",
			          places[i].name);
	html_addf(&r->out, "</datalist>\n");
	return OK;
}

static int
add_form(struct request *r, struct ctx *c, const struct entry *e, int wrong)
{
	int err;

	html_addf(&r->out, "<details%s><summary>%s</summary>\n",
	          e->sent ? " open" : "", _("Quick activity"));
	if (wrong != OK)
		clerk_wrong(r, c, wrong);
	page_form(r);
	html_addf(&r->out,
	          "<label for=\"title\">%s</label>\n"
	          "<input id=\"title\" name=\"title\" value=\"%s\" required "
	          "maxlength=\"%d\">\n",
	          _("Title"), e->row.title, (int)ACTIVITY_TITLE_MAX);
	err = add_kinds(r, c, e);
	if (err == OK)
		err = add_places(r, c, e);
	html_addf(&r->out,
	          "<label for=\"when\">%s</label>\n"
	          "<input id=\"when\" name=\"when\" type=\"time\" "
	          "value=\"%s\" required>\n"
	          "<button>%s</button>\n</form>\n</details>\n",
	          _("Begins today at"), e->when,
	          _("Publish and show the code"));
	return err;
}

static void
propose(struct request *r, struct ctx *c, struct entry *e)
{
	struct instant now = ctx_now(c);

	*e = (struct entry){.when = instant_show_time(r->a, now)};
	activity_default(c, &e->row);
}

/* The place of that name is meant, when the station has one. */
static int
read_place(struct request *r, struct ctx *c, struct activity *row)
{
	struct place *places;
	int n, err = place_list(c, r->a, row->station, &places, &n);

	for (int i = 0; err == OK && i < n; i++)
		if (places[i].closed_on.year == 0 &&
		    strcmp(places[i].name, row->venue) == 0)
			row->place = places[i].id;
	return err;
}

/* Its kind brings the window of the sign-in, as in the terminal's form. */
static int
read_kind(struct request *r, struct ctx *c, struct activity *row)
{
	struct activity_kind *kinds;
	int n, err = activity_kind_list(c, r->a, &kinds, &n);

	for (int i = 0; err == OK && i < n; i++)
		if (strcmp(kinds[i].name, row->kind) == 0) {
			row->before_minutes = kinds[i].before_minutes;
			row->after_minutes = kinds[i].after_minutes;
		}
	return err;
}

static int
read_when(struct ctx *c, struct entry *e)
{
	enum { HOURS = 2 };
	int hour, minute;

	if (clock_parse_time(e->when, &hour, &minute) != OK) {
		ctx_check_begin(c);
		ctx_fault(c, "when", N_("A time looks like 14:00."));
		return ctx_check_end(c);
	}
	e->row.starts_at = clock_at(ctx_today(c), hour, minute);
	e->row.ends_at.s = e->row.starts_at.s + HOURS * 3600;
	return OK;
}

/* Prepared, published and its code minted in one event; the clock opens it
 * when its window has begun. */
static int
take(struct request *r, struct ctx *c, struct entry *e, struct activity_id *id)
{
	int err;

	e->sent = true;
	e->row.title = form_value(&r->form, "title");
	e->row.kind = form_value(&r->form, "kind");
	e->row.venue = form_value(&r->form, "place");
	e->when = form_value(&r->form, "when");
	err = read_when(c, e);
	if (err == OK)
		err = read_kind(r, c, &e->row);
	if (err == OK)
		err = read_place(r, c, &e->row);
	if (err == OK)
		err = activity_add(c, &e->row, NULL, true, id);
	if (err == OK)
		err = activity_tick(c, NULL);
	return err;
}

/* --- the page --------------------------------------------------------- */

static void
show(struct request *r, struct ctx *c, const struct entry *e, int wrong)
{
	struct ctx own;
	int err = activity_tick(c, NULL);

	page_begin(r, page_status_of(wrong), _("Today's activities"));
	if (err == OK)
		err = add_today(r, c);
	if (err == OK && e->row.station.v != 0)
		err = add_form(r, c, e, wrong);
	if (err != OK)
		clerk_wrong(r, c, err);
	if (ctx_open_able(&own, r->web->store, c->account,
	                  PERM_ACTIVITY_JOIN) == OK)
		own_part(r, &own);
	page_end(r);
}

void
clerk_page(struct request *r, struct ctx *c)
{
	struct entry e;

	r->path = "/M/";
	propose(r, c, &e);
	show(r, c, &e, OK);
}

static void
on_known(struct request *r, const struct ask_answer *answer)
{
	struct activity_id id;
	struct entry e;
	struct ctx c;
	int err;

	if (clerk_open(r, answer, PERM_ACTIVITY_WRITE, &c) != OK)
		return;
	if (!r->is_post) {
		clerk_page(r, &c);
		return;
	}
	propose(r, &c, &e);
	err = take(r, &c, &e, &id);
	if (err == OK)
		page_go(r, arena_printf(r->a, "/M/%lld", (long long)id.v));
	else
		show(r, &c, &e, err);
}

void
page_clerk(struct request *r)
{
	clerk_ask(r, on_known);
}
