/* Proposing a livelihood project from the page of a station: the form, and
 * what is said when it has arrived. */
#include "db/public_matter.h"
#include "db/public_project.h"
#include "server/web/message.h"

bool
proposal_is(const struct request *r)
{
	return *form_value(&r->form, "proposal") != '\0';
}

/* Folded until it is asked for: most come to leave a message. */
void
proposal_form(struct request *r, const char *wrong)
{
	struct buf *out = &r->out;
	const struct form *f = &r->form;

	html_addf(out, "<details id=\"propose\"%s><summary>%s</summary>\n",
	          wrong != NULL ? " open" : "",
	          _("Propose a livelihood project"));
	if (wrong != NULL)
		html_addf(out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          wrong);
	page_form(r);
	html_addf(
	    out,
	    "<input type=\"hidden\" name=\"proposal\" value=\"1\">\n"
	    "<label for=\"title\">%s</label>\n"
	    "<input id=\"title\" name=\"title\" required maxlength=\"60\" "
	    "value=\"%s\">\n"
	    "<label for=\"idea\">%s</label>\n"
	    "<textarea id=\"idea\" name=\"idea\" rows=\"5\" required "
	    "maxlength=\"2000\">%s</textarea>\n"
	    "<label for=\"idea_venue\">%s</label>\n"
	    "<input id=\"idea_venue\" name=\"idea_venue\" maxlength=\"60\" "
	    "value=\"%s\">\n"
	    "<label for=\"idea_name\">%s</label>\n"
	    "<input id=\"idea_name\" name=\"idea_name\" maxlength=\"40\" "
	    "value=\"%s\">\n",
	    _("What should be built or done"), form_value(f, "title"),
	    _("What exactly, and why"), form_value(f, "idea"),
	    _("Where is it (village, road, building)"),
	    form_value(f, "idea_venue"),
	    _("How may we call you, if you like (no telephone)"),
	    form_value(f, "idea_name"));
	message_trap(r, "idea_");
	html_addf(out,
	          "<p class=\"dim\">%s</p>\n<button>%s</button>\n</form>\n"
	          "</details>\n",
	          _("The congress's staff and the deputies of this place read "
	            "it. It is shown to others only when it is published."),
	          _("Propose"));
}

static void
show_receipt(struct request *r, struct project_id id)
{
	page_begin(r, 200, _("Your proposal has arrived"));
	html_addf(&r->out,
	          "<p class=\"good\" role=\"status\">%s</p>\n"
	          "<dl><dt>%s</dt><dd>%lld</dd></dl>\n<p>%s</p>\n"
	          "<p><a class=\"act\" href=\"%s\">%s</a></p>\n",
	          _("Thank you for the proposal."), _("Number"),
	          (long long)id.v,
	          _("The congress's staff look at it and take it into the pool "
	            "or not; the congress votes on the candidates of the pool. "
	            "When it is published, it stands on the page of the "
	            "station with its number."),
	          page_link(r, r->path), _("Back to the station"));
	page_end(r);
}

int
proposal_take(struct request *r, const struct code *code, const char **wrong)
{
	struct public_proposal proposal = {
	    .title = form_value(&r->form, "title"),
	    .words = form_value(&r->form, "idea"),
	    .venue = form_value(&r->form, "idea_venue"),
	    .name = form_value(&r->form, "idea_name"),
	};
	struct ctx *c = &r->web->public;
	struct project_id id;
	int err = message_doubts(r, &proposal.doubts, wrong);

	if (err != OK)
		return err;
	err = public_project_propose(c, r->a, code, &proposal, &id);
	if (err == OK)
		show_receipt(r, id);
	else if (err == ERR_INVALID && c->fault_count > 0)
		*wrong = _(c->faults[0].text);
	else
		*wrong = _(err_msgid(err));
	return err;
}
