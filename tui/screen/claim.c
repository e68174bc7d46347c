/* A deputy claims what no code recorded: what it was, where and when, and how
 * it can be checked. */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/duty_record.h"
#include "db/duty_request.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

struct entry {
	const char *title;
	int64_t duty; /* 1.. in kinds, 0 none */
	const char *venue;
	struct day happened_at;
	const char *time; /* "14:00"; "": noon */
	const char *words;
};

struct claim {
	struct form form;
	struct entry entry;
	struct duty_kind *kinds;
	int kind_count;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, title, TEXT,  N_("What was done"), .max = REQUEST_TITLE_MAX, .required = true),
	FIELD(entry, duty,  INT,   N_("Kind"), .max = 20, .required = true),
	FIELD(entry, venue, TEXT,  N_("Place"), .max = REQUEST_TITLE_MAX),
	FIELD(entry, happened_at, DAY, N_("Date"), .max = 10, .required = true),
	FIELD(entry, time,  TEXT,  N_("Time"), .max = 5),
	FIELD(entry, words, LINES, N_("Explanation"), .max = REQUEST_WORDS_MAX, .required = true),
	FIELD_END,
};
/* clang-format on */

static int
find_kind(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct claim *s = data;
	int n = 0;

	(void)ui, (void)a;
	for (int i = 0; i < s->kind_count && n < max; i++) {
		const char *label = activity_kind_label(s->kinds[i].label,
		                                        s->kinds[i].label_en);

		if (strstr(label, text) != NULL)
			out[n++] = (struct form_option){i + 1, label, NULL};
	}
	return n;
}

static const char *
show_kind(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	const struct claim *s = data;

	(void)ui, (void)a;
	if (value < 1 || value > s->kind_count)
		return "";
	return activity_kind_label(s->kinds[value - 1].label,
	                           s->kinds[value - 1].label_en);
}

static const struct form_row rows[] = {
    {.field = "title"},
    {.field = "duty", .find = find_kind, .show = show_kind},
    {.field = "venue"},
    {.field = "happened_at"},
    {.field = "time", .hint = N_("empty: noon")},
    {.field = "words", .lines = 5, .hint = N_("who was there, what shows it")},
    FORM_ROW_END,
};

static int
read_entry(struct claim *s, struct duty_request *row)
{
	const struct entry *e = &s->entry;
	int hour = 12, minute = 0;

	*row = (struct duty_request){
	    .duty = e->duty >= 1 && e->duty <= s->kind_count
	                ? s->kinds[e->duty - 1].name
	                : "",
	    .title = e->title,
	    .venue = e->venue,
	    .words = e->words,
	    .answer = "",
	    .appeal = "",
	    .verdict = "",
	};
	if (*e->time != '\0' &&
	    clock_parse_time(e->time, &hour, &minute) != OK) {
		form_error(&s->form, "time", _("A time looks like 14:00."));
		return ERR_INVALID;
	}
	row->happened_at = clock_at(e->happened_at, hour, minute);
	return OK;
}

static int
save(struct ui *ui, void *data)
{
	struct claim *s = data;
	struct ctx *c = ui_ctx(ui);
	struct duty_request row;
	struct duty_request_id id;
	int err = read_entry(s, &row);

	if (err != OK)
		return err;
	err = duty_claim(c, &row, &id);
	if (err == ERR_INVALID)
		for (int i = 0; i < c->fault_count; i++)
			form_error(&s->form, c->faults[i].field,
			           _(c->faults[i].text));
	if (err != OK)
		return err;
	ui_replace(ui, &screen_duty_request, id.v);
	ui_say(ui, _("Request %lld is asked; an officer checks it."),
	       (long long)id.v);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct claim *s = data;
	int err =
	    duty_kind_list(ui_ctx(ui), ui_keep(ui), &s->kinds, &s->kind_count);

	(void)arg;
	if (err != OK)
		return err;
	s->entry = (struct entry){.title = "",
	                          .venue = "",
	                          .time = "",
	                          .words = "",
	                          .happened_at = ui_today(ui)};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Ask"), PERM_DUTY_OWN, NULL, NULL,
     N_("Send it to the station; it counts once an officer checked it.")},
    KEY_END,
};

const struct screen screen_claim = {
    .name = "claim",
    .title = N_("Claim a record"),
    .about = N_("What you did as a deputy and no code recorded: enter it here "
                "with what shows it. An officer of the station checks or "
                "rejects it with a reason. Checked, it is in your file with "
                "its points; rejected, you may appeal to a head."),
    .needs = PERM_DUTY_OWN,
    .size = sizeof(struct claim),
    .keys = keys,
    .open = open,
};
