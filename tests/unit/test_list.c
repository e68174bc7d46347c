/* Lists by key: pages forward, backward and at a key, filters, scope. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/store/list.h"
#include "tests/unit/fixture.h"

enum { ROWS = 25, PAGE = 7 };

struct line {
	int64_t id, starts_at;
	const char *title;
};

static const struct field line_fields[] = {
    FIELD(line, id, INT, "id"),
    FIELD(line, starts_at, INT, "at"),
    FIELD(line, title, TEXT, "title"),
    FIELD_END,
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "activity.unit = :my_unit",
};

static const struct entity entity_line = {
    .kind = ENTITY_ACTIVITY, .name = "activity", .scope = scope};

static const struct list_filter filters[] = {
    {.name = "kind", .predicate = "activity.kind = :kind", .is_text = true},
    {.name = "from", .predicate = "activity.starts_at >= :from"},
};

static const struct list_order orders[] = {
    {.name = "latest",
     .keys = {"activity.starts_at", "activity.id"},
     .descending = true},
    {.name = "oldest", .keys = {"activity.starts_at", "activity.id"}},
};

static const struct list_spec spec = {
    .entity = &entity_line,
    .columns = "activity.id, activity.starts_at, activity.title",
    .from = "activity",
    .from_self = "participant CROSS JOIN activity"
		 " ON activity.id = participant.activity",
    .scope_self = "participant.person = :me",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = line_fields,
    .row_size = sizeof(struct line),
};

/* ROWS more activities, two at each hour. */
static void
more_rows(struct fixture *f)
{
	fixture_rows(f);
	fixture_event(
	    f, ACTION_ACTIVITY_ADD, ENTITY_ACTIVITY, 3,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 25)"
	    "INSERT INTO activity (id, unit, station, title, kind, venue,"
	    " starts_at, ends_at, month, before_minutes, after_minutes, state,"
	    " created_at) SELECT 100 + i, 1 + i % 2, 1 + i % 2, 't' || i,"
	    " iif(i % 3, 'talk', 'study'), 'v', 1800000000 + i / 2 * 3600,"
	    " 1900000000, 202701, 30, 30, 'published', 1 FROM n");
}

static const struct line *
line_at(const struct list_page *page, int i)
{
	return (const struct line *)page->rows + i;
}

/* Walks all pages in one direction and notes the ids in list order. */
static int
walk(struct ctx *c, struct arena *a, const struct list_query *query, bool back,
     int64_t *ids)
{
	enum list_from from = back ? LIST_LAST : LIST_FIRST;
	struct list_page page;
	struct list_key key;
	int n = 0;

	memset(&key, 0, sizeof(key));
	do {
		assert_int_equal(
		    list_fetch(c, a, &spec, query, from, &key, PAGE, &page),
		    OK);
		if (back)
			memmove(ids + page.n, ids, (size_t)n * sizeof(*ids));
		for (int i = 0; i < page.n; i++)
			ids[back ? i : n + i] = line_at(&page, i)->id;
		n += page.n;
		key = page.keys[back ? 0 : page.n - 1];
		from = back ? LIST_BEFORE : LIST_AFTER;
	} while (page.more);
	return n;
}

static void
pages_forward_and_backward_give_the_same_rows(void **state)
{
	struct fixture *f = *state;
	struct list_query query = {0};
	int64_t there[64], back[64], n;

	more_rows(f);
	for (query.order = 0; query.order < 2; query.order++) {
		assert_int_equal(walk(&f->ctx, f->a, &query, false, there),
		                 ROWS + 2);
		assert_int_equal(walk(&f->ctx, f->a, &query, true, back),
		                 ROWS + 2);
		assert_memory_equal(there, back, (ROWS + 2) * sizeof(*there));
		assert_int_equal(there[0], query.order == 0 ? 125 : 1);
	}
	query.order = 0;
	assert_int_equal(list_count(&f->ctx, &spec, &query, &n), OK);
	assert_int_equal(n, ROWS + 2);
}

static void
filters_and_scope_hold_on_every_page(void **state)
{
	struct fixture *f = *state;
	struct list_query query = {.values = {{.filter = 0, .s = "study"},
	                                      {.filter = 1, .v = 1800007200}},
	                           .value_count = 2};
	struct ctx unit;
	int64_t ids[64], n;
	int got;

	more_rows(f);
	got = walk(&f->ctx, f->a, &query, false, ids);
	assert_int_equal(got, fixture_int(f, "SELECT count(*) FROM activity"
	                                     " WHERE kind = 'study' AND"
	                                     " starts_at >= 1800007200"));
	unit = f->ctx;
	unit.scope = SCOPE_UNIT;
	unit.my_unit = 2;
	query.value_count = 0;
	got = walk(&unit, f->a, &query, true, ids);
	assert_int_equal(got, fixture_int(f, "SELECT count(*) FROM activity"
	                                     " WHERE unit = 2"));
	assert_int_equal(list_count(&unit, &spec, &query, &n), OK);
	assert_int_equal(n, got);
	unit.scope = SCOPE_ASSIGNED; /* the entity says nothing of it */
	assert_int_equal(walk(&unit, f->a, &query, false, ids), 0);
	unit.scope = SCOPE_NONE;
	assert_int_equal(list_count(&unit, &spec, &query, &n), ERR_DENIED);
}

static void
a_page_at_a_key_begins_with_its_row(void **state)
{
	struct fixture *f = *state;
	struct list_query query = {0};
	struct list_page page, again;

	more_rows(f);
	assert_int_equal(list_fetch(&f->ctx, f->a, &spec, &query, LIST_FIRST,
	                            NULL, 10, &page),
	                 OK);
	assert_int_equal(list_fetch(&f->ctx, f->a, &spec, &query, LIST_AT,
	                            &page.keys[4], PAGE, &again),
	                 OK);
	assert_int_equal(line_at(&again, 0)->id, line_at(&page, 4)->id);
	assert_string_equal(line_at(&again, 1)->title,
	                    line_at(&page, 5)->title);
}

static void
a_deputy_reads_the_list_through_the_own_roll(void **state)
{
	struct fixture *f = *state;
	struct list_query query = {0};
	struct ctx self = f->ctx;
	int64_t ids[64] = {0};

	more_rows(f);
	fixture_event(f, ACTION_PARTICIPANT_INVITE, ENTITY_PARTICIPANT, 1,
	              "INSERT INTO participant (id, activity, person, mandate,"
	              " unit, station, starts_at, month, state)"
	              " SELECT 1, id, 1, 1, unit, station, starts_at, month,"
	              " 'invited' FROM activity WHERE id = 105");
	self.scope = SCOPE_SELF;
	self.me = 1;
	assert_int_equal(walk(&self, f->a, &query, false, ids), 1);
	assert_int_equal(ids[0], 105);
	self.me = 2;
	assert_int_equal(walk(&self, f->a, &query, false, ids), 0);
}

static void
a_list_neither_scans_nor_sorts(void **state)
{
	struct fixture *f = *state;
	struct ctx unit = f->ctx;

	unit.scope = SCOPE_UNIT;
	fixture_rows(f);
	fixture_plan_list(f, &f->ctx, &spec);
	fixture_plan_list(f, &unit, &spec);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(pages_forward_and_backward_give_the_same_rows),
	    T(filters_and_scope_hold_on_every_page),
	    T(a_page_at_a_key_begins_with_its_row),
	    T(a_deputy_reads_the_list_through_the_own_roll),
	    T(a_list_neither_scans_nor_sorts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
