/* Files of opinions: whose they are, who adds one, what is refused, and that
 * rows and contents stay together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <cmocka.h>

#include "db/attachment_files.h"
#include "db/base/buf.h"
#include "db/blob.h"
#include "db/opinion_note.h"
#include "db/public_matter.h"
#include "tests/unit/fixture_opinion.h"

#define YES(call) assert_int_equal((call), OK)

enum { HOUR = 3600 };

static int
files_of(struct opinions *w, const char *who, struct opinion_id id,
         struct attachment **rows)
{
	struct ctx c;
	int n;

	ctx_of(w, who, &c);
	YES(attachment_list(&c, w->o->f->a, id, rows, &n));
	return n;
}

static int
attach(struct opinions *w, const char *who, struct opinion_id id,
       const char *content)
{
	struct attachment_file file = fixture_file(w->o->f, content);
	struct ctx c;

	ctx_of(w, who, &c);
	return attachment_attach(&c, id, &file, 1);
}

static int64_t
number(struct opinions *w, const char *sql)
{
	return fixture_int(w->o->f, sql);
}

/* --- a citizen's -------------------------------------------------------- */

/* A message to the first deputy of the first unit, with files. */
static int
send(struct opinions *w, const struct attachment_file *files, int n,
     struct opinion_id *id)
{
	struct fixture *f = w->o->f;
	const struct code code = {
	    .kind = CODE_DEPUTY,
	    .subject = w->o->units[0].deputies[0].v,
	    .unit = w->o->units[0].unit,
	};
	const struct public_message message = {
	    .sender = "陈阿姨",
	    .venue = "荆山村",
	    .words = "桥头路灯不亮",
	    .phone = "",
	    .files = files,
	    .file_count = n,
	};
	char secret[OPINION_SECRET + 1];
	struct ctx c;

	ctx_init_public(&c, f->store);
	c.stopped = f->ctx.stopped;
	return public_message_take(&c, f->a, &code, &message, secret, id);
}

static void
a_message_and_its_files_are_one_event(void **state)
{
	struct opinions *w = *state;
	struct attachment_file files[2];
	struct attachment *rows;
	struct opinion_id id;

	files[0] = fixture_file(w->o->f, "一");
	files[1] = fixture_file(w->o->f, "二");
	files[1].kind = ATTACHMENT_PICTURE;
	files[1].thumb = files[0].hash;
	YES(send(w, files, 2, &id));
	assert_int_equal(files_of(w, "deputy", id, &rows), 2);
	assert_int_equal(rows[0].event.v, rows[1].event.v);
	assert_int_equal(
	    number(w, "SELECT count(DISTINCT event) FROM attachment"), 1);
	assert_int_equal(number(w, "SELECT count(*) FROM attachment AS t"
	                           " JOIN event AS e ON e.id = t.event"
	                           " WHERE e.action = 'opinion.add'"),
	                 2);
	assert_string_equal(rows[0].name, "说明.txt");
	assert_int_equal(rows[0].size, strlen("一"));
	assert_int_equal(rows[0].by.v, 0);
	assert_string_equal(rows[1].thumb, files[0].hash);
	opinions_check(w);
}

static void
a_file_that_is_not_on_the_disk_leaves_no_row(void **state)
{
	struct opinions *w = *state;
	struct attachment_file files[2];
	struct opinion_id id;
	const char *gone;

	files[0] = fixture_file(w->o->f, "一");
	files[1] = fixture_file(w->o->f, "二");
	gone = blob_path(w->o->f->a, w->o->f->path, files[1].hash);
	assert_int_equal(unlink(gone), 0);
	assert_int_equal(send(w, files, 2, &id), ERR_NOT_FOUND);
	files[0].size++;
	assert_int_equal(send(w, files, 1, &id), ERR_NOT_FOUND);
	assert_int_equal(number(w, "SELECT count(*) FROM opinion"), 0);
	assert_int_equal(number(w, "SELECT count(*) FROM attachment"), 0);
}

static void
too_many_and_too_large_ones_are_faults(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct attachment_file files[10];
	struct opinion_id id;
	struct ctx c = f->ctx;
	int64_t bytes, count;

	YES(attachment_most(&c, &bytes, &count));
	assert_int_equal(count, 9);
	assert_int_equal(bytes, 50 * 1024 * 1024);
	for (int i = 0; i < 10; i++)
		files[i] = fixture_file(f, "一");
	assert_int_equal(send(w, files, 10, &id), ERR_INVALID);
	YES(send(w, files, 9, &id));
	files[0].kind = ATTACHMENT_PICTURE;
	files[0].size = (int64_t)10 * 1024 * 1024 + 1;
	assert_int_equal(send(w, files, 1, &id), ERR_INVALID);
	files[0].kind = ATTACHMENT_VIDEO; /* may be larger: it is not there */
	assert_int_equal(send(w, files, 1, &id), ERR_NOT_FOUND);
}

static void
a_matter_takes_no_files_without_end(void **state)
{
	struct opinions *w = *state;
	struct attachment_file files[9];
	struct opinion_id id;
	struct ctx c;
	int err = OK;

	for (int i = 0; i < 9; i++)
		files[i] = fixture_file(w->o->f, "一");
	YES(send(w, files, 9, &id));
	ctx_init_public(&c, w->o->f->store);
	for (int i = 0; i < 20 && err == OK; i++)
		err = public_matter_add(&c, id, "", files, 9);
	assert_int_equal(err, ERR_LIMIT);
	assert_int_equal(number(w, "SELECT count(*) FROM attachment"), 99);
}

static void
words_may_be_left_out_where_there_are_files(void **state)
{
	struct opinions *w = *state;
	struct attachment_file file = fixture_file(w->o->f, "一");
	struct public_matter m;
	struct opinion_id id;
	struct ctx c;

	YES(send(w, &file, 0, &id));
	ctx_init_public(&c, w->o->f->store);
	assert_int_equal(public_matter_add(&c, id, "", NULL, 0), ERR_INVALID);
	YES(public_matter_add(&c, id, "", &file, 1));
	YES(public_matter_add(&c, id, "再拍一张", &file, 1));
	assert_int_equal(number(w, "SELECT count(*) FROM opinion_note"), 1);
	/* what an officer adds the sender is not shown */
	YES(attach(w, "officer", id, "内部材料"));
	YES(public_matter_get(&c, w->o->f->a, id, &m));
	assert_int_equal(m.file_count, 2);
	opinions_check(w);
}

static void
a_long_name_keeps_its_end(void **state)
{
	struct opinions *w = *state;
	struct attachment_file file = fixture_file(w->o->f, "一");
	struct buf name = BUF_INIT;
	struct attachment *rows;
	struct opinion_id id;

	for (int i = 0; i < 100; i++)
		buf_add(&name, "长");
	buf_add(&name, ".jpg");
	file.name = name.data;
	YES(send(w, &file, 1, &id));
	buf_clear(&name);
	assert_int_equal(files_of(w, "officer", id, &rows), 1);
	assert_int_equal(number(w, "SELECT length(name) FROM attachment"),
	                 ATTACHMENT_NAME);
	assert_string_equal(rows[0].name + strlen(rows[0].name) - 4, ".jpg");
}

/* --- whose they are --------------------------------------------------------
 */

static void
files_are_the_matters_to_all_who_see_it_and_to_nobody_else(void **state)
{
	struct opinions *w = *state;
	struct attachment *rows, row;
	struct opinion_id id;
	struct ctx c;
	int fd;

	id = opinion_of(w, "officer");
	YES(attach(w, "officer", id, "一"));
	assert_int_equal(files_of(w, "station", id, &rows), 1);
	assert_int_equal(files_of(w, "county", id, &rows), 1);
	assert_string_not_equal(rows[0].who, "");
	assert_int_equal(files_of(w, "deputy", id, &rows), 0);
	assert_int_equal(files_of(w, "office", id, &rows), 0);
	assert_int_equal(files_of(w, "officer2", id, &rows), 0);
	opinion_to(w, id, OPINION_HANDLING);
	assert_int_equal(files_of(w, "office", id, &rows), 1);
	YES(attach(w, "office", id, "答复"));
	assert_int_equal(files_of(w, "officer", id, &rows), 2);
	/* each is fetched by who may see it, and the audit says so */
	ctx_of(w, "office", &c);
	YES(attachment_open(&c, w->o->f->a, rows[0].id, &row, &fd));
	(void)close(fd);
	ctx_of(w, "officer2", &c);
	assert_int_equal(attachment_open(&c, w->o->f->a, rows[0].id, &row, &fd),
	                 ERR_NOT_FOUND);
	assert_int_equal(number(w, "SELECT count(*) FROM audit"
	                           " WHERE action = 'attachment.fetch'"),
	                 1);
	opinions_check(w);
}

static void
who_may_not_handle_it_adds_no_file(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer"), own;
	struct ctx c;

	assert_int_equal(attach(w, "officer2", id, "一"), ERR_NOT_FOUND);
	assert_int_equal(attach(w, "deputy", id, "一"), ERR_NOT_FOUND);
	assert_int_equal(attach(w, "leader", id, "一"), ERR_DENIED);
	assert_int_equal(attach(w, "office", id, "一"), ERR_NOT_FOUND);
	own = opinion_of(w, "deputy");
	YES(attach(w, "deputy", own, "一"));
	ctx_of(w, "officer", &c);
	assert_int_equal(attachment_attach(&c, id, NULL, 0), ERR_INVALID);
	/* an office that gave it back */
	YES(act(w, "officer", id, OPINION_DO_TAKE));
	YES(act(w, "officer", id, OPINION_DO_ROUTE));
	YES(leg(w, "office", id, LEG_DO_RETURN));
	assert_int_equal(attach(w, "office", id, "一"), ERR_STATE);
	opinion_to(w, own, OPINION_NEW);
	id = opinion_of(w, "officer");
	opinion_to(w, id, OPINION_CLOSED);
	assert_int_equal(attach(w, "officer", id, "一"), ERR_STATE);
	opinions_check(w);
}

static void
a_matter_that_goes_on_keeps_its_files(void **state)
{
	struct opinions *w = *state;
	struct opinion_id into = opinion_of(w, "officer");
	struct opinion_id id = opinion_of(w, "officer");
	struct attachment *rows;

	YES(attach(w, "officer", id, "一"));
	opinion_to(w, into, OPINION_TRIAGE);
	opinion_to(w, id, OPINION_TRIAGE);
	YES(act_with(w, "officer", id,
	             (struct opinion_act){
			 .step = OPINION_DO_MERGE, .words = "", .into = into}));
	/* whoever works on the one has the pictures of both */
	assert_int_equal(files_of(w, "officer", id, &rows), 1);
	assert_int_equal(files_of(w, "officer", into, &rows), 1);
	assert_int_equal(rows[0].opinion.v, id.v);
	YES(act(w, "officer", into, OPINION_DO_CONVERT));
	assert_int_equal(files_of(w, "officer", into, &rows), 1);
	opinions_check(w);
}

static void
struck_out_files_are_gone_from_the_page(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	struct attachment *rows;
	struct event_list later;
	struct ctx c;

	YES(attach(w, "officer", id, "一"));
	assert_int_equal(files_of(w, "officer", id, &rows), 1);
	ctx_of(w, "station", &c);
	YES(event_strike(&c, w->o->f->a, rows[0].event.v, "传错了", &later));
	assert_int_equal(files_of(w, "officer", id, &rows), 0);
	opinions_check(w);
}

/* --- rows and contents ------------------------------------------------------
 */

static void
complain(void *data, const char *rule, const char *text)
{
	struct buf *out = data;

	buf_addf(out, "%s: %s\n", rule, text);
}

static int
problems(struct opinions *w, struct buf *out)
{
	int n = 0;

	buf_truncate(out, 0);
	YES(files_check(&w->o->f->ctx, complain, out, &n));
	return n;
}

static void
a_content_that_is_missing_or_damaged_is_named(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = opinion_of(w, "officer");
	struct buf out = BUF_INIT;
	struct attachment *rows;
	const char *path;
	FILE *file;

	YES(attach(w, "officer", id, "一二三"));
	assert_int_equal(problems(w, &out), 0);
	(void)files_of(w, "officer", id, &rows);
	path = blob_path(f->a, f->path, rows[0].hash);
	(void)chmod(path, 0600);
	file = fopen(path, "re+");
	assert_non_null(file);
	assert_true(fputs("四", file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(problems(w, &out), 1);
	assert_non_null(strstr(out.data, "is damaged"));
	assert_non_null(strstr(out.data, rows[0].hash));
	assert_int_equal(truncate(path, 3), 0);
	assert_int_equal(problems(w, &out), 1);
	assert_non_null(strstr(out.data, "has another size"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(problems(w, &out), 1);
	assert_non_null(strstr(out.data, "is not there"));
	buf_clear(&out);
}

static void
make_old(struct fixture *f, const char *hash)
{
	struct utimbuf then = {0};

	then.actime = then.modtime = clock_now().s - 2 * HOUR;
	assert_int_equal(utime(blob_path(f->a, f->path, hash), &then), 0);
}

static bool
is_there(struct fixture *f, const char *hash)
{
	return access(blob_path(f->a, f->path, hash), F_OK) == 0;
}

static void
only_old_contents_that_nobody_names_are_collected(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = opinion_of(w, "officer");
	struct attachment_file named = fixture_file(f, "一");
	struct attachment_file thumb = fixture_file(f, "小");
	struct attachment_file orphan = fixture_file(f, "二");
	struct attachment_file young = fixture_file(f, "三");
	struct attachment_file again = fixture_file(f, "四");
	struct blob_in *in;
	struct ctx c;
	char hash[SECRET_HEX + 1];
	int64_t bytes;
	int n;

	ctx_of(w, "officer", &c);
	named.thumb = thumb.hash;
	YES(attachment_attach(&c, id, &named, 1));
	make_old(f, named.hash);
	make_old(f, thumb.hash);
	make_old(f, orphan.hash);
	/* the same content came once more just now */
	make_old(f, again.hash);
	(void)fixture_file(f, "四");
	/* one is on its way in */
	YES(blob_begin(f->path, &in));
	YES(blob_add(in, "五", 3));
	YES(files_collect(&f->ctx, HOUR, &n, &bytes));
	assert_int_equal(n, 1);
	assert_int_equal(bytes, 3);
	assert_false(is_there(f, orphan.hash));
	assert_true(is_there(f, named.hash));
	assert_true(is_there(f, thumb.hash));
	assert_true(is_there(f, young.hash));
	assert_true(is_there(f, again.hash));
	YES(blob_keep(in, hash));
	assert_true(is_there(f, hash));
}

static void
a_copy_carries_its_files_and_gives_them_back(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = opinion_of(w, "officer");
	const char *path = arena_printf(f->a, "%s/copy", f->dir);
	struct buf out = BUF_INIT;
	struct attachment *rows;
	struct store *copy;
	struct ctx c;
	int n = 0;

	YES(attach(w, "officer", id, "一"));
	YES(attach(w, "officer", id, "二"));
	(void)files_of(w, "officer", id, &rows);
	YES(unlink(blob_path(f->a, f->path, rows[1].hash)));
	YES(store_backup(f->store, path));
	YES(store_open(path, STORE_EXISTING, &copy));
	ctx_init_system(&c, copy);
	YES(files_pack(&c, f->path, complain, &out));
	assert_non_null(strstr(out.data, rows[1].hash));
	YES(files_unpack(&c));
	buf_truncate(&out, 0);
	YES(files_check(&c, complain, &out, &n));
	assert_int_equal(n, 1); /* what was lost before */
	assert_int_equal(access(blob_path(f->a, path, rows[0].hash), F_OK), 0);
	/* and it is as small as it was */
	YES(files_unpack(&c));
	store_close(copy);
	blob_remove_all(path);
	assert_int_not_equal(access(blob_files(f->a, path), F_OK), 0);
	(void)unlink(path);
	(void)unlink(arena_printf(f->a, "%s-lock", path));
	buf_clear(&out);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, opinions_setup, opinions_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_message_and_its_files_are_one_event),
	    TEST(a_file_that_is_not_on_the_disk_leaves_no_row),
	    TEST(too_many_and_too_large_ones_are_faults),
	    TEST(a_matter_takes_no_files_without_end),
	    TEST(words_may_be_left_out_where_there_are_files),
	    TEST(a_long_name_keeps_its_end),
	    TEST(files_are_the_matters_to_all_who_see_it_and_to_nobody_else),
	    TEST(who_may_not_handle_it_adds_no_file),
	    TEST(a_matter_that_goes_on_keeps_its_files),
	    TEST(struck_out_files_are_gone_from_the_page),
	    TEST(a_content_that_is_missing_or_damaged_is_named),
	    TEST(only_old_contents_that_nobody_names_are_collected),
	    TEST(a_copy_carries_its_files_and_gives_them_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
