/* The screens of fixture_things.h. */
#include "tests/unit/fixture_things.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "db/base/i18n.h"
#include "tui/contact.h"
#include "tui/widget/form.h"
#include "tui/widget/page.h"
#include "tui/widget/qr.h"
#include "tui/widget/table.h"

enum { ROWS_IN_ALL = 512 };

struct told *told;
int things_idle;
bool things_plain;
const char *things_drafts;

static const struct enum_name thing_kinds[] = {
    {"visit", "Visit"}, {"check", "Check"}, {"talk", "Talk"}, {NULL, NULL}};

static const struct field fields[] = {
    FIELD(thing, id, REF, "Number", .width = 6),
    FIELD(thing, name, TEXT, "Name", .max = 20, .required = true),
    FIELD(thing, size, INT, "Size", .max = 8),
    FIELD(thing, kind, ENUM, "Kind", .names = thing_kinds),
    FIELD(thing, on, DAY, "Day"),
    FIELD(thing, at, TIME, "Time"),
    FIELD(thing, text, LINES, "Text", .max = 300),
    FIELD(thing, good, BOOL, "Good"),
    FIELD(thing, person, REF, "Person", .required = true),
    FIELD(thing, people, INT, "People"),
    FIELD(thing, pin, TEXT, "Pin", .max = 20),
    FIELD_END,
};

static const struct table_column table_columns[] = {
    {.field = "id"},
    {.field = "name", .stretch = true},
    {.field = "kind", .width = 6, .priority = 1},
    {.field = "size", .width = 6, .priority = 2},
    {.heading = "Remarks", .width = 50, .field = "text", .priority = 3},
    TABLE_COLUMN_END,
};

/* Rows 1 to 512, by number; find keeps those whose name contains it. */
static int
fetch(struct ui *ui, void *data, struct arena *a, const struct table_query *q,
      struct table_rows *out)
{
	static int64_t all[ROWS_IN_ALL];
	int n = 0, begin = 0, end;
	const int64_t *anchor = q->anchor;
	struct thing *rows;

	(void)ui, (void)data;
	for (int64_t id = 1; id <= ROWS_IN_ALL; id++)
		if (q->find[0] == '\0' ||
		    strstr(arena_printf(a, "海宁%lld号", (long long)id),
		           q->find) != NULL)
			all[n++] = id;
	while (anchor != NULL && begin < n && all[begin] < *anchor)
		begin++;
	if (q->from == TABLE_AFTER)
		begin++;
	if (q->from == TABLE_LAST)
		begin = n;
	end = begin + q->n;
	if (q->from == TABLE_BEFORE || q->from == TABLE_LAST) {
		end = begin;
		begin = end - q->n;
	}
	begin = begin < 0 ? 0 : begin;
	end = end > n ? n : end;
	rows = arena_alloc(a, (size_t)(q->n + 1) * sizeof(*rows));
	for (int i = begin; i < end; i++)
		rows[i - begin] = (struct thing){
		    .id = all[i],
		    .name = arena_printf(a, "海宁%lld号", (long long)all[i]),
		    .kind = (int)(all[i] % 3),
		    .size = all[i] * 10,
		    .text = "𬭚䶮\U0002EBF0 remark"};
	out->rows = rows;
	out->count = end - begin;
	out->first = &rows[0].id;
	out->last = &rows[end - begin - 1].id;
	out->more = q->from == TABLE_BEFORE || q->from == TABLE_LAST ? begin > 0
	                                                             : end < n;
	return OK;
}

static int
count(struct ui *ui, void *data, const char *find, struct table_count *out)
{
	(void)ui, (void)data;
	out->total = find[0] == '\0' ? ROWS_IN_ALL : -1;
	out->more = false;
	return OK;
}

static const struct table_spec table_spec = {
    .fields = fields,
    .columns = table_columns,
    .row_size = sizeof(struct thing),
    .id_at = offsetof(struct thing, id),
    .fetch = fetch,
    .count = count,
    .find = true,
    .empty = "Nothing yet.",
};

struct list_screen {
	struct table table;
};

extern const struct screen screen_form, screen_page, screen_qr;

static int
list_open(struct ui *ui, void *data, int64_t arg)
{
	struct list_screen *s = data;

	(void)arg;
	table_init(&s->table, &table_spec, ui, s);
	ui_body(ui, &s->table.widget);
	return OK;
}

static int
list_load(struct ui *ui, void *data)
{
	struct list_screen *s = data;

	ui_watch(ui, 1U << 3, 7);
	told->loads++;
	if (told->ring)
		ui_bell(ui);
	return table_load(&s->table);
}

static void
key_open(struct ui *ui, void *data)
{
	const struct list_screen *s = data;
	const struct thing *row = table_row(&s->table);

	if (told->asks) {
		contact_show(ui, (struct opinion_id){row->id});
		return;
	}
	told->opened = (int)row->id;
	ui_push(ui, &screen_page, row->id);
}

static void
key_form(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_form, told->record);
}

static void
act(struct ui *ui, void *data)
{
	(void)data;
	told->acted++;
	if (ui_confirm(ui, "Really strike it out?"))
		ui_say(ui, "%s", "struck");
}

static void
act_number(struct ui *ui, void *data)
{
	(void)data;
	if (ui_confirm_number(ui, "It cannot be undone.", "2041"))
		told->acted += 100;
}

const struct key things_keys[] = {
    {"Enter", "Open", PERM_NONE, key_open, NULL, NULL},
    {"F4", "New", PERM_NONE, key_form, NULL, "Make a new one."},
    {"F6", "Secret", PERM_ACCOUNT_WRITE, key_form, NULL, NULL},
    {KEY_ACTION, "Strike out", PERM_NONE, act, NULL, NULL},
    {KEY_ACTION, "Remove", PERM_NONE, act_number, NULL, NULL},
    {KEY_ACTION, "Not for you", PERM_ACCOUNT_WRITE, act, NULL, NULL},
    KEY_END,
};

static const struct screen screen_list = {
    .name = "list",
    .title = "Things",
    .about = "All things there are.",
    .size = sizeof(struct list_screen),
    .keys = things_keys,
    .open = list_open,
    .load = list_load,
};

struct page_screen {
	struct page page;
};

static int
page_open(struct ui *ui, void *data, int64_t arg)
{
	struct page_screen *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
page_load(struct ui *ui, void *data)
{
	struct page_screen *s = data;

	(void)ui;
	page_begin(&s->page);
	page_title(&s->page, "周家浜路灯不亮", "办理中");
	page_pair(&s->page, "来源", "代表码 张伟");
	page_pair(&s->page, "诉求人", "群众");
	page_blank(&s->page);
	page_item(&s->page, 11, 1, "%s", "first");
	page_item(&s->page, 12, 1, "%s", "second");
	page_heading(&s->page, "Then");
	for (int i = 0; i < 30; i++)
		page_event(&s->page, "03-22 19:14", "群众", "通过代表码提交");
	page_bar(&s->page, "活动", "12", 12, 24, 20);
	return OK;
}

/* Without end, until Esc. */
static void
work(struct ui *ui, void *data)
{
	struct ui_progress p = {.ui = ui, .what = "Working", .due_ms = 1};

	(void)data;
	while (ui_progress_show(&p, 500))
		;
	told->acted += p.shown;
	ui_progress_end(&p);
}

static const struct key page_keys[] = {
    {"F7", "Work", PERM_NONE, work, NULL, NULL},
    KEY_END,
};

const struct screen screen_page = {
    .name = "page",
    .title = "A thing",
    .size = sizeof(struct page_screen),
    .keys = page_keys,
    .open = page_open,
    .load = page_load,
};

struct form_screen {
	struct form form;
	struct thing row;
};

static int
form_save(struct ui *ui, void *data)
{
	struct form_screen *s = data;
	const int64_t *people;

	told->saves++;
	told->saved = s->row;
	(void)snprintf(told->name, sizeof(told->name), "%s", s->row.name);
	(void)snprintf(told->text, sizeof(told->text), "%s", s->row.text);
	if (form_chosen(&s->form, "people", &people) != s->row.people)
		abort();
	if (told->save_error == ERR_INVALID)
		form_error(&s->form, "name", "This name is taken.");
	if (told->save_error == OK)
		ui_pop(ui);
	return told->save_error;
}

static int
find_person(struct ui *ui, void *data, struct arena *a, const char *text,
            struct form_option *out, int max)
{
	static const char *const names[] = {"张伟", "沈国强", "朱丽"};
	int n = 0;

	(void)ui, (void)data, (void)a;
	for (int i = 0; i < 3 && n < max; i++)
		if (strstr(names[i], text) != NULL)
			out[n++] = (struct form_option){.value = i + 1,
			                                .label = names[i]};
	return n;
}

static struct form_row form_rows[] = {
    {.field = "name"},
    {.field = "size"},
    {.field = "kind"},
    {.field = "on"},
    {.field = "at"},
    {.field = "text", .lines = 3},
    {.field = "person", .find = find_person},
    {.field = "people", .find = find_person, .many = true},
    {.field = "pin", .secret = true},
    FORM_ROW_END,
};

static const struct form_spec form_spec = {
    .fields = fields,
    .rows = form_rows,
    .save = form_save,
    .title = "New thing",
};

static int
form_open(struct ui *ui, void *data, int64_t arg)
{
	struct form_screen *s = data;

	s->row.name = s->row.text = s->row.pin = "";
	if (arg != 0) {
		s->row.name = "an existing one";
		s->row.size = told->record_size;
	}
	form_rows[0].undrafted = told->undrafted;
	form_init(&s->form, &form_spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

const struct screen screen_form = {
    .name = "form",
    .title = "New thing",
    .size = sizeof(struct form_screen),
    .open = form_open,
};

static unsigned char modules[29 * 29];

static void
qr_screen_draw(struct ui *ui, void *data, const struct area *body)
{
	const struct qr_code code = {29, modules};

	(void)ui, (void)data;
	for (size_t i = 0; i < sizeof(modules); i++)
		modules[i] = (unsigned char)(i % 29 < 2 || i % 3 == 0);
	qr_draw(body, &code, QR_HALF);
}

const struct screen screen_qr = {
    .name = "qr",
    .title = "Code",
    .size = 1,
    .draw = qr_screen_draw,
};

static const struct screen screen_forbidden = {
    .name = "forbidden",
    .title = "Forbidden",
    .needs = PERM_ACCOUNT_WRITE,
    .size = 1,
};

static const struct ui_app apps[] = {
    {'1', "Things", &screen_list},
    {'2', "Code", &screen_qr},
    {'4', "Forbidden", &screen_forbidden},
    {'8', "Page", &screen_page},
    {'\0', NULL, NULL},
};

/* --- a person, a host, a terminal ---------------------------------------- */

static bool
may_all_but_one(struct ctx *c, enum perm perm)
{
	(void)c;
	return perm != PERM_ACCOUNT_WRITE;
}

static struct instant
stopped(struct ctx *c)
{
	(void)c;
	return (struct instant){1648533720}; /* 2022-03-29 14:02 +0800 */
}

static const char *
place(struct ctx *c, struct arena *a)
{
	(void)c, (void)a;
	return "长安镇代表联络站";
}

static const char *
name(struct ctx *c, struct arena *a)
{
	(void)c, (void)a;
	return "张伟 代表";
}

/* Asked before a load and after it was told what is watched. */
static bool
changed(struct ctx *c)
{
	static int loads;
	bool after = loads == told->loads - 1;

	(void)c;
	loads = told->loads;
	if (!after || told->meanwhile == 0)
		return false;
	told->meanwhile--;
	return true;
}

static const struct ui_person someone = {.may = may_all_but_one,
                                         .now = stopped,
                                         .place = place,
                                         .name = name,
                                         .changed = changed};

static int
contact(void *data, int64_t opinion, struct service_contact *out)
{
	(void)data;
	if (told->refused != OK || opinion != 1)
		return told->refused;
	*out = (struct service_contact){"裘晓云", "13612342210"};
	return OK;
}

static const struct service service = {.contact = contact};

int
things_begin(void **state)
{
	(void)state;
	told = mmap(NULL, sizeof(*told), PROT_READ | PROT_WRITE,
	            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (told == MAP_FAILED)
		return -1;
	i18n_init("/nonexistent");
	i18n_use(LANGUAGE_EN);
	return clock_zone("Asia/Shanghai");
}

struct session *
start_with(const char *term, int columns, int rows, int buffer)
{
	const struct tui_options options = {.idle_seconds = things_idle,
	                                    .plain = things_plain};
	const struct ui_setup setup = {
	    .options = &options,
	    .person = &someone,
	    .apps = apps,
	    .drafts = things_drafts,
	};

	*told = (struct told){.record = told->record,
	                      .record_size = told->record_size};
	session_service = &service;
	return session_start(&setup, term, columns, rows, buffer);
}

struct session *
start(const char *term, int columns, int rows)
{
	return start_with(term, columns, rows, 0);
}
