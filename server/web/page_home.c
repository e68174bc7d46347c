/*
 * The address without anything behind it. A bound telephone gets what its
 * person looks for: an officer today's activities, a deputy what comes next
 * and what was counted; anybody else what this is, and no more.
 */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/duty_record.h"
#include "db/office.h"
#include "db/participant.h"
#include "db/person.h"
#include "server/web/clerk.h"

enum { NEXT = 5, LATEST = 5 };

static void
show_public(struct request *r)
{
	page_begin(r, 200, r->web->cfg->site_name);
	html_addf(&r->out, "<p>%s</p>\n",
	          _("Scan the code of a liaison station, a deputy or an "
	            "activity: it opens the page that belongs to it."));
	page_end(r);
}

/* --- a deputy's own --------------------------------------------------- */

static const char *
points(struct arena *a, int64_t tenths)
{
	return arena_printf(a, "%lld.%lld", (long long)tenths / 10,
	                    (long long)tenths % 10);
}

static int
add_next(struct request *r, struct ctx *c)
{
	struct list_query query = {.order = ACTIVITY_BY_START,
	                           .value_count = 1};
	const struct activity_line *rows;
	struct day today = ctx_today(c);
	struct list_page page;
	int err;

	query.values[0] = (struct list_value){ACTIVITY_LIST_FROM,
	                                      clock_at(today, 0, 0).s, NULL};
	err = list_fetch(c, r->a, &activity_mine_list, &query, LIST_FIRST, NULL,
	                 NEXT, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	html_addf(&r->out, "<h2>%s</h2>\n<ul>\n", _("My next activities"));
	for (int i = 0; i < page.n; i++)
		html_addf(&r->out,
		          "<li>%s<br><span class=\"dim\">%s&nbsp; %s&nbsp; "
		          "%s</span></li>\n",
		          rows[i].title,
		          instant_show(r->a, rows[i].starts_at, today),
		          rows[i].venue,
		          rows[i].state == ACTIVITY_CANCELLED
		              ? _(activity_states[ACTIVITY_CANCELLED].label)
		          : rows[i].mine < 0
		              ? ""
		              : _(participant_states[rows[i].mine].label));
	html_addf(&r->out, "</ul>\n");
	if (page.n == 0)
		html_addf(&r->out, "<p>%s</p>\n",
		          _("You are invited to nothing at the moment."));
	return OK;
}

static int
add_records(struct request *r, struct ctx *c)
{
	struct list_query query = {.value_count = 1};
	const struct duty_line *rows;
	struct day today = ctx_today(c);
	struct duty_year year;
	struct list_page page;
	int err = duty_year_get(c, r->a, (struct person_id){c->me}, today.year,
	                        &year);

	query.values[0] = (struct list_value){DUTY_LIST_PERSON, c->me, NULL};
	if (err == OK)
		err = list_fetch(c, r->a, &duty_record_list, &query, LIST_FIRST,
		                 NULL, LATEST, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	html_addf(&r->out, "<h2>%s</h2>\n<p>", _("Latest records"));
	html_addf(&r->out, "%s: ", _("This year"));
	html_addf(
	    &r->out, "%s</p>\n<ul>\n",
	    arena_printf(r->a,
	                 P_("%lld record, %s points", "%lld records, %s points",
	                    (unsigned long)year.records),
	                 (long long)year.records, points(r->a, year.points)));
	for (int i = 0; i < page.n; i++)
		html_addf(&r->out,
		          "<li>%s<br><span class=\"dim\">%s&nbsp; %s&nbsp; "
		          "+%s</span></li>\n",
		          rows[i].title,
		          day_show(r->a, day_of(rows[i].happened_at), today),
		          role_label(rows[i].kind_label, rows[i].kind_label_en),
		          points(r->a, rows[i].points));
	html_addf(&r->out, "</ul>\n");
	return OK;
}

void
own_part(struct request *r, struct ctx *c)
{
	int err = add_next(r, c);

	if (err == OK)
		err = add_records(r, c);
	if (err != OK)
		clerk_wrong(r, c, err);
}

static void
show_own(struct request *r, struct ctx *c)
{
	page_begin(r, 200, person_name(c, r->a, (struct person_id){c->me}));
	own_part(r, c);
	page_end(r);
}

/* --- who asks --------------------------------------------------------- */

static void
on_known(struct request *r, const struct ask_answer *answer)
{
	struct ctx c;

	if (answer->err == ERR_DENIED)
		r->new_phone = "";
	if (answer->err != OK) {
		show_public(r);
		return;
	}
	if (ctx_open_able(&c, r->web->store, answer->account,
	                  PERM_ACTIVITY_WRITE) == OK) {
		web_ctx(&c);
		clerk_page(r, &c);
	} else if (ctx_open_able(&c, r->web->store, answer->account,
	                         PERM_ACTIVITY_JOIN) == OK) {
		web_ctx(&c);
		show_own(r, &c);
	} else {
		show_public(r);
	}
}

void
page_home(struct request *r)
{
	if (*r->cookie != '\0')
		ask_prove(r, PROOF_PHONE, "", r->cookie, on_known);
	else
		show_public(r);
}
