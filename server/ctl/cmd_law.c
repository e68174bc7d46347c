/* Texts of draft laws: bringing one in, and giving it back as it came. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/law_report.h"
#include "server/ctl/ctl.h"

static void
print_preview(struct ctl *ctl, const struct law_preview *p, int64_t text)
{
	struct buf out = BUF_INIT;
	struct json *root;

	if (ctl->json) {
		root = law_preview_json(ctl->a, p);
		if (text != 0)
			json_set_int(root, "text", text);
		ctl_json(ctl, root);
		return;
	}
	law_preview_text(&out, ctl->a, p);
	if (text != 0)
		buf_addf(&out, _("This is text %lld of it.\n"),
		         (long long)text);
	(void)fputs(out.data, stdout);
	buf_clear(&out);
}

static int
write_law(struct ctl *ctl, const struct buf *data, const char *note,
          const struct law_preview *p)
{
	struct law_version_id id;
	struct law_version row;
	int err = law_import(&ctl->c, data->data, data->len, p->law, note, &id);

	if (err == OK)
		err = law_version_get(&ctl->c, ctl->a, id, &row);
	if (err == OK)
		print_preview(ctl, p, row.number);
	return err;
}

int
ctl_import_law(struct ctl *ctl)
{
	const char *note = ctl_option(ctl, "--note");
	bool check = ctl_flag(ctl, "--check");
	struct buf data = BUF_INIT;
	struct law_preview p;
	const char *name;
	int err;

	if (!ctl_words(ctl, 1, 1))
		return ERR_USAGE;
	name = strcmp(ctl->words[0], "-") == 0 ? "/dev/stdin" : ctl->words[0];
	err = ctl_read_file(ctl, name, LAW_BYTES_MAX, &data);
	if (err == OK)
		err = law_preview(&ctl->c, ctl->a, data.data, data.len,
		                  (struct law_id){0}, &p);
	if (err == ERR_TOO_LONG) {
		ctl_say(ctl, "%s", _("The text is too long; at most 4 MB."));
	}
	if (err == OK && (check || p.text.articles == 0))
		print_preview(ctl, &p, 0);
	if (err == OK && !check)
		err = write_law(ctl, &data, note != NULL ? note : "", &p);
	buf_clear(&data);
	return ctl_faults(ctl, err);
}

int
ctl_export_law(struct ctl *ctl)
{
	const char *text = ctl_option(ctl, "--text");
	int64_t number = text != NULL ? strtoll(text, NULL, 10) : 0;
	struct buf out = BUF_INIT;
	struct law_version row;
	int err;

	if (!ctl_words(ctl, 1, 1) || (text != NULL && number <= 0))
		return ERR_USAGE;
	err = law_version_named(&ctl->c, ctl->a, ctl->words[0], number, &row);
	if (err == OK)
		err = law_export(&ctl->c, row.id, &out);
	if (err == OK && (fwrite(out.data, 1, out.len, stdout) != out.len ||
	                  fflush(stdout) != 0))
		err = ERR_IO;
	buf_clear(&out);
	return err;
}
