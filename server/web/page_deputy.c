/* /D/<token>: a deputy, and a message to this one person. */
#include "db/public.h"
#include "db/public_matter.h"
#include "server/web/message.h"

static void
pair(struct buf *out, const char *label, const char *value)
{
	if (*value != '\0')
		html_addf(out, "<dt>%s</dt><dd>%s</dd>\n", label, value);
}

static const char *
level(const struct public_person *p)
{
	if (p->county && p->town)
		return _("county and town deputy");
	return p->county ? _("county deputy") : _("town deputy");
}

static void
show(struct request *r, const struct public_person *p, int err,
     const char *wrong)
{
	struct buf *out = &r->out;

	page_begin(r, page_status_of(err), p->name);
	html_addf(out, "<p>%s</p>\n<dl>\n", level(p));
	pair(out, _("Unit"), p->unit_name);
	pair(out, _("Electoral district"), p->district);
	pair(out, _("Station"), p->station_name);
	html_addf(out, "</dl>\n");
	message_form(r,
	             _("Only this deputy, the staff of the liaison station and "
	               "of the congress who see to it, and an office that is "
	               "asked to handle it will read this. No other deputy "
	               "will."),
	             wrong);
	page_end(r);
}

void
page_deputy(struct request *r)
{
	struct ctx *c = &r->web->public;
	struct public_person person;
	const char *wrong = NULL;
	struct code code;
	int err = public_code(c, r->a, CODE_DEPUTY, r->token, &code);

	if (err == OK)
		err = public_person(c, r->a, (struct person_id){code.subject},
		                    &person);
	if (err != OK) {
		page_no_code(r, err);
		return;
	}
	if (r->is_post)
		err = message_take(r, &code, &wrong);
	else
		views_count(r->web, code.id);
	if (!r->is_post || err != OK)
		show(r, &person, err, wrong);
}
