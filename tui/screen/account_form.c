/*
 * A person with an office and an account, entered in one go and written in
 * one event; then a temporary password, shown once. For an account there is
 * already: a further office of its person.
 */
#include <string.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/organ.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "db/unit.h"
#include "tui/account_steps.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

struct account_form {
	struct form form;
	struct form_spec spec;
	const char *name, *pinyin, *job, *account;
	int64_t role; /* 1: the first of roles; 0: none chosen */
	struct unit_id unit;
	struct organ_id organ;
	struct role *roles;
	int role_count;
	struct account_line of; /* who gets the office; id 0: a new person */
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(account_form, name, TEXT, N_("Name"), .max = PERSON_NAME_MAX, .required = true),
	FIELD(account_form, pinyin, TEXT, N_("Pinyin"), .max = PERSON_PINYIN_MAX,
	      .hint = N_("empty: made from the name")),
	FIELD(account_form, job, TEXT, N_("Occupation"), .max = PERSON_JOB_MAX),
	FIELD(account_form, role, INT, N_("Office"), .required = true),
	FIELD(account_form, unit, REF, N_("Unit"), .required = true),
	FIELD(account_form, organ, REF, N_("Handling unit"), .required = true),
	FIELD(account_form, account, TEXT, N_("Account"), .max = ACCOUNT_NAME_MAX, .required = true,
	      .hint = N_("lower case letters and digits, such as zhangwei")),
	FIELD_END,
};
/* clang-format on */

/* --- choices ---------------------------------------------------------- */

static const char *
scope_of(const struct account_form *s)
{
	return s->role > 0 && s->role <= s->role_count
	           ? s->roles[s->role - 1].scope
	           : "";
}

static bool
when_new(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct account_form *)data)->of.id.v == 0;
}

static bool
when_unit(struct ui *ui, void *data)
{
	const char *scope = scope_of(data);

	(void)ui;
	return strcmp(scope, "unit") == 0 || strcmp(scope, "station") == 0 ||
	       strcmp(scope, "self") == 0;
}

static bool
when_organ(struct ui *ui, void *data)
{
	(void)ui;
	return strcmp(scope_of(data), "assigned") == 0;
}

static const char *
role_name(const struct role *role)
{
	return role_label(role->label, role->label_en);
}

static int
find_role(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct account_form *s = data;
	int n = 0;

	(void)ui, (void)a;
	for (int i = 0; i < s->role_count && n < max; i++)
		if (strstr(role_name(&s->roles[i]), text) != NULL)
			out[n++] = (struct form_option){
			    .value = i + 1,
			    .label = role_name(&s->roles[i]),
			};
	return n;
}

static const char *
show_role(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	const struct account_form *s = data;

	(void)ui, (void)a;
	return value > 0 && value <= s->role_count
	           ? role_name(&s->roles[value - 1])
	           : "";
}

static int
find_unit(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	struct unit *units;
	int n, found = 0;
	int err = unit_list(ui_ctx(ui), a, &units, &n);

	(void)data;
	if (err != OK)
		return err;
	for (int i = 0; i < n && found < max; i++)
		if (strstr(units[i].name, text) != NULL)
			out[found++] = (struct form_option){
			    .value = units[i].id.v, .label = units[i].name};
	return found;
}

static const char *
show_unit(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct unit unit;

	(void)data;
	if (value == 0 ||
	    unit_get(ui_ctx(ui), a, (struct unit_id){value}, &unit) != OK)
		return "";
	return unit.name;
}

static int
find_organ(struct ui *ui, void *data, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	struct unit_id all = {0};
	struct organ *organs;
	int n, found = 0;
	int err = organ_list(ui_ctx(ui), a, all, &organs, &n);

	for (int i = 0; err == OK && i < n && found < max; i++)
		if (strstr(organs[i].name, text) != NULL)
			out[found++] = (struct form_option){
			    .value = organs[i].id.v,
			    .label = organs[i].name,
			    .note = show_unit(ui, data, a, organs[i].unit.v),
			};
	return err != OK ? err : found;
}

static const char *
show_organ(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct organ organ;

	(void)data;
	if (value == 0 ||
	    organ_get(ui_ctx(ui), a, (struct organ_id){value}, &organ) != OK)
		return "";
	return organ.name;
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "name", .when = when_new},
	{.field = "pinyin", .when = when_new},
	{.field = "job", .when = when_new},
	{.field = "role", .find = find_role, .show = show_role},
	{.field = "unit", .find = find_unit, .show = show_unit, .when = when_unit},
	{.field = "organ", .find = find_organ, .show = show_organ, .when = when_organ},
	{.field = "account", .when = when_new},
	FORM_ROW_END,
};
/* clang-format on */

/* --- saving ----------------------------------------------------------- */

/* What db/ found wrong, each under its field; a station is chosen by its
 * unit. */
static void
show_faults(struct ui *ui, struct account_form *s)
{
	const struct ctx *c = ui_ctx(ui);

	for (int i = 0; i < c->fault_count; i++) {
		const char *field = c->faults[i].field;

		if (strcmp(field, "station") == 0)
			field = "unit";
		if (field_find(fields, field) != NULL)
			form_error(&s->form, field, _(c->faults[i].text));
		else
			ui_say(ui, "%s", _(c->faults[i].text));
	}
}

static int
office_of(struct ui *ui, const struct account_form *s, struct office *out)
{
	const char *scope = scope_of(s);
	struct station station;
	struct organ organ;
	int err = OK;

	*out = (struct office){.role = s->roles[s->role - 1].name};
	if (strcmp(scope, "assigned") == 0) {
		out->organ = s->organ;
		err = organ_get(ui_ctx(ui), ui_arena(ui), s->organ, &organ);
		if (err == OK)
			out->unit = organ.unit;
	} else if (strcmp(scope, "county") != 0) {
		out->unit = s->unit;
	}
	if (strcmp(scope, "station") == 0 || strcmp(scope, "self") == 0) {
		err = station_of_unit(ui_ctx(ui), ui_arena(ui), s->unit,
		                      &station);
		if (err == OK)
			out->station = station.id;
	}
	return err;
}

/* One more office for a person who has an account. */
static int
give(struct ui *ui, struct account_form *s)
{
	struct office entry;
	struct office_id id;
	int err = office_of(ui, s, &entry);

	if (err != OK)
		return err;
	entry.person = s->of.person;
	err = office_add(ui_ctx(ui), &entry, &id);
	if (err == ERR_INVALID)
		show_faults(ui, s);
	if (err == ERR_EXISTS) {
		form_error(&s->form, "role", _("They hold this office."));
		err = ERR_INVALID;
	}
	if (err != OK)
		return err;
	ui_pop(ui);
	ui_say(ui, "%s", _("The office is given, from today on."));
	return OK;
}

static int
save(struct ui *ui, void *data)
{
	struct account_form *s = data;
	struct account_new entry = {
	    .name = s->account,
	    .person = {.name = s->name,
	               .pinyin = s->pinyin,
	               .initials = "",
	               .stroke = "",
	               .job = s->job,
	               .note = ""},
	    .must_change = true,
	};
	struct account_id id;
	int err;

	if (s->of.id.v != 0)
		return give(ui, s);
	err = office_of(ui, s, &entry.office);
	if (err != OK)
		return err;
	entry.person.unit = entry.office.unit;
	err = account_add(ui_ctx(ui), &entry, &id);
	if (err == ERR_INVALID)
		show_faults(ui, s);
	if (err == ERR_EXISTS) {
		form_error(&s->form, "account",
		           _("Another account has this name."));
		err = ERR_INVALID;
	}
	if (err != OK)
		return err;
	account_step_reset(ui, id, s->account, false);
	ui_replace(ui, &screen_account, id.v);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
    .live = true,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct account_form *s = data;
	int err = role_list(ui_ctx(ui), ui_keep(ui), &s->roles, &s->role_count);

	if (err == OK && arg != 0)
		err = account_line_get(ui_ctx(ui), ui_keep(ui),
		                       (struct account_id){arg}, &s->of);
	if (err != OK)
		return err;
	s->spec = spec;
	if (arg != 0)
		s->spec.title = arena_printf(ui_keep(ui), _("An office for %s"),
		                             s->of.person_name);
	s->name = s->pinyin = s->job = s->account = "";
	form_init(&s->form, &s->spec, ui, s, s);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_ACCOUNT_WRITE, NULL, NULL,
     N_("Enter the person, the office and the account, and show the "
        "temporary password.")},
    KEY_END,
};

const struct screen screen_account_form = {
    .name = "account-form",
    .title = N_("New person"),
    .about = N_("A person, the office they hold and the account they sign "
                "in with, written together; or one more office for somebody "
                "who has an account. The office says what they see "
                "and may do; a unit is asked for where the office belongs "
                "to one. Saving shows a temporary password once."),
    .needs = PERM_ACCOUNT_WRITE,
    .size = sizeof(struct account_form),
    .keys = keys,
    .open = open,
};
