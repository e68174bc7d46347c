/* Trying the proposals of a category on files. */
#include <stdio.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/suggest_trial.h"
#include "server/ctl/ctl.h"

static double
part(int n, int of)
{
	return of > 0 ? (double)n / of : 0;
}

/* What could not be read of a file. */
static void
say_report(struct ctl *ctl, const char *file, const struct import_report *r)
{
	for (int i = 0; i < r->bad_count; i++)
		ctl_say(ctl, _("%s, line %d: %s"), file, r->bad[i].line,
		        r->bad[i].text);
	if (r->refused != NULL)
		ctl_say(ctl, "%s: %s", file, r->refused);
	else if (r->encoding != NULL && r->good == 0)
		ctl_say(ctl, _("%s: No line of it can be used."), file);
}

static void
print_json(struct ctl *ctl, const struct suggest_trial *t)
{
	struct json *root = json_new_object(), *list = json_new_array();

	json_set_int(root, "n", t->asked);
	json_set_int(root, "train", t->train.good);
	json_set_int(root, "bad", t->train.bad_count + t->test.bad_count);
	json_set_real(root, "top1", part(t->first, t->asked));
	json_set_real(root, "top3", part(t->among, t->asked));
	for (int i = 0; i < t->class_count; i++) {
		const struct suggest_class *class = &t->classes[i];
		struct json *row = json_new_object();

		json_set_text(row, "category", class->name);
		json_set_int(row, "train", class->known);
		json_set_int(row, "n", class->asked);
		json_set_real(row, "top1", part(class->first, class->asked));
		json_set_real(row, "top3", part(class->among, class->asked));
		json_add(list, row);
	}
	json_set(root, "categories", list);
	ctl_json(ctl, root);
}

static void
print_row(struct ctl *ctl, const char *name, int known, int asked, int first,
          int among)
{
	(void)printf("%s %7d %7d %6.1f%% %6.1f%%\n",
	             text_pad(ctl->a, name, 24, false), known, asked,
	             100 * part(first, asked), 100 * part(among, asked));
}

static void
print_table(struct ctl *ctl, const struct suggest_trial *t)
{
	(void)printf("%s %s %s %s %s\n",
	             text_pad(ctl->a, _("Category"), 24, false),
	             text_pad(ctl->a, _("learned"), 7, true),
	             text_pad(ctl->a, _("asked"), 7, true),
	             text_pad(ctl->a, _("first"), 7, true),
	             text_pad(ctl->a, _("of 3"), 7, true));
	for (int i = 0; i < t->class_count; i++)
		print_row(ctl, t->classes[i].name, t->classes[i].known,
		          t->classes[i].asked, t->classes[i].first,
		          t->classes[i].among);
	print_row(ctl, _("All"), t->train.good, t->asked, t->first, t->among);
}

/* --train FILE --test FILE */
int
ctl_suggest(struct ctl *ctl)
{
	const char *train = ctl_option(ctl, "--train");
	const char *test = ctl_option(ctl, "--test");
	struct buf known = BUF_INIT, asked = BUF_INIT;
	struct suggest_trial trial;
	int err;

	if (!ctl_words(ctl, 0, 0) || train == NULL || test == NULL)
		return ERR_USAGE;
	err = ctl_read_file(ctl, train, IMPORT_BYTES_MAX, &known);
	if (err == OK)
		err = ctl_read_file(ctl, test, IMPORT_BYTES_MAX, &asked);
	if (err == OK) {
		err = suggest_trial(ctl->a, known.data, known.len, asked.data,
		                    asked.len, &trial);
		say_report(ctl, train, &trial.train);
		say_report(ctl, test, &trial.test);
		ctl->said = ctl->said || err == ERR_INVALID;
	}
	if (err == OK && ctl->json)
		print_json(ctl, &trial);
	else if (err == OK)
		print_table(ctl, &trial);
	buf_clear(&known);
	buf_clear(&asked);
	return err;
}
