/* Cells: dates as people and spreadsheets write them, ordinals, names of other
 * records, faults, and which keys a file has had already. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/import_in.h"
#include "db/rule.h"

void
import_bad(struct import_run *r, const char *fmt, ...)
{
	struct import_report *out = r->report;
	va_list args;

	if (r->is_bad) /* one sentence a line: the first is enough to mend */
		return;
	r->is_bad = true;
	if (out->bad_count == IMPORT_BAD_MAX)
		return;
	va_start(args, fmt);
	out->bad[out->bad_count++] = (struct import_bad){
	    .line = r->line, .text = arena_vprintf(r->a, fmt, args)};
	va_end(args);
}

void
import_bad_cell(struct import_run *r, int column, const char *text)
{
	import_bad(r, _("%s: %s"), import_heading(&r->spec->columns[column]),
	           text);
}

/* --- days and times -------------------------------------------------- */

/* 2022年3月9日 9:00 as 2022-3-9 9:00, and the T of ISO as a blank. */
static char *
plain_date(struct arena *a, const char *text)
{
	static const struct {
		const char *from, *to;
	} forms[] = {
	    {"年", "-"}, {"月", "-"}, {"日", " "}, {"号", " "}, {"T", " "},
	};
	struct buf b = BUF_INIT;
	char *out;

	text = text_fold(a, text);
	while (*text != '\0') {
		size_t i = 0;

		while (i < COUNT(forms) &&
		       strncmp(text, forms[i].from, strlen(forms[i].from)) != 0)
			i++;
		buf_add(&b, i < COUNT(forms) ? forms[i].to : "");
		if (i < COUNT(forms))
			text += strlen(forms[i].from);
		else
			buf_addc(&b, *text++);
	}
	while (b.len > 0 && b.data[b.len - 1] == ' ')
		buf_truncate(&b, b.len - 1);
	out = arena_strdup(a, b.data);
	buf_clear(&b);
	return out;
}

/* "9:00:00" as "9:00": records are to the minute. */
static void
cut_seconds(char *time)
{
	char *colon = strchr(time, ':');

	colon = colon != NULL ? strchr(colon + 1, ':') : NULL;
	if (colon != NULL)
		*colon = '\0';
}

static struct day
read_date(struct import_run *r, int column, int *hour, int *minute)
{
	const struct day none = {0};
	char *text = plain_date(r->page, r->cells[column]);
	char *time = strchr(text, ' ');
	struct day day;

	*hour = *minute = 0;
	if (*text == '\0')
		return none;
	if (time != NULL) {
		*time++ = '\0';
		time += strspn(time, " ");
		cut_seconds(time);
	}
	/* Without a year it would be any year's. */
	if (strlen(text) < 8 || day_parse(text, none, &day) != OK ||
	    day.year < 1949 ||
	    (time != NULL && clock_parse_time(time, hour, minute) != OK)) {
		import_bad_cell(
		    r, column,
		    _("this is no day; write 2022-03-09 or 2022-03-09 14:30."));
		return none;
	}
	return day;
}

struct day
import_day(struct import_run *r, int column)
{
	int hour, minute;

	return read_date(r, column, &hour, &minute);
}

struct instant
import_time(struct import_run *r, int column)
{
	int hour, minute;
	struct day day = read_date(r, column, &hour, &minute);

	return day.year != 0 ? clock_at(day, hour, minute)
	                     : (struct instant){0};
}

/* --- ordinals -------------------------------------------------------- */

/* The value of a Chinese digit at s, 10 for ten; -1: it is none. */
static int
digit(const char *s)
{
	static const char *const digits[] = {"零", "一", "二", "三", "四", "五",
	                                     "六", "七", "八", "九", "十"};

	for (int i = 0; i < (int)COUNT(digits); i++)
		if (strncmp(s, digits[i], 3) == 0)
			return i;
	return -1;
}

/* 十六, 二十, 七: up to 99. */
static int
chinese_number(const char *s, const char **end)
{
	int v = 0, d;

	for (; (d = digit(s)) >= 0; s += 3)
		v = d == 10 ? (v > 0 ? v : 1) * 10 : v + d;
	*end = s;
	return v;
}

int64_t
import_ordinal(struct import_run *r, int column)
{
	const char *text = text_fold(r->page, r->cells[column]), *at = text;
	const char *end;
	long v;

	if (*text == '\0')
		return 0;
	if (strncmp(at, "第", 3) == 0)
		at += 3;
	if (digit(at) >= 0) {
		v = chinese_number(at, &end);
	} else {
		char *stop;

		v = strtol(at, &stop, 10);
		end = stop;
	}
	if (strncmp(end, "届", 3) == 0)
		end += 3;
	if (v >= 1 && v <= 999 && *end == '\0')
		return v;
	import_bad_cell(r, column, _("this is not a number such as 16."));
	return 0;
}

/* --- names ----------------------------------------------------------- */

/* The county's table of categories, read once a file. */
struct import_categories {
	struct rule *rows;
	int n;
};

static int
categories(struct import_run *r)
{
	struct import_categories *k;

	if (r->categories != NULL)
		return OK;
	r->categories = k = arena_alloc(r->a, sizeof(*k));
	return rule_list(r->c, r->a, RULE_CATEGORY, (struct day){0}, &k->rows,
	                 &k->n);
}

int
import_category(struct import_run *r, int column, const char **category)
{
	const char *text = r->cells[column];
	const struct rule *rows;
	int err = *text != '\0' ? categories(r) : OK;

	*category = "";
	if (err != OK || *text == '\0')
		return err;
	rows = r->categories->rows;
	for (int i = 0; i < r->categories->n; i++)
		if (strcmp(rows[i].name, text) == 0 ||
		    strcmp(rows[i].label, text) == 0 ||
		    strcmp(rows[i].label_en, text) == 0) {
			*category = rows[i].name;
			return OK;
		}
	import_bad_cell(r, column, _("there is no such category."));
	return OK;
}

int
import_office(struct import_run *r, int column, struct organ_id *office)
{
	const char *text = r->cells[column];
	struct organ *rows;
	int n, err;

	*office = (struct organ_id){0};
	if (*text == '\0')
		return OK;
	err = organ_list(r->c, r->page, r->unit, &rows, &n);
	for (int i = 0; err == OK && i < n; i++)
		if (strcmp(rows[i].name, text) == 0 &&
		    (rows[i].unit.v == 0 || rows[i].unit.v == r->unit.v)) {
			*office = rows[i].id;
			return OK;
		}
	if (err == OK)
		import_bad_cell(r, column,
		                _("the unit and the county have no such"
		                  " handling unit."));
	return err;
}

/* --- what a file has had --------------------------------------------- */

struct import_seen {
	struct arena *a;
	struct {
		const char *key, *value;
	} * slots;
	size_t n, size; /* size is a power of two */
};

struct import_seen *
import_seen_new(struct arena *a)
{
	struct import_seen *s = arena_alloc(a, sizeof(*s));

	s->a = a;
	s->size = 1024;
	s->slots = arena_alloc(a, s->size * sizeof(*s->slots));
	return s;
}

/* FNV-1a; who sends keys that collide only slows down their own import. */
static size_t
slot_of(const struct import_seen *s, const char *key)
{
	uint64_t hash = 14695981039346656037U;
	size_t i;

	for (const char *p = key; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)*p) * 1099511628211U;
	i = (size_t)hash & (s->size - 1);
	while (s->slots[i].key != NULL && strcmp(s->slots[i].key, key) != 0)
		i = (i + 1) & (s->size - 1);
	return i;
}

static void
grow(struct import_seen *s)
{
	struct import_seen old = *s;

	s->size *= 2;
	s->slots = arena_alloc(s->a, s->size * sizeof(*s->slots));
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].key != NULL)
			s->slots[slot_of(s, old.slots[i].key)] = old.slots[i];
}

const char *
import_seen(struct import_run *r, const char *key, const char *value)
{
	struct import_seen *s = r->seen;
	size_t i;

	if (2 * s->n >= s->size)
		grow(s);
	i = slot_of(s, key);
	if (s->slots[i].key != NULL)
		return s->slots[i].value;
	s->slots[i].key = arena_strdup(s->a, key);
	s->slots[i].value = arena_strdup(s->a, value);
	s->n++;
	return NULL;
}
