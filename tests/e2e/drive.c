/*
 * drive plays one scene: it starts a site, runs real SSH clients in
 * terminals of its own and compares what they show. See scene.h for the
 * language and command.c for the commands.
 *
 *	drive -b BUILD -t TESTS fixture DIR       make the site scenes copy
 *	drive -t TESTS list SCENE                 its variants: SIZE LANG
 *	drive -b BUILD -t TESTS [-f FIXTURE] [-o FAILED] [-s SIZE] [-l LANG]
 *	      play SCENE DIR                      in the empty directory DIR
 */
#include "tests/e2e/drive.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "tests/e2e/golden.h"
#include "tests/e2e/proc.h"
#include "tests/e2e/site.h"
#include "tests/e2e/term.h"

#ifdef SANITIZE
enum { PATIENCE = 6 };
#else
enum { PATIENCE = 1 };
#endif

static int
list(const char *path)
{
	struct scene s;
	struct buf why = BUF_INIT;

	if (!scene_read(&s, path, &why)) {
		(void)fprintf(stderr, "%s\n", why.data);
		return 1;
	}
	for (int i = 0; i == 0 || s.sizes[i] != NULL; i++) {
		for (int k = 0; k == 0 || s.langs[k] != NULL; k++)
			(void)printf("%s %s\n",
			             s.sizes[i] != NULL ? s.sizes[i] : "80x24",
			             s.langs[k] != NULL ? s.langs[k] : "zh");
	}
	scene_clear(&s);
	return 0;
}

/* "[zh] command": true when this variant is meant; *text is the rest. */
static bool
is_meant(const struct drive *d, const char **text)
{
	const char *at = *text;
	size_t n = strcspn(at, "]");
	bool meant;

	if (at[0] != '[' || at[n] != ']')
		return true;
	meant =
	    (strncmp(at + 1, d->lang, n - 1) == 0 && d->lang[n - 1] == '\0') ||
	    (strncmp(at + 1, d->size, n - 1) == 0 && d->size[n - 1] == '\0');
	*text = at + n + 1;
	return meant;
}

static bool
play_line(struct drive *d, const struct scene_line *line)
{
	struct word words[SCENE_WORDS];
	const char *text = line->text;
	int n;
	bool ok;

	if (!is_meant(d, &text))
		return true;
	n = words_split(words, text, drive_value, d, &d->why);
	ok = n > 0 && command_run(d, words, n);
	words_clear(words, n);
	for (int i = 0; ok && i < d->term_count; i++) {
		if (d->terms[i]->vt != NULL && vt_answers(d->terms[i]->vt) > 0)
			ok = fail(d, "the server asked the terminal %s",
			          d->terms[i]->name);
		if (ok && d->terms[i]->torn)
			ok = fail(d, "what came to %s is not %s",
			          d->terms[i]->name, d->terms[i]->encoding);
	}
	return ok;
}

static void
settle_defaults(struct drive *d)
{
	struct term *t = term_get(d, "main");
	const char *lang =
	    strcmp(d->lang, "en") == 0 ? "en_US.UTF-8" : "zh_CN.UTF-8";

	(void)sscanf(d->size, "%dx%d", &t->cols, &t->rows);
	(void)snprintf(t->type, sizeof(t->type), "xterm-256color");
	(void)snprintf(t->client, sizeof(t->client), "ssh");
	(void)snprintf(t->lang, sizeof(t->lang), "%s", lang);
	d->deadline_ms = 8000 * d->patience;
	(void)drive_set(d, "DIR", d->site.dir);
	(void)drive_set(d, "BUILD", d->build);
	(void)drive_set(d, "TESTS", d->tests);
	/* what a person may be made to wait, where all is slower */
	(void)drive_set(d, "TWO_SECONDS", d->patience > 1 ? "8000" : "2000");
}

/* --- what is left of a failed scene -------------------------------------- */

static void
save(const struct drive *d, const char *name, const struct buf *data)
{
	struct buf path = BUF_INIT;
	FILE *out;

	buf_addf(&path, "%s/%s", d->fail_dir, name);
	out = fopen(path.data, "we");
	if (out != NULL) {
		(void)fwrite(data->data, 1, data->len, out);
		(void)fclose(out);
	}
	buf_clear(&path);
}

static void
save_terms(const struct drive *d)
{
	for (int i = 0; i < d->term_count; i++) {
		const struct term *t = d->terms[i];
		struct buf name = BUF_INIT, screen = BUF_INIT;

		if (t->vt == NULL)
			continue;
		golden_dump(t->vt, NULL, 0, &screen);
		buf_addf(&name, "screen.%s.txt", t->name);
		save(d, name.data, &screen);
		buf_truncate(&name, 0);
		buf_addf(&name, "bytes.%s", t->name);
		save(d, name.data, &t->raw);
		buf_clear(&name);
		buf_clear(&screen);
	}
}

static void
report(struct drive *d, const struct scene_line *line)
{
	struct buf screen = BUF_INIT;

	(void)printf("%s:%d: %s\n  %s\n", line->file, line->number, line->text,
	             d->why.data);
	if (d->term != NULL && d->term->vt != NULL) {
		vt_text(d->term->vt, &screen);
		(void)printf("--- screen of %s\n%s---\n", d->term->name,
		             screen.data);
	}
	buf_clear(&screen);
	if (d->fail_dir == NULL)
		return;
	if (mkdir(d->fail_dir, 0777) != 0 && errno != EEXIST)
		return;
	save_terms(d);
	save(d, "server.log", &d->site.log);
}

static void
drive_clear(struct drive *d)
{
	for (int i = 0; i < d->term_count; i++)
		term_free(d, d->terms[i]);
	site_stop(d);
	/* Whatever outlived its parent is ours now: see main. */
	(void)proc_signal(getpid(), NULL, SIGKILL);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		continue;
	while (d->loop.count > 0)
		loop_remove(&d->loop, d->loop.chan[0].fd);
	for (int i = 0; i < d->var_count; i++)
		free(d->vars[i].value);
	for (int i = 0; i < d->mask_count; i++)
		free(d->masks[i]);
	buf_clear(&d->in);
	buf_clear(&d->http_head);
	buf_clear(&d->hooked);
	buf_clear(&d->out);
	buf_clear(&d->err);
	buf_clear(&d->why);
	buf_clear(&d->site.log);
	buf_clear(&d->site.extra);
}

static int
play(struct drive *d, const char *path)
{
	struct scene s;
	bool ok = scene_read(&s, path, &d->why);
	struct scene_line none = {.file = s.count > 0 ? s.lines[0].file
	                                              : (char[]){"scene"},
	                          .text = (char[]){""}};
	const struct scene_line *line = &none;

	settle_defaults(d);
	for (int i = 0; ok && i < s.count; i++) {
		line = &s.lines[i];
		ok = play_line(d, line);
	}
	if (!ok)
		report(d, line);
	scene_clear(&s);
	drive_clear(d);
	return ok ? 0 : 1;
}

/* --- start --------------------------------------------------------------- */

static bool
options(struct drive *d, int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "b:t:f:o:s:l:n:w")) != -1) {
		switch (c) {
		case 'b':
			d->build = optarg;
			break;
		case 't':
			d->tests = optarg;
			break;
		case 'f':
			d->fixture = optarg;
			break;
		case 'o':
			d->fail_dir = optarg;
			break;
		case 's':
			d->size = optarg;
			break;
		case 'l':
			d->lang = optarg;
			break;
		case 'w':
			d->write_goldens = true;
			break;
		default:
			return false;
		}
	}
	return argc - optind >= 2;
}

static int
fixture(struct drive *d, const char *dir)
{
	bool ok = site_make_fixture(d, dir);

	if (!ok)
		(void)fprintf(stderr, "%s\n", d->why.data);
	drive_clear(d);
	return ok ? 0 : 1;
}

/* The programs look for translations beside what was built. */
static void
show_catalogues(const struct drive *d)
{
	struct buf dir = BUF_INIT;

	buf_addf(&dir, "%s/locale", d->build);
	(void)setenv("LIAISON_LOCALEDIR", dir.data, 1);
	buf_clear(&dir);
}

/* "PASSWORD CODE" in the scene answers both questions of a server that asks
 * for a code as well. */
static const char *
askpass(char *word, const char *question)
{
	char *code = strchr(word, ' ');

	if (strstr(question, "/ ") != NULL)
		return code != NULL ? code + 1 : word;
	if (code != NULL && strstr(question, ") ") != NULL)
		*code = '\0';
	return word;
}

int
main(int argc, char **argv)
{
	static struct drive d = {.tests = "tests",
	                         .build = "build",
	                         .size = "80x24",
	                         .lang = "zh",
	                         .patience = PATIENCE,
	                         .in = BUF_INIT,
	                         .http_head = BUF_INIT,
	                         .hooked = BUF_INIT,
	                         .out = BUF_INIT,
	                         .err = BUF_INIT,
	                         .why = BUF_INIT,
	                         .site.log = BUF_INIT,
	                         .site.extra = BUF_INIT};
	char *asked = getenv("DRIVE_ASKPASS");
	const char *what;

	/* ssh runs us to ask for the password, or for a code. */
	if (asked != NULL) {
		(void)puts(askpass(asked, argc > 1 ? argv[1] : ""));
		return 0;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
#ifdef SANITIZE
	/* What is freed is held back from use again: little enough of it that
	 * a process that grows still shows. Unit tests hold back more. */
	(void)setenv("ASAN_OPTIONS", "quarantine_size_mb=2", 0);
#endif
	if (!options(&d, argc, argv)) {
		(void)fputs("usage: see tests/e2e/drive.c\n", stderr);
		return 64;
	}
	show_catalogues(&d);
	what = argv[optind];
	if (strcmp(what, "list") == 0)
		return list(argv[optind + 1]);
	if (strcmp(what, "fixture") == 0)
		return fixture(&d, argv[optind + 1]);
	if (strcmp(what, "play") != 0 || argc - optind < 3)
		return 64;
	(void)snprintf(d.site.dir, sizeof(d.site.dir), "%s", argv[optind + 2]);
	return play(&d, argv[optind + 1]);
}
