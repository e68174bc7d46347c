/* Telephones and PINs: bound once, few, one's own; refused, removed, told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/phone.h"
#include "tests/unit/fixture_people.h"

struct phones {
	struct fixture *f;
	struct people p;
};

static void
begin(void **state, struct phones *t)
{
	t->f = *state;
	people_open(t->f, &t->p);
}

static void
hash_of(const char *text, char out[SECRET_HEX + 1])
{
	secret_sha256(text, strlen(text), out);
}

/* Bind a telephone with that secret to c's account, as liaison-auth does;
 * before: the secret it had. */
static int
bind(struct ctx *c, const char *secret, const char *before)
{
	char token[SECRET_TOKEN + 1], invite[SECRET_HEX + 1];
	char hash[SECRET_HEX + 1], old[SECRET_HEX + 1];
	const struct phone_bind wish = {invite, hash, old, "Android"};
	struct instant until;
	int err = phone_invite(c, token, &until);

	if (err != OK)
		return err;
	hash_of(token, invite);
	hash_of(secret, hash);
	hash_of(before, old);
	return phone_bind(c, &wish);
}

static int
list(struct phones *t, struct ctx *c, struct phone **rows, int *n)
{
	return phone_list(c, t->f->a, (struct account_id){c->account}, rows, n);
}

static int64_t
owner(struct phones *t, const char *secret)
{
	char hash[SECRET_HEX + 1];
	struct account_id account = {0};
	int err;

	hash_of(secret, hash);
	err = phone_account(&t->f->ctx, hash, &account);
	assert_true(err == OK || err == ERR_NOT_FOUND);
	return err == OK ? account.v : 0;
}

static void
a_bound_telephone_is_its_persons_until_it_is_removed(void **state)
{
	struct phones t;
	struct phone *rows;
	int n;

	begin(state, &t);
	assert_int_equal(bind(&t.p.deputy1, "s1", ""), OK);
	assert_int_equal(owner(&t, "s1"), t.p.deputy1.account);
	assert_int_equal(owner(&t, "s2"), 0);
	assert_int_equal(list(&t, &t.p.deputy1, &rows, &n), OK);
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].label, "Android");
	assert_false(rows[0].seen);
	assert_int_equal(phone_see(&t.p.deputy1, rows[0].id), OK);
	assert_int_equal(list(&t, &t.p.deputy1, &rows, &n), OK);
	assert_true(rows[0].seen);
	assert_int_equal(phone_drop(&t.p.deputy1, rows[0].id), OK);
	assert_int_equal(owner(&t, "s1"), 0);
	assert_int_equal(phone_drop(&t.p.deputy1, rows[0].id), ERR_NOT_FOUND);
}

static void
a_telephone_is_bound_for_a_year(void **state)
{
	struct phones t;

	begin(state, &t);
	assert_int_equal(bind(&t.p.deputy1, "s1", ""), OK);
	assert_int_equal(store_exec(t.f->store, "UPDATE phone SET bound_at ="
	                                        " bound_at - 364 * 86400"),
	                 OK);
	assert_int_equal(owner(&t, "s1"), t.p.deputy1.account);
	assert_int_equal(store_exec(t.f->store, "UPDATE phone SET bound_at ="
	                                        " bound_at - 86400"),
	                 OK);
	assert_int_equal(owner(&t, "s1"), 0);
	/* bound again it takes its own place */
	assert_int_equal(bind(&t.p.deputy1, "s2", "s1"), OK);
	assert_int_equal(owner(&t, "s2"), t.p.deputy1.account);
}

static void
an_invitation_is_good_once_and_for_a_few_minutes(void **state)
{
	char token[SECRET_TOKEN + 1], invite[SECRET_HEX + 1];
	struct phone_bind wish = {invite, "h1", "", "-"};
	struct account_id account;
	struct instant until;
	struct phones t;

	begin(state, &t);
	assert_int_equal(phone_invite(&t.p.deputy1, token, &until), OK);
	assert_int_equal(until.s, ctx_now(&t.p.deputy1).s + 600);
	hash_of(token, invite);
	assert_int_equal(phone_invited(&t.f->ctx, invite, &account), OK);
	assert_int_equal(account.v, t.p.deputy1.account);
	/* by another person it is none */
	assert_int_equal(phone_bind(&t.p.deputy3, &wish), ERR_NOT_FOUND);
	people_at(t.f, &t.p, 14, 13);
	assert_int_equal(phone_bind(&t.p.deputy1, &wish), ERR_NOT_FOUND);
	people_at(t.f, &t.p, 14, 12);
	assert_int_equal(phone_bind(&t.p.deputy1, &wish), OK);
	wish.secret = "h2";
	assert_int_equal(phone_bind(&t.p.deputy1, &wish), ERR_NOT_FOUND);
	/* a new one takes the place of the one before */
	assert_int_equal(phone_invite(&t.p.deputy1, token, &until), OK);
	hash_of(token, invite);
	assert_int_equal(phone_invite(&t.p.deputy1, token, &until), OK);
	assert_int_equal(phone_bind(&t.p.deputy1, &wish), ERR_NOT_FOUND);
	assert_int_equal(fixture_int(t.f, "SELECT count(*) FROM phone"), 1);
}

static void
a_person_has_two_telephones_at_most(void **state)
{
	struct phones t;

	begin(state, &t);
	assert_int_equal(bind(&t.p.deputy1, "s1", ""), OK);
	assert_int_equal(bind(&t.p.deputy1, "s2", ""), OK);
	assert_int_equal(bind(&t.p.deputy1, "s3", ""), ERR_LIMIT);
	assert_int_equal(owner(&t, "s3"), 0);
	assert_int_equal(bind(&t.p.deputy3, "s3", ""), OK);
}

static void
a_telephone_has_one_person(void **state)
{
	struct phones t;

	begin(state, &t);
	assert_int_equal(bind(&t.p.deputy1, "s1", ""), OK);
	assert_int_equal(bind(&t.p.deputy3, "s2", "s1"), OK);
	assert_int_equal(owner(&t, "s1"), 0);
	assert_int_equal(owner(&t, "s2"), t.p.deputy3.account);
	assert_int_equal(fixture_int(t.f, "SELECT count(*) FROM phone"), 1);
}

static void
others_neither_see_nor_remove_a_telephone(void **state)
{
	struct phone *rows, *others;
	struct phones t;
	int n;

	begin(state, &t);
	assert_int_equal(bind(&t.p.deputy1, "s1", ""), OK);
	assert_int_equal(list(&t, &t.p.deputy1, &rows, &n), OK);
	assert_int_equal(
	    phone_list(&t.p.deputy3, t.f->a, rows[0].account, &others, &n),
	    ERR_DENIED);
	assert_int_equal(
	    phone_list(&t.p.admin, t.f->a, rows[0].account, &others, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(phone_drop(&t.p.deputy3, rows[0].id), ERR_NOT_FOUND);
	assert_int_equal(phone_drop(&t.p.unit, rows[0].id), ERR_NOT_FOUND);
	assert_int_equal(phone_drop(&t.p.county, rows[0].id), ERR_DENIED);
	assert_int_equal(phone_see(&t.p.admin, rows[0].id), ERR_DENIED);
	/* who manages accounts removes the lost telephone of another */
	assert_int_equal(phone_drop(&t.p.admin, rows[0].id), OK);
}

static void
nobody_asks_whose_a_secret_is_but_the_system(void **state)
{
	struct account_id account;
	struct pin *rows;
	struct ctx public;
	struct phones t;
	int n;

	begin(state, &t);
	ctx_init_public(&public, t.f->store);
	assert_int_equal(phone_account(&t.p.admin, "h", &account), ERR_DENIED);
	assert_int_equal(phone_account(&public, "h", &account), ERR_DENIED);
	assert_int_equal(phone_invited(&public, "h", &account), ERR_DENIED);
	assert_int_equal(phone_pins(&t.p.admin, t.f->a, "x", &rows, &n),
	                 ERR_DENIED);
	assert_int_equal(phone_pin(&public, "h"), ERR_DENIED);
}

static void
a_pin_is_found_by_the_accounts_name_or_the_persons(void **state)
{
	struct instant at;
	struct pin *rows;
	struct phones t;
	int n;

	begin(state, &t);
	assert_int_equal(phone_pin_at(&t.p.deputy1, &at), OK);
	assert_int_equal(at.s, 0);
	assert_int_equal(phone_pin(&t.p.deputy1, "hash1"), OK);
	assert_int_equal(phone_pin_at(&t.p.deputy1, &at), OK);
	assert_int_equal(at.s, ctx_now(&t.p.deputy1).s);
	fixture_event(t.f, ACTION_PERSON_SAVE, ENTITY_PERSON, 1,
	              "UPDATE person SET name = '重名' WHERE id IN (1, 3);");
	assert_int_equal(phone_pins(&t.f->ctx, t.f->a, "重名", &rows, &n), OK);
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].hash, "hash1");
	assert_int_equal(phone_pin(&t.p.deputy3, "hash3"), OK);
	assert_int_equal(phone_pins(&t.f->ctx, t.f->a, "重名", &rows, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(phone_pins(&t.f->ctx, t.f->a, "nobody", &rows, &n),
	                 OK);
	assert_int_equal(n, 0);
	assert_int_equal(phone_pin(&t.p.deputy1, ""), OK);
	assert_int_equal(phone_pin_at(&t.p.deputy1, &at), OK);
	assert_int_equal(at.s, 0);
	assert_int_equal(phone_pins(&t.f->ctx, t.f->a, "重名", &rows, &n), OK);
	assert_int_equal(n, 1);
}

static void
a_pin_is_digits_that_are_not_the_first_to_be_tried(void **state)
{
	static const char *const bad[] = {
	    "",       "12345",  "1234567890123", "12345a",
	    "123456", "654321", "000000",        "１２３４５６"};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_non_null(phone_pin_fault(bad[i]));
	assert_null(phone_pin_fault("482913"));
	assert_null(phone_pin_fault("112233445566"));
}

/* Neither the audit nor what striking out keeps has a hash. */
static void
no_hash_is_kept_anywhere_else(void **state)
{
	char hash[SECRET_HEX + 1];
	struct phones t;

	begin(state, &t);
	assert_int_equal(bind(&t.p.deputy1, "s1", ""), OK);
	assert_int_equal(phone_pin(&t.p.deputy1, "argon-hash"), OK);
	hash_of("s1", hash);
	assert_int_equal(
	    fixture_int(t.f, arena_printf(t.f->a,
	                                  "SELECT count(*) FROM audit WHERE"
	                                  " instr(detail, '%s') > 0"
	                                  " OR instr(detail, 'argon') > 0",
	                                  hash)),
	    0);
	assert_int_equal(
	    fixture_int(
		t.f,
		arena_printf(
		    t.f->a,
		    "SELECT count(*) FROM event_undo WHERE"
		    " instr(coalesce(event_undo.before, ''), '%s') > 0"
		    " OR instr(coalesce(event_undo.before, ''), 'argon') > 0",
		    hash)),
	    0);
}

static void
no_query_scans(void **state)
{
	struct fixture *f = *state;
	struct account_id account;
	struct pin *pins;
	int n;

	assert_int_equal(phone_account(&f->ctx, "h", &account), ERR_NOT_FOUND);
	assert_int_equal(phone_invited(&f->ctx, "h", &account), ERR_NOT_FOUND);
	assert_int_equal(phone_pins(&f->ctx, f->a, "x", &pins, &n), OK);
	fixture_plan_used(f);
}

static void
browsers_are_called_by_what_they_run_on(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(
	    phone_label(f->a, "Mozilla/5.0 (Linux; Android 14; V2) Chrome"),
	    "Android");
	assert_string_equal(phone_label(f->a, "(iPhone; CPU iPhone OS 17)"),
	                    "iPhone");
	assert_string_equal(phone_label(f->a, "<script>"), "-");
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_bound_telephone_is_its_persons_until_it_is_removed),
	    TEST(a_telephone_is_bound_for_a_year),
	    TEST(an_invitation_is_good_once_and_for_a_few_minutes),
	    TEST(a_person_has_two_telephones_at_most),
	    TEST(a_telephone_has_one_person),
	    TEST(others_neither_see_nor_remove_a_telephone),
	    TEST(nobody_asks_whose_a_secret_is_but_the_system),
	    TEST(a_pin_is_found_by_the_accounts_name_or_the_persons),
	    TEST(a_pin_is_digits_that_are_not_the_first_to_be_tried),
	    TEST(no_hash_is_kept_anywhere_else),
	    TEST(no_query_scans),
	    TEST(browsers_are_called_by_what_they_run_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
