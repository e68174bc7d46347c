/* opinion show: one opinion with its loops, offices and all that was said. */
#include <inttypes.h>
#include <string.h>

#include "db/attachment.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/opinion_note.h"
#include "server/session/exec_opinion.h"

/* All that is shown of one. */
struct shown {
	struct opinion_page page;
	struct leg_line *legs;
	struct note_line *notes;
	struct attachment *files;
	int leg_count, note_count, file_count;
};

/* --- JSON ---------------------------------------------------------------- */

static void
set_time(struct exec *x, struct json *j, const char *name, struct instant at)
{
	if (at.s == 0)
		json_set_null(j, name);
	else
		json_set_text(j, name, instant_iso(x->a, at));
}

static void
set_day(struct json *j, const char *name, struct day day, bool known)
{
	char text[11];

	if (!known) {
		json_set_null(j, name);
		return;
	}
	day_format(day, text);
	json_set_text(j, name, text);
}

static struct json *
loop_json(const struct opinion_loop *loop)
{
	struct json *j = json_new_object();

	json_set_bool(j, "closed", loop->closed);
	json_set_bool(j, "runs", loop->runs);
	if (loop->closed && loop->took >= 0)
		json_set_int(j, "took_days", loop->took);
	if (!loop->runs)
		return j;
	json_set_int(j, "used_days", loop->clock.used);
	json_set_int(j, "days", loop->days);
	json_set_bool(j, "paused", loop->clock.paused);
	set_day(j, "due_on", loop->clock.due, !loop->clock.paused);
	return j;
}

static struct json *
leg_json(struct exec *x, const struct leg_line *leg)
{
	struct json *j = json_new_object();

	json_set_text(j, "office", leg->name);
	json_set_text(j, "path", leg_paths[leg->path].name);
	json_set_text(j, "state", leg_states[leg->state].name);
	set_time(x, j, "sent_at", leg->sent_at);
	set_time(x, j, "accepted_at", leg->accepted_at);
	set_time(x, j, "replied_at", leg->replied_at);
	set_day(j, "promised_on", leg->promised_on, leg->promised_on.year > 0);
	json_set_int(j, "asked_days", leg->asked_days);
	json_set_text(j, "result", opinion_results[leg->result].name);
	return j;
}

static struct json *
note_json(struct exec *x, const struct note_line *note)
{
	struct json *j = json_new_object();

	json_set_text(j, "kind", note_kinds[note->kind].name);
	set_time(x, j, "at", note->at);
	json_set_text(j, "name", note->name);
	json_set_text(j, "office", note->office);
	json_set_text(j, "words", note->words);
	return j;
}

static struct json *
file_json(struct exec *x, const struct attachment *f)
{
	struct json *j = json_new_object();

	json_set_int(j, "number", f->id.v);
	json_set_int(j, "opinion", f->opinion.v);
	json_set_text(j, "kind", attachment_kinds[f->kind].name);
	json_set_text(j, "name", f->name);
	json_set_text(j, "type", f->type);
	json_set_int(j, "size", f->size);
	json_set_text(j, "sha256", f->hash);
	set_time(x, j, "at", f->at);
	json_set_text(j, "by", f->who);
	return j;
}

static void
show_json(struct exec *x, const struct shown *s)
{
	const struct opinion *o = &s->page.row;
	struct json *j = json_new_object(), *legs = json_new_array();
	struct json *notes = json_new_array(), *files = json_new_array();

	json_set_int(j, "number", o->id.v);
	json_set_text(j, "subject", o->subject);
	json_set_text(j, "words", o->body);
	json_set_text(j, "state", opinion_states[o->state].name);
	json_set_text(j, "result", opinion_results[o->result].name);
	json_set_text(j, "rating", opinion_ratings[o->rating].name);
	json_set_bool(j, "rated_by_hand", o->by_hand);
	json_set_text(j, "source", opinion_sources[o->source].name);
	json_set_text(j, "sender", o->sender);
	json_set_text(j, "category", o->category);
	json_set_text(j, "unit", s->page.unit_name);
	json_set_text(j, "place",
	              s->page.place_name[0] != '\0' ? s->page.place_name
	                                            : o->venue);
	json_set_text(j, "deputy", s->page.deputy_name);
	json_set_text(j, "companion", s->page.companion_name);
	json_set_bool(j, "urgent", o->urgent);
	json_set_int(j, "senders", o->senders);
	if (o->merged.v != 0)
		json_set_int(j, "merged_into", o->merged.v);
	set_time(x, j, "received_at", o->received_at);
	set_time(x, j, "closed_at", o->closed_at);
	json_set(j, "handling", loop_json(&s->page.handling));
	json_set(j, "citizen", loop_json(&s->page.citizen));
	for (int i = 0; i < s->leg_count; i++)
		json_add(legs, leg_json(x, &s->legs[i]));
	json_set(j, "offices", legs);
	for (int i = 0; i < s->note_count; i++)
		json_add(notes, note_json(x, &s->notes[i]));
	json_set(j, "said", notes);
	for (int i = 0; i < s->file_count; i++)
		json_add(files, file_json(x, &s->files[i]));
	json_set(j, "files", files);
	exec_json(x, j);
}

/* --- text ---------------------------------------------------------------- */

static void
pair(struct exec *x, const char *label, const char *value)
{
	if (*value != '\0')
		buf_addf(&x->out, "%s  %s\n", text_pad(x->a, label, 16, false),
		         value);
}

static const char *
loop_text(struct exec *x, const struct opinion_loop *loop)
{
	if (loop->runs && loop->clock.paused)
		return _("paused");
	if (loop->runs)
		return arena_printf(
		    x->a, _("%lld of %lld working days, due %s"),
		    (long long)loop->clock.used, (long long)loop->days,
		    day_show(x->a, loop->clock.due, ctx_today(x->c)));
	if (loop->closed && loop->took >= 0)
		return arena_printf(x->a,
		                    P_("closed after %lld working day",
		                       "closed after %lld working days",
		                       (unsigned long)loop->took),
		                    (long long)loop->took);
	return loop->closed ? _("closed") : _("not begun");
}

static void
files_text(struct exec *x, const struct shown *s)
{
	struct day today = ctx_today(x->c);

	if (s->file_count > 0)
		buf_addf(&x->out, "\n%s\n", _("Attachments"));
	for (int i = 0; i < s->file_count; i++) {
		const struct attachment *f = &s->files[i];

		buf_addf(
		    &x->out, "%6" PRId64 "  %s  %s  %s  %s  %s\n", f->id.v,
		    text_pad(x->a, _(attachment_kinds[f->kind].label), 10,
		             false),
		    text_pad(x->a, attachment_size(x->a, f->size), 8, true),
		    instant_show(x->a, f->at, today), f->name, f->who);
	}
}

static void
show_text(struct exec *x, const struct shown *s)
{
	const struct opinion *o = &s->page.row;
	struct day today = ctx_today(x->c);

	buf_addf(&x->out, "%" PRId64 "  %s  %s\n\n%s\n\n", o->id.v, o->subject,
	         _(opinion_states[o->state].label), o->body);
	pair(x, _("Unit"), s->page.unit_name);
	pair(x, _("Place"),
	     s->page.place_name[0] != '\0' ? s->page.place_name : o->venue);
	pair(x, _("Category"), s->page.category_label);
	pair(x, _("Received on"), instant_show(x->a, o->received_at, today));
	pair(x, _("Source"), _(opinion_sources[o->source].label));
	pair(x, _("Raised by"), o->sender);
	pair(x, _("Accompanied by"), s->page.companion_name);
	pair(x, C_("loop", "Handling"), loop_text(x, &s->page.handling));
	pair(x, C_("loop", "Citizen"), loop_text(x, &s->page.citizen));
	if (o->result != RESULT_NONE)
		pair(x, _("Result"), _(opinion_results[o->result].label));
	if (o->rating != RATING_NONE)
		pair(x, _("Rating"),
		     arena_printf(x->a, o->by_hand ? _("%s, by hand") : "%s",
		                  _(opinion_ratings[o->rating].label)));
	for (int i = 0; i < s->leg_count; i++)
		pair(x, _(leg_paths[s->legs[i].path].label),
		     arena_printf(x->a, "%s  %s", s->legs[i].name,
		                  _(leg_states[s->legs[i].state].label)));
	if (s->note_count > 0)
		buf_addc(&x->out, '\n');
	for (int i = 0; i < s->note_count; i++) {
		const struct note_line *n = &s->notes[i];

		buf_addf(&x->out, "%s  %s  %s: %s\n",
		         instant_show(x->a, n->at, today),
		         n->office[0] != '\0' ? n->office
		         : n->name[0] != '\0' ? n->name
		                              : "-",
		         _(note_kinds[n->kind].label), n->words);
	}
	files_text(x, s);
}

int
command_show(struct exec *x, const struct given *g)
{
	struct shown s = {0};
	struct opinion_id id;
	int err = g->n == 1 ? given_number(g->words[0], &id.v) : ERR_USAGE;

	if (err == OK)
		err = opinion_page_get(x->c, x->a, id, &s.page);
	if (err == OK)
		err = leg_list(x->c, x->a, id, &s.legs, &s.leg_count);
	if (err == OK)
		err = note_list(x->c, x->a, id, &s.notes, &s.note_count);
	if (err == OK)
		err = attachment_list(x->c, x->a, id, &s.files, &s.file_count);
	if (err != OK)
		return err;
	if (x->json)
		show_json(x, &s);
	else
		show_text(x, &s);
	return OK;
}
