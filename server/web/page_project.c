/* /J/<number>: a livelihood project for everybody, how far it is, and once it
 * was inspected, what people think of it. */
#include "db/base/text.h"
#include "db/opinion.h"
#include "db/public_matter.h"
#include "db/public_project.h"
#include "server/web/message.h"

static void
pair(struct buf *out, const char *label, const char *value)
{
	if (*value != '\0')
		html_addf(out, "<dt>%s</dt><dd>%s</dd>\n", label, value);
}

static const char *
month_text(struct request *r, int64_t month)
{
	return arena_printf(r->a, "%04d-%02d", (int)(month / 100),
	                    (int)(month % 100));
}

static void
add_facts(struct request *r, const struct public_project *p)
{
	struct buf *out = &r->out;
	struct day today = ctx_today(&r->web->public);

	html_add_lines(out, p->body);
	html_addf(out, "<dl>\n");
	pair(out, _("State"),
	     arena_printf(r->a, "%s (%s)", _(project_states[p->state].label),
	                  public_project_light(&r->web->public, p->state,
	                                       p->warn_on, p->due_on)));
	pair(out, _("Unit"), p->unit_name);
	pair(out, _("Year"), arena_printf(r->a, "%lld", (long long)p->year));
	pair(out, _("Place"), p->venue);
	pair(out, _("Lead unit"), p->lead_name);
	if (p->budget > 0)
		pair(out, _("Budget"),
		     arena_printf(r->a, _("%lld yuan"), (long long)p->budget));
	if (p->starts_on.year > 0)
		pair(out, _("Time"),
		     arena_printf(r->a, "%s - %s",
		                  day_show(r->a, p->starts_on, today),
		                  day_show(r->a, p->ends_on, today)));
	html_addf(out, "</dl>\n");
}

static void
add_plan(struct request *r, const struct public_project *p)
{
	struct buf *out = &r->out;
	struct day today = ctx_today(&r->web->public);

	if (p->milestone_count > 0)
		html_addf(out, "<h2>%s</h2>\n<ul>\n", _("Milestones"));
	for (int i = 0; i < p->milestone_count; i++) {
		const struct project_milestone *m = &p->milestones[i];

		html_addf(out, "<li>%s<br><span class=\"dim\">%s %s &middot; ",
		          m->title, _("by"), day_show(r->a, m->due_on, today));
		if (m->done_on.year > 0)
			html_addf(out, _("reached on %s"),
			          day_show(r->a, m->done_on, today));
		else
			html_addf(out, "%s", _("not reached yet"));
		html_addf(out, "</span></li>\n");
	}
	if (p->milestone_count > 0)
		html_addf(out, "</ul>\n");
}

/* The figures stand beside each bar: it says nothing that they do not. */
static void
add_months(struct request *r, const struct public_project *p)
{
	struct buf *out = &r->out;

	if (p->report_count == 0)
		return;
	html_addf(out, "<h2>%s</h2>\n<ul>\n", _("Month by month"));
	for (int i = 0; i < p->report_count; i++) {
		const struct project_report *m = &p->reports[i];

		html_addf(out,
		          "<li>%s<br><progress max=\"100\" value=\"%lld\" "
		          "aria-hidden=\"true\"></progress> ",
		          month_text(r, m->month), (long long)m->done);
		html_addf(out, _("%lld%% done, %lld%% planned"),
		          (long long)m->done, (long long)m->planned);
		html_addf(out, "</li>\n");
	}
	html_addf(out, "</ul>\n");
}

static void
add_ratings(struct request *r, const struct public_project *p)
{
	struct buf *out = &r->out;

	if (p->state < PROJECT_INSPECTED || p->state > PROJECT_ARCHIVED)
		return;
	html_addf(out, "<h2>%s</h2>\n<dl>\n", _("What people think of it"));
	html_addf(out,
	          "<dt>%s</dt><dd>%lld</dd>\n<dt>%s</dt><dd>%lld</dd>\n"
	          "<dt>%s</dt><dd>%lld</dd>\n</dl>\n",
	          _("Satisfied"), (long long)p->satisfied,
	          _("Basically satisfied"), (long long)p->basic,
	          _("Dissatisfied"), (long long)p->dissatisfied);
}

static void
add_form(struct request *r)
{
	struct buf *out = &r->out;

	html_addf(out, "<h2>%s</h2>\n", _("Are you satisfied"));
	page_form(r);
	html_addf(out, "<fieldset><legend>%s</legend>\n",
	          _("No name is asked or kept"));
	for (int i = RATING_SATISFIED; i <= RATING_DISSATISFIED; i++)
		html_addf(out,
		          "<label class=\"pick\"><input type=\"radio\" "
		          "name=\"rating\" value=\"%s\" required> %s</label>\n",
		          opinion_ratings[i].name, _(opinion_ratings[i].label));
	html_addf(out,
	          "</fieldset>\n<label for=\"why\">%s</label>\n"
	          "<input id=\"why\" name=\"why\" maxlength=\"200\" "
	          "value=\"%s\">\n",
	          _("In a sentence, if you like"), form_value(&r->form, "why"));
	message_trap(r, "");
	html_addf(out, "<button>%s</button>\n</form>\n", _("Send"));
}

/* What a machine filled in is thanked for and not counted. */
static int
rate(struct request *r, const char **said, const char **wrong)
{
	struct ctx *c = &r->web->public;
	int grade = enum_index(opinion_ratings, form_value(&r->form, "rating"));
	unsigned doubts;
	int err = message_doubts(r, &doubts, wrong);

	if (err != OK)
		return err;
	if (doubts & DOUBT_RATE)
		return ERR_LIMIT;
	if ((doubts & DOUBT_TRAP) == 0)
		err = public_project_rate(c, (struct project_id){r->number},
		                          grade, form_value(&r->form, "why"));
	if (err == OK)
		*said = _("Thank you for saying so.");
	*wrong = err == ERR_INVALID && c->fault_count > 0 ? _(c->faults[0].text)
	                                                  : _(err_msgid(err));
	return err;
}

void
page_project(struct request *r)
{
	struct ctx *c = &r->web->public;
	struct project_id id = {r->number};
	const char *said = NULL, *wrong = NULL;
	struct public_project p;
	int err = public_project_get(c, r->a, id, &p), failed = OK;

	if (err == OK && r->is_post)
		failed = rate(r, &said, &wrong);
	if (said != NULL)
		err = public_project_get(c, r->a, id, &p);
	if (err != OK) {
		page_say(r, err == ERR_NOT_FOUND ? 404 : 503,
		         _("Livelihood project"),
		         err == ERR_NOT_FOUND
		             ? _("No project is published under this number.")
		             : _(err_msgid(err)));
		return;
	}
	page_begin(r, page_status_of(failed), p.title);
	if (said != NULL)
		html_addf(&r->out, "<p class=\"good\" role=\"status\">%s</p>\n",
		          said);
	if (failed != OK)
		html_addf(&r->out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          wrong);
	add_facts(r, &p);
	add_plan(r, &p);
	add_months(r, &p);
	add_ratings(r, &p);
	if (p.state == PROJECT_INSPECTED && said == NULL)
		add_form(r);
	page_end(r);
}
