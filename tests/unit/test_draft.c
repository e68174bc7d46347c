/* Drafts: one file a person that is whole at every moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/draft.h"

struct place {
	struct arena *a;
	char folder[32];
	char file[64];
};

static int
begin(void **state)
{
	struct place *p = xcalloc(1, sizeof(*p));

	p->a = arena_new();
	(void)snprintf(p->folder, sizeof(p->folder), "%s",
	               "/tmp/test_draftXXXXXX");
	if (mkdtemp(p->folder) == NULL)
		return -1;
	(void)snprintf(p->file, sizeof(p->file), "%s/x.db-drafts/17",
	               p->folder);
	*state = p;
	return 0;
}

static int
end(void **state)
{
	struct place *p = *state;

	(void)unlink(p->file);
	(void)unlink(arena_printf(p->a, "%s.new", p->file));
	(void)rmdir(arena_printf(p->a, "%s/x.db-drafts", p->folder));
	(void)rmdir(p->folder);
	arena_free(p->a);
	free(p);
	return 0;
}

static struct draft
sample(const char *screen, int64_t arg, int64_t at)
{
	return (struct draft){.screen = screen,
	                      .arg = arg,
	                      .office = 3,
	                      .at = {at},
	                      .title = "灯坏了",
	                      .base = "",
	                      .state = "{\"a\":\"b\"}"};
}

static void
a_draft_is_kept_replaced_and_forgotten(void **state)
{
	struct place *p = *state;
	struct draft d = sample("activity-form", 0, 100), *list, back;
	struct stat st;

	assert_int_equal(draft_list(p->file, p->a, 3, &list), 0);
	assert_int_equal(draft_put(p->file, &d), OK);
	d.state = "other";
	d.at.s = 102;
	assert_int_equal(draft_put(p->file, &d), OK);
	assert_int_equal(draft_list(p->file, p->a, 3, &list), 1);
	assert_string_equal(list[0].state, "other");
	assert_string_equal(list[0].title, "灯坏了");
	assert_int_equal(draft_get(p->file, p->a, "activity-form", 0, 3, &back),
	                 OK);
	assert_int_equal(back.at.s, 102);
	assert_int_equal(stat(p->file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(draft_drop(p->file, "activity-form", 0, 3), OK);
	assert_int_not_equal(access(p->file, F_OK), 0);
	assert_int_equal(draft_drop(p->file, "activity-form", 0, 3), OK);
}

static void
drafts_are_told_apart_by_screen_record_and_hat(void **state)
{
	struct place *p = *state;
	struct draft a = sample("form", 1, 100), b = sample("form", 2, 101);
	struct draft other = sample("form", 1, 102), *list;

	other.office = 4;
	assert_int_equal(draft_put(p->file, &a), OK);
	assert_int_equal(draft_put(p->file, &b), OK);
	assert_int_equal(draft_put(p->file, &other), OK);
	assert_int_equal(draft_list(p->file, p->a, 3, &list), 2);
	assert_int_equal(list[0].arg, 2); /* newest first */
	assert_int_equal(draft_list(p->file, p->a, 4, &list), 1);
	assert_int_equal(draft_drop(p->file, "form", 1, 3), OK);
	assert_int_equal(draft_list(p->file, p->a, 4, &list), 1);
}

static void
the_oldest_gives_way_and_forgotten_ones_go(void **state)
{
	struct place *p = *state;
	struct draft *list;
	int64_t later = 1000 + DRAFT_DAYS * (int64_t)86400;

	for (int i = 0; i < DRAFTS_MAX + 2; i++) {
		struct draft d = sample("form", i, 100 + i);

		assert_int_equal(draft_put(p->file, &d), OK);
	}
	assert_int_equal(draft_list(p->file, p->a, 3, &list), DRAFTS_MAX);
	assert_int_equal(list[DRAFTS_MAX - 1].arg, 2);
	assert_int_equal(
	    draft_put(p->file,
	              &(struct draft){"form", 99, 3, {later}, "", "", "x"}),
	    OK);
	assert_int_equal(draft_list(p->file, p->a, 3, &list), 1);
}

static void
a_state_has_a_limit(void **state)
{
	struct place *p = *state;
	struct draft d = sample("form", 1, 100), *list;
	char *big = arena_alloc(p->a, DRAFT_MAX + 2);

	memset(big, 'x', DRAFT_MAX + 1);
	big[DRAFT_MAX + 1] = '\0';
	d.state = big;
	assert_int_equal(draft_put(p->file, &d), ERR_TOO_LONG);
	big[DRAFT_MAX] = '\0';
	assert_int_equal(draft_put(p->file, &d), OK);
	assert_int_equal(draft_list(p->file, p->a, 3, &list), 1);
	assert_int_equal(strlen(list[0].state), DRAFT_MAX);
}

static void
a_file_that_is_none_counts_as_no_drafts(void **state)
{
	struct place *p = *state;
	struct draft d = sample("form", 1, 100), *list;
	FILE *out;

	assert_int_equal(draft_put(p->file, &d), OK);
	out = fopen(p->file, "we");
	assert_non_null(out);
	assert_true(fputs("[{\"screen\":", out) >= 0);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(draft_list(p->file, p->a, 3, &list), 0);
	assert_int_equal(draft_put(p->file, &d), OK);
	assert_int_equal(draft_list(p->file, p->a, 3, &list), 1);
}

static _Noreturn void
write_for_ever(const struct place *p, char letter)
{
	static char text[20000];

	(void)prctl(PR_SET_PDEATHSIG,
	            SIGKILL); /* not for longer than the test */
	for (int64_t i = 0;; i++) {
		struct draft d = sample("form", letter, 100 + i);

		memset(text, letter, sizeof(text) - 1);
		d.state = text;
		if (draft_put(p->file, &d) != OK)
			_exit(1);
	}
}

static int
look(struct place *p, struct draft **list)
{
	arena_reset(p->a);
	return draft_list(p->file, p->a, 3, list);
}

/* Two writers of one person, each killed somewhere, many times. */
static void
a_killed_writer_leaves_whole_drafts_of_both(void **state)
{
	struct place *p = *state;
	struct draft *list;

	for (int round = 0; round < 40; round++) {
		pid_t pids[2];
		int status, n;

		for (int i = 0; i < 2; i++) {
			pids[i] = fork();
			assert_true(pids[i] >= 0);
			if (pids[i] == 0)
				write_for_ever(p, (char)('a' + i));
		}
		/* both have written, then each dies wherever it is */
		do
			n = look(p, &list);
		while (n < 2);
		for (int i = 0; i < 2; i++) {
			for (int more = 0; more < round % 8; more++)
				assert_int_equal(look(p, &list), 2);
			(void)kill(pids[i], SIGKILL);
			assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
			assert_true(WIFSIGNALED(status));
			n = look(p, &list);
			assert_int_equal(n, 2);
		}
		for (int i = 0; i < n; i++) {
			assert_int_equal(strlen(list[i].state), 19999);
			assert_int_equal(
			    strspn(list[i].state,
			           (char[]){(char)list[i].arg, '\0'}),
			    19999);
		}
		assert_int_equal(unlink(p->file), 0);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
	    TEST(a_draft_is_kept_replaced_and_forgotten),
	    TEST(drafts_are_told_apart_by_screen_record_and_hat),
	    TEST(the_oldest_gives_way_and_forgotten_ones_go),
	    TEST(a_state_has_a_limit),
	    TEST(a_file_that_is_none_counts_as_no_drafts),
	    TEST(a_killed_writer_leaves_whole_drafts_of_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
