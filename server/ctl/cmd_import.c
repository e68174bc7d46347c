/* Importing from files, and taking an import back. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/import.h"
#include "server/ctl/ctl.h"

enum { BAR = 40 };

static int
read_kind(struct ctl *ctl, enum import_kind *kind)
{
	*kind = import_named(ctl->words[0]);
	return *kind == IMPORT_KINDS ? ERR_USAGE : OK;
}

/* The whole file; one byte more than is allowed is enough to refuse it. */
static int
read_fd(int fd, struct buf *out)
{
	char bytes[65536];
	ssize_t n;

	while (out->len <= IMPORT_BYTES_MAX &&
	       (n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno != EINTR)
			return ERR_IO;
		if (n > 0)
			buf_addn(out, bytes, (size_t)n);
	}
	return OK;
}

static int
read_file(struct ctl *ctl, const char *name, struct buf *out)
{
	bool is_stdin = strcmp(name, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	int err = fd >= 0 ? read_fd(fd, out) : ERR_IO;

	if (err != OK)
		ctl_say(ctl, "%s: %s", name, strerror(errno));
	if (fd >= 0 && !is_stdin)
		(void)close(fd);
	return err;
}

static bool
show_bar(void *data, int permille)
{
	int *shown = data, done = permille * BAR / 1000;
	char bar[BAR + 1];

	if (*shown == permille / 10)
		return true;
	*shown = permille / 10;
	memset(bar, '.', BAR);
	memset(bar, '#', (size_t)done);
	bar[BAR] = '\0';
	(void)fprintf(stderr, "\r[%s] %3d%%", bar, permille / 10);
	(void)fflush(stderr);
	return true;
}

static void
print_report(struct ctl *ctl, const struct import_report *report,
             const struct import_options *options, int err)
{
	struct buf text = BUF_INIT;

	if (ctl->json) {
		ctl_json(ctl, import_report_json(report));
		return;
	}
	import_report_text(&text, report, options, err);
	(void)fputs(text.data, stdout);
	buf_clear(&text);
}

int
ctl_import(struct ctl *ctl)
{
	int shown = -1;
	struct import_options options = {
	    .check_only = ctl_flag(ctl, "--check"),
	    .skip_bad = ctl_flag(ctl, "--skip-bad"),
	    .unit = ctl_option(ctl, "--unit"),
	    .progress = isatty(STDERR_FILENO) ? show_bar : NULL,
	    .data = &shown};
	struct import_report report;
	struct buf data = BUF_INIT;
	enum import_kind kind;
	int err;

	if (!ctl_words(ctl, 2, 2) || read_kind(ctl, &kind) != OK)
		return ERR_USAGE;
	err = read_file(ctl, ctl->words[1], &data);
	if (err == OK) {
		err = import_run(&ctl->c, ctl->a, kind, data.data, data.len,
		                 &options, &report);
		if (shown >= 0)
			(void)fputs("\r\033[K", stderr);
		print_report(ctl, &report, &options, err);
		/* the report has said it */
		ctl->said = ctl->said || err == ERR_INVALID;
		ctl->c.fault_count = 0;
	}
	buf_clear(&data);
	return err;
}

int
ctl_import_headers(struct ctl *ctl)
{
	struct buf text = BUF_INIT;
	enum import_kind kind;

	if (!ctl_words(ctl, 1, 1) || read_kind(ctl, &kind) != OK)
		return ERR_USAGE;
	import_headers(&text, ctl->a, kind);
	(void)fputs(text.data, stdout);
	buf_clear(&text);
	return OK;
}

int
ctl_import_template(struct ctl *ctl)
{
	struct buf text = BUF_INIT;
	enum import_kind kind;

	if (!ctl_words(ctl, 1, 1) || read_kind(ctl, &kind) != OK)
		return ERR_USAGE;
	import_template(&text, kind, true);
	(void)fwrite(text.data, 1, text.len, stdout);
	buf_clear(&text);
	return OK;
}

static void
print_import(struct ctl *ctl, const struct import *row, struct json *list)
{
	struct json *j;

	if (list == NULL) {
		(void)printf("%6" PRId64 "  %-12s  %s  %8" PRId64 " %8" PRId64
		             " %8" PRId64 "\n",
		             row->id.v, row->kind,
		             instant_show(ctl->a, row->at, (struct day){0}),
		             row->added, row->already, row->skipped);
		return;
	}
	j = json_new_object();
	json_set_int(j, "number", row->id.v);
	json_set_text(j, "kind", row->kind);
	json_set_text(j, "at", instant_iso(ctl->a, row->at));
	json_set_int(j, "added", row->added);
	json_set_int(j, "already", row->already);
	json_set_int(j, "skipped", row->skipped);
	json_add(list, j);
}

int
ctl_import_list(struct ctl *ctl)
{
	enum { NEWEST = 200 };
	const struct list_query query = {.order = 0};
	struct json *root, *list = NULL;
	struct list_page page;
	const struct import *rows;
	int err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	err = list_fetch(&ctl->c, ctl->a, &import_list, &query, LIST_FIRST,
	                 NULL, NEWEST, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	if (ctl->json)
		list = json_new_array();
	for (int i = 0; i < page.n; i++)
		print_import(ctl, &rows[i], list);
	if (ctl->json) {
		root = json_new_object();
		json_set(root, "imports", list);
		ctl_json(ctl, root);
	}
	return OK;
}

int
ctl_import_undo(struct ctl *ctl)
{
	struct import_id id;
	char *end;
	int err;

	if (!ctl_words(ctl, 2, 2))
		return ERR_USAGE;
	id.v = strtoll(ctl->words[0], &end, 10);
	if (*end != '\0')
		return ERR_USAGE;
	store_cache_large(ctl->c.store, true);
	err = import_undo(&ctl->c, ctl->a, id, ctl->words[1]);
	if (err == ERR_DEPENDS)
		ctl_say(ctl, "%s",
		        _("Something was recorded since on what it brought"
		          " in; strike that out first."));
	return err;
}
