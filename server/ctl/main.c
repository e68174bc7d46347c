/* Options, configuration, the table of commands. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "server/ctl/ctl.h"
#include "server/lib/spawn.h"

enum needs { NONE, CONFIG, READ, WRITE, MAKE };

struct command {
	const char *words;
	int (*run)(struct ctl *ctl);
	enum needs needs;
	const char *usage, *text;
};

static const struct command commands[] = {
#define COMMAND(words, function, store, usage, text)                           \
	{words, function, store, usage, text},
#include "server/ctl/commands.def"
#undef COMMAND
};

void
ctl_say(struct ctl *ctl, const char *fmt, ...)
{
	va_list args;

	ctl->said = true;
	va_start(args, fmt);
	(void)fprintf(stderr, "liaisonctl: %s\n",
	              arena_vprintf(ctl->a, fmt, args));
	va_end(args);
}

int
ctl_faults(struct ctl *ctl, int err)
{
	const struct ctx *c = &ctl->c;

	if (err == ERR_INVALID)
		for (int i = 0; i < c->fault_count; i++)
			ctl_say(ctl, "%s: %s", c->faults[i].field,
			        _(c->faults[i].text));
	return err;
}

void
ctl_json(struct ctl *ctl, struct json *root)
{
	const char *line = json_print(root, ctl->a);

	(void)printf("{\"version\":1%s%s\n", line[1] != '}' ? "," : "",
	             line + 1);
	json_free(root);
}

/* --- words --------------------------------------------------------------- */

static void
remove_words(struct ctl *ctl, int at, int n)
{
	for (int i = at; i + n < ctl->count; i++)
		ctl->words[i] = ctl->words[i + n];
	ctl->count -= n;
}

const char *
ctl_option(struct ctl *ctl, const char *name)
{
	for (int i = 0; i + 1 < ctl->count; i++) {
		const char *value = ctl->words[i + 1];

		if (strcmp(ctl->words[i], name) != 0)
			continue;
		remove_words(ctl, i, 2);
		return value;
	}
	return NULL;
}

bool
ctl_flag(struct ctl *ctl, const char *name)
{
	for (int i = 0; i < ctl->count; i++)
		if (strcmp(ctl->words[i], name) == 0) {
			remove_words(ctl, i, 1);
			return true;
		}
	return false;
}

bool
ctl_words(const struct ctl *ctl, int min, int max)
{
	for (int i = 0; i < ctl->count; i++)
		if (strncmp(ctl->words[i], "--", 2) == 0)
			return false;
	return ctl->count >= min && ctl->count <= max;
}

/* --- commands ------------------------------------------------------------ */

int
ctl_help(struct ctl *ctl)
{
	(void)puts(_("usage: liaisonctl [-c FILE] COMMAND"));
	for (size_t i = 0; i < COUNT(commands); i++) {
		const struct command *m = &commands[i];

		(void)printf("  %s  %s\n",
		             text_pad(ctl->a, m->words, 13, false), _(m->text));
		if (*m->usage != '\0')
			(void)printf("                 %s\n", m->usage);
	}
	return OK;
}

/* How many of the words name command m; 0: they do not. */
static int
matches(const struct ctl *ctl, const struct command *m)
{
	const char *second = strchr(m->words, ' ');
	size_t n =
	    second != NULL ? (size_t)(second - m->words) : strlen(m->words);

	if (ctl->count < 1 || strlen(ctl->words[0]) != n ||
	    memcmp(ctl->words[0], m->words, n) != 0)
		return 0;
	if (second == NULL)
		return 1;
	return ctl->count > 1 && strcmp(ctl->words[1], second + 1) == 0 ? 2 : 0;
}

static const struct command *
find(struct ctl *ctl)
{
	for (size_t i = 0; i < COUNT(commands); i++) {
		int n = matches(ctl, &commands[i]);

		if (n > 0) {
			remove_words(ctl, 0, n);
			return &commands[i];
		}
	}
	return NULL;
}

/* What a command stands on, by its row. */
static int
prepare(struct ctl *ctl, enum needs needs)
{
	struct buf why = BUF_INIT;
	int err = OK;

	if (needs == NONE)
		return OK;
	if (ctl->file == NULL) {
		ctl_say(ctl, "%s", _("Say which site: -c FILE"));
		return ERR_USAGE;
	}
	err = config_load(ctl->file, &ctl->cfg, &why);
	(void)fputs(why.data, stderr);
	buf_clear(&why);
	if (err != OK || needs == CONFIG)
		return err;
	if (needs == MAKE)
		return ctl_open(ctl, STORE_CREATE);
	return ctl_open(ctl, needs == READ ? STORE_READONLY : STORE_EXISTING);
}

static int
run(struct ctl *ctl)
{
	const struct command *m;
	int err;

	ctl->json = ctl_flag(ctl, "--json");
	m = find(ctl);
	if (m == NULL) {
		if (ctl->count > 0)
			ctl_say(ctl,
			        _("There is no such command: %s. See:"
			          " liaisonctl help"),
			        ctl->words[0]);
		else
			(void)ctl_help(ctl);
		return ERR_USAGE;
	}
	err = prepare(ctl, m->needs);
	if (err != OK)
		return err;
	err = ctl_faults(ctl, m->run(ctl));
	if (err == ERR_USAGE)
		ctl_say(ctl, _("Usage: %s %s"), m->words, m->usage);
	else if (err != OK && !ctl->said)
		ctl_say(ctl, "%s", _(err_msgid(err)));
	if (err == ERR_STORE && ctl->c.store != NULL)
		ctl_say(ctl, "%s", store_why(ctl->c.store));
	return err;
}

/* Chinese where the terminal says so: an administrator's shell is often
 * the C locale. */
static enum language
language_of_shell(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *v = getenv(names[i]);

		if (v != NULL && *v != '\0')
			return strncmp(v, "zh", 2) == 0 ? LANGUAGE_ZH
			                                : LANGUAGE_EN;
	}
	return LANGUAGE_EN;
}

int
main(int argc, char **argv)
{
	struct ctl ctl = {.a = arena_new()};
	int ch, err;

	process_begin();
	(void)umask(077); /* the database and the keys are the service's */
	i18n_init(NULL);
	i18n_use(language_of_shell());
	while ((ch = getopt(argc, argv, "+c:h")) != -1) {
		if (ch == 'c') {
			ctl.file = optarg;
		} else {
			(void)ctl_help(&ctl);
			arena_free(ctl.a);
			return ch == 'h' ? EX_OK : EX_USAGE;
		}
	}
	ctl.count = argc - optind;
	ctl.words = arena_alloc(ctl.a, sizeof(*ctl.words) * (size_t)argc + 1);
	for (int i = 0; i < ctl.count; i++)
		ctl.words[i] = argv[optind + i];
	err = run(&ctl);
	store_close(ctl.c.store);
	config_free(ctl.cfg);
	arena_free(ctl.a);
	if (fflush(stdout) != 0 && err == OK)
		err = ERR_IO;
	return err_exit_code(err);
}
