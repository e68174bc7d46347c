/* gettext, wrapped: the only file that includes libintl.h. */
#include "db/base/i18n.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* glibc re-reads the catalogue when this changes (see gettext's manual,
 * "Being a gettext grok"); it is the documented way to switch at run time. */
extern int _nl_msg_cat_cntr; // NOLINT(bugprone-reserved-identifier): glibc's

static enum language current;

/* C.UTF-8 is the one locale every Debian has; gettext ignores LANGUAGE
 * in the "C" locale only, and C.UTF-8 is not "C". */
void
i18n_init(const char *dir)
{
	if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
		(void)fputs("error locale name=C.UTF-8 missing\n", stderr);
		exit(EX_OSERR);
	}
	if (dir == NULL)
		dir = getenv("LIAISON_LOCALEDIR");
	if (dir == NULL)
		dir = LOCALEDIR;
	bindtextdomain("liaison", dir);
	bind_textdomain_codeset("liaison", "UTF-8");
	textdomain("liaison");
	i18n_use(LANGUAGE_ZH);
}

void
i18n_use(enum language language)
{
	current = language;
	setenv("LANGUAGE", language == LANGUAGE_EN ? "en" : "zh_CN", 1);
	_nl_msg_cat_cntr++;
}

enum language
i18n_language(void)
{
	return current;
}

const char *
language_name(enum language language)
{
	return language == LANGUAGE_EN ? "en" : "zh";
}

enum language
language_of(const char *name)
{
	return name != NULL && strncmp(name, "en", 2) == 0 ? LANGUAGE_EN
	                                                   : LANGUAGE_ZH;
}

const char *
i18n_text(const char *msgid)
{
	/* gettext answers the catalogue's header for "" */
	return msgid[0] == '\0' ? msgid : gettext(msgid);
}

const char *
i18n_plural(const char *one, const char *many, unsigned long n)
{
	return ngettext(one, many, n);
}

const char *
i18n_context(const char *key, const char *msgid)
{
	const char *found = gettext(key);

	return found == key ? msgid : found;
}
