/*
 * Writing down what a citizen says: at the station's desk, or a deputy for
 * themself. Sorting it may follow later; only the words are needed. What is
 * saved is followed by the receipt with the number and the secret.
 */
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/contact.h"
#include "db/store/ctx.h"
#include "tui/category_pick.h"
#include "tui/opinion_menu.h"
#include "tui/opinion_words.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

/* Members are called as the faults of opinion_add(). */
struct entry {
	struct unit_id unit;
	const char *body, *subject, *venue, *sender;
	const char *contact_name, *contact_phone;
	struct place_id place;
	int64_t category;
	int level;
	bool urgent;
	struct person_id deputy;
};

struct opinion_form {
	struct opinion_rows rows; /* first */
	struct entry entry;
	struct opinion row; /* as it is proposed */
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, body,     LINES, N_("Words"), .max = OPINION_BODY_MAX, .required = true),
	FIELD(entry, sender,   TEXT,  N_("Raised by"), .max = OPINION_SENDER_MAX, .hint = N_("a word, no contact")),
	CONTACT_FIELDS(entry),
	FIELD(entry, venue,    TEXT,  N_("Landmark"), .max = OPINION_VENUE_MAX),
	FIELD(entry, unit,     REF,   N_("Unit"), .max = 40),
	FIELD(entry, place,    REF,   N_("Room or point"), .max = 40),
	FIELD(entry, category, INT,   N_("Category"), .max = 40),
	FIELD(entry, subject,  TEXT,  N_("Subject"), .max = OPINION_SUBJECT_MAX),
	FIELD(entry, level,    ENUM,  N_("Level"), .names = opinion_levels),
	FIELD(entry, urgent,   BOOL,  N_("Urgent")),
	FIELD(entry, deputy,   REF,   N_("To one deputy"), .max = 40),
	FIELD_END,
};
/* clang-format on */

/* --- rows -------------------------------------------------------------------
 */

/* What a deputy writes down is theirs. */
static bool
asks_deputy(struct ui *ui, void *data)
{
	(void)data;
	return ui_ctx(ui)->scope != SCOPE_SELF;
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "body", .lines = 5},
	{.field = "sender"},
	{.field = "contact_phone", .undrafted = true, .hint = N_("sealed; looks leave a trace")},
	{.field = "contact_name", .undrafted = true},
	{.field = "venue"},
	{.field = "category", .find = opinion_rows_category, .show = opinion_rows_show_category},
	{.field = "unit", .find = opinion_rows_unit, .show = opinion_rows_show_unit, .when = opinion_rows_asks_unit,
	 .hint = N_("empty: the county itself")},
	{.field = "place", .find = opinion_rows_place, .show = opinion_rows_show_place},
	{.field = "subject", .hint = N_("empty: the first words")},
	{.field = "urgent"},
	{.field = "level"},
	{.field = "deputy", .find = opinion_rows_deputy, .show = opinion_rows_show_person, .when = asks_deputy,
	 .hint = N_("only they and the officers read it")},
	FORM_ROW_END,
};
/* clang-format on */

/* --- saving ------------------------------------------------------------------
 */

static int
save(struct ui *ui, void *data)
{
	struct opinion_form *s = data;
	const struct entry *e = &s->entry;
	const struct contact_entry contact = {e->contact_name,
	                                      e->contact_phone};
	struct opinion row = s->row;
	char secret[OPINION_SECRET + 1];
	struct opinion_id id;
	int err;

	row.unit = e->unit;
	row.body = e->body;
	row.subject = e->subject;
	row.venue = e->venue;
	row.sender = e->sender;
	row.place = e->place;
	row.category = category_pick_name(&s->rows.tree, e->category);
	row.level = e->level;
	row.urgent = e->urgent;
	row.deputy = e->deputy;
	row.contact = &contact;
	err = opinion_add(ui_ctx(ui), &row, false, secret, &id);
	if (err != OK)
		return form_faults(ui, &s->rows.form, err);
	opinion_receipt_give(secret);
	secret_wipe(secret, sizeof(secret));
	ui_replace(ui, &screen_opinion_receipt, id.v);
	return OK;
}

/* Proposals are about what is typed. */
static void
changed(struct ui *ui, void *data)
{
	struct opinion_form *s = data;

	(void)ui;
	s->rows.asked = (struct suggest_asked){.unit = s->entry.unit,
	                                       .subject = s->entry.subject,
	                                       .body = s->entry.body};
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
    .changed = changed,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct opinion_form *s = data;
	int err = opinion_rows_load(ui, &s->rows);

	(void)arg;
	if (err != OK)
		return err;
	opinion_default(ui_ctx(ui), &s->row);
	s->entry = (struct entry){
	    .unit = s->row.unit,
	    .body = "",
	    .subject = "",
	    .venue = "",
	    .sender = "",
	    .contact_name = "",
	    .contact_phone = "",
	    .level = s->row.level,
	};
	s->rows.asked = (struct suggest_asked){
	    .unit = s->entry.unit, .subject = "", .body = ""};
	form_init(&s->rows.form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->rows.form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Receive it"), PERM_OPINION_ENTER, NULL, NULL,
     N_("Keep it; the number and the secret for the citizen follow.")},
    KEY_END,
};

const struct screen screen_opinion_form = {
    .name = "opinion-form",
    .title = N_("Write down an opinion"),
    .about = N_("What a citizen says, in their words. Only the words are "
                "needed; a subject is made of the first ones, and sorting "
                "can follow.\n"
                "Telephone numbers and addresses do not belong into the "
                "words.\n"
                "To one deputy: no other deputy will ever read it.\n"
                "After saving, the number and the secret are shown once, to "
                "be copied out for the citizen."),
    .needs = PERM_OPINION_ENTER,
    .size = sizeof(struct opinion_form),
    .keys = keys,
    .open = open,
};
