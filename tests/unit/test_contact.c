/* Contacts of citizens: who may have one opened, what each look leaves, and
 * that nothing of them can be read without the key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/contact.h"
#include "db/store/audit.h"
#include "db/store/check.h"
#include "db/store/event.h"
#include "tests/unit/fixture_opinion.h"
#include "tests/unit/fixture_world.h"

#define NAME "裘晓云"
#define PHONE "13612342210"
#define MASK "136****2210"

/* Opinions of unit 1, but ABROAD of unit 2; each has the same contact. */
enum {
	PLAIN = 9001,
	ONE_TO_ONE, /* for the deputy with the account */
	CLOSED,
	ABROAD,
	SENT,     /* to the unit's office */
	RELEASED, /* and the contact with it */
	RETURNED, /* released, and then returned */
	BARE,     /* nobody left a contact */
	OPINIONS_END
};

static const struct contact_entry entry = {NAME, PHONE};

static void
add(struct fixture *f, int64_t id, const char *sql,
    const struct contact_entry *contact)
{
	int err = event_begin(&f->ctx, ACTION_OPINION_ADD, ENTITY_OPINION, id,
	                      id == ABROAD ? 2 : 1);

	assert_int_equal(err, OK);
	err = store_exec(f->store, sql);
	if (err != OK)
		print_error("%s\n%s\n", store_why(f->store), sql);
	if (err == OK && contact != NULL)
		err = contact_add(&f->ctx, (struct opinion_id){id}, contact);
	assert_int_equal(event_end(&f->ctx, err), OK);
}

static void
add_opinion(struct fixture *f, int64_t id, int unit, const char *deputy,
            const char *state)
{
	add(f, id,
	    arena_printf(f->a,
	                 "INSERT INTO opinion (id, unit, station, deputy,"
	                 " reader, source, subject, body, level, state,"
	                 " received_at, month) VALUES (%lld, %d, %d, %s, %s,"
	                 " 'desk', '路灯', '路灯不亮', 'station', '%s',"
	                 " 1774764000, 202603)",
	                 (long long)id, unit, unit * 100, deputy, deputy,
	                 state),
	    id != BARE ? &entry : NULL);
}

static void
add_leg(struct fixture *f, int64_t id, const char *state, bool released)
{
	add(f, id,
	    arena_printf(f->a,
	                 "INSERT INTO opinion_leg (id, opinion, unit, station,"
	                 " organ, path, state, sent_at, released) VALUES"
	                 " (%lld, %lld, 1, 100, 100, 'express', '%s',"
	                 " 1774764000, %d)",
	                 (long long)id, (long long)id, state, released),
	    NULL);
}

static int
setup(void **state)
{
	struct fixture *f;

	if (fixture_setup(state) != 0)
		return -1;
	f = *state;
	world_make(f);
	add_opinion(f, PLAIN, 1, "NULL", "triage");
	add_opinion(f, ONE_TO_ONE, 1, "110", "triage");
	add_opinion(f, CLOSED, 1, "110", "closed");
	add_opinion(f, ABROAD, 2, "NULL", "triage");
	add_opinion(f, SENT, 1, "NULL", "handling");
	add_opinion(f, RELEASED, 1, "NULL", "handling");
	add_opinion(f, RETURNED, 1, "NULL", "handling");
	add_opinion(f, BARE, 1, "NULL", "triage");
	add_leg(f, SENT, "accepted", false);
	add_leg(f, RELEASED, "accepted", true);
	add_leg(f, RETURNED, "returned", true);
	return 0;
}

static int
look(struct ctx *c, int64_t id, char text[CONTACT_TEXT + 1])
{
	struct secret_box_key key;

	fixture_contact_key(&key);
	return contact_look(c, (struct opinion_id){id}, &key, text);
}

static int64_t
count(struct fixture *f, const char *action)
{
	return fixture_int(
	    f,
	    arena_printf(f->a, "SELECT count(*) FROM audit WHERE action = '%s'",
	                 action));
}

/* --- who may ------------------------------------------------------------- */

/* The rule of domain.md, in a table of its own. */
enum { YES = OK, NO = ERR_DENIED, NONE = ERR_NOT_FOUND, OVER = ERR_STATE };

static const struct {
	const char *role;
	int may[OPINIONS_END - PLAIN];
} roles[] = {
    /*                plain one   closed abroad sent released returned bare */
    {"admin", {NO, NO, NO, NO, NO, NO, NO, NO}},
    {"auditor", {NO, NO, NO, NO, NO, NO, NO, NO}},
    {"leader", {NO, NO, NO, NO, NO, NO, NO, NO}},
    {"county_staff", {YES, YES, OVER, YES, YES, YES, YES, NONE}},
    {"unit_staff", {YES, YES, OVER, NONE, YES, YES, YES, NONE}},
    {"station_head", {YES, YES, OVER, NONE, YES, YES, YES, NONE}},
    {"vice_head", {YES, YES, OVER, NONE, YES, YES, YES, NONE}},
    {"officer", {YES, YES, OVER, NONE, YES, YES, YES, NONE}},
    {"deputy", {NONE, YES, OVER, NONE, NONE, NONE, NONE, NONE}},
    {"organ", {NONE, NONE, NONE, NONE, NO, YES, NO, NONE}},
};

static void
each_role_opens_what_its_cases_in_hand_are_and_each_look_is_traced(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(COUNT(roles), WORLD_ROLES);
	for (size_t r = 0; r < COUNT(roles); r++)
		for (int id = PLAIN; id < OPINIONS_END; id++) {
			int want = roles[r].may[id - PLAIN], err;
			int64_t opened = count(f, "contact.open");
			int64_t refused = count(f, "contact.refuse");
			char text[CONTACT_TEXT + 1] = "";
			struct contact shown = {.may_open = false};
			struct ctx c;

			world_ctx(f, roles[r].role, 1, &c);
			err = look(&c, id, text);
			if (err != want)
				fail_msg("%s, opinion %d: %s, not %s",
				         roles[r].role, id, err_name(err),
				         err_name(want));
			assert_string_equal(text,
			                    want == OK ? NAME "\n" PHONE : "");
			assert_int_equal(count(f, "contact.open"),
			                 opened + (want == OK));
			assert_int_equal(count(f, "contact.refuse"),
			                 refused + (want != OK));
			/* what the page says beforehand is the same */
			err = contact_get(&c, (struct opinion_id){id}, &shown);
			assert_int_equal(err == OK && shown.may_open,
			                 want == OK);
		}
}

static void
the_trace_says_who_and_which_and_why_not(void **state)
{
	struct fixture *f = *state;
	char text[CONTACT_TEXT + 1];
	struct ctx c;

	world_ctx(f, "officer", 1, &c);
	assert_int_equal(look(&c, PLAIN, text), OK);
	assert_int_equal(look(&c, CLOSED, text), ERR_STATE);
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM audit WHERE event IS NULL"
	                   " AND action = 'contact.open' AND account = 107"
	                   " AND office = 107"
	                   " AND detail = '{\"subject\":[\"opinion\",9001]}'"),
	    1);
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM audit WHERE event IS NULL"
	                   " AND action = 'contact.refuse' AND account = 107"
	                   " AND detail ->> '$.subject[1]' = 9003"
	                   " AND detail ->> '$.why' = 'STATE'"),
	    1);
}

static void
without_a_trace_there_is_no_look(void **state)
{
	struct fixture *f = *state;
	char text[CONTACT_TEXT + 1] = "";
	struct store *other;
	struct ctx c;

	assert_int_equal(store_open(f->path, STORE_READONLY, &other), OK);
	assert_int_equal(ctx_open(&c, other, world_person("officer", 1), 0),
	                 OK);
	assert_int_not_equal(look(&c, PLAIN, text), OK);
	assert_string_equal(text, "");
	store_close(other);
}

static void
an_office_sees_no_mask_before_the_contact_is_released(void **state)
{
	struct fixture *f = *state;
	struct contact shown;
	struct ctx c;

	world_ctx(f, "organ", 1, &c);
	assert_int_equal(contact_get(&c, (struct opinion_id){SENT}, &shown),
	                 OK);
	assert_string_equal(shown.mask, "");
	assert_int_equal(contact_get(&c, (struct opinion_id){RELEASED}, &shown),
	                 OK);
	assert_string_equal(shown.mask, MASK);
	world_ctx(f, "officer", 1, &c);
	assert_int_equal(contact_get(&c, (struct opinion_id){CLOSED}, &shown),
	                 OK);
	assert_string_equal(shown.mask, MASK);
	assert_false(shown.may_open);
	world_ctx(f, "leader", 1, &c);
	assert_int_equal(contact_get(&c, (struct opinion_id){PLAIN}, &shown),
	                 ERR_DENIED);
}

/* --- what lies there ----------------------------------------------------- */

static void
read_file(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	char bytes[65536];
	size_t n;

	assert_non_null(file);
	buf_truncate(out, 0);
	while ((n = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_addn(out, bytes, n);
	fclose(file);
}

static void
name_and_number_are_in_no_file_of_the_database(void **state)
{
	static const char *const ends[] = {"", "-wal"};
	struct fixture *f = *state;
	struct secret_box_key key;
	struct opinion_id after = {0};
	char text[CONTACT_TEXT + 1];
	struct event_list later;
	struct buf bytes = BUF_INIT;
	struct ctx c;
	int n;

	fixture_contact_key(&key);
	world_ctx(f, "officer", 1, &c);
	assert_int_equal(look(&c, PLAIN, text), OK);
	assert_int_equal(contact_match(&f->ctx, &key, 100, &after, &n), OK);
	assert_int_equal(
	    event_strike(&f->ctx, f->a,
	                 fixture_int(f, "SELECT event FROM event_link"
	                                " WHERE kind = 'contact'"
	                                "   AND id = 9001"),
	                 "误", &later),
	    OK);
	for (size_t i = 0; i < COUNT(ends); i++) {
		read_file(arena_printf(f->a, "%s%s", f->path, ends[i]), &bytes);
		assert_true(bytes.len > 0);
		assert_null(memmem(bytes.data, bytes.len, NAME, strlen(NAME)));
		assert_null(
		    memmem(bytes.data, bytes.len, PHONE, strlen(PHONE)));
		/* not in hexadecimal either */
		assert_null(
		    memmem(bytes.data, bytes.len, "3133363132333432", 16));
	}
	buf_clear(&bytes);
}

static void
what_is_sealed_opens_for_its_opinion_and_key_only(void **state)
{
	static const unsigned char another[SECRET_KEY] = {9};
	struct fixture *f = *state;
	char text[CONTACT_TEXT + 1] = "";
	struct secret_box_key key;
	struct ctx c;

	world_ctx(f, "officer", 1, &c);
	secret_box_of_seed(another, &key);
	assert_int_equal(
	    contact_look(&c, (struct opinion_id){PLAIN}, &key, text),
	    ERR_CONFIG);
	assert_int_equal(
	    store_exec(f->store, "UPDATE contact SET sealed = (SELECT o.sealed"
	                         " FROM contact AS o WHERE o.id = 9004)"
	                         " WHERE id = 9001"),
	    OK);
	assert_int_equal(look(&c, PLAIN, text), ERR_CONFIG);
	assert_string_equal(text, "");
	assert_int_equal(count(f, "contact.refuse"), 2);
}

static const char *
sealed_of(struct fixture *f, int64_t id)
{
	const char *dump = fixture_dump(f, f->a);
	const char *at = strstr(
	    dump, arena_printf(f->a, "contact id=1:%lld ", (long long)id));

	assert_non_null(at);
	return arena_strndup(f->a, at, strcspn(at, "\n"));
}

static void
only_a_seeded_site_seals_the_same_each_time(void **state)
{
	struct fixture *f = *state, *g;
	void *second;

	assert_int_equal(fixture_setup(&second), 0);
	g = second;
	world_make(g);
	add_opinion(f, 9101, 1, "NULL", "triage");
	add_opinion(g, 9101, 1, "NULL", "triage");
	assert_string_not_equal(sealed_of(f, 9101), sealed_of(g, 9101));
	f->ctx.seed = g->ctx.seed = 7;
	add_opinion(f, 9102, 1, "NULL", "triage");
	add_opinion(g, 9102, 1, "NULL", "triage");
	assert_string_equal(sealed_of(f, 9102), sealed_of(g, 9102));
	fixture_teardown(&second);
}

/* --- numbers ------------------------------------------------------------- */

static void
a_number_is_kept_in_one_form_with_its_mask(void **state)
{
	static const struct {
		const char *typed, *mask;
	} forms[] = {
	    {"13612342210", "136****2210"},
	    {" 136 1234 2210 ", "136****2210"},
	    {"136-1234-2210", "136****2210"},
	    {"+86 136 1234 2210", "136****2210"},
	    {"008613612342210", "136****2210"},
	    {"８６１３６１２３４２２１０", "136****2210"},
	    {"１３６１２３４２２１０", "136****2210"},
	    {"0573-87012345", "0573-****2345"},
	    {"(0573)8701 2345", "0573-****2345"},
	    {"（０５７３）８７０１２３４", "0573-***1234"},
	    {"010 8701 2345", "010-****2345"},
	    {"+86 573 8701 2345", "0573-****2345"},
	    {"02087012345", "020-****2345"},
	};
	struct fixture *f = *state;
	struct contact_entry clean;

	for (size_t i = 0; i < COUNT(forms); i++) {
		const struct contact_entry typed = {"", forms[i].typed};
		int64_t id = 9200 + (int64_t)i;
		struct contact shown;

		ctx_check_begin(&f->ctx);
		contact_clean(&f->ctx, f->a, &typed, &clean);
		if (ctx_check_end(&f->ctx) != OK)
			fail_msg("%s: %s", typed.phone, f->ctx.faults[0].text);
		add(f, id,
		    arena_printf(f->a,
		                 "INSERT INTO opinion (id, source, subject,"
		                 " body, level, state, received_at, month)"
		                 " VALUES (%lld, 'desk', 'a', 'b', 'county',"
		                 " 'new', 1774764000, 202603)",
		                 (long long)id),
		    &clean);
		assert_int_equal(
		    contact_get(&f->ctx, (struct opinion_id){id}, &shown), OK);
		assert_string_equal(shown.mask, forms[i].mask);
	}
}

static const char *
fault_of(struct fixture *f, const char *name, const char *phone)
{
	const struct contact_entry typed = {name, phone};
	struct contact_entry clean;

	ctx_check_begin(&f->ctx);
	contact_clean(&f->ctx, f->a, &typed, &clean);
	return f->ctx.fault_count > 0 ? f->ctx.faults[0].field : "";
}

static void
what_is_no_number_is_said_in_its_field(void **state)
{
	static const char *const wrong[] = {
	    "1361234221",
	    "136123422101",
	    "12612342210",
	    "87012345",
	    "0573-870123",
	    "010-8701234",
	    "0573-87012345转8",
	    "0573-187012",
	    "abc",
	    "136****2210",
	    "400 800 1234",
	    "+1 202 555 0123",
	    "0086",
	    "-",
	    "00573 87012345",
	    "11111111111111111111111",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(wrong); i++)
		if (strcmp(fault_of(f, NAME, wrong[i]), "contact_phone") != 0)
			fail_msg("%s is taken", wrong[i]);
	assert_string_equal(fault_of(f, "", ""), "");
	assert_string_equal(fault_of(f, NULL, NULL), "");
	assert_string_equal(fault_of(f, NAME, ""), "contact_phone");
	assert_string_equal(fault_of(f, "", PHONE), "");
	assert_string_equal(
	    fault_of(f,
	             "一二三四五六七八九十一二三四五六七八九十一二三四五六"
	             "七八九十一",
	             PHONE),
	    "contact_name");
}

static void
where_the_key_is_missing_no_contact_is_taken(void **state)
{
	struct fixture *f = *state;

	store_set_contact_key(f->store, "");
	assert_string_equal(fault_of(f, NAME, PHONE), "contact_phone");
	assert_string_equal(fault_of(f, "", ""), "");
	assert_int_equal(
	    contact_add(&f->ctx, (struct opinion_id){BARE}, &entry),
	    ERR_UNAVAILABLE);
}

/* --- the same sender ----------------------------------------------------- */

static void
one_sender_s_other_opinions_are_found_within_what_one_sees(void **state)
{
	struct fixture *f = *state;
	struct secret_box_key key;
	struct opinion_id after = {0}, *ids;
	struct ctx c;
	int n, all = 0;

	fixture_contact_key(&key);
	world_ctx(f, "officer", 1, &c);
	assert_int_equal(
	    contact_same(&c, f->a, (struct opinion_id){PLAIN}, &ids, &n), OK);
	assert_int_equal(n, 0);
	do { /* some at a time */
		assert_int_equal(contact_match(&f->ctx, &key, 3, &after, &n),
		                 OK);
		all += n;
	} while (n == 3);
	assert_int_equal(all, 7);
	assert_int_equal(
	    contact_same(&c, f->a, (struct opinion_id){PLAIN}, &ids, &n), OK);
	assert_int_equal(n, 5); /* not the one of the other unit */
	assert_int_equal(ids[0].v, RETURNED);
	world_ctx(f, "county_staff", 1, &c);
	assert_int_equal(
	    contact_same(&c, f->a, (struct opinion_id){PLAIN}, &ids, &n), OK);
	assert_int_equal(n, 6);
	world_ctx(f, "organ", 1, &c);
	assert_int_equal(
	    contact_same(&c, f->a, (struct opinion_id){SENT}, &ids, &n),
	    ERR_DENIED);
	/* the number cannot be guessed from it without the key */
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM contact"
	                   " WHERE match IS NOT NULL AND length(match) = 64"),
	    7);
	assert_int_equal(contact_match(&f->ctx, &key, 3, &after, &n), OK);
	assert_int_equal(n, 0);
}

/* --- as any record ------------------------------------------------------- */

static void
note(void *data, const char *rule, const char *text)
{
	(void)text;
	if (strcmp(rule, "contact") == 0)
		++*(int *)data;
}

static int
problems(struct fixture *f)
{
	int n, found = 0;

	assert_int_equal(check_run(&f->ctx, note, &found, &n), OK);
	return found;
}

static void
check_finds_what_is_no_contact(void **state)
{
	static const char *const broken[] = {
	    "UPDATE contact SET mask = '13612342210' WHERE id = 9001",
	    "UPDATE contact SET mask = '裘晓云****2210' WHERE id = 9001",
	    "UPDATE contact SET sealed = '" NAME PHONE "' WHERE id = 9001",
	    "UPDATE contact SET sealed = 'ff' WHERE id = 9001",
	    "UPDATE contact SET match = '" PHONE "' WHERE id = 9001",
	};
	struct fixture *f = *state;

	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < COUNT(broken); i++) {
		assert_int_equal(store_exec(f->store, "SAVEPOINT one"), OK);
		assert_int_equal(store_exec(f->store, broken[i]), OK);
		if (problems(f) != 1)
			fail_msg("not found: %s", broken[i]);
		assert_int_equal(store_exec(f->store, "ROLLBACK TO one"), OK);
		assert_int_equal(store_exec(f->store, "RELEASE one"), OK);
	}
}

static void
striking_out_the_opinion_takes_its_contact_with_it(void **state)
{
	struct fixture *f = *state;
	const char *before = fixture_dump(f, f->a);
	char text[CONTACT_TEXT + 1];
	struct event_list later;
	struct secret_box_key key;
	struct opinion_id after = {0};
	int64_t event;
	struct ctx c;
	int n;

	add_opinion(f, 9300, 1, "NULL", "new");
	event = fixture_int(f, "SELECT max(id) FROM event");
	fixture_contact_key(&key);
	world_ctx(f, "officer", 1, &c);
	assert_int_equal(look(&c, 9300, text), OK); /* stands in no way */
	after.v = 9299;
	assert_int_equal(contact_match(&f->ctx, &key, 9, &after, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(event_strike(&f->ctx, f->a, event, "误", &later), OK);
	assert_string_equal(fixture_dump(f, f->a), before);
}

/* --- from the desk to the end -------------------------------------------- */

static struct opinion_id
enter(struct opinions *w, const char *who, const struct contact_entry *contact,
      int want)
{
	struct opinion_id id = {0};
	struct opinion row;
	struct ctx c;

	org_ctx(w->o, who, &c);
	opinion_default(&c, &row);
	row.body = "周家浜桥头到村口一段路灯坏了半个月。";
	row.contact = contact;
	assert_int_equal(opinion_add(&c, &row, false, NULL, &id), want);
	if (want == ERR_INVALID)
		org_assert_fault(&c, "contact_phone");
	return id;
}

static int
look_as(struct opinions *w, const char *who, struct opinion_id id)
{
	char text[CONTACT_TEXT + 1];
	struct ctx c;

	org_ctx(w->o, who, &c);
	return look(&c, id.v, text);
}

static struct opinion_leg_id
first_leg(struct opinions *w, struct opinion_id id)
{
	struct leg_line *rows;
	int n;

	assert_int_equal(leg_list(&w->o->f->ctx, w->o->f->a, id, &rows, &n),
	                 OK);
	assert_true(n > 0);
	return rows[0].id;
}

static void
an_opinion_s_contact_is_entered_released_and_closed_with_it(void **state)
{
	static const struct contact_entry wrong = {NAME, "12"};
	struct opinions *w = *state;
	int64_t audits = org_audits(w->o);
	struct opinion_id id;
	struct ctx c;

	(void)enter(w, "officer", &wrong, ERR_INVALID);
	assert_int_equal(org_audits(w->o), audits);
	id = enter(w, "officer", &entry, OK);
	assert_int_equal(look_as(w, "officer", id), OK);
	assert_int_equal(look_as(w, "town2", id), ERR_NOT_FOUND);
	opinion_to(w, id, OPINION_HANDLING);
	assert_int_equal(look_as(w, "office", id), ERR_DENIED);
	org_ctx(w->o, "officer", &c);
	assert_int_equal(leg_release(&c, first_leg(w, id), true), OK);
	assert_int_equal(look_as(w, "office", id), OK);
	assert_int_equal(leg_release(&c, first_leg(w, id), false), OK);
	assert_int_equal(look_as(w, "office", id), ERR_DENIED);
	assert_int_equal(leg_release(&c, first_leg(w, id), true), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), OK);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), OK);
	assert_int_equal(look_as(w, "officer", id), OK);
	assert_int_equal(rate(w, "officer", id, RATING_SATISFIED), OK);
	assert_int_equal(look_as(w, "officer", id), ERR_STATE);
	assert_int_equal(look_as(w, "office", id), ERR_STATE);
	opinions_check(w);
}

static void
the_deputy_it_came_to_opens_it_and_no_other(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = enter(w, "deputy", &entry, OK);

	assert_int_equal(look_as(w, "deputy", id), OK);
	assert_int_equal(look_as(w, "deputy2", id), ERR_NOT_FOUND);
	assert_int_equal(look_as(w, "leader", id), ERR_DENIED);
	assert_int_equal(look_as(w, "admin", id), ERR_DENIED);
	assert_int_equal(look_as(w, "auditor", id), ERR_DENIED);
	assert_int_equal(look_as(w, "county", id), OK);
}

static void
every_query_of_a_contact_goes_by_an_index(void **state)
{
	struct fixture *f = *state;
	struct opinion_id after = {0}, *ids;
	struct secret_box_key key;
	char text[CONTACT_TEXT + 1];
	int n;

	fixture_contact_key(&key);
	assert_int_equal(contact_match(&f->ctx, &key, 10, &after, &n), OK);
	for (int scope = SCOPE_COUNTY; scope <= SCOPE_ASSIGNED; scope++) {
		struct ctx c = f->ctx;
		int err;

		c.scope = (enum scope)scope;
		c.my_unit = 1;
		c.my_organ = c.my_station = 100;
		c.me = 110;
		err = look(&c, RELEASED, text);
		assert_true(err == OK || err == ERR_NOT_FOUND);
		err = contact_same(&c, f->a, (struct opinion_id){RELEASED},
		                   &ids, &n);
		assert_true(err == OK || err == ERR_NOT_FOUND);
	}
	fixture_plan_used(f);
}

int
main(void)
{
#define O(name)                                                                \
	cmocka_unit_test_setup_teardown(name, opinions_setup, opinions_teardown)
#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(each_role_opens_what_its_cases_in_hand_are_and_each_look_is_traced),
	    T(the_trace_says_who_and_which_and_why_not),
	    T(without_a_trace_there_is_no_look),
	    T(an_office_sees_no_mask_before_the_contact_is_released),
	    T(name_and_number_are_in_no_file_of_the_database),
	    T(what_is_sealed_opens_for_its_opinion_and_key_only),
	    T(only_a_seeded_site_seals_the_same_each_time),
	    T(a_number_is_kept_in_one_form_with_its_mask),
	    T(what_is_no_number_is_said_in_its_field),
	    T(where_the_key_is_missing_no_contact_is_taken),
	    T(one_sender_s_other_opinions_are_found_within_what_one_sees),
	    T(check_finds_what_is_no_contact),
	    T(striking_out_the_opinion_takes_its_contact_with_it),
	    O(an_opinion_s_contact_is_entered_released_and_closed_with_it),
	    O(the_deputy_it_came_to_opens_it_and_no_other),
	    T(every_query_of_a_contact_goes_by_an_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
