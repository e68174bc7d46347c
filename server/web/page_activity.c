/*
 * /A/<token>: signing in to an activity. Opening it only asks; a tap, or a
 * name and a PIN, signs in, by the same function as the terminal does.
 */
#include <string.h>

#include "db/activity.h"
#include "db/base/text.h"
#include "db/participant.h"
#include "db/person.h"
#include "db/public.h"
#include "server/web/web.h"

static const char *
points(struct arena *a, int64_t tenths)
{
	return arena_printf(a, "%lld.%lld", (long long)tenths / 10,
	                    (long long)tenths % 10);
}

static void
pair(struct buf *out, const char *label, const char *value)
{
	html_addf(out, "<dt>%s</dt><dd>%s</dd>\n", label, value);
}

/* --- what it is
 * ----------------------------------------------------------------- */

/* The activity of the address, whenever its code is good; the answer says
 * what is wrong otherwise. */
static int
find(struct request *r, struct public_activity *out)
{
	struct ctx *c = &r->web->public;
	struct code code;
	int err = public_code(c, r->a, CODE_ACTIVITY, r->token, &code);

	if (err == OK)
		err = code_seen(c, &code, r->ending, r->opened);
	if (err == OK || err == ERR_EARLY || err == ERR_EXPIRED) {
		int found = public_activity(
		    c, r->a, (struct activity_id){code.subject}, out);

		if (found != OK)
			return found;
		if (out->state == ACTIVITY_CANCELLED)
			return ERR_STATE;
		if (!r->is_post && !r->counted)
			views_count(r->web, code.id);
		r->counted = true;
	}
	return err;
}

static void
add_activity(struct request *r, const struct public_activity *row)
{
	struct day today = ctx_today(&r->web->public);
	struct buf *out = &r->out;

	html_addf(out, "<dl>\n");
	pair(out, _("Time"),
	     arena_printf(r->a, "%s - %s",
	                  instant_show(r->a, row->starts_at, today),
	                  instant_show_time(r->a, row->ends_at)));
	pair(out, _("Place"), row->venue);
	pair(out, _("Station"), row->station_name);
	html_addf(out, "</dl>\n");
}

/* A sentence for each way it can fail. */
static const char *
refusal(int err)
{
	switch (err) {
	case ERR_EARLY:
		return _("The sign-in of this activity has not begun yet.");
	case ERR_EXPIRED:
		return _("The sign-in of this activity is over. The officer "
		         "can still sign you in by hand.");
	case ERR_REVOKED:
		return _("This code has been replaced. Please ask for the new "
		         "one.");
	case ERR_STATE:
		return _("This activity does not take place, or its roll is "
		         "confirmed already.");
	case ERR_DENIED:
		return _("Only deputies with a current mandate sign in by a "
		         "code.");
	default:
		return _(err_msgid(err));
	}
}

/* --- asking
 * ----------------------------------------------------------------------- */

/* The form of an address whose code changes says when it was opened. */
static void
begin_form(struct request *r)
{
	char seal[REQUEST_SEAL];

	page_form(r);
	if (*r->ending == '\0')
		return;
	request_seal_opened(r, r->opened, seal);
	html_addf(&r->out,
	          "<input type=\"hidden\" name=\"opened\" value=\"%s\">\n",
	          seal);
}

static void
add_pin_form(struct request *r, const char *name)
{
	begin_form(r);
	html_addf(
	    &r->out,
	    "<label for=\"name\">%s</label>\n"
	    "<input id=\"name\" name=\"name\" value=\"%s\" required "
	    "maxlength=\"32\" autocomplete=\"name\" "
	    "autocapitalize=\"none\">\n"
	    "<label for=\"pin\">%s</label>\n"
	    "<input id=\"pin\" name=\"pin\" type=\"password\" required "
	    "maxlength=\"12\" inputmode=\"numeric\" "
	    "autocomplete=\"current-password\">\n"
	    "<button>%s</button>\n</form>\n"
	    "<p class=\"dim\">%s</p>\n",
	    _("Your name, or that of your account"), name,
	    _("Your PIN, 6 to 12 digits"), _("Sign in"),
	    _("You set your PIN in the terminal, under F2, My settings, "
	      "Telephones. There you can also bind this telephone: then one "
	      "tap signs you in."));
}

static void
add_tap_form(struct request *r, const char *who)
{
	begin_form(r);
	html_addf(&r->out,
	          "<p>%s</p>\n<button name=\"tap\" value=\"1\">%s</button>\n"
	          "</form>\n",
	          who, _("Sign in"));
}

/* The page again, with what was wrong; who: whose telephone it is, or NULL. */
static void
ask_again(struct request *r, int status, const char *wrong, const char *who)
{
	struct public_activity row;
	int err = find(r, &row);

	if (err != OK && err != ERR_EARLY && err != ERR_EXPIRED) {
		page_no_code(r, err);
		return;
	}
	page_begin(r, status, row.title);
	add_activity(r, &row);
	if (wrong != NULL)
		html_addf(&r->out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          wrong);
	if (err != OK)
		html_addf(&r->out, "<p>%s</p>\n", refusal(err));
	else if (who != NULL)
		add_tap_form(r, who);
	else
		add_pin_form(r, form_value(&r->form, "name"));
	page_end(r);
}

/* The acting person's name, with a word of greeting. */
static const char *
greeting(struct request *r, struct ctx *c)
{
	struct person person;

	if (person_get(c, r->a, (struct person_id){c->me}, &person) != OK)
		return _("This telephone is bound to your account.");
	return arena_printf(r->a, _("This is the telephone of %s."),
	                    person.name);
}

/* --- signing in
 * -------------------------------------------------------------------- */

static const char *
sentence(const struct request *r, const struct check_in *in)
{
	if (in->already && !r->is_post)
		return _("You are signed in.");
	if (in->already)
		return _("You had signed in already; nothing was counted "
		         "twice.");
	if (in->walk_in)
		return _("You are signed in. You were not on the list, so the "
		         "officer will confirm it.");
	if (in->late)
		return _("You are signed in, late.");
	return _("You are signed in.");
}

static void
show_done(struct request *r, struct ctx *c, const struct check_in *in)
{
	struct person person = {.name = ""};
	struct buf *out = &r->out;

	if (person_get(c, r->a, (struct person_id){c->me}, &person) != OK)
		person.name = "";
	page_begin(r, 200, in->title);
	html_addf(out, "<p class=\"good\" role=\"status\">%s</p>\n<dl>\n",
	          sentence(r, in));
	if (*person.name != '\0')
		pair(out, _("Name"), person.name);
	pair(out, _("Signed in"),
	     instant_show(r->a, in->signed_at, ctx_today(c)));
	if (!in->already)
		pair(out, _("Duty record"),
		     arena_printf(r->a, "+%s", points(r->a, in->points)));
	html_addf(out, "</dl>\n");
	page_end(r);
}

/* As the person of an account that was proven. */
static void
sign_in(struct request *r, int64_t account, enum way way)
{
	const char *text =
	    *r->ending == '\0'
		? r->token
		: arena_printf(r->a, "%s.%s", r->token, r->ending);
	struct check_in in;
	struct ctx c;
	int err = ctx_open_able(&c, r->web->store, account, PERM_ACTIVITY_JOIN);

	web_ctx(&c);
	if (err == OK)
		err = participant_check_in_by(&c, r->a, way, text, r->opened,
		                              &in);
	if (err == OK)
		show_done(r, &c, &in);
	else if (err == ERR_NOT_FOUND || err == ERR_TURNED)
		page_no_code(r, err);
	else
		ask_again(r, page_status_of(err), refusal(err), NULL);
}

static const char *
not_proven(struct request *r, const struct ask_answer *answer)
{
	if (answer->err == ERR_LIMIT) {
		r->again_s = (int)answer->wait_s;
		return arena_printf(r->a,
		                    P_("Too many wrong PINs. Please wait %lld "
		                       "second.",
		                       "Too many wrong PINs. Please wait %lld "
		                       "seconds.",
		                       (unsigned long)answer->wait_s),
		                    (long long)answer->wait_s);
	}
	if (answer->err == ERR_DENIED)
		return _("That name and that PIN do not belong together.");
	return _("That could not be checked just now; please try again.");
}

static int
status_of(const struct ask_answer *answer)
{
	if (answer->err == ERR_LIMIT)
		return 429;
	return answer->err == ERR_DENIED ? 403 : 503;
}

static void
on_pin(struct request *r, const struct ask_answer *answer)
{
	if (answer->err == OK)
		sign_in(r, answer->account, WAY_PIN);
	else
		ask_again(r, status_of(answer), not_proven(r, answer), NULL);
}

/* A telephone that was removed forgets what it was. */
static void
on_tap(struct request *r, const struct ask_answer *answer)
{
	if (answer->err == OK) {
		sign_in(r, answer->account, WAY_PHONE);
		return;
	}
	if (answer->err == ERR_DENIED)
		r->new_phone = "";
	ask_again(r, status_of(answer),
	          answer->err == ERR_DENIED
	              ? _("This telephone is no longer bound to anybody.")
	              : not_proven(r, answer),
	          NULL);
}

/* Whose telephone it is may be signed in already: then there is nothing to
 * tap. */
static bool
is_signed_in(struct request *r, struct ctx *c, struct check_in *out)
{
	struct public_activity row;
	struct participant place;

	if (find(r, &row) != OK ||
	    participant_mine(c, r->a, row.id, &place) != OK ||
	    place.signed_at.s == 0)
		return false;
	*out = (struct check_in){
	    .title = row.title,
	    .already = true,
	    .signed_at = place.signed_at,
	};
	return true;
}

/* --- opening
 * ------------------------------------------------------------------------ */

static void
on_known(struct request *r, const struct ask_answer *answer)
{
	struct check_in in;
	struct ctx c;

	if (answer->err == ERR_DENIED)
		r->new_phone = "";
	if (answer->err != OK ||
	    ctx_open_able(&c, r->web->store, answer->account,
	                  PERM_ACTIVITY_JOIN) != OK)
		ask_again(r, 200, NULL, NULL);
	else if (is_signed_in(r, &c, &in))
		show_done(r, &c, &in);
	else
		ask_again(r, 200, NULL, greeting(r, &c));
}

static bool
is_open(struct request *r)
{
	struct public_activity row;

	return find(r, &row) == OK;
}

void
page_activity(struct request *r)
{
	const char *name = form_value(&r->form, "name");
	bool open;

	/* of a code that changes; what is sent says when it was opened */
	if (!r->is_post || !request_opened(r, &r->opened))
		r->opened = ctx_now(&r->web->public);
	/* nothing is guessed where nothing is open */
	open = is_open(r);

	if (r->is_post && !request_is_sealed(r))
		ask_again(r, 403,
		          _("This page was open for too long. Please send it "
		            "once more."),
		          NULL);
	else if (open && r->is_post && *name != '\0')
		ask_prove(r, PROOF_PIN, name,
		          text_fold(r->a, form_value(&r->form, "pin")), on_pin);
	else if (open && *r->cookie != '\0')
		ask_prove(r, PROOF_PHONE, "", r->cookie,
		          r->is_post ? on_tap : on_known);
	else
		ask_again(r, 200, NULL, NULL);
}
