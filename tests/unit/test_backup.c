/* Backup and restore as an administrator's shell does them: a copy made while
 * others write is whole, what is not whole is refused with its reason, and
 * nothing is lost by restoring. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/attachment.h"
#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/passphrase.h"
#include "db/blob.h"
#include "db/store/migrate.h"
#include "db/store/store.h"

struct site {
	char dir[64];
	char program[4096]; /* of liaisonctl */
	struct arena *a;
	struct buf out; /* of the last command, with its standard error */
};

/* Run line in a shell in the site's folder; $ctl is liaisonctl on site one,
 * $ctl2 on site two. The exit code. */
static int
sh(struct site *s, const char *line)
{
	const char *command = arena_printf(
	    s->a,
	    "exec 2>&1; cd '%s'; ctl='%s -c one.ini'; ctl2='%s -c two.ini';"
	    " %s",
	    s->dir, s->program, s->program, line);
	FILE *p = popen(command, "re");
	char bytes[4096];
	size_t n;
	int status;

	assert_non_null(p);
	buf_truncate(&s->out, 0);
	while ((n = fread(bytes, 1, sizeof(bytes), p)) > 0)
		buf_addn(&s->out, bytes, n);
	status = pclose(p);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
does(struct site *s, const char *line)
{
	if (sh(s, line) != 0)
		fail_msg("%s: %s", line, s->out.data);
}

static void
refuses(struct site *s, const char *line, int status, const char *why)
{
	assert_int_equal(sh(s, line), status);
	if (strstr(s->out.data, why) == NULL)
		fail_msg("no \"%s\" in: %s", why, s->out.data);
}

static int
setup(void **state)
{
	struct site *s = xcalloc(1, sizeof(*s));
	const char *tmp = getenv("TMPDIR");
	ssize_t n = readlink("/proc/self/exe", s->program, 4000);

	assert_true(n > 0);
	s->program[n] = '\0';
	for (int i = 0; i < 2; i++)
		*strrchr(s->program, '/') = '\0';
	strncat(s->program, "/liaisonctl", 64);
	snprintf(s->dir, sizeof(s->dir), "%.40s/liaison-XXXXXX",
	         tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(s->dir));
	s->a = arena_new();
	buf_init(&s->out);
	does(s, "for n in one two; do mkdir $n; printf '[site]\\nkeys = "
	        "%s-keys\\n[ssh]\\nhost_key = %s-keys/host\\n[database]\\n"
	        "path = %s/liaison.db\\n' $n $n $n >$n.ini; done;"
	        " $ctl init; $ctl unit add 周王庙镇 town");
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct site *s = *state;

	does(s, arena_printf(s->a, "rm -rf '%s'", s->dir));
	buf_clear(&s->out);
	arena_free(s->a);
	free(s);
	return 0;
}

static void
a_copy_made_while_others_write_is_whole(void **state)
{
	struct site *s = *state;

	/* Each round's copy is made with three writers at work. */
	does(s, "write() { for i in 1 2 3 4 5 6; do"
	        " $ctl unit add $1$i镇 town || exit 1; done; };"
	        " for round in a b c; do"
	        "  write ${round}x & p=$!; write ${round}y & q=$!;"
	        "  write ${round}z & r=$!;"
	        "  $ctl backup $round.db || exit 1;"
	        "  wait $p && wait $q && wait $r || exit 1; done");
	does(s, "for round in a b c; do rm -rf two two-keys; mkdir two;"
	        " $ctl2 restore $round.db && $ctl2 check || exit 1; done");
	does(s, "test $(stat -c %a a.db) = 600");
	does(s, "$ctl check && $ctl audit verify");
}

static void
a_backup_is_whole_or_not_there(void **state)
{
	struct site *s = *state;

	does(s, "$ctl backup a.db");
	refuses(s, "$ctl backup a.db", EX_DATAERR, "not overwritten");
	refuses(s, "$ctl backup missing/a.db", EX_IOERR, "");
	/* the copy does not fit: neither it nor a part of it is left */
	refuses(s, "(ulimit -f 40; trap '' XFSZ; $ctl backup b.db)", EX_IOERR,
	        "");
	does(s, "test ! -e b.db && test ! -e b.db.part");
	does(s, "echo '0123456789ab' | $ctl backup c.db --with-keys");
	does(s, "test $(stat -c %a c.db.keys) = 600");
	does(s, "! grep -qf one-keys/audit c.db.keys");
}

static void
the_head_is_signed_in_the_copy(void **state)
{
	struct site *s = *state;

	does(s, "$ctl backup a.db");
	does(s, "test $(sqlite3 a.db 'SELECT max(seq) FROM audit_sign') ="
	        " $(sqlite3 a.db 'SELECT max(seq) FROM audit')");
	does(s, "test $(wc -l <one-keys/audit-heads) = 1 &&"
	        " $ctl audit verify");
}

static void
a_site_that_is_served_is_not_restored(void **state)
{
	struct site *s = *state;

	does(s, "$ctl backup a.db");
	refuses(s, "flock one/liaison.db-serving $ctl restore a.db --replace",
	        EX_TEMPFAIL, "Stop it first");
	does(s, "$ctl restore a.db --replace");
}

static void
what_was_there_is_put_aside(void **state)
{
	struct site *s = *state;

	does(s, "$ctl backup a.db; $ctl unit add 长安镇 town");
	refuses(s, "$ctl restore a.db", EX_DATAERR, "--replace");
	does(s, "$ctl restore a.db --replace");
	does(s, "$ctl check && $ctl audit verify");
	does(s, "$ctl unit list | grep -q 长安镇 && exit 1;"
	        " sqlite3 one/liaison.db.2* 'SELECT name FROM unit' |"
	        " grep -q 长安镇");
	/* the audit says so, and work goes on */
	does(s, "sqlite3 one/liaison.db 'SELECT action FROM audit' |"
	        " grep -q site.restore");
	does(s, "$ctl unit add 丁桥镇 town && $ctl backup b.db &&"
	        " $ctl audit verify && $ctl check");
}

static void
half_a_site_is_neither_served_nor_worked_on(void **state)
{
	struct site *s = *state;

	does(s, "$ctl backup a.db; $ctl unit add 长安镇 town");
	/* it fails after the database was put aside, before the copy came */
	refuses(s,
	        "mv one-keys away; touch one-keys;"
	        " $ctl restore a.db --replace",
	        EX_IOERR, "audit-heads");
	does(s, "rm one-keys; mv away one-keys; test ! -e one/liaison.db");
	refuses(s, "$ctl init", EX_TEMPFAIL, "did not end");
	refuses(s, "$ctl migrate", EX_TEMPFAIL, "did not end");
	refuses(s, "timeout 20 ${ctl%ctl -c*}d -c one.ini", EX_TEMPFAIL,
	        "did not end");
	does(s, "test ! -e one/liaison.db; $ctl restore a.db &&"
	        " $ctl check && $ctl audit verify");
	does(s, "! $ctl unit list | grep -q 长安镇");
}

static void
a_restore_that_is_killed_leaves_the_old_or_the_new_site(void **state)
{
	struct site *s = *state;

	/* At each twentieth of the time that it takes, and once more after.
	 * In the foreground timeout waits until the killed one is gone. */
	does(
	    s,
	    "$ctl backup a.db; $ctl unit add 长安镇 town; cp -a one one.old;"
	    " cp -a one-keys keys.old; began=$(date +%s%N);"
	    " $ctl restore a.db --replace; took=$(($(date +%s%N) - began));"
	    " for i in $(seq 1 22); do"
	    "  rm -rf one one-keys; cp -a one.old one; cp -a keys.old one-keys;"
	    "  at=$(printf '%d.%09d' 0 $((took * i / 20)));"
	    "  timeout --foreground -s KILL $at $ctl restore a.db --replace "
	    ">log 2>&1;"
	    "  if ! $ctl check >log 2>&1; then"
	    "   grep -q 'did not end' log || exit 1;"
	    "   $ctl restore a.db --replace && $ctl check || exit 2;"
	    "   test $($ctl unit list | wc -l) = 1 || exit 3;"
	    "  fi;"
	    "  $ctl audit verify || exit 4;"
	    "  test $($ctl unit list | wc -l) = 1 ||"
	    "   $ctl unit list | grep -q 长安镇 || exit 5;"
	    " done");
}

static void
what_is_not_whole_is_refused_with_its_reason(void **state)
{
	struct site *s = *state;

	does(s, "$ctl backup a.db && cp a.db bad.db && cp a.db cut.db &&"
	        " cp a.db new.db && cp a.db count.db");
	does(s, "sqlite3 bad.db \"UPDATE audit SET detail = '{}'"
	        " WHERE seq = 2\"");
	refuses(s, "$ctl2 restore bad.db", EX_DATAERR, "row 2");
	refuses(s, "$ctl2 restore bad.db", EX_DATAERR, "was not restored");
	does(s, "dd if=/dev/urandom of=cut.db bs=4096 seek=5 count=20"
	        " conv=notrunc status=none");
	refuses(s, "$ctl2 restore cut.db", EX_DATAERR, "damaged");
	does(s, "sqlite3 count.db \"INSERT INTO counter VALUES"
	        " ('activity.county', 0, 202203, 'open', 3)\"");
	refuses(s, "$ctl2 restore count.db", EX_DATAERR, "activity.county");
	does(s, "sqlite3 new.db 'PRAGMA user_version = 9999'");
	refuses(s, "$ctl2 restore new.db", EX_CONFIG, "newer version");
	refuses(s, "$ctl2 restore one.ini", EX_DATAERR, "no backup");
	refuses(s, "$ctl2 restore missing.db", EX_IOERR, "missing.db");
	does(s, "test -z \"$(find two -name 'liaison.db' -o"
	        " -name '*.restore*')\"");
	/* a database that is in use is not touched by a bad copy */
	refuses(s, "$ctl restore bad.db --replace", EX_DATAERR, "row 2");
	does(s, "$ctl check");
}

static void
an_older_backup_is_brought_to_this_schema(void **state)
{
	struct site *s = *state;
	struct store *old;

	assert_int_equal(store_open(arena_printf(s->a, "%s/old.db", s->dir),
	                            STORE_CREATE, &old),
	                 OK);
	assert_int_equal(store_exec(old, migrations[0].sql), OK);
	assert_int_equal(store_exec(old, "PRAGMA user_version = 1"), OK);
	store_close(old);
	does(s, "$ctl2 restore old.db && $ctl2 health");
}

static void
keys_come_back_with_their_passphrase_only(void **state)
{
	struct site *s = *state;

	refuses(s, "echo short | $ctl backup a.db --with-keys", EX_DATAERR,
	        "12 characters");
	does(s, "test ! -e a.db && test ! -e a.db.keys");
	does(s, "echo 'correct horse' | $ctl backup a.db --with-keys");
	refuses(s, "echo 'wrong horse' | $ctl2 restore a.db --with-keys",
	        EX_NOPERM, "passphrase");
	does(s, "test ! -e two/liaison.db");
	does(s, "echo 'correct horse' | $ctl2 restore a.db --with-keys &&"
	        " cmp one-keys/audit two-keys/audit && $ctl2 audit verify");
	/* what opens contacts, too: without the passphrase it is not in it */
	does(s, "cmp one-keys/contact two-keys/contact &&"
	        " cmp one-keys/contact.pub two-keys/contact.pub");
	does(s, "! grep -qf one-keys/contact a.db && "
	        "! grep -qf one-keys/contact a.db.keys");
	/* one changed byte of the keys */
	does(s, "printf X | dd of=a.db.keys bs=1 seek=100 conv=notrunc"
	        " status=none");
	refuses(s,
	        "echo 'correct horse' | $ctl restore a.db --replace"
	        " --with-keys",
	        EX_NOPERM, "changed");
	does(s, "$ctl check");
}

static void
what_is_locked_opens_with_its_passphrase(void **state)
{
	struct buf locked = BUF_INIT, open = BUF_INIT;

	(void)state;
	assert_int_equal(passphrase_lock("one", "text", 4, &locked), OK);
	assert_null(memmem(locked.data, locked.len, "text", 4));
	assert_int_equal(
	    passphrase_unlock("one", locked.data, locked.len, &open), OK);
	assert_int_equal(open.len, 4);
	assert_memory_equal(open.data, "text", 4);
	assert_int_equal(
	    passphrase_unlock("two", locked.data, locked.len, &open),
	    ERR_DENIED);
	assert_int_equal(
	    passphrase_unlock("one", locked.data, locked.len - 1, &open),
	    ERR_DENIED);
	assert_int_equal(passphrase_unlock("one", "text", 4, &open),
	                 ERR_INVALID);
	assert_int_equal(open.len, 4);
	buf_clear(&locked);
	buf_clear(&open);
}

/* --- files beside the database ---------------------------------------------
 */

enum { FILE_BYTES = 300000 };

/* An opinion in site one with a file of bytes that begin with first. */
static void
add_with_file(struct site *s, char first)
{
	const char *path = arena_printf(s->a, "%s/one/liaison.db", s->dir);
	struct attachment_file file = {.kind = ATTACHMENT_PICTURE,
	                               .name = "桥头.jpg",
	                               .type = "image/jpeg",
	                               .size = FILE_BYTES,
	                               .thumb = ""};
	char hash[SECRET_HEX + 1], *bytes = arena_alloc(s->a, FILE_BYTES);
	struct blob_in *in;
	struct store *store;
	struct opinion entry;
	struct opinion_id id;
	struct ctx c;

	for (int i = 0; i < FILE_BYTES; i++)
		bytes[i] = (char)(first + i * 7 + i / 251);
	assert_int_equal(blob_begin(path, &in), OK);
	assert_int_equal(blob_add(in, bytes, FILE_BYTES), OK);
	assert_int_equal(blob_keep(in, hash), OK);
	file.hash = hash;
	assert_int_equal(store_open(path, STORE_EXISTING, &store), OK);
	ctx_init_system(&c, store);
	opinion_default(&c, &entry);
	entry.body = "桥头路灯不亮";
	entry.files = &file;
	entry.file_count = 1;
	assert_int_equal(opinion_add(&c, &entry, false, NULL, &id), OK);
	store_close(store);
}

static void
files_come_back_byte_by_byte_on_another_machine(void **state)
{
	struct site *s = *state;

	add_with_file(s, 'a');
	add_with_file(s, 'b');
	does(s, "$ctl check && $ctl backup a.db && test $(find . -name 'a.db*'"
	        " | wc -l) = 1");
	does(s, "$ctl2 restore a.db && $ctl2 check");
	does(s, "test $(find one/liaison.db-files -type f | wc -l) = 2 &&"
	        " for f in $(find one/liaison.db-files -type f); do"
	        "  cmp $f two/${f#one/} || exit 1; done");
	/* neither the copy's table nor a scrap of restoring stays */
	does(s, "test $(stat -c %s two/liaison.db) -lt"
	        " $(($(stat -c %s a.db) - 500000)) &&"
	        " ! ls two | grep restore");
	/* and from there once more */
	does(s, "$ctl2 backup b.db && rm -rf one && mkdir one &&"
	        " $ctl restore b.db && $ctl check");
}

static void
files_of_what_is_replaced_are_put_aside_with_it(void **state)
{
	struct site *s = *state;

	add_with_file(s, 'a');
	does(s, "$ctl backup a.db");
	add_with_file(s, 'b');
	does(s, "$ctl restore a.db --replace && $ctl check");
	does(s, "test $(find one/liaison.db-files -type f | wc -l) = 1 &&"
	        " test $(find one/liaison.db.2*-files -type f | wc -l) = 2");
	/* under its old name it is whole again */
	does(s, "for f in one/liaison.db.2*-files; do old=${f%-files}; done;"
	        " sed \"s|path = .*|path = $old|\" one.ini >old.ini;"
	        " ${ctl% -c*} -c old.ini check");
}

static void
a_file_that_is_lost_keeps_nobody_from_a_copy(void **state)
{
	struct site *s = *state;

	add_with_file(s, 'a');
	add_with_file(s, 'b');
	does(s, "rm $(find one/liaison.db-files -type f | sort | head -1)");
	refuses(s, "$ctl check", EX_DATAERR, "is not there");
	does(s, "$ctl backup a.db");
	assert_non_null(strstr(s->out.data, "is not there"));
	does(s, "$ctl2 restore a.db");
	assert_non_null(strstr(s->out.data, "is not there"));
	does(s, "test $(find two/liaison.db-files -type f | wc -l) = 1");
}

static void
a_damaged_file_in_a_copy_is_refused(void **state)
{
	struct site *s = *state;

	add_with_file(s, 'a');
	does(s, "$ctl backup a.db && sqlite3 a.db \"UPDATE file_content"
	        " SET content = zeroblob(300000)\"");
	refuses(s, "$ctl2 restore a.db", EX_DATAERR, "damaged");
	does(s, "test \"$(ls two)\" = liaison.db-serving");
}

static void
tidy_removes_what_no_record_names(void **state)
{
	struct site *s = *state;

	add_with_file(s, 'a');
	does(s,
	     "d=one/liaison.db-files/00; mkdir -p $d; f=$(printf %064d 7);"
	     " echo x >$d/$f; touch -d '2 hours ago' $d/$f;"
	     " find one/liaison.db-files -type f -exec touch -d '2 hours ago'"
	     " {} +; $ctl tidy && test ! -e $d/$f && $ctl check");
	assert_non_null(strstr(s->out.data, "1 file"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_copy_made_while_others_write_is_whole),
	    TEST(a_backup_is_whole_or_not_there),
	    TEST(the_head_is_signed_in_the_copy),
	    TEST(a_site_that_is_served_is_not_restored),
	    TEST(what_was_there_is_put_aside),
	    TEST(half_a_site_is_neither_served_nor_worked_on),
	    TEST(a_restore_that_is_killed_leaves_the_old_or_the_new_site),
	    TEST(what_is_not_whole_is_refused_with_its_reason),
	    TEST(an_older_backup_is_brought_to_this_schema),
	    TEST(keys_come_back_with_their_passphrase_only),
	    TEST(files_come_back_byte_by_byte_on_another_machine),
	    TEST(files_of_what_is_replaced_are_put_aside_with_it),
	    TEST(a_file_that_is_lost_keeps_nobody_from_a_copy),
	    TEST(a_damaged_file_in_a_copy_is_refused),
	    TEST(tidy_removes_what_no_record_names),
	    cmocka_unit_test(what_is_locked_opens_with_its_passphrase),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
