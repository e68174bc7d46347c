/* Key names to bytes. */
#include "tests/e2e/keys.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct key {
	const char *name;
	const char *xterm;
	const char *linux_console; /* NULL: the same */
};

/* clang-format off */
static const struct key keys[] = {
	{"Enter",     "\r",       NULL},
	{"Esc",       "\033",     NULL},
	{"Tab",       "\t",       NULL},
	{"Shift-Tab", "\033[Z",   NULL},
	{"BackTab",   "\033[Z",   NULL},
	{"Backspace", "\177",     NULL},
	{"Space",     " ",        NULL},
	{"Up",        "\033OA",   "\033[A"},
	{"Down",      "\033OB",   "\033[B"},
	{"Right",     "\033OC",   "\033[C"},
	{"Left",      "\033OD",   "\033[D"},
	{"Home",      "\033OH",   "\033[1~"},
	{"End",       "\033OF",   "\033[4~"},
	{"Insert",    "\033[2~",  NULL},
	{"Delete",    "\033[3~",  NULL},
	{"PgUp",      "\033[5~",  NULL},
	{"PgDn",      "\033[6~",  NULL},
	{"F1",        "\033OP",   "\033[[A"},
	{"F2",        "\033OQ",   "\033[[B"},
	{"F3",        "\033OR",   "\033[[C"},
	{"F4",        "\033OS",   "\033[[D"},
	{"F5",        "\033[15~", "\033[[E"},
	{"F6",        "\033[17~", NULL},
	{"F7",        "\033[18~", NULL},
	{"F8",        "\033[19~", NULL},
	{"F9",        "\033[20~", NULL},
	{"F10",       "\033[21~", NULL},
	{"F11",       "\033[23~", NULL},
	{"F12",       "\033[24~", NULL},
};
/* clang-format on */

static bool
add_one(struct buf *out, const char *name, size_t n, const char *type)
{
	bool console = strncmp(type, "linux", 5) == 0;

	for (size_t i = 0; i < COUNT(keys); i++) {
		const struct key *k = &keys[i];

		if (strlen(k->name) != n || strncmp(k->name, name, n) != 0)
			continue;
		buf_add(out, console && k->linux_console != NULL
		                 ? k->linux_console
		                 : k->xterm);
		return true;
	}
	if (n == 6 && strncmp(name, "Ctrl-", 5) == 0) {
		buf_addc(out, (char)(toupper((unsigned char)name[5]) & 0x1f));
		return true;
	}
	if (n > 4 && strncmp(name, "Alt-", 4) == 0) {
		buf_addc(out, '\033');
		return add_one(out, name + 4, n - 4, type);
	}
	/* One character, also a wide one: its UTF-8 has one lead byte. */
	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)name[i] & 0xc0) != 0x80)
			return false;
	}
	buf_addn(out, name, n);
	return n > 0;
}

bool
keys_add(struct buf *out, const char *name, const char *type)
{
	const char *star = strchr(name, '*');
	size_t n = strlen(name);
	long times = 1;

	if (star != NULL && star > name) {
		times = strtol(star + 1, NULL, 10);
		n = (size_t)(star - name);
	}
	for (long i = 0; i < times; i++) {
		if (!add_one(out, name, n, type))
			return false;
	}
	return times > 0;
}
