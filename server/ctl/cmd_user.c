/* Accounts: opened, shown, disabled, their passwords, keys and offices. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/account.h"
#include "db/account_key.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/factor.h"
#include "db/organ.h"
#include "db/station.h"
#include "db/unit.h"
#include "server/ctl/ctl.h"

enum { PAGE = 200, KEY_LINE_MAX = 8000 };

/* --- whose, where -------------------------------------------------------- */

static int
read_account(struct ctl *ctl, const char *name, struct account *out)
{
	int err = account_named(&ctl->c, ctl->a, name, out);

	if (err == ERR_NOT_FOUND)
		ctl_say(ctl, _("There is no account %s."), name);
	return err;
}

static int
find_organ(struct ctl *ctl, const char *name, struct unit_id unit,
           struct organ_id *out)
{
	struct organ *rows;
	int n, err = organ_list(&ctl->c, ctl->a, unit, &rows, &n);

	for (int i = 0; err == OK && i < n; i++)
		if (strcmp(rows[i].name, name) == 0) {
			*out = rows[i].id;
			return OK;
		}
	ctl_say(ctl, _("There is no handling unit %s."), name);
	return err != OK ? err : ERR_NOT_FOUND;
}

/* Role and place of an office from --unit and --organ; the station is the
 * unit's. */
static int
read_office(struct ctl *ctl, const char *role, struct office *out)
{
	const char *unit_name = ctl_option(ctl, "--unit");
	const char *organ_name = ctl_option(ctl, "--organ");
	struct station station;
	struct unit unit;
	int err = OK;

	*out = (struct office){.role = role};
	if (unit_name != NULL) {
		err = unit_named(&ctl->c, ctl->a, unit_name, &unit);
		if (err == ERR_NOT_FOUND)
			ctl_say(ctl, _("There is no unit %s."), unit_name);
		if (err == OK)
			err =
			    station_of_unit(&ctl->c, ctl->a, unit.id, &station);
		if (err != OK)
			return err;
		out->unit = unit.id;
		out->station = station.id;
	}
	if (organ_name != NULL)
		err = find_organ(ctl, organ_name, out->unit, &out->organ);
	return err;
}

/* --- add ----------------------------------------------------------------- */

static void
print_first(struct ctl *ctl, const char *name, const char *password)
{
	struct json *root;

	if (!ctl->json) {
		(void)printf(_("Account %s, first password %s\n"), name,
		             password);
		return;
	}
	root = json_new_object();
	json_set_text(root, "name", name);
	json_set_text(root, "password", password);
	ctl_json(ctl, root);
}

int
ctl_user_add(struct ctl *ctl)
{
	const char *person = ctl_option(ctl, "--person");
	const char *role = ctl_option(ctl, "--role");
	const char *password = ctl_password_make(ctl->a);
	struct account_new entry = {.must_change = true};
	struct account_id id;
	int err;

	entry.person.job = ctl_option(ctl, "--job");
	entry.person.pinyin = ctl_option(ctl, "--pinyin");
	entry.person.name = person;
	if (person == NULL || role == NULL)
		return ERR_USAGE;
	err = read_office(ctl, role, &entry.office);
	if (err != OK)
		return err;
	if (!ctl_words(ctl, 1, 1))
		return ERR_USAGE;
	entry.name = ctl->words[0];
	entry.person.unit = entry.office.unit;
	err = ctl_password_hash(ctl, password, &entry.password);
	if (err == OK)
		err = account_add(&ctl->c, &entry, &id);
	if (err == OK)
		print_first(ctl, entry.name, password);
	return err;
}

/* --- list and show ------------------------------------------------------- */

static void
print_line(struct ctl *ctl, const struct account_line *row)
{
	(void)printf(
	    "%s  %s  %s  %s  %s\n", text_pad(ctl->a, row->name, 14, false),
	    text_pad(ctl->a, row->person_name, 10, false),
	    text_pad(ctl->a, role_label(row->label, row->label_en), 16, false),
	    text_pad(ctl->a, row->unit_name, 14, false),
	    row->disabled_at.s != 0 ? _("disabled") : "");
}

static struct json *
line_json(const struct account_line *row)
{
	struct json *j = json_new_object();

	json_set_text(j, "name", row->name);
	json_set_text(j, "person", row->person_name);
	json_set_text(j, "role", row->role);
	json_set_text(j, "unit", row->unit_name);
	json_set_int(j, "offices", row->offices);
	json_set_int(j, "keys", row->keys);
	json_set_bool(j, "must_change", row->must_change);
	json_set_bool(j, "disabled", row->disabled_at.s != 0);
	return j;
}

int
ctl_user_list(struct ctl *ctl)
{
	struct list_query query = {.order = 0};
	struct list_page page = {.more = true};
	struct list_key last = {{{0}}};
	struct json *root = NULL, *rows = NULL;
	struct office office;
	int err = read_office(ctl, "", &office);

	if (err != OK)
		return err;
	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	if (office.unit.v != 0) {
		query.values[0] = (struct list_value){
		    .filter = ACCOUNT_LIST_UNIT, .v = office.unit.v};
		query.value_count = 1;
	}
	if (ctl->json)
		rows = json_new_array();
	for (bool first = true; page.more; first = false) {
		const struct account_line *line;

		err = list_fetch(&ctl->c, ctl->a, &account_list, &query,
		                 first ? LIST_FIRST : LIST_AFTER,
		                 first ? NULL : &last, PAGE, &page);
		if (err != OK || page.n == 0)
			break;
		line = page.rows;
		for (int i = 0; i < page.n; i++) {
			if (ctl->json)
				json_add(rows, line_json(&line[i]));
			else
				print_line(ctl, &line[i]);
		}
		last = page.keys[page.n - 1];
	}
	if (err != OK || !ctl->json) {
		json_free(rows);
		return err;
	}
	root = json_new_object();
	json_set(root, "accounts", rows);
	ctl_json(ctl, root);
	return OK;
}

/* An account with what hangs on it. */
struct whole {
	struct account account;
	struct account_line line;
	struct office_line *offices;
	int office_count;
	struct account_key *keys;
	int key_count;
};

static int
read_whole(struct ctl *ctl, const char *name, struct whole *w)
{
	int err = read_account(ctl, name, &w->account);

	if (err == OK)
		err =
		    account_line_get(&ctl->c, ctl->a, w->account.id, &w->line);
	if (err == OK)
		err = office_of_person(&ctl->c, ctl->a, w->account.person,
		                       &w->offices, &w->office_count);
	if (err == OK)
		err = account_key_list(&ctl->c, ctl->a, w->account.id, &w->keys,
		                       &w->key_count);
	return err;
}

static void
show_text(struct ctl *ctl, const struct whole *w)
{
	char from[11], to[11];

	print_line(ctl, &w->line);
	for (int i = 0; i < w->office_count; i++) {
		const struct office_line *o = &w->offices[i];

		day_format(o->from_on, from);
		day_format(o->to_on, to);
		(void)printf("  %s  %s  %s - %s\n", o->role,
		             office_text(ctl->a, o), from, to);
	}
	for (int i = 0; i < w->key_count; i++)
		(void)printf("  %" PRId64 "  %s  %s%s%s\n", w->keys[i].id.v,
		             w->keys[i].type, w->keys[i].label,
		             w->keys[i].commands[0] != '\0' ? "  " : "",
		             w->keys[i].commands);
}

static void
show_json(struct ctl *ctl, const struct whole *w)
{
	struct json *root = line_json(&w->line), *list = json_new_array();
	char day[11];

	for (int i = 0; i < w->office_count; i++) {
		const struct office_line *o = &w->offices[i];
		struct json *j = json_new_object();

		json_set_text(j, "role", o->role);
		json_set_text(j, "unit", o->unit_name);
		json_set_text(j, "station", o->station_name);
		day_format(o->from_on, day);
		json_set_text(j, "from", day);
		day_format(o->to_on, day);
		json_set_text(j, "to", day);
		json_add(list, j);
	}
	json_set(root, "held", list);
	list = json_new_array();
	for (int i = 0; i < w->key_count; i++) {
		struct json *j = json_new_object();

		json_set_int(j, "number", w->keys[i].id.v);
		json_set_text(j, "type", w->keys[i].type);
		json_set_text(j, "key", w->keys[i].key);
		json_set_text(j, "label", w->keys[i].label);
		json_set_text(j, "commands", w->keys[i].commands);
		json_add(list, j);
	}
	json_set(root, "public_keys", list);
	json_set_text(root, "language", w->account.language);
	json_set_bool(root, "second_factor", w->account.factor_at.s != 0);
	json_set_int(root, "recovery_codes", w->account.recovery);
	ctl_json(ctl, root);
}

int
ctl_user_show(struct ctl *ctl)
{
	struct whole w;
	int err;

	if (!ctl_words(ctl, 1, 1))
		return ERR_USAGE;
	err = read_whole(ctl, ctl->words[0], &w);
	if (err != OK)
		return err;
	if (ctl->json)
		show_json(ctl, &w);
	else
		show_text(ctl, &w);
	return OK;
}

/* --- changing ------------------------------------------------------------ */

int
ctl_user_disable(struct ctl *ctl)
{
	struct account account;
	int err;

	if (!ctl_words(ctl, 1, 2))
		return ERR_USAGE;
	err = read_account(ctl, ctl->words[0], &account);
	if (err != OK)
		return err;
	return account_disable(&ctl->c, account.id,
	                       ctl->count > 1 ? ctl->words[1] : "");
}

int
ctl_user_enable(struct ctl *ctl)
{
	struct account account;
	int err;

	if (!ctl_words(ctl, 1, 1))
		return ERR_USAGE;
	err = read_account(ctl, ctl->words[0], &account);
	return err == OK ? account_enable(&ctl->c, account.id) : err;
}

int
ctl_user_passwd(struct ctl *ctl)
{
	bool keep = ctl_flag(ctl, "--keep");
	const char *password, *hash;
	struct account account;
	int err;

	if (!ctl_words(ctl, 1, 1))
		return ERR_USAGE;
	err = read_account(ctl, ctl->words[0], &account);
	if (err == OK)
		err = ctl_password_read(ctl, account.name, &password);
	if (err == OK)
		err = ctl_password_hash(ctl, password, &hash);
	if (err != OK)
		return err;
	return account_password(&ctl->c, account.id, hash, !keep);
}

/* The first line of a .pub file that is neither empty nor a comment. */
static int
read_key(struct ctl *ctl, const char *file, const char **out)
{
	char line[KEY_LINE_MAX];
	bool from_stdin = strcmp(file, "-") == 0;
	FILE *in = from_stdin ? stdin : fopen(file, "re");
	int err = ERR_INVALID;

	if (in == NULL) {
		ctl_say(ctl, _("%s cannot be read."), file);
		return ERR_IO;
	}
	while (err == ERR_INVALID && fgets(line, sizeof(line), in) != NULL)
		if (line[strspn(line, " \t\r\n")] != '\0' && line[0] != '#') {
			*out = arena_strdup(ctl->a, line);
			err = OK;
		}
	if (!from_stdin)
		(void)fclose(in);
	if (err != OK)
		ctl_say(ctl, _("%s has no key."), file);
	return err;
}

static int
drop_key(struct ctl *ctl, const struct account *account, const char *text)
{
	struct account_key *keys;
	int n, err;
	char *end;
	int64_t v = strtoll(text, &end, 10);

	if (*text == '\0' || *end != '\0')
		return ERR_USAGE;
	err = account_key_list(&ctl->c, ctl->a, account->id, &keys, &n);
	for (int i = 0; err == OK && i < n; i++)
		if (keys[i].id.v == v)
			return account_key_drop(&ctl->c, keys[i].id);
	return err != OK ? err : ERR_NOT_FOUND;
}

/* The commands over ssh that only read: what a key may be enrolled for. */
static const char *const reading[] = {
#define EXEC(name, function, usage, perm, reads, text) (reads) ? (name) : "",
#include "server/lib/exec.def"
#undef EXEC
};

static bool
is_reading(const char *name, size_t n)
{
	for (size_t i = 0; i < COUNT(reading); i++)
		if (n > 0 && strlen(reading[i]) == n &&
		    memcmp(reading[i], name, n) == 0)
			return true;
	return false;
}

static int
check_commands(struct ctl *ctl, const char *commands)
{
	for (const char *at = commands;; at++) {
		size_t n = strcspn(at, ",");

		if (!is_reading(at, n)) {
			ctl_say(ctl,
			        _("No reading command over ssh is called "
			          "\"%s\"."),
			        arena_strndup(ctl->a, at, n));
			return ERR_USAGE;
		}
		at += n;
		if (*at == '\0')
			return OK;
	}
}

int
ctl_user_factor(struct ctl *ctl)
{
	bool reset = ctl_flag(ctl, "--reset");
	struct account account;
	int err;

	if (!ctl_words(ctl, 1, 1) || !reset)
		return ERR_USAGE;
	err = read_account(ctl, ctl->words[0], &account);
	return err == OK ? factor_reset(&ctl->c, account.id) : err;
}

int
ctl_user_key(struct ctl *ctl)
{
	const char *drop = ctl_option(ctl, "--drop");
	const char *commands = ctl_option(ctl, "--commands");
	struct account account;
	struct account_key_id id;
	const char *line;
	int err;

	if (!ctl_words(ctl, drop != NULL ? 1 : 2, drop != NULL ? 1 : 2))
		return ERR_USAGE;
	err = read_account(ctl, ctl->words[0], &account);
	if (err != OK)
		return err;
	if (drop != NULL)
		return drop_key(ctl, &account, drop);
	if (commands != NULL) {
		err = check_commands(ctl, commands);
		if (err != OK)
			return err;
	}
	err = read_key(ctl, ctl->words[1], &line);
	if (err != OK)
		return err;
	return account_key_add(&ctl->c, account.id, line,
	                       commands != NULL ? commands : "", &id);
}

/* End every current office of that role. */
static int
end_role(struct ctl *ctl, const struct account *account, const char *role)
{
	struct day today = ctx_today(&ctl->c);
	struct office_line *rows;
	int n, ended = 0;
	int err = office_of_person(&ctl->c, ctl->a, account->person, &rows, &n);

	for (int i = 0; err == OK && i < n; i++) {
		if (strcmp(rows[i].role, role) != 0 ||
		    (rows[i].to_on.year != 0 &&
		     day_compare(rows[i].to_on, today) < 0))
			continue;
		err = office_end(&ctl->c, rows[i].id, (struct day){0});
		ended++;
	}
	if (err == OK && ended == 0)
		err = ERR_NOT_FOUND;
	return err;
}

int
ctl_user_role(struct ctl *ctl)
{
	bool end = ctl_flag(ctl, "--end");
	struct account account;
	struct office office;
	struct office_id id;
	int err = read_office(ctl, "", &office);

	if (err != OK)
		return err;
	if (!ctl_words(ctl, 2, 2))
		return ERR_USAGE;
	err = read_account(ctl, ctl->words[0], &account);
	if (err != OK)
		return err;
	if (end)
		return end_role(ctl, &account, ctl->words[1]);
	office.person = account.person;
	office.role = ctl->words[1];
	return office_add(&ctl->c, &office, &id);
}
