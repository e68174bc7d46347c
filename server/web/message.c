/* Leaving a message: the form, and the receipt that lets its sender follow
 * it. */
#include "server/web/message.h"

#include <string.h>

#include "db/public_matter.h"
#include "db/setting.h"
#include "server/web/attach.h"

/* --- the form ------------------------------------------------------------ */

/* "site" is for machines only: it is out of sight, out of the order of the
 * tab key, and no browser fills it in. */
void
message_trap(struct request *r, const char *prefix)
{
	html_addf(
	    &r->out,
	    "<p class=\"off\" aria-hidden=\"true\"><label for=\"%ssite\">%s"
	    "</label><input id=\"%ssite\" name=\"site\" tabindex=\"-1\" "
	    "autocomplete=\"off\"></p>\n",
	    prefix, _("Leave this empty"), prefix);
}

void
message_form(struct request *r, const char *said, const char *wrong)
{
	struct buf *out = &r->out;
	const struct form *f = &r->form;

	html_addf(out, "<h2 id=\"message\">%s</h2>\n", _("Leave a message"));
	if (wrong != NULL)
		html_addf(out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          wrong);
	page_form_files(r);
	html_addf(out,
	          "<label for=\"words\">%s</label>\n"
	          "<textarea id=\"words\" name=\"words\" rows=\"6\" required "
	          "maxlength=\"4000\">%s</textarea>\n",
	          _("What is it about"), form_value(f, "words"));
	attach_inputs(r);
	html_addf(out,
	          "<label for=\"venue\">%s</label>\n"
	          "<input id=\"venue\" name=\"venue\" maxlength=\"60\" "
	          "value=\"%s\">\n"
	          "<label for=\"sender\">%s</label>\n"
	          "<input id=\"sender\" name=\"sender\" maxlength=\"30\" "
	          "autocomplete=\"name\" value=\"%s\">\n"
	          "<label for=\"phone\">%s</label>\n"
	          "<input id=\"phone\" name=\"phone\" type=\"tel\" "
	          "maxlength=\"30\" autocomplete=\"tel\" value=\"%s\">\n",
	          _("Where is it (village, road, building)"),
	          form_value(f, "venue"), _("How may we call you"),
	          form_value(f, "sender"),
	          _("Your telephone, if we may call you (kept sealed)"),
	          form_value(f, "phone"));
	message_trap(r, "");
	html_addf(out,
	          "<p class=\"dim\">%s</p>\n<button>%s</button>\n</form>\n",
	          said, _("Send"));
}

/* --- the receipt ---------------------------------------------------------- */

/* Where it is followed, in upper case so that its QR is small; the secret is
 * never part of an address. */
static const char *
follow_address(struct request *r, struct opinion_id id)
{
	const char *url = r->web->cfg->http_public_url;

	return arena_printf(r->a, "%s/T/%lld", url, (long long)id.v);
}

static void
show_receipt(struct request *r, struct opinion_id id, const char *secret)
{
	struct buf *out = &r->out;
	const char *path = arena_printf(r->a, "/T/%lld", (long long)id.v);

	page_begin(r, 200, _("Your message has arrived"));
	html_addf(out,
	          "<p class=\"good\" role=\"status\">%s</p>\n<dl>\n"
	          "<dt>%s</dt><dd>%lld</dd>\n"
	          "<dt>%s</dt><dd class=\"code\">%s</dd>\n"
	          "</dl>\n<p>%s</p>\n",
	          _("Thank you. It is with the liaison station now."),
	          _("Number"), (long long)id.v, C_("citizen", "Secret"),
	          arena_printf(r->a, "%.4s %.4s %.4s %.4s", secret, secret + 4,
	                       secret + 8, secret + 12),
	          _("With the number and the secret, which is shown only now, "
	            "you can follow what becomes of it, add something and say "
	            "whether you are satisfied. Please write both down or "
	            "take a picture of this page."));
	page_qr(r, follow_address(r, id), false);
	html_addf(out, "<p><a class=\"act\" href=\"%s\">%s</a></p>\n",
	          page_link(r, path), _("Follow it"));
	page_end(r);
}

static int
check(struct request *r, enum limit_kind kind, int64_t most, int *n,
      const char **wrong)
{
	*wrong = _("This page was open for too long. Please send it once "
	           "more.");
	if (!request_is_sealed(r))
		return ERR_DENIED;
	*n = request_counts(r, kind);
	*wrong = _("Much has been sent from here within the hour; please try "
	           "again later.");
	return *n > most + LIMIT_HOUR ? ERR_LIMIT : OK;
}

/* What was left before by the same source; beyond that it is looked at, and
 * beyond what anybody can look at nothing is kept. */
int
message_doubts(struct request *r, unsigned *found, const char **wrong)
{
	int64_t most = 5;
	int n, err;

	if (setting_number(&r->web->public, "message.per_hour", 5, &most) != OK)
		most = 5;
	err = check(r, LIMIT_MESSAGES, most, &n, wrong);
	if (err != OK)
		return err;
	*found = n > most ? DOUBT_RATE : 0;
	if (*form_value(&r->form, "site") != '\0')
		*found |= DOUBT_TRAP;
	return OK;
}

int
message_words(struct request *r, const char **wrong)
{
	int n;

	return check(r, LIMIT_WORDS, 0, &n, wrong);
}

int
message_take(struct request *r, const struct code *code, const char **wrong)
{
	struct public_message message = {
	    .sender = form_value(&r->form, "sender"),
	    .venue = form_value(&r->form, "venue"),
	    .words = form_value(&r->form, "words"),
	    .phone = form_value(&r->form, "phone"),
	};
	struct ctx *c = &r->web->public;
	char secret[OPINION_SECRET + 1];
	struct opinion_id id;
	int err = message_doubts(r, &message.doubts, wrong);

	if (err != OK)
		return err;
	message.file_count = attach_files(r, &message.files);
	err = public_message_take(c, r->a, code, &message, secret, &id);
	if (err == OK) {
		show_receipt(r, id, secret);
	} else if (err == ERR_INVALID && c->fault_count > 0) {
		*wrong = _(c->faults[0].text);
	} else if (err == ERR_NOT_FOUND && message.file_count > 0) {
		attach_forget(r);
		*wrong = _("A file did not arrive. Please choose the files "
		           "again.");
	} else {
		*wrong = _(err_msgid(err));
	}
	secret_wipe(secret, sizeof(secret));
	return err;
}
