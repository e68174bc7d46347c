/* /P/<token>: binding a telephone to the account whose terminal shows the
 * address. Opening it binds nothing. */
#include "db/person.h"
#include "server/web/web.h"

/* The name of an account's person, as a sentence; "" when it cannot be read. */
static const char *
whose(struct request *r, int64_t account, const char *sentence)
{
	struct person person;
	struct ctx c;

	if (ctx_open(&c, r->web->store, account, 0) != OK ||
	    person_get(&c, r->a, (struct person_id){c.me}, &person) != OK)
		return "";
	return arena_printf(r->a, "%s: %s", sentence, person.name);
}

/* Whose it will be is said before, so that nobody binds theirs to another. */
static void
ask_first(struct request *r, int64_t account)
{
	page_begin(r, 200, _("Bind this telephone"));
	html_addf(&r->out, "<p class=\"good\">%s</p>\n<p>%s</p>\n<p>%s</p>\n",
	          whose(r, account, _("Bind to the account of")),
	          _("From then on a tap in this browser signs you in to an "
	            "activity. Bind only a telephone of your own."),
	          _("In the terminal, under F2, My settings, Telephones, you "
	            "can remove it at any time."));
	page_form(r);
	html_addf(&r->out, "<button>%s</button>\n</form>\n",
	          _("Bind this telephone"));
	page_end(r);
}

static void
show_bound(struct request *r, int64_t account)
{
	page_begin(r, 200, _("Bind this telephone"));
	html_addf(&r->out, "<p class=\"good\" role=\"status\">%s</p>\n",
	          _("This telephone is bound."));
	html_addf(&r->out, "<p>%s</p>\n<p>%s</p>\n",
	          whose(r, account, _("It belongs to")),
	          _("At an activity, scan its code with this telephone and "
	            "tap once."));
	page_end(r);
}

static void
refuse(struct request *r, const struct ask_answer *answer)
{
	const char *title = _("Bind this telephone");

	if (answer->err == ERR_LIMIT && answer->wait_s > 0) {
		r->again_s = (int)answer->wait_s;
		page_say(r, 429, title,
		         _("Too many addresses were tried from your network. "
		           "Please wait a few minutes."));
	} else if (answer->err == ERR_LIMIT) {
		page_say(r, 409, title,
		         _("There are as many telephones as one person may "
		           "have. Remove one in the terminal first."));
	} else if (answer->err == ERR_DENIED) {
		page_say(r, 404, title,
		         _("This address was used already, or its time is "
		           "over. Show a new one in the terminal."));
	} else {
		page_say(r, 503, title,
		         _("That could not be checked just now; please try "
		           "again."));
	}
}

static void
on_invited(struct request *r, const struct ask_answer *answer)
{
	if (answer->err == OK)
		ask_first(r, answer->account);
	else
		refuse(r, answer);
}

static void
on_bound(struct request *r, const struct ask_answer *answer)
{
	if (answer->err != OK) {
		refuse(r, answer);
		return;
	}
	r->new_phone = arena_strdup(r->a, answer->secret);
	show_bound(r, answer->account);
}

void
page_phone(struct request *r)
{
	bool sent = r->is_post && request_is_sealed(r);

	ask_prove(r, sent ? PROOF_BIND : PROOF_INVITE, "", r->token,
	          sent ? on_bound : on_invited);
}
