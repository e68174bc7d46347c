/*
 * /M/<number>: an activity on the clerk's telephone. Its code as wide as the
 * screen with who signed in, which asks again by itself; and, each a page of
 * its own that stands still, signing in by hand and ending it.
 */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/code.h"
#include "db/mandate.h"
#include "db/participant.h"
#include "db/person.h"
#include "server/web/clerk.h"

enum {
	REFRESH_S = 4,
	NEWEST = 60,  /* sign-ins shown at most */
	MISSING = 60, /* to choose from, by hand */
	OTHERS = 20,
	REASON_MAX = 200
};

struct shown {
	struct activity_page a;
	struct code code; /* as it shows itself now */
	bool minted;
};

static int
load(struct request *r, struct ctx *c, struct shown *s)
{
	struct activity_id id = {r->number};
	int err = activity_tick(c, NULL);

	if (err == OK)
		err = activity_page_get(c, r->a, id, &s->a);
	if (err != OK)
		return err;
	err = code_for_activity(c, r->a, id, &s->code);
	s->minted = err == OK;
	if (err == OK)
		err = code_shown(c, r->a, &s->code, &s->code);
	return err == ERR_NOT_FOUND ? OK : err;
}

static const char *
number_link(struct request *r, const char *what)
{
	const char *path = page_link(r, r->path);

	if (*what == '\0')
		return path;
	return arena_printf(r->a, "%s%cdo=%s", path,
	                    strchr(path, '?') != NULL ? '&' : '?', what);
}

/* --- the code and who signed in --------------------------------------- */

static const char *
remark(const struct participant_line *line)
{
	if (line->walk_in && !line->confirmed)
		return _("walk-in?");
	if (line->state == PARTICIPANT_LATE)
		return _("late");
	return line->way == WAY_HAND ? _("by hand") : "";
}

static int
add_newest(struct request *r, struct ctx *c, const struct shown *s)
{
	struct list_query query = {.order = PARTICIPANT_BY_NEWEST,
	                           .value_count = 1};
	const struct participant_line *rows;
	struct list_page page;
	int err;

	query.values[0] =
	    (struct list_value){PARTICIPANT_LIST_SIGNED, s->a.row.id.v, NULL};
	err = list_fetch(c, r->a, &participant_list, &query, LIST_FIRST, NULL,
	                 NEWEST, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	html_addf(&r->out, "<h2 role=\"status\">");
	html_addf(&r->out, "%s</h2>\n<ul>\n",
	          arena_printf(r->a, _("Signed in %lld / %lld"),
	                       (long long)s->a.roll.present,
	                       (long long)s->a.roll.total));
	for (int i = 0; i < page.n; i++)
		html_addf(
		    &r->out,
		    "<li>%s&nbsp; %s <span class=\"dim\">%s</span></li>\n",
		    instant_show_time(r->a, rows[i].signed_at), rows[i].name,
		    remark(&rows[i]));
	html_addf(&r->out, "</ul>\n");
	return OK;
}

static void
add_code(struct request *r, const struct shown *s)
{
	const char *url = r->web->cfg->http_public_url;

	if (url != NULL && *url != '\0')
		page_qr(r, code_payload(r->a, &s->code, url), true);
	html_addf(&r->out, "<p>%s <span class=\"code\">%s</span></p>\n",
	          _("Short code"), code_spaced(r->a, s->code.short_code));
}

static void
add_state(struct request *r, struct ctx *c, const struct shown *s)
{
	const struct activity *row = &s->a.row;

	html_addf(&r->out, "<p>%s&nbsp; %s - %s&nbsp; %s</p>\n",
	          _(activity_states[row->state].label),
	          instant_show(r->a, row->starts_at, ctx_today(c)),
	          instant_show_time(r->a, row->ends_at), row->venue);
	if (row->state == ACTIVITY_CLOSED)
		html_addf(&r->out, "<p>%s</p>\n",
		          _("The roll is confirmed in the terminal."));
}

static void
add_deeds(struct request *r, const struct ctx *c, const struct shown *s)
{
	int state = s->a.row.state;

	if (state == ACTIVITY_PUBLISHED) {
		page_form(r);
		html_addf(&r->out,
		          "<button name=\"do\" value=\"open\">%s</button>\n"
		          "</form>\n",
		          _("Open the sign-in"));
	}
	if ((state == ACTIVITY_OPEN || state == ACTIVITY_CLOSED) &&
	    may(c, PERM_ACTIVITY_ROLL))
		html_addf(&r->out, "<a class=\"go\" href=\"%s\">%s</a>\n",
		          number_link(r, "hand"), _("Sign in by hand"));
	if (state == ACTIVITY_OPEN)
		html_addf(&r->out, "<a class=\"go\" href=\"%s\">%s</a>\n",
		          number_link(r, "end"), _("Close the sign-in"));
	html_addf(&r->out, "<a class=\"go\" href=\"%s\">%s</a>\n",
	          page_link(r, "/M/"), _("Today's activities"));
}

static void
show(struct request *r, struct ctx *c, const struct shown *s, int wrong)
{
	bool open = s->a.row.state == ACTIVITY_OPEN && s->minted &&
	            code_usable(c, &s->code) == OK;
	int err;

	r->refresh_s = open && !r->is_post ? REFRESH_S : 0;
	page_begin(r, page_status_of(wrong), s->a.row.title);
	if (wrong != OK)
		clerk_wrong(r, c, wrong);
	if (open)
		add_code(r, s);
	add_state(r, c, s);
	err = add_newest(r, c, s);
	if (err != OK)
		clerk_wrong(r, c, err);
	add_deeds(r, c, s);
	page_end(r);
}

/* --- by hand ---------------------------------------------------------- */

static void
add_person(struct request *r, struct person_id id, const char *name,
           const char *what)
{
	int64_t chosen = 0;

	(void)form_number(form_value(&r->form, "person"), &chosen);
	html_addf(&r->out,
	          "<label class=\"pick\"><input type=\"radio\" "
	          "name=\"person\" value=\"%lld\" required%s>%s&nbsp; "
	          "<span class=\"dim\">%s</span></label>\n",
	          (long long)id.v, id.v == chosen ? " checked" : "", name,
	          what);
}

/* Those invited who are not there yet. */
static int
add_missing(struct request *r, struct ctx *c, const struct shown *s,
            const char *find, int *shown)
{
	struct list_query query = {.order = PARTICIPANT_BY_ROLL,
	                           .value_count = 1};
	const struct participant_line *rows;
	struct list_page page;
	int err;

	query.values[0] =
	    (struct list_value){PARTICIPANT_LIST_ACTIVITY, s->a.row.id.v, NULL};
	if (*find != '\0')
		list_where(&query, PARTICIPANT_LIST_FIND, 0, find);
	err = list_fetch(c, r->a, &participant_list, &query, LIST_FIRST, NULL,
	                 200, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	for (int i = 0; i < page.n && *shown < MISSING; i++) {
		if (rows[i].state == PARTICIPANT_SIGNED_IN ||
		    rows[i].state == PARTICIPANT_LATE)
			continue;
		add_person(r, rows[i].person, rows[i].name,
		           _(participant_states[rows[i].state].label));
		++*shown;
	}
	return OK;
}

/* Deputies of that name who are not on the roll. */
static int
add_others(struct request *r, struct ctx *c, const struct shown *s,
           const char *find, int *shown)
{
	struct list_query query = {.value_count = 1};
	const struct deputy_line *rows;
	struct list_page page;
	bool is_on = false;
	int err;

	query.values[0] = (struct list_value){DEPUTY_LIST_FIND, 0, find};
	err = list_fetch(c, r->a, &deputy_list, &query, LIST_FIRST, NULL,
	                 OTHERS, &page);
	if (err != OK)
		return err == ERR_DENIED ? OK : err;
	rows = page.rows;
	for (int i = 0; err == OK && i < page.n; i++) {
		err = participant_is_on(c, s->a.row.id, rows[i].person, &is_on);
		if (err != OK || is_on)
			continue;
		add_person(r, rows[i].person, rows[i].name, _("not invited"));
		++*shown;
	}
	return err;
}

static void
add_search(struct request *r, const char *find)
{
	html_addf(&r->out,
	          "<form method=\"get\" action=\"%s\">\n"
	          "<input type=\"hidden\" name=\"do\" value=\"hand\">\n",
	          r->path);
	if (r->language_said)
		html_addf(
		    &r->out,
		    "<input type=\"hidden\" name=\"lang\" value=\"%s\">\n",
		    language_name(r->language));
	html_addf(&r->out,
	          "<label for=\"find\">%s</label>\n"
	          "<input id=\"find\" name=\"find\" type=\"search\" "
	          "value=\"%s\" maxlength=\"30\">\n"
	          "<button>%s</button>\n</form>\n",
	          _("Name or initials, also of who was not invited"), find,
	          _("Search"));
}

/* What is looked for: of an address it is encoded as in a form. It is kept
 * when what was sent is to be corrected. */
static const char *
looked_for(struct request *r)
{
	const char *raw = http_parameter(r, "find"), *text;
	struct form form;

	if (r->is_post)
		return form_value(&r->form, "find");
	if (raw == NULL)
		return "";
	text = arena_printf(r->a, "find=%s", raw);
	if (form_parse(r->a, text, strlen(text), &form) != OK)
		return "";
	return form_value(&form, "find");
}

static void
show_by_hand(struct request *r, struct ctx *c, const struct shown *s, int wrong)
{
	const char *typed = looked_for(r);
	const char *find = person_find_text(r->a, typed);
	int n = 0, err;

	page_begin(r, page_status_of(wrong), _("Sign in by hand"));
	html_addf(&r->out, "<p>%s</p>\n", s->a.row.title);
	if (wrong != OK)
		clerk_wrong(r, c, wrong);
	add_search(r, typed);
	page_form(r);
	html_addf(&r->out,
	          "<input type=\"hidden\" name=\"find\" value=\"%s\">\n",
	          typed);
	err = add_missing(r, c, s, find, &n);
	if (err == OK && *find != '\0')
		err = add_others(r, c, s, find, &n);
	if (err != OK)
		clerk_wrong(r, c, err);
	if (n > 0)
		html_addf(&r->out,
		          "<label for=\"reason\">%s</label>\n"
		          "<input id=\"reason\" name=\"reason\" required "
		          "maxlength=\"%d\" value=\"%s\">\n"
		          "<button name=\"do\" value=\"hand\">%s</button>\n",
		          _("Reason for signing in by hand"), (int)REASON_MAX,
		          form_value(&r->form, "reason"), _("Sign in"));
	else
		html_addf(&r->out, "<p>%s</p>\n",
		          _("Nobody of that name is missing."));
	html_addf(&r->out, "</form>\n<a class=\"go\" href=\"%s\">%s</a>\n",
	          number_link(r, ""), _("Back to the code"));
	page_end(r);
}

static int
sign_in(struct request *r, struct ctx *c)
{
	struct check_in in;
	struct person_id person;

	if (!form_number(form_value(&r->form, "person"), &person.v)) {
		ctx_check_begin(c);
		ctx_fault(c, "person", N_("Choose a person."));
		return ctx_check_end(c);
	}
	return participant_check_in_by_hand(
	    c, r->a, (struct activity_id){r->number}, person, false,
	    form_value(&r->form, "reason"), &in);
}

/* --- ending it -------------------------------------------------------- */

static void
show_end(struct request *r, const struct shown *s)
{
	page_begin(r, 200, _("Close the sign-in"));
	html_addf(&r->out, "<p>%s</p>\n<p>%s</p>\n", s->a.row.title,
	          _("Who has not signed in is marked absent. Nobody can sign "
	            "in by the code after that."));
	page_form(r);
	html_addf(&r->out,
	          "<button name=\"do\" value=\"end\">%s</button>\n</form>\n"
	          "<a class=\"go\" href=\"%s\">%s</a>\n",
	          _("Close the sign-in"), number_link(r, ""),
	          _("Back to the code"));
	page_end(r);
}

/* --- what is asked ---------------------------------------------------- */

/* Carry out what was sent; the right to it is asked below. */
static int
carry_out(struct request *r, struct ctx *c, const char *what)
{
	struct activity_id id = {r->number};

	if (strcmp(what, "hand") == 0)
		return sign_in(r, c);
	if (strcmp(what, "end") == 0)
		return activity_fire(c, id, ACTIVITY_DO_CLOSE, "");
	if (strcmp(what, "open") == 0)
		return activity_fire(c, id, ACTIVITY_DO_OPEN, "");
	return ERR_INVALID;
}

static void
on_known(struct request *r, const struct ask_answer *answer)
{
	const char *what =
	    r->is_post ? form_value(&r->form, "do") : http_parameter(r, "do");
	struct shown s;
	struct ctx c;
	int err = OK;

	if (clerk_open(r, answer, PERM_ACTIVITY_WRITE, &c) != OK)
		return;
	if (what == NULL)
		what = "";
	if (r->is_post)
		err = carry_out(r, &c, what);
	if (r->is_post && err == OK) {
		page_go(r, r->path);
		return;
	}
	if (load(r, &c, &s) != OK)
		page_say(r, 404, _("There is no such page"),
		         _("There is no such activity, or it is another "
		           "unit's."));
	else if (strcmp(what, "hand") == 0)
		show_by_hand(r, &c, &s, err);
	else if (strcmp(what, "end") == 0 && !r->is_post)
		show_end(r, &s);
	else
		show(r, &c, &s, err);
}

void
page_clerk_activity(struct request *r)
{
	clerk_ask(r, on_known);
}
