/*
 * Every screen of screens.def, opened by every role, on an empty store and
 * on one with rows, at three sizes and in both languages, with the keys that
 * move in it, and in plain mode. What breaks if this fails: somebody's session
 * ends (or reads memory it should not) by opening a page.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tests/unit/fixture_world.h"
#include "tui/opinion_menu.h"
#include "tui/project_menu.h"
#include "tui/screens.h"
#include "tui/ui.h"

static const struct screen *const screens[] = {
#define SCREEN(name) &screen_##name,
#include "tui/screens.def"
#undef SCREEN
};

static const char *const names[] = {
#define SCREEN(name) #name,
#include "tui/screens.def"
#undef SCREEN
};

/* --- a session that a script drives ----------------------------------- */

/* What happens to the screen, one after the other, each with a frame. */
struct move {
	const char *keys; /* typed; NULL: a resize */
	int columns, rows;
};

static const struct move script[] = {
    {"", 0, 0},       {"\033[B", 0, 0}, {"\033[6~", 0, 0},
    {"\t", 0, 0},     {"\033[F", 0, 0}, {NULL, 60, 16},
    {"\033[A", 0, 0}, {NULL, 120, 40},  {"\033[20~", 0, 0}, /* F9 */
    {"\033[H", 0, 0}, {NULL, 59, 10},   {NULL, 80, 24},
};

/* The same in plain mode: everything that only looks. */
static const struct move plain_script[] = {
    {"?\r", 0, 0},  {"h\r\r\r\r", 0, 0}, {"F9\r", 0, 0},    {NULL, 60, 16},
    {"?\r", 0, 0},  {"n\r", 0, 0},       {"p\r", 0, 0},     {"zzz\r", 0, 0},
    {"99\r", 0, 0}, {"F2\r.\r", 0, 0},   {"F3\r.\r", 0, 0},
};

struct stage {
	int peer; /* the terminal's end */
	const struct move *script;
	size_t length, next;
	bool given; /* this round's event was */
	size_t bytes;
	struct buf *said; /* NULL: only count */
	const struct screen *screen;
	int64_t arg;
	int loads; /* of the page below: again when the screen closed */
};

static void
drain(struct stage *s)
{
	char bytes[65536];
	ssize_t n;

	while ((n = recv(s->peer, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0) {
		s->bytes += (size_t)n;
		if (s->said != NULL)
			buf_addn(s->said, bytes, (size_t)n);
	}
}

static int
next_event(void *data, struct tui_event *ev)
{
	struct stage *s = data;
	const struct move *step;

	drain(s);
	s->given = !s->given;
	if (!s->given)
		return OK;
	if (s->next == s->length) {
		ev->kind = TUI_END;
		return OK;
	}
	step = &s->script[s->next++];
	if (step->keys == NULL) {
		ev->kind = TUI_RESIZE;
		ev->columns = step->columns;
		ev->rows = step->rows;
	} else {
		size_t n = strlen(step->keys);

		assert_int_equal(send(s->peer, step->keys, n, 0), n);
		ev->kind = TUI_WAKE;
		ev->kinds = ~(uint64_t)0;
	}
	return OK;
}

/* Opens the screen that is tried, with its argument, once. */
static struct stage *stage_now;

static int
launch(struct ui *ui, void *data)
{
	(void)data;
	if (stage_now->loads++ == 0)
		ui_push(ui, stage_now->screen, stage_now->arg);
	return OK;
}

static const struct screen launcher = {
    .name = "launcher",
    .title = N_("Workbench"),
    .about = N_("Workbench"),
    .size = 1,
    .load = launch,
};

static const struct ui_app apps[] = {
    {'1', N_("Workbench"), &launcher},
    {'\0', NULL, NULL},
};

static bool
person_may(struct ctx *c, enum perm perm)
{
	return may(c, perm);
}

static struct instant
person_now(struct ctx *c)
{
	return ctx_now(c);
}

static const char *
person_text(struct ctx *c, struct arena *a)
{
	(void)a;
	return c->role;
}

static const struct ui_person person = {
    .may = person_may,
    .now = person_now,
    .place = person_text,
    .name = person_text,
    .refresh = ctx_refresh,
};

/* Run the stage to the end of its script; what ui_run returned. */
static int
play(struct ctx *c, struct stage *stage, bool plain)
{
	struct tui_options options = {.term = "xterm",
	                              .columns = 80,
	                              .rows = 24,
	                              .plain = plain,
	                              .echo = plain};
	struct tui_host host = {.next_event = next_event, .data = stage};
	struct ui_setup setup = {.host = &host,
	                         .options = &options,
	                         .ctx = c,
	                         .person = &person,
	                         .apps = apps};
	int pair[2], result;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	host.fd = pair[1];
	assert_int_not_equal(fcntl(host.fd, F_SETFL, O_NONBLOCK), -1);
	stage->peer = pair[0];
	host.control = eventfd(1, EFD_CLOEXEC);
	assert_true(host.control >= 0);
	stage_now = stage;
	i18n_use(LANGUAGE_ZH);
	result = ui_run(&setup);
	drain(stage);
	close(pair[0]);
	close(pair[1]);
	close(host.control);
	return result;
}

/* True when it was still open at the end. */
static bool
try_screen(struct ctx *c, const struct screen *screen, int64_t arg)
{
	struct stage stage = {.script = script,
	                      .length = COUNT(script),
	                      .screen = screen,
	                      .arg = arg};

	assert_int_equal(play(c, &stage, false), ERR_STOPPED);
	assert_true(stage.loads > 0);
	assert_true(stage.bytes > 500);
	return stage.loads == 1;
}

/* Nothing but lines of text, none of them longer than 80 columns. */
static void
assert_lines(const char *name, const struct buf *said)
{
	static const char *const alarms[] = {"(null)", "%s", "%d", "%lld"};
	struct arena *a = arena_new();
	const char *line = said->data, *end;

	assert_int_equal(strlen(said->data), said->len);
	for (size_t i = 0; i < COUNT(alarms); i++)
		assert_null(strstr(said->data, alarms[i]));
	for (; (end = strstr(line, "\r\n")) != NULL; line = end + 2) {
		const char *clean;
		int err = text_clean(a, line, (size_t)(end - line), TEXT_LINE,
		                     400, &clean);

		if (err != OK || text_width(clean) > 80)
			print_error("%s: \"%.*s\"\n", name, (int)(end - line),
			            line);
		assert_int_equal(err, OK);
		assert_true(text_width(clean) <= 80);
	}
	arena_free(a);
}

/* The same in plain mode. */
static bool
try_plain(struct ctx *c, const struct screen *screen, int64_t arg)
{
	struct buf said = BUF_INIT;
	struct stage stage = {.script = plain_script,
	                      .length = COUNT(plain_script),
	                      .said = &said,
	                      .screen = screen,
	                      .arg = arg};

	assert_int_equal(play(c, &stage, true), ERR_STOPPED);
	assert_true(stage.loads > 0);
	assert_lines(screen->name, &said);
	i18n_use(LANGUAGE_ZH);
	if (stage.loads == 1) { /* it has said its title, in both languages */
		assert_non_null(strstr(said.data, screen->title));
		assert_non_null(strstr(said.data, _(screen->title)));
	}
	buf_clear(&said);
	return stage.loads == 1;
}

static bool
opens(struct ctx *c, const struct screen *screen, int64_t arg)
{
	bool drawn = try_screen(c, screen, arg);

	assert_int_equal(try_plain(c, screen, arg), drawn);
	return drawn;
}

/* --- who -------------------------------------------------------------- */

/* An account of each role in a county where nothing else is: no unit, no
 * station, nobody's mandate. */
static void
add_roles(struct fixture *f)
{
	char sql[1000];

	for (int i = 0; i < WORLD_ROLES; i++) {
		int id = 101 + i;

		snprintf(sql, sizeof(sql),
		         "INSERT INTO person (id, name, pinyin, initials,"
		         " stroke) VALUES (%d, '王%s', 'wang', 'w', '04');"
		         "INSERT INTO office (id, person, role, from_on)"
		         " VALUES (%d, %d, '%s', '2022-01-01');"
		         "INSERT INTO account (id, name, person, office,"
		         " created_at) VALUES (%d, '%s', %d, %d, 1);",
		         id, world_roles[i], id, id, world_roles[i], id,
		         world_roles[i], id, id);
		fixture_event(f, ACTION_ACCOUNT_ADD, ENTITY_ACCOUNT, id, sql);
	}
}

struct screen_arg {
	const char *name;
	int64_t arg;
};

/* The argument a screen is opened with: numbers of unit 1 of the world. */
static int64_t
arg_of(const char *name, const struct ctx *c)
{
	/* one that went to the office, and one that came to the deputy */
	const int64_t opinion = c->scope == SCOPE_SELF ? 101 : 100;
	const struct opinion_todo note = {DEED_SAY, NOTE_NOTE, opinion};
	const struct screen_arg args[] = {
	    {"activity", 100 + ACTIVITY_OPEN},
	    {"audit_row", 1},
	    {"activity_code", 100 + ACTIVITY_OPEN},
	    {"activity_invite", 100 + ACTIVITY_PUBLISHED},
	    {"ballot", 100},
	    {"ballot_phone", 100},
	    {"ballot_vote", 100},
	    {"campaign", 100},
	    {"campaign_people", 100},
	    {"campaign_plan", 100},
	    {"campaign_summary", 100},
	    {"campaign_unit", 100},
	    {"conversion", 100},
	    {"deputies", 1},
	    {"duty_file", 100 + WORLD_DEPUTY},
	    {"document_form", 100},
	    {"duty_ledger", -100},
	    {"duty_request", 100},
	    {"groups", 1},
	    {"instruction", 100},
	    {"collation", 100},
	    {"consultation", 100},
	    {"consultation_form", 100},
	    {"consultation_people", 100},
	    {"law_changes", 100},
	    {"law_collated", 100 + 100 * SCREEN_PAIR},
	    {"law_comment", 100},
	    {"law_comment_form", 100 + 100 * SCREEN_PAIR},
	    {"law_comment_step", 100},
	    {"law_comments", 100},
	    {"law_contents", 100},
	    {"law_reader", 100},
	    {"law_versions", 100},
	    {"leaving", 100 + WORLD_DEPUTY},
	    {"mandate_form", 100 + WORLD_DEPUTY + 1},
	    {"matter_form", 100 + ACTIVITY_CLOSED},
	    {"matters", 100 + ACTIVITY_CLOSED},
	    {"minutes", 100 + ACTIVITY_CLOSED},
	    {"office_form", 100 + WORLD_DEPUTY},
	    {"opinion", opinion},
	    {"opinion_receipt", opinion},
	    {"opinion_sort", opinion},
	    {"opinion_step", opinion_todo_arg(&note)},
	    {"opinion_merge", 100},
	    {"person", 100 + WORLD_DEPUTY},
	    {"person_form", 100 + WORLD_DEPUTY},
	    {"places", 100},
	    {"plan_form", 100},
	    {"plan_item", 100},
	    {"project", 190},
	    {"project_change", 190},
	    {"project_rate", 191},
	    {"project_report", 190},
	    {"project_step", project_arg(PROJECT_DO_DECLINE, 190)},
	    {"project_task", 100},
	    {"project_task_form", 190},
	    {"project_team", 190},
	    {"project_visit", 190},
	    {"receptions", 100},
	    {"reelection", 101},
	    {"rota", 100},
	    {"rota_form", 100},
	    {"station_form", 100},
	    {"roll", 100 + ACTIVITY_CLOSED},
	    {"station", 1},
	    {"station_code", 1},
	    {"term_change", 101},
	};

	if (strcmp(name, "account") == 0 || strcmp(name, "account_keys") == 0)
		return c->account;
	for (size_t i = 0; i < COUNT(args); i++)
		if (strcmp(args[i].name, name) == 0)
			return args[i].arg;
	return 0;
}

static void
every_screen_opens_on_an_empty_store_for_every_role(void **state)
{
	struct fixture *f = *state;

	add_roles(f);
	for (int r = 0; r < WORLD_ROLES; r++) {
		struct ctx c;

		assert_int_equal(ctx_open(&c, f->store, 101 + r, 0), OK);
		for (size_t i = 0; i < COUNT(screens); i++)
			(void)opens(&c, screens[i], arg_of(names[i], &c));
	}
}

/* A draft law that unit 1 is asked about, and what its deputy says. */
static void
add_law(struct fixture *f)
{
	fixture_event(
	    f, ACTION_LAW_IMPORT, ENTITY_LAW, 100,
	    "INSERT INTO law (id, title, version, added_at)"
	    " VALUES (100, '条例', 1, 1774000000);"
	    "INSERT INTO law_version (id, law, number, hash, bytes, chapters,"
	    " articles, added_at) VALUES (100, 100, 1, 'h', 30, 0, 1,"
	    " 1774000000);"
	    "INSERT INTO law_article (id, version, position, kind, number,"
	    " label, text) VALUES (100, 100, 1, 'article', 1, '第一条',"
	    " '第一条 为了试验,制定本条例。');"
	    "INSERT INTO consultation (id, law, version, title, from_on,"
	    " to_on, state, token, added_at) VALUES (100, 100, 100, '条例',"
	    " '2026-01-01', '2099-12-31', 'open', 'T', 1774000000);"
	    "INSERT INTO consultation_unit (id, consultation, unit, station)"
	    " VALUES (100, 100, 1, 100);"
	    "INSERT INTO consultation_person (id, consultation, person, unit,"
	    " station, state, received_at, to_on) VALUES (100, 100, 110, 1,"
	    " 100, 'received', 1774000000, '2099-12-31');"
	    "INSERT INTO law_comment (id, consultation, version, article,"
	    " source, person, unit, station, words, wording, state, at)"
	    " VALUES (100, 100, 100, 100, 'deputy', 110, 1, 100, '意见',"
	    " '第一条 为了施行,制定本条例。', 'submitted', 1774000000);");
}

/* A screen that is allowed stays; one that is not leaves the person where
 * they were. */
static void
a_screen_stays_open_for_exactly_the_roles_it_is_for(void **state)
{
	struct fixture *f = *state;

	world_make(f);
	add_law(f);
	for (int r = 0; r < WORLD_ROLES; r++) {
		struct ctx c;

		world_ctx(f, world_roles[r], 1, &c);
		for (size_t i = 0; i < COUNT(screens); i++) {
			bool stayed =
			    opens(&c, screens[i], arg_of(names[i], &c));

			if (stayed != may(&c, screens[i]->needs))
				print_error("%s: %s\n", world_roles[r],
				            names[i]);
			assert_int_equal(stayed, may(&c, screens[i]->needs));
		}
	}
}

/* They are no deputies: the bench is a deputy's without a file. */
static void
a_member_of_the_assembly_has_a_workbench_and_ballots(void **state)
{
	struct fixture *f = *state;
	struct ctx c;

	world_make(f);
	fixture_event(f, ACTION_ACCOUNT_ADD, ENTITY_ACCOUNT, 290,
	              "INSERT INTO person (id, unit, name, pinyin, initials,"
	              " stroke) VALUES (290, 2, '王议事', 'wang', 'w', '04');"
	              "INSERT INTO office (id, person, role, unit, station,"
	              " from_on) VALUES (290, 290, 'member', 2, 200,"
	              " '2022-01-01');"
	              "INSERT INTO account (id, name, person, office,"
	              " created_at) VALUES (290, 'member', 290, 290, 1)");
	assert_int_equal(ctx_open(&c, f->store, 290, 0), OK);
	assert_true(opens(&c, &screen_workbench, 0));
	assert_true(opens(&c, &screen_ballots, 0));
	assert_true(opens(&c, &screen_ballot, 200));
	assert_false(opens(&c, &screen_ballot, 100));
}

/* Every text of a matter in the world says this. */
#define MATTER "甲事项"

/* What every screen that c may open says, in plain lines. */
static bool
any_screen_says(struct ctx *c, const char *text)
{
	bool found = false;

	for (size_t i = 0; i < COUNT(screens); i++) {
		struct buf said = BUF_INIT;
		struct stage stage = {.script = plain_script,
		                      .length = COUNT(plain_script),
		                      .said = &said,
		                      .screen = screens[i],
		                      .arg = arg_of(names[i], c)};

		assert_int_equal(play(c, &stage, true), ERR_STOPPED);
		if (strstr(said.data, text) != NULL) {
			found = true;
			if (!may(c, PERM_ACTIVITY_READ))
				print_error("%s says it to %s\n", names[i],
				            c->role);
		}
		buf_clear(&said);
	}
	return found;
}

static void
who_looks_after_the_service_reads_no_matters_text(void **state)
{
	static const char *const outside[] = {"admin", "auditor"};
	struct fixture *f = *state;
	struct ctx c;

	world_make(f);
	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 101,
	              "UPDATE activity SET title = '" MATTER "',"
	              " venue = '" MATTER "', agenda = '" MATTER "',"
	              " minutes = '" MATTER "', reason = '" MATTER "';"
	              "UPDATE participant SET reason = '" MATTER "';"
	              "UPDATE duty_record SET title = '" MATTER "',"
	              " venue = '" MATTER "';");
	for (size_t i = 0; i < COUNT(outside); i++) {
		world_ctx(f, outside[i], 1, &c);
		assert_false(any_screen_says(&c, MATTER));
	}
	/* the question is a good one: others are told */
	world_ctx(f, "unit_staff", 1, &c);
	assert_true(any_screen_says(&c, MATTER));
}

/* --- what a screen has to say ----------------------------------------- */

static void
every_screen_has_a_name_a_title_and_says_what_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(screens); i++) {
		const struct screen *s = screens[i];
		char name[64];

		snprintf(name, sizeof(name), "%s", s->name);
		for (char *p = name; *p != '\0'; p++)
			*p = *p == '-' ? '_' : *p;
		assert_string_equal(name, names[i]);
		assert_true(s->title[0] != '\0');
		assert_non_null(s->about);
		assert_true(strlen(s->about) > 40);
		assert_true(s->size > 0);
	}
}

static void
every_key_table_is_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(screens); i++) {
		const struct key *row = NULL;
		const char *fault =
		    screens[i]->keys != NULL
			? key_table_fault(screens[i]->keys, &row)
			: NULL;

		if (fault != NULL)
			print_error("%s: %s: %s\n", names[i], row->name, fault);
		assert_null(fault);
	}
}

/* English says both with one word, or nearly. */
static void
what_is_two_words_in_chinese_is_two_msgids(void **state)
{
	static const struct {
		const char *msgid, *text;
	} words[] = {
	    {"For", "赞成"},        {"Used for", "用于"},
	    {"Answer", "答复邀请"}, {"Reply", "答复"},
	    {"Hold", "举办"},       {"Hold back", "暂存"},
	    {"Late", "迟到"},       {"Overdue", "超期"},
	    {"Signed", "签到"},     {"Signature", "签名"},
	    {"Name", "姓名"},       {"Called", "名称"},
	    {"Refuse", "不予受理"}, {"Do not approve", "不批准"},
	    {"By hand", "补签"},    {"Rated by hand", "代录评价"},
	    {"Received", "已签收"}, {"Received it", "已收到"},
	    {"Office", "职务"},     {"An office", "承办单位"},
	    {"From", "开始"},       {"Sent from", "来自"},
	    {"Phone", "手机"},      {"Telephone", "电话"},
	};

	(void)state;
	i18n_use(LANGUAGE_ZH);
	for (size_t i = 0; i < COUNT(words); i++)
		assert_string_equal(i18n_text(words[i].msgid), words[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		every_screen_has_a_name_a_title_and_says_what_it_is),
	    cmocka_unit_test(every_key_table_is_good),
	    cmocka_unit_test_setup_teardown(
		every_screen_opens_on_an_empty_store_for_every_role,
		fixture_setup, fixture_teardown),
	    cmocka_unit_test_setup_teardown(
		a_member_of_the_assembly_has_a_workbench_and_ballots,
		fixture_setup, fixture_teardown),
	    cmocka_unit_test_setup_teardown(
		a_screen_stays_open_for_exactly_the_roles_it_is_for,
		fixture_setup, fixture_teardown),
	    cmocka_unit_test_setup_teardown(
		who_looks_after_the_service_reads_no_matters_text,
		fixture_setup, fixture_teardown),
	    cmocka_unit_test(what_is_two_words_in_chinese_is_two_msgids),
	};

	i18n_init("build/locale");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
