/* Forms with files: what is kept while they arrive, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/base/text.h"
#include "server/web/upload.h"

enum { FILE_MOST = 1000, TEXT_MOST = 500 };

struct place {
	char dir[64];
	char database[80];
	struct arena *a;
	struct source from;
	bool open; /* may a file begin? */
};

static int
setup(void **state)
{
	struct place *p = xcalloc(1, sizeof(*p));
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(p->dir, sizeof(p->dir), "%.40s/liaison-XXXXXX",
	               tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(p->dir));
	(void)snprintf(p->database, sizeof(p->database), "%s/db", p->dir);
	p->a = arena_new();
	p->open = true;
	*state = p;
	return 0;
}

/* Whatever a test did, no file is left. */
static int
teardown(void **state)
{
	struct place *p = *state;

	(void)rmdir(arena_printf(p->a, "%s-files/new", p->database));
	(void)rmdir(arena_printf(p->a, "%s-files", p->database));
	assert_int_equal(rmdir(p->dir), 0);
	arena_free(p->a);
	free(p);
	return 0;
}

static int
may_begin(void *data, const struct form *form)
{
	const struct place *p = data;

	return p->open && strcmp(form_value(form, "form"), "yes") == 0
	           ? OK
	           : ERR_DENIED;
}

static struct upload *
began(struct place *p)
{
	const struct upload_rules rules = {
	    .database = p->database,
	    .text = TEXT_MOST,
	    .file = FILE_MOST,
	    .from = &p->from,
	    .may_begin = may_begin,
	    .data = p,
	};
	struct upload *u = upload_new(p->a, &rules);

	upload_part(u, "form", NULL, "yes", 0, 3);
	return u;
}

static void
add_file(struct upload *u, const char *name, size_t n)
{
	static const char bytes[FILE_MOST + 1];

	upload_part(u, "files", name, bytes, 0, n);
}

static void
fields_are_cleaned_whatever_their_pieces(void **state)
{
	struct place *p = *state;
	struct upload *u = began(p);

	upload_part(u, "words", NULL, "", 0, 0);
	upload_part(u, "words", NULL, " \xe6\xa1", 0, 3);
	upload_part(u, "words", NULL, "\xa5\r\n\x1b", 3, 4);
	upload_part(u, "words", NULL, "x ", 7, 2);
	upload_part(u, "venue", NULL, "", 0, 0);
	assert_int_equal(upload_end(u), OK);
	assert_int_equal(u->form.n, 3);
	assert_string_equal(form_value(&u->form, "words"), "桥\nx");
	assert_string_equal(form_value(&u->form, "venue"), "");
	upload_free(u);
}

static void
what_is_no_form_is_refused(void **state)
{
	static const struct {
		const char *name, *value;
		size_t n;
		int err;
	} bad[] = {
	    {"Form", "x", 1, ERR_INVALID},
	    {"", "x", 1, ERR_INVALID},
	    {NULL, "x", 1, ERR_INVALID},
	    {"words", "a\0b", 3, ERR_INVALID},
	    {"words", "\xff", 1, ERR_INVALID},
	};
	struct place *p = *state;
	char large[TEXT_MOST + 1];
	struct upload *u;

	for (size_t i = 0; i < COUNT(bad); i++) {
		u = began(p);
		upload_part(u, bad[i].name, NULL, bad[i].value, 0, bad[i].n);
		assert_int_equal(upload_end(u), bad[i].err);
		upload_free(u);
	}
	memset(large, 'x', sizeof(large));
	u = began(p);
	upload_part(u, "words", NULL, large, 0, sizeof(large));
	assert_int_equal(upload_end(u), ERR_TOO_LONG);
	upload_free(u);
}

static void
a_file_is_on_the_disk_while_it_arrives(void **state)
{
	struct place *p = *state;
	struct upload *u = began(p);

	upload_part(u, "files", "a/b.jpg", "abc", 0, 3);
	upload_part(u, "files", "a/b.jpg", "de", 3, 2);
	upload_part(u, "words", NULL, "x", 0, 1);
	assert_int_equal(upload_end(u), OK);
	assert_int_equal(u->n, 1);
	assert_string_equal(u->files[0].field, "files");
	assert_string_equal(u->files[0].name, "b.jpg");
	assert_int_equal(blob_size(u->files[0].in), 5);
	upload_free(u);
}

static void
an_input_left_empty_is_no_file(void **state)
{
	struct place *p = *state;
	struct upload *u = began(p);

	add_file(u, "", 0);
	add_file(u, "b", 0);
	add_file(u, "c", 1);
	add_file(u, "", 0);
	assert_int_equal(upload_end(u), OK);
	assert_int_equal(u->n, 1);
	assert_string_equal(u->files[0].name, "c");
	upload_free(u);
}

static void
before_the_seal_nothing_is_written(void **state)
{
	struct place *p = *state;
	struct upload *u = began(p);

	p->open = false;
	add_file(u, "a", 10);
	upload_part(u, "words", NULL, "x", 0, 1);
	assert_int_equal(upload_end(u), ERR_DENIED);
	assert_int_equal(u->n, 0);
	assert_int_not_equal(
	    access(arena_printf(p->a, "%s-files", p->database), F_OK), 0);
	upload_free(u);
}

static void
a_file_has_its_size_and_a_form_its_number_of_files(void **state)
{
	struct place *p = *state;
	struct upload *u = began(p);

	for (int i = 0; i < FORM_FILES; i++)
		add_file(u, "a", FILE_MOST);
	assert_int_equal(upload_end(u), OK);
	assert_int_equal(u->n, FORM_FILES);
	upload_free(u);
	u = began(p);
	add_file(u, "a", FILE_MOST);
	upload_part(u, "files", "a", "x", FILE_MOST, 1);
	assert_int_equal(upload_end(u), ERR_TOO_LONG);
	assert_int_equal(u->n, 0);
	upload_free(u);
}

static void
with_too_many_files_the_words_are_kept(void **state)
{
	struct place *p = *state;
	struct upload *u = began(p);

	for (int i = 0; i <= FORM_FILES; i++)
		add_file(u, "a", 1);
	upload_part(u, "words", NULL, "x", 0, 1);
	assert_int_equal(upload_end(u), ERR_LIMIT);
	assert_int_equal(u->n, 0);
	assert_string_equal(form_value(&u->form, "words"), "x");
	upload_free(u);
}

static void
one_source_cannot_hold_all_places(void **state)
{
	enum { SAME = 6 };
	struct place *p = *state, other = *p;
	struct upload *u[SAME], *late, *one;

	other.from.bytes[SOURCE_BYTES - 1] = 7;
	for (int i = 0; i < SAME; i++) {
		u[i] = began(p);
		add_file(u[i], "a", 1);
		assert_int_equal(upload_end(u[i]), OK);
	}
	late = began(p);
	add_file(late, "a", 1);
	assert_int_equal(upload_end(late), ERR_BUSY);
	one = began(&other);
	add_file(one, "a", 1);
	assert_int_equal(upload_end(one), OK);
	upload_free(late);
	upload_free(u[0]);
	late = began(p);
	add_file(late, "a", 1);
	assert_int_equal(upload_end(late), OK);
	upload_free(late);
	upload_free(one);
	for (int i = 1; i < SAME; i++)
		upload_free(u[i]);
}

static void
a_file_is_called_what_is_harmless(void **state)
{
	static const char *const names[][2] = {
	    {"IMG_0001.JPG", "IMG_0001.JPG"},
	    {"路灯 1.jpg", "路灯 1.jpg"},
	    {"../../etc/passwd", "passwd"},
	    {"C:\\fakepath\\a.png", "a.png"},
	    {"..", ""},
	    {".htaccess", "htaccess"},
	    {"a\nb\x1b[31m\tc", "a b[31m c"},
	    {"a\xe2\x80\xaegpj.exe", "agpj.exe"},
	    {"\xff\xfe", ""},
	    {"", ""},
	};
	struct place *p = *state;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < COUNT(names); i++)
		assert_string_equal(form_file_name(p->a, names[i][0]),
		                    names[i][1]);
	for (int i = 0; i <= FORM_FILE_NAME; i++)
		buf_add(&b, "桥");
	assert_int_equal(text_length(form_file_name(p->a, b.data)),
	                 FORM_FILE_NAME);
	buf_clear(&b);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(fields_are_cleaned_whatever_their_pieces),
	    TEST(what_is_no_form_is_refused),
	    TEST(a_file_is_on_the_disk_while_it_arrives),
	    TEST(an_input_left_empty_is_no_file),
	    TEST(before_the_seal_nothing_is_written),
	    TEST(a_file_has_its_size_and_a_form_its_number_of_files),
	    TEST(with_too_many_files_the_words_are_kept),
	    TEST(one_source_cannot_hold_all_places),
	    TEST(a_file_is_called_what_is_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
