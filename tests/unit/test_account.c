/* Accounts and keys: opening, signing in, disabling, who sees them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/account_key.h"
#include "tests/unit/fixture_org.h"

#define KEY                                                                    \
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9ok" \
	"WIIQ5bV3iv0Y chen@town"

static struct account_new
new_entry(struct org *o)
{
	return (struct account_new){
	    .name = "chen",
	    .person = {.unit = o->units[0].unit, .name = "陈晨"},
	    .office = {.role = "officer", .station = o->units[0].station},
	    .password = "$argon2id$hash",
	    .must_change = true,
	};
}

static void
one_event_makes_person_office_and_account(void **state)
{
	struct org *o = *state;
	const char *before = fixture_dump(o->f, o->f->a);
	const struct account_new entry = new_entry(o);
	struct account_line line;
	struct account_id id;
	struct ctx c, chen;

	org_ctx(o, "admin", &c);
	assert_int_equal(account_add(&c, &entry, &id), OK);
	assert_int_equal(
	    fixture_int(o->f, "SELECT count(*) FROM event WHERE cause IS NULL"
	                      "   AND action = 'account.add'"
	                      "   AND id = (SELECT max(id) FROM event"
	                      "              WHERE cause IS NULL)"),
	    1);
	assert_int_equal(account_line_get(&c, o->f->a, id, &line), OK);
	assert_string_equal(line.person_name, "陈晨");
	assert_string_equal(line.unit_name, "周王庙镇");
	assert_string_equal(line.role, "officer");
	assert_true(line.must_change);
	org_ctx(o, "chen", &chen);
	assert_int_equal(chen.my_station, o->units[0].station.v);
	org_strike_restores(o, before);
}

static void
a_fault_anywhere_leaves_nothing_behind(void **state)
{
	static const char *const names[] = {
	    "",          "Chen",
	    "1chen",     "-chen",
	    "chen wang", "chen/..",
	    "张",        "_x",
	    "ch\ren",    "a23456789012345678901234567890123"};
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const char *before = fixture_dump(o->f, o->f->a);
	struct account_new entry = new_entry(o);
	struct account_id id;

	for (size_t i = 0; i < COUNT(names); i++) {
		entry.name = names[i];
		assert_int_equal(account_add(c, &entry, &id), ERR_INVALID);
		org_assert_fault(c, "account");
	}
	entry = new_entry(o);
	entry.person.name = "";
	assert_int_equal(account_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "name");
	entry = new_entry(o);
	entry.office.station.v = 0;
	assert_int_equal(account_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "station");
	entry = new_entry(o);
	entry.name = "town";
	assert_int_equal(account_add(c, &entry, &id), ERR_EXISTS);
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
}

static void
signing_in_reads_hash_state_and_hat(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct account_new entry = new_entry(o);
	struct account_login login;
	struct account_id id;

	assert_int_equal(account_add(c, &entry, &id), OK);
	assert_int_equal(account_for_login(c, o->f->a, "chen", &login), OK);
	assert_int_equal(login.id.v, id.v);
	assert_string_equal(login.password, "$argon2id$hash");
	assert_true(login.must_change);
	assert_false(login.disabled);
	assert_false(login.factor);
	assert_false(login.sees_most);
	assert_false(login.guarded);
	assert_int_equal(account_for_login(c, o->f->a, "nobody", &login),
	                 ERR_NOT_FOUND);

	assert_int_equal(account_password(c, id, "$argon2id$new", false), OK);
	assert_int_equal(account_disable(c, id, "调离"), OK);
	assert_int_equal(account_for_login(c, o->f->a, "chen", &login), OK);
	assert_string_equal(login.password, "$argon2id$new");
	assert_false(login.must_change);
	assert_true(login.disabled);
}

static void
a_disabled_account_opens_no_context(void **state)
{
	struct org *o = *state;
	const struct account_id id = org_account(o, "town");
	int64_t audits = org_audits(o);
	struct ctx admin, c;

	org_ctx(o, "admin", &admin);
	org_ctx(o, "town", &c);
	assert_int_equal(account_disable(&admin, id, "调离"), OK);
	assert_int_equal(org_audits(o), audits + 1);
	assert_int_equal(ctx_refresh(&c), ERR_DENIED);
	assert_int_equal(account_disable(&admin, id, ""), ERR_STATE);
	assert_int_equal(account_enable(&admin, id), OK);
	assert_int_equal(account_enable(&admin, id), ERR_STATE);
	assert_int_equal(ctx_refresh(&c), OK);
}

static void
nobody_disables_themself(void **state)
{
	struct org *o = *state;
	struct ctx c;

	org_ctx(o, "admin", &c);
	assert_int_equal(account_disable(&c, org_account(o, "admin"), ""),
	                 ERR_OWN);
}

static void
accounts_are_the_administrators_and_ones_own(void **state)
{
	static const char *const others[] = {"auditor", "county",  "leader",
	                                     "town",    "station", "officer",
	                                     "deputy",  "office"};
	struct org *o = *state;
	const struct account_id foreign = org_account(o, "town2");
	const struct list_query query = {0};
	const struct account_new entry = new_entry(o);
	struct account row;
	struct account_line line;
	struct account_key *keys;
	struct account_key_id key;
	struct list_page page;
	struct account_id id;
	struct ctx c;
	int n;

	for (size_t i = 0; i < COUNT(others); i++) {
		struct account_id own = org_account(o, others[i]);

		org_ctx(o, others[i], &c);
		assert_int_equal(account_get(&c, o->f->a, own, &row), OK);
		assert_int_equal(account_line_get(&c, o->f->a, own, &line), OK);
		assert_int_equal(account_get(&c, o->f->a, foreign, &row),
		                 ERR_DENIED);
		assert_int_equal(account_named(&c, o->f->a, "town2", &row),
		                 ERR_DENIED);
		assert_int_equal(
		    account_key_list(&c, o->f->a, foreign, &keys, &n),
		    ERR_DENIED);
		assert_int_equal(account_key_add(&c, foreign, KEY, "", &key),
		                 ERR_DENIED);
		assert_int_equal(account_add(&c, &entry, &id), ERR_DENIED);
		assert_int_equal(account_disable(&c, foreign, ""), ERR_DENIED);
		assert_int_equal(account_enable(&c, foreign), ERR_DENIED);
		assert_int_equal(account_password(&c, foreign, "x", false),
		                 ERR_DENIED);
		assert_int_equal(list_fetch(&c, o->f->a, &account_list, &query,
		                            LIST_FIRST, NULL, 50, &page),
		                 ERR_DENIED);
	}
	org_ctx(o, "admin", &c);
	assert_int_equal(list_fetch(&c, o->f->a, &account_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 16);
}

static void
the_list_finds_by_name_and_pinyin(void **state)
{
	static const char *const texts[] = {"town", "gm", "葛", "gemin"};
	struct org *o = *state;
	struct list_page page;
	struct ctx c;

	org_ctx(o, "admin", &c);
	for (size_t i = 0; i < COUNT(texts); i++) {
		const struct list_query query = {
		    .values[0] = {.filter = ACCOUNT_LIST_FIND, .s = texts[i]},
		    .values[1] = {.filter = ACCOUNT_LIST_UNIT,
		                  .v = o->units[0].unit.v},
		    .value_count = 2};
		const struct account_line *row;

		assert_int_equal(list_fetch(&c, o->f->a, &account_list, &query,
		                            LIST_FIRST, NULL, 50, &page),
		                 OK);
		assert_int_equal(page.n, 1);
		row = page.rows;
		assert_string_equal(row->name, "town");
	}
	fixture_plan_list(o->f, &c, &account_list);
}

static void
everybody_keeps_their_own_settings(void **state)
{
	struct org *o = *state;
	struct account row;
	struct ctx c;

	const struct account_settings all = {"en", "gb18030", "wide"};
	const struct account_settings one = {.blocks = "narrow"};

	org_ctx(o, "deputy", &c);
	assert_int_equal(account_settings(&c, &all), OK);
	assert_int_equal(account_settings(&c, &one), OK);
	assert_int_equal(
	    account_get(&c, o->f->a, org_account(o, "deputy"), &row), OK);
	assert_string_equal(row.language, "en");
	assert_string_equal(row.encoding, "gb18030");
	assert_string_equal(row.blocks, "narrow");
	assert_int_equal(account_settings(&o->f->ctx, &all), ERR_DENIED);
	assert_int_equal(
	    account_password(&c, org_account(o, "deputy"), "$new", false), OK);
}

static void
a_setting_has_one_of_its_values(void **state)
{
	static const struct {
		struct account_settings wanted;
		const char *fault;
	} rows[] = {
	    {{.language = "fr"}, "language"},
	    {{.encoding = "big5"}, "encoding"},
	    {{.blocks = "3"}, "blocks"},
	};
	struct org *o = *state;
	struct ctx c;

	org_ctx(o, "deputy", &c);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(account_settings(&c, &rows[i].wanted),
		                 ERR_INVALID);
		org_assert_fault(&c, rows[i].fault);
	}
}

static void
an_answer_goes_before_what_is_usual(void **state)
{
	static const struct {
		const char *blocks;
		enum encoding encoding;
		bool wide;
	} rows[] = {
	    {"", ENCODING_UTF8, false},      {"", ENCODING_GB18030, true},
	    {"", ENCODING_GBK, true},        {"narrow", ENCODING_UTF8, false},
	    {"narrow", ENCODING_GBK, false}, {"wide", ENCODING_UTF8, true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct account row = {.blocks = rows[i].blocks};

		assert_int_equal(account_is_wide(&row, rows[i].encoding),
		                 rows[i].wide);
	}
}

static void
a_key_is_added_found_and_dropped(void **state)
{
	struct org *o = *state;
	const struct account_id own = org_account(o, "town");
	int64_t audits = org_audits(o);
	struct account_key row, *rows;
	struct account_key_id id;
	struct ctx c;
	int n;

	org_ctx(o, "town", &c);
	assert_int_equal(account_key_add(&c, own, "  " KEY "\n", "", &id), OK);
	assert_int_equal(org_audits(o), audits + 1);
	assert_int_equal(account_key_add(&c, own, KEY, "", &id), ERR_EXISTS);
	assert_int_equal(account_key_list(&c, o->f->a, own, &rows, &n), OK);
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].label, "chen@town");
	assert_int_equal(account_key_find(&o->f->ctx, o->f->a, own,
	                                  rows[0].type, rows[0].key, &row),
	                 OK);
	assert_int_equal(account_key_find(&o->f->ctx, o->f->a,
	                                  org_account(o, "town2"), rows[0].type,
	                                  rows[0].key, &row),
	                 ERR_NOT_FOUND);
	id = rows[0].id;

	org_ctx(o, "town2", &c);
	assert_int_equal(account_key_drop(&c, id), ERR_NOT_FOUND);
	org_ctx(o, "county", &c);
	assert_int_equal(account_key_drop(&c, id), ERR_DENIED);
	org_ctx(o, "town", &c);
	assert_int_equal(account_key_drop(&c, id), OK);
	assert_int_equal(account_key_drop(&c, id), ERR_NOT_FOUND);
}

static void
what_is_no_public_key_is_refused(void **state)
{
	static const char *const lines[] = {
	    "",
	    "ssh-ed25519",
	    "ssh-ed25519 AAAA",
	    "ssh-dss AAAAB3NzaC1kc3MAAACBAJ",
	    "command=\"sh\" " KEY,
	    /* a type that the blob does not bear out */
	    "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9ok"
	    "WIIQ5bV3iv0Y",
	    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoq\x1b[2Jab"
	    "gH5C9okWIIQ5bV3iv0Y",
	    "-----BEGIN OPENSSH PRIVATE KEY-----",
	};
	struct org *o = *state;
	const struct account_id own = org_account(o, "town");
	struct account_key_id id;
	struct ctx c;

	org_ctx(o, "town", &c);
	for (size_t i = 0; i < COUNT(lines); i++) {
		assert_int_equal(account_key_add(&c, own, lines[i], "", &id),
		                 ERR_INVALID);
		org_assert_fault(&c, "key");
	}
}

static void
no_hash_enters_the_audit(void **state)
{
	struct org *o = *state;
	const struct account_new entry = new_entry(o);
	struct account_id id;

	assert_int_equal(account_add(&o->f->ctx, &entry, &id), OK);
	assert_int_equal(
	    account_password(&o->f->ctx, id, "$argon2id$other", false), OK);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM audit"
	                                   " WHERE detail LIKE '%argon2id%'"),
	                 0);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM event_undo"
	                                   " WHERE before LIKE '%argon2id%'"),
	                 0);
}

/* A process of its own, as a second administrator would be. */
static pid_t
add_elsewhere(struct org *o, const struct account_new *entry)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		struct account_id id;
		struct store *store;
		struct ctx c;
		int err = store_open(o->f->path, STORE_EXISTING, &store);

		if (err == OK) {
			ctx_init_system(&c, store);
			err = account_add(&c, entry, &id);
		}
		_exit(err == OK ? 0 : err == ERR_EXISTS ? 1 : 2);
	}
	return pid;
}

static void
of_two_who_open_the_same_account_one_is_told(void **state)
{
	struct org *o = *state;
	const struct account_new entry = new_entry(o);
	int made = 0;

	for (int round = 0; round < 2; round++) {
		pid_t a = add_elsewhere(o, &entry),
		      b = add_elsewhere(o, &entry);
		int first, second;

		assert_int_equal(waitpid(a, &first, 0), a);
		assert_int_equal(waitpid(b, &second, 0), b);
		assert_true(WIFEXITED(first) && WEXITSTATUS(first) < 2);
		assert_true(WIFEXITED(second) && WEXITSTATUS(second) < 2);
		made += (WEXITSTATUS(first) == 0) + (WEXITSTATUS(second) == 0);
	}
	assert_int_equal(made, 1);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM person"
	                                   " WHERE name = '陈晨'"),
	                 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(one_event_makes_person_office_and_account),
	    TEST(a_fault_anywhere_leaves_nothing_behind),
	    TEST(signing_in_reads_hash_state_and_hat),
	    TEST(a_disabled_account_opens_no_context),
	    TEST(nobody_disables_themself),
	    TEST(accounts_are_the_administrators_and_ones_own),
	    TEST(the_list_finds_by_name_and_pinyin),
	    TEST(everybody_keeps_their_own_settings),
	    TEST(a_setting_has_one_of_its_values),
	    TEST(an_answer_goes_before_what_is_usual),
	    TEST(a_key_is_added_found_and_dropped),
	    TEST(what_is_no_public_key_is_refused),
	    TEST(no_hash_enters_the_audit),
	    TEST(of_two_who_open_the_same_account_one_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
