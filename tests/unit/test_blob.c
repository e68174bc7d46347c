/* Files beside the database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/base/arena.h"
#include "db/blob.h"

/* FIPS 180-2, appendix B.1. */
static const char abc_hash[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char no_hash[] =
    "0000000000000000000000000000000000000000000000000000000000000000";

struct place {
	char dir[64];
	char database[80];
	struct arena *a;
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
	*state = p;
	return 0;
}

static int
remove_any(void *data, const char *hash, int64_t size, int64_t changed_s,
           bool *remove)
{
	(void)data;
	(void)hash;
	(void)size;
	(void)changed_s;
	*remove = true;
	return OK;
}

/* Folders that are left by then are empty, or the test has failed. */
static int
teardown(void **state)
{
	struct place *p = *state;

	assert_int_equal(blob_walk(p->database, -1, remove_any, NULL), OK);
	for (int i = -1; i < 256; i++) {
		const char *folder =
		    i < 0 ? arena_printf(p->a, "%s-files/new", p->database)
			  : arena_printf(p->a, "%s-files/%02x", p->database,
		                         (unsigned)i);

		(void)rmdir(folder);
	}
	(void)rmdir(arena_printf(p->a, "%s-files", p->database));
	assert_int_equal(rmdir(p->dir), 0);
	arena_free(p->a);
	free(p);
	return 0;
}

static void
keep(struct place *p, const char *text, char hash[SECRET_HEX + 1])
{
	struct blob_in *in;

	assert_int_equal(blob_begin(p->database, &in), OK);
	for (const char *at = text; *at != '\0'; at++)
		assert_int_equal(blob_add(in, at, 1), OK);
	assert_int_equal(blob_size(in), strlen(text));
	assert_int_equal(blob_keep(in, hash), OK);
}

static mode_t
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode;
}

static int
count_any(void *data, const char *hash, int64_t size, int64_t changed_s,
          bool *remove)
{
	(void)hash;
	(void)changed_s;
	(void)remove;
	*(int64_t *)data += size;
	return OK;
}

static int64_t
bytes_kept(const struct place *p)
{
	int64_t n = 0;

	assert_int_equal(blob_walk(p->database, 3600, count_any, &n), OK);
	return n;
}

static void
what_is_kept_is_called_by_its_hash_and_read_again(void **state)
{
	struct place *p = *state;
	char hash[SECRET_HEX + 1], text[8] = "";
	int fd = -1;

	keep(p, "abc", hash);
	assert_string_equal(hash, abc_hash);
	assert_string_equal(
	    blob_path(p->a, p->database, hash),
	    arena_printf(p->a, "%s-files/ba/%s", p->database, abc_hash));
	assert_int_equal(blob_open(p->database, hash, &fd), OK);
	assert_int_equal(read(fd, text, sizeof(text)), 3);
	assert_string_equal(text, "abc");
	(void)close(fd);
}

static void
nobody_else_may_read_it(void **state)
{
	struct place *p = *state;
	char hash[SECRET_HEX + 1];

	keep(p, "abc", hash);
	assert_int_equal(mode_of(blob_path(p->a, p->database, hash)),
	                 S_IFREG | 0600);
	assert_int_equal(mode_of(arena_printf(p->a, "%s-files", p->database)),
	                 S_IFDIR | 0700);
	assert_int_equal(
	    mode_of(arena_printf(p->a, "%s-files/ba", p->database)),
	    S_IFDIR | 0700);
}

static void
the_same_twice_is_one_file(void **state)
{
	struct place *p = *state;
	char first[SECRET_HEX + 1], second[SECRET_HEX + 1];

	keep(p, "abc", first);
	keep(p, "abc", second);
	assert_string_equal(first, second);
	assert_int_equal(bytes_kept(p), 3);
}

static void
what_is_dropped_leaves_nothing(void **state)
{
	struct place *p = *state;
	struct blob_in *in;

	assert_int_equal(blob_begin(p->database, &in), OK);
	assert_int_equal(blob_add(in, "abc", 3), OK);
	blob_drop(in);
	blob_drop(NULL);
	assert_int_equal(rmdir(arena_printf(p->a, "%s-files/new", p->database)),
	                 0);
	assert_int_equal(bytes_kept(p), 0);
}

static void
what_another_wrote_is_hashed_again(void **state)
{
	struct place *p = *state;
	struct blob_in *in;
	char hash[SECRET_HEX + 1];

	assert_int_equal(blob_begin(p->database, &in), OK);
	assert_int_equal(pwrite(blob_fd(in), "abc", 3, 0), 3);
	assert_int_equal(blob_rehash(in), OK);
	assert_int_equal(blob_size(in), 3);
	assert_int_equal(blob_keep(in, hash), OK);
	assert_string_equal(hash, abc_hash);
}

static void
only_a_hash_is_a_name(void **state)
{
	static const char *const bad[] = {
	    "", "../db",
	    "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015",
	    no_hash};
	struct place *p = *state;
	char hash[SECRET_HEX + 1];
	int fd = -7;

	assert_int_equal(blob_open(p->database, abc_hash, &fd), ERR_NOT_FOUND);
	keep(p, "abc", hash);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(blob_open(p->database, bad[i], &fd),
		                 ERR_NOT_FOUND);
	assert_int_equal(fd, -7);
}

static void
no_link_is_followed(void **state)
{
	struct place *p = *state;
	char hash[SECRET_HEX + 1];
	const char *path = blob_path(p->a, p->database, abc_hash);
	const char *folder = arena_printf(p->a, "%s-files/ba", p->database);
	const char *away = arena_printf(p->a, "%s-files/bb", p->database);
	int fd = -7;

	keep(p, "abc", hash);
	assert_int_equal(rename(path, p->database), 0);
	assert_int_equal(symlink(p->database, path), 0);
	assert_int_equal(blob_open(p->database, hash, &fd), ERR_IO);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rename(p->database, path), 0);
	assert_int_equal(rename(folder, away), 0);
	assert_int_equal(symlink(away, folder), 0);
	assert_int_equal(blob_open(p->database, hash, &fd), ERR_IO);
	assert_int_equal(unlink(folder), 0);
	assert_int_equal(fd, -7);
}

static int
remove_abc(void *data, const char *hash, int64_t size, int64_t changed_s,
           bool *remove)
{
	(void)data;
	assert_true(changed_s > 0);
	assert_true(size > 0);
	*remove = strcmp(hash, abc_hash) == 0;
	return OK;
}

static void
who_collects_removes_what_it_names_and_no_more(void **state)
{
	struct place *p = *state;
	char hash[SECRET_HEX + 1];
	int fd;

	keep(p, "abc", hash);
	keep(p, "abcd", hash);
	assert_int_equal(blob_walk(p->database, 3600, remove_abc, NULL), OK);
	assert_int_equal(blob_open(p->database, abc_hash, &fd), ERR_NOT_FOUND);
	assert_int_equal(bytes_kept(p), 4);
}

static int
keep_and_remove(void *data, const char *hash, int64_t size, int64_t changed_s,
                bool *remove)
{
	char again[SECRET_HEX + 1];

	(void)hash;
	(void)size;
	(void)changed_s;
	keep(data, "abc", again);
	*remove = true;
	return OK;
}

static void
what_is_kept_again_meanwhile_stays(void **state)
{
	struct place *p = *state;
	char hash[SECRET_HEX + 1];

	keep(p, "abc", hash);
	assert_int_equal(blob_walk(p->database, 3600, keep_and_remove, p), OK);
	assert_int_equal(bytes_kept(p), 3);
}

static void
what_was_never_finished_goes_when_it_is_old(void **state)
{
	struct place *p = *state;
	const char *new = arena_printf(p->a, "%s-files/new", p->database);
	struct blob_in *in;

	assert_int_equal(blob_begin(p->database, &in), OK);
	assert_int_equal(blob_add(in, "abc", 3), OK);
	assert_int_equal(bytes_kept(p), 0);
	assert_int_not_equal(rmdir(new), 0);
	assert_int_equal(blob_walk(p->database, -1, remove_any, NULL), OK);
	assert_int_equal(rmdir(new), 0);
	blob_drop(in);
}

static int
end_with(void *data, const char *hash, int64_t size, int64_t changed_s,
         bool *remove)
{
	(void)hash;
	(void)size;
	(void)changed_s;
	(void)remove;
	return *(int *)data;
}

static void
what_a_visit_says_ends_the_walk(void **state)
{
	struct place *p = *state;
	char hash[SECRET_HEX + 1];
	int says = 7;

	assert_int_equal(blob_walk(p->database, 0, end_with, &says), OK);
	keep(p, "abc", hash);
	assert_int_equal(blob_walk(p->database, 3600, end_with, &says), 7);
}

static void
where_no_folder_can_be_made_it_is_said(void **state)
{
	struct place *p = *state;
	const char *nowhere = arena_printf(p->a, "%s/no/db", p->dir);
	struct blob_in *in = NULL;

	assert_int_equal(blob_begin(nowhere, &in), ERR_IO);
	assert_null(in);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_is_kept_is_called_by_its_hash_and_read_again),
	    TEST(nobody_else_may_read_it),
	    TEST(the_same_twice_is_one_file),
	    TEST(what_is_dropped_leaves_nothing),
	    TEST(what_another_wrote_is_hashed_again),
	    TEST(only_a_hash_is_a_name),
	    TEST(no_link_is_followed),
	    TEST(who_collects_removes_what_it_names_and_no_more),
	    TEST(what_is_kept_again_meanwhile_stays),
	    TEST(what_was_never_finished_goes_when_it_is_old),
	    TEST(what_a_visit_says_ends_the_walk),
	    TEST(where_no_folder_can_be_made_it_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
