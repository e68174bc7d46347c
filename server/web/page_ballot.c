/*
 * /V/<number>: voting by a bound telephone. The telephone says who, and the
 * PIN, which travels with the marks, that it is they who hold it. What is
 * marked goes into the store and back to nobody but the same form.
 */
#include <string.h>

#include "db/account.h"
#include "db/ballot.h"
#include "db/base/text.h"
#include "server/web/web.h"

/* A ballot as one voter's telephone sees it. */
struct paper {
	struct ctx c;
	struct ballot row;
	struct ballot_option *options;
	int n;
};

static const char *
title(void)
{
	return _("Vote by telephone");
}

static void
say(struct request *r, int status, const char *text)
{
	page_say(r, status, title(), text);
}

static int
open_paper(struct request *r, int64_t account, struct paper *p)
{
	const struct ballot_id id = {r->number};
	int err =
	    ctx_open_able(&p->c, r->web->store, account, PERM_BALLOT_VOTE);

	if (err != OK)
		return ERR_DENIED;
	web_ctx(&p->c);
	err = ballot_get(&p->c, r->a, id, &p->row);
	if (err == OK)
		err = ballot_options(&p->c, r->a, id, &p->options, &p->n);
	return err;
}

static int
status_of(int err)
{
	return err == ERR_NOT_FOUND ? 404 : page_status_of(err);
}

/* --- the form ----------------------------------------------------------------
 */

/* Names of fields are small letters: oaa, oab, ... */
static const char *
field_of(struct arena *a, const struct ballot_option *o)
{
	int at = (int)o->position - 1;

	return arena_printf(a, "o%c%c", 'a' + at / 26, 'a' + at % 26);
}

static const char *
sent(const struct request *r, const struct ballot_option *o)
{
	return form_value(&r->form, field_of(r->a, o));
}

static void
add_mark(struct request *r, const struct ballot_option *o)
{
	html_addf(&r->out,
	          "<label class=\"pick\"><input type=\"checkbox\" "
	          "name=\"%s\" value=\"+\"%s>%lld. %s</label>\n",
	          field_of(r->a, o), *sent(r, o) == '+' ? " checked" : "",
	          (long long)o->position, o->title);
}

static void
add_choice(struct request *r, const struct ballot_option *o, const char *value,
           const char *label)
{
	const char *was = sent(r, o);

	html_addf(&r->out,
	          "<label class=\"pick\"><input type=\"radio\" "
	          "name=\"%s\" value=\"%s\"%s>%s</label>\n",
	          field_of(r->a, o), value,
	          strcmp(*was != '\0' ? was : "0", value) == 0 ? " checked"
	                                                       : "",
	          label);
}

static void
add_each(struct request *r, const struct ballot_option *o)
{
	html_addf(&r->out, "<fieldset><legend>%lld. %s</legend>\n",
	          (long long)o->position, o->title);
	add_choice(r, o, "+", _("For"));
	add_choice(r, o, "-", _("Against"));
	add_choice(r, o, "0", _("Neither"));
	html_addf(&r->out, "</fieldset>\n");
}

static void
show_form(struct request *r, const struct paper *p, int status,
          const char *wrong)
{
	bool each = p->row.kind == BALLOT_EACH;

	page_begin(r, status, p->row.title);
	html_addf(&r->out, "<p>%s</p>\n", _(ballot_name(p->row.body)));
	if (wrong != NULL)
		html_addf(&r->out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          wrong);
	html_addf(&r->out, "<p>%s</p>\n",
	          each ? _("For, against or neither, for each.")
	               : arena_printf(r->a, _("Mark at most %lld."),
	                              (long long)p->row.places));
	page_form(r);
	for (int i = 0; i < p->n; i++)
		if (each)
			add_each(r, &p->options[i]);
		else
			add_mark(r, &p->options[i]);
	html_addf(&r->out,
	          "<label for=\"pin\">%s</label>\n"
	          "<input id=\"pin\" name=\"pin\" type=\"password\" required "
	          "maxlength=\"12\" inputmode=\"numeric\" "
	          "autocomplete=\"off\">\n<button>%s</button>\n</form>\n"
	          "<p class=\"dim\">%s</p>\n",
	          _("Your PIN, 6 to 12 digits"), _("Hand in"),
	          _("It cannot be changed or taken back. That you took part "
	            "is noted; how is not."));
	page_end(r);
}

/* The form where one may vote, else the sentence why not. */
static void
answer_form(struct request *r, int64_t account, int status, const char *wrong)
{
	struct paper p;
	int err = open_paper(r, account, &p);

	if (err == OK)
		err = ballot_may_vote(&p.c, p.row.id);
	if (err == OK)
		show_form(r, &p, status, wrong);
	else
		say(r, status_of(err), _(ballot_refusal(err)));
}

/* --- handing in
 * --------------------------------------------------------------- */

static void
vote(struct request *r, int64_t account)
{
	char marks[BALLOT_OPTIONS_MAX + 1];
	struct paper p;
	int err = open_paper(r, account, &p);

	if (err != OK) {
		say(r, status_of(err), _(ballot_refusal(err)));
		return;
	}
	for (int i = 0; i < p.n; i++) {
		char mark = *sent(r, &p.options[i]);

		marks[i] = mark == '+' || mark == '-' ? mark : '0';
	}
	marks[p.n] = '\0';
	err = ballot_vote(&p.c, p.row.id, marks);
	secret_wipe(marks, sizeof(marks));
	if (err == ERR_INVALID)
		show_form(r, &p, 200,
		          arena_printf(r->a,
		                       _("More than %lld are marked; nothing "
		                         "was counted."),
		                       (long long)p.row.places));
	else if (err != OK)
		say(r, status_of(err), _(ballot_refusal(err)));
	else
		say(r, 200, _("Your paper was handed in; it counts."));
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
		return _("This is not the PIN of whose telephone it is; "
		         "nothing was counted.");
	return _("That could not be checked just now; please try again.");
}

/* The PIN must be of the very account that the telephone is bound to. */
static void
on_pin(struct request *r, const struct ask_answer *answer)
{
	struct ask_answer said = *answer;

	if (said.err == OK && said.account != r->account)
		said.err = ERR_DENIED;
	if (said.err == OK)
		vote(r, said.account);
	else
		answer_form(r, r->account,
		            said.err == ERR_LIMIT    ? 429
		            : said.err == ERR_DENIED ? 403
		                                     : 503,
		            not_proven(r, &said));
}

static void
ask_pin(struct request *r)
{
	const struct ask_answer none = {.err = ERR_UNAVAILABLE};
	struct account account;
	struct ctx system;

	ctx_init_system(&system, r->web->store);
	if (account_get(&system, r->a, (struct account_id){r->account},
	                &account) != OK)
		on_pin(r, &none);
	else
		ask_prove(r, PROOF_PIN, account.name,
		          text_fold(r->a, form_value(&r->form, "pin")), on_pin);
}

/* --- whose telephone
 * ------------------------------------------------------------ */

static void
on_phone(struct request *r, const struct ask_answer *answer)
{
	if (answer->err == ERR_DENIED) {
		r->new_phone = "";
		say(r, 403, _("This telephone is no longer bound to anybody."));
		return;
	}
	if (answer->err != OK) {
		say(r, answer->err == ERR_LIMIT ? 429 : 503,
		    _("That could not be checked just now; please try "
		      "again."));
		return;
	}
	r->account = answer->account;
	if (!r->is_post)
		answer_form(r, r->account, 200, NULL);
	else if (!request_is_sealed(r))
		answer_form(r, r->account, 403,
		            _("This page was open for too long. Please send "
		              "it once more."));
	else
		ask_pin(r);
}

void
page_ballot(struct request *r)
{
	if (*r->cookie == '\0')
		say(r, 200,
		    _("Only a telephone that is bound to a voter can vote "
		      "here. Bind yours in the terminal, under F2, My "
		      "settings, Telephones; or vote in the terminal."));
	else
		ask_prove(r, PROOF_PHONE, "", r->cookie, on_phone);
}
