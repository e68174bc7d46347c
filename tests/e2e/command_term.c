/* Commands about terminals: settings, clients, keys. */
#include "tests/e2e/command.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/e2e/keys.h"
#include "tests/e2e/proc.h"
#include "tests/e2e/site.h"
#include "tests/e2e/term.h"

bool
cmd_term(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return term_get(d, words[1].text) != NULL ||
	       fail(d, "too many terminals");
}

static bool
parse_size(struct drive *d, const char *text, int *cols, int *rows)
{
	return sscanf(text, "%dx%d", cols, rows) == 2 ||
	       fail(d, "a size is COLUMNSxROWS");
}

bool
cmd_size(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return parse_size(d, words[1].text, &d->term->cols, &d->term->rows);
}

static bool
copy(struct drive *d, char *to, size_t size, const char *from)
{
	return snprintf(to, size, "%s", from) < (int)size ||
	       fail(d, "too long: %s", from);
}

bool
cmd_term_type(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return copy(d, d->term->type, sizeof(d->term->type), words[1].text);
}

bool
cmd_lang(struct drive *d, const struct word *words, int count)
{
	const char *lang = words[1].text;

	(void)count;
	if (strcmp(lang, "zh") == 0)
		lang = "zh_CN.UTF-8";
	else if (strcmp(lang, "en") == 0)
		lang = "en_US.UTF-8";
	else if (strcmp(lang, "none") == 0)
		lang = "";
	return copy(d, d->term->lang, sizeof(d->term->lang), lang);
}

bool
cmd_encoding(struct drive *d, const struct word *words, int count)
{
	const char *name = words[1].text;

	(void)count;
	return copy(d, d->term->encoding, sizeof(d->term->encoding),
	            strcmp(name, "utf-8") == 0 ? "" : name);
}

bool
cmd_client(struct drive *d, const struct word *words, int count)
{
	static const char *const known[] = {"ssh", "plink", "dbclient"};

	(void)count;
	for (size_t i = 0; i < COUNT(known); i++) {
		if (strcmp(known[i], words[1].text) == 0)
			return copy(d, d->term->client, sizeof(d->term->client),
			            known[i]);
	}
	return fail(d, "no client %s", words[1].text);
}

bool
cmd_key(struct drive *d, const struct word *words, int count)
{
	return copy(d, d->term->key, sizeof(d->term->key),
	            count > 1 ? words[1].text : "");
}

bool
cmd_options(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return copy(d, d->term->options, sizeof(d->term->options),
	            words[1].text);
}

bool
cmd_login(struct drive *d, const struct word *words, int count)
{
	return site_start(d) &&
	       term_login(d, d->term, words[1].text,
	                  count > 2 ? words[2].text : "liaison");
}

bool
cmd_run(struct drive *d, const struct word *words, int count)
{
	char *argv[SCENE_WORDS];
	struct buf type = BUF_INIT;
	const char *env[2] = {NULL, NULL};
	bool ok;

	for (int i = 1; i < count; i++)
		argv[i - 1] = words[i].text;
	argv[count - 1] = NULL;
	buf_addf(&type, "TERM=%s", d->term->type);
	env[0] = type.data;
	ok = term_start(d, d->term, argv, env);
	buf_clear(&type);
	return ok;
}

bool
cmd_resize(struct drive *d, const struct word *words, int count)
{
	int rows, cols;

	(void)count;
	if (!term_ready(d) || !parse_size(d, words[1].text, &cols, &rows))
		return false;
	term_resize(d->term, rows, cols);
	return true;
}

bool
cmd_press(struct drive *d, const struct word *words, int count)
{
	struct buf out = BUF_INIT;
	bool ok = term_ready(d);

	for (int i = 1; ok && i < count; i++) {
		if (!keys_add(&out, words[i].text, d->term->type))
			ok = fail(d, "no key %s", words[i].text);
	}
	ok = ok && term_send(d, out.data, out.len);
	buf_clear(&out);
	return ok;
}

bool
cmd_type(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return term_send(d, words[1].text, strlen(words[1].text));
}

static bool
send_paste(struct drive *d, const struct buf *text)
{
	struct buf out = BUF_INIT;
	bool ok;

	buf_add(&out, "\033[200~");
	buf_addn(&out, text->data, text->len);
	buf_add(&out, "\033[201~");
	ok = term_send(d, out.data, out.len);
	buf_clear(&out);
	return ok;
}

bool
cmd_paste(struct drive *d, const struct word *words, int count)
{
	struct buf text = BUF_INIT;
	bool ok;

	(void)count;
	buf_add(&text, words[1].text);
	ok = send_paste(d, &text);
	buf_clear(&text);
	return ok;
}

bool
cmd_paste_file(struct drive *d, const struct word *words, int count)
{
	FILE *in = fopen(words[1].text, "re");
	struct buf text = BUF_INIT;
	char data[4096];
	size_t n;
	bool ok;

	(void)count;
	if (in == NULL)
		return fail(d, "cannot read %s", words[1].text);
	while ((n = fread(data, 1, sizeof(data), in)) > 0)
		buf_addn(&text, data, n);
	(void)fclose(in);
	ok = send_paste(d, &text);
	buf_clear(&text);
	return ok;
}

bool
cmd_paste_repeat(struct drive *d, const struct word *words, int count)
{
	size_t n = strtoul(words[2].text, NULL, 10);
	struct buf text = BUF_INIT;
	bool ok;

	(void)count;
	if (words[1].text[0] == '\0')
		return fail(d, "paste what");
	while (text.len < n)
		buf_add(&text, words[1].text);
	ok = send_paste(d, &text);
	buf_clear(&text);
	return ok;
}

bool
cmd_disconnect(struct drive *d, const struct word *words, int count)
{
	(void)words;
	(void)count;
	if (!term_ready(d))
		return false;
	term_kill(d, d->term);
	return true;
}

bool
cmd_ended(struct drive *d, const struct word *words, int count)
{
	struct term *t = d->term;
	int64_t deadline = now_ms() + d->deadline_ms;
	int want = count > 1 ? (int)strtol(words[1].text, NULL, 10) : -1;

	if (!term_ready(d))
		return false;
	while (t->fd >= 0 && left_ms(deadline) > 0)
		(void)loop_step(&d->loop, left_ms(deadline));
	if (t->status < 0 && t->pid > 0 &&
	    !proc_wait(&d->loop, t->pid, deadline, &t->status))
		return fail(d, "the client has not ended");
	if (want >= 0 && t->status != want)
		return fail(d, "the client ended with %d, not %d", t->status,
		            want);
	return true;
}

static bool
signal_client(struct drive *d, int sig)
{
	if (!term_ready(d))
		return false;
	return kill(d->term->pid, sig) == 0 || fail(d, "no client");
}

bool
cmd_stall(struct drive *d, const struct word *words, int count)
{
	(void)words;
	(void)count;
	return signal_client(d, SIGSTOP);
}

bool
cmd_resume(struct drive *d, const struct word *words, int count)
{
	(void)words;
	(void)count;
	return signal_client(d, SIGCONT);
}
