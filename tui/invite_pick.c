/* The picker of participants. */
#include "tui/invite_pick.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/deputy_group.h"
#include "db/mandate.h"
#include "db/person.h"

/* A value is the sort of choice above the number of the record. */
enum { PICK_LEVEL = 1, PICK_GROUP, PICK_PERSON };
enum { PICK_SHIFT = 48 };

static int64_t
value_of(int64_t sort, int64_t id)
{
	return sort << PICK_SHIFT | id;
}

struct picks {
	struct form_option *out;
	int n, max;
};

static void
add(struct picks *p, int64_t value, const char *label, const char *note)
{
	if (p->n < p->max)
		p->out[p->n++] = (struct form_option){value, label, note};
}

static const char *
people(struct arena *a, int64_t n)
{
	return arena_printf(a,
	                    P_("%lld person", "%lld people", (unsigned long)n),
	                    (long long)n);
}

static int
find_levels(struct ctx *c, struct station_id station, struct arena *a,
            const char *text, struct picks *p)
{
	const struct {
		const char *label;
		struct invite who;
	} rows[] = {{_("County deputies"), {.county = true}},
	            {_("Town deputies"), {.town = true}}};

	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t n;
		int err =
		    participant_count_invite(c, station, &rows[i].who, &n);

		if (err != OK)
			return err;
		if (n > 0 && strstr(rows[i].label, text) != NULL)
			add(p, value_of(PICK_LEVEL, (int64_t)i), rows[i].label,
			    people(a, n));
	}
	return OK;
}

static int
find_groups(struct ctx *c, struct station_id station, struct arena *a,
            const char *text, struct picks *p)
{
	struct deputy_group *groups;
	int n, err = deputy_group_list(c, a, station, &groups, &n);

	if (err != OK)
		return err;
	for (int i = 0; i < n; i++)
		if (strstr(groups[i].name, text) != NULL)
			add(p, value_of(PICK_GROUP, groups[i].id.v),
			    groups[i].name, people(a, groups[i].deputies));
	return OK;
}

static int
find_people(struct ctx *c, struct station_id station, struct arena *a,
            const char *text, struct picks *p)
{
	struct list_query query = {.order = DEPUTY_BY_PINYIN, .value_count = 1};
	struct list_page page;
	const struct deputy_line *rows;
	int err;

	if (p->n >= p->max)
		return OK;
	query.values[0] =
	    (struct list_value){DEPUTY_LIST_STATION, station.v, NULL};
	if (*text != '\0')
		list_where(&query, DEPUTY_LIST_FIND, 0,
		           person_find_text(a, text));
	err = list_fetch(c, a, &deputy_list, &query, LIST_FIRST, NULL,
	                 p->max - p->n, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	for (int i = 0; i < page.n; i++)
		add(p, value_of(PICK_PERSON, rows[i].person.v), rows[i].name,
		    rows[i].job);
	return OK;
}

int
invite_pick_find(struct ui *ui, struct station_id station, struct arena *a,
                 const char *text, struct form_option *out, int max)
{
	struct picks p = {out, 0, max};
	struct ctx *c = ui_ctx(ui);
	int err = find_levels(c, station, a, text, &p);

	if (err == OK)
		err = find_groups(c, station, a, text, &p);
	if (err == OK)
		err = find_people(c, station, a, text, &p);
	return err == OK ? p.n : err;
}

void
invite_pick_read(struct arena *a, const int64_t *values, int n,
                 struct invite *out)
{
	struct person_id *persons =
	    arena_alloc(a, (size_t)(n + 1) * sizeof(*persons));
	struct deputy_group_id *groups =
	    arena_alloc(a, (size_t)(n + 1) * sizeof(*groups));

	*out = (struct invite){.persons = persons, .groups = groups};
	for (int i = 0; i < n; i++) {
		int64_t id = values[i] & (((int64_t)1 << PICK_SHIFT) - 1);

		switch (values[i] >> PICK_SHIFT) {
		case PICK_LEVEL:
			*(id == 0 ? &out->county : &out->town) = true;
			break;
		case PICK_GROUP:
			groups[out->group_count++].v = id;
			break;
		case PICK_PERSON:
			persons[out->person_count++].v = id;
			break;
		}
	}
}
