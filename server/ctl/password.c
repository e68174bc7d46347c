/* Passwords: made, hashed, read without an echo; never an argument, which
 * everybody could see in the list of processes. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/policy.h"
#include "db/base/secret.h"
#include "db/setting.h"
#include "server/ctl/ctl.h"

enum { MADE_GROUPS = 4, MADE_LETTERS = 4 };

const char *
ctl_password_make(struct arena *a)
{
	char *out = arena_alloc(a, MADE_GROUPS * (MADE_LETTERS + 1) + 1);
	unsigned letters = (unsigned)strlen(secret_short_letters);
	size_t n = 0;

	for (int g = 0; g < MADE_GROUPS; g++) {
		if (g > 0)
			out[n++] = '-';
		for (int i = 0; i < MADE_LETTERS; i++)
			out[n++] = secret_short_letters[secret_below(letters)];
	}
	return out;
}

int
ctl_password_hash(struct ctl *ctl, const char *password, const char **hash)
{
	char text[SECRET_PASSWORD];
	int err = secret_password_hash(password, text);

	if (err == OK)
		*hash = arena_strdup(ctl->a, text);
	secret_wipe(text, sizeof(text));
	return err;
}

/* One line of standard input without its end. */
static int
read_line(struct ctl *ctl, const char **out)
{
	char line[CTL_PASSWORD_MAX + 2];
	size_t n;

	if (fgets(line, sizeof(line), stdin) == NULL)
		return ERR_IO;
	n = strcspn(line, "\r\n");
	if (n == sizeof(line) - 1)
		return ERR_TOO_LONG;
	line[n] = '\0';
	*out = arena_strdup(ctl->a, line);
	secret_wipe(line, sizeof(line));
	return OK;
}

static int
prompt(struct ctl *ctl, const char *question, const char **out)
{
	struct termios old, quiet;
	int err;

	if (tcgetattr(STDIN_FILENO, &old) != 0)
		return ERR_IO;
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	(void)fprintf(stderr, "%s ", question);
	(void)fflush(stderr);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) != 0)
		return ERR_IO;
	err = read_line(ctl, out);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
	(void)fputc('\n', stderr);
	return err;
}

int
ctl_passphrase_read(struct ctl *ctl, bool is_new, const char **passphrase)
{
	const char *again;
	int err;

	if (!isatty(STDIN_FILENO))
		err = read_line(ctl, passphrase);
	else
		err = prompt(ctl, _("Passphrase of the keys:"), passphrase);
	if (err == OK && is_new && isatty(STDIN_FILENO)) {
		err = prompt(ctl, _("Once more:"), &again);
		if (err == OK && strcmp(*passphrase, again) != 0) {
			ctl_say(ctl, "%s", _("The two are not the same."));
			return ERR_INVALID;
		}
	}
	if (err != OK || !is_new)
		return err;
	err = strlen(*passphrase) >= CTL_PASSPHRASE_MIN ? OK : ERR_INVALID;
	if (err != OK)
		ctl_say(ctl, "%s",
		        _("Choose a passphrase of at least 12 characters."));
	return err;
}

int
ctl_password_read(struct ctl *ctl, const char *user, const char **password)
{
	enum policy_fault fault;
	const char *again;
	int64_t least;
	int err;

	if (!isatty(STDIN_FILENO)) {
		err = read_line(ctl, password);
	} else {
		err = prompt(ctl, _("New password:"), password);
		if (err == OK)
			err = prompt(ctl, _("Once more:"), &again);
		if (err == OK && strcmp(*password, again) != 0) {
			ctl_say(ctl, "%s", _("The two are not the same."));
			return ERR_INVALID;
		}
	}
	if (err != OK)
		return err;
	err = setting_number(&ctl->c, "password.length", POLICY_LEAST, &least);
	if (err != OK)
		return err;
	fault = policy_fault(user, *password, (int)least);
	if (fault == POLICY_FINE)
		return OK;
	ctl_say(ctl,
	        _("%s Choose at least %d characters that are not easily "
	          "guessed."),
	        _(policy_sentence(fault)), (int)least);
	return ERR_INVALID;
}
