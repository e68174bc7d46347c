/* Names of keys, and looking them up in tables. */
#include "tui/keys.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/err.h"
#include "db/base/i18n.h"
#include "db/base/text.h"

struct name {
	const char *name;
	enum input_kind kind;
	const char *shown; /* msgid; NULL: the name */
};

static const struct name names[] = {
    {"Enter", INPUT_ENTER, NULL},
    {"Esc", INPUT_ESC, NULL},
    {"Tab", INPUT_TAB, NULL},
    {"Shift-Tab", INPUT_BACKTAB, NULL},
    {"Backspace", INPUT_BACKSPACE, NULL},
    {"Up", INPUT_UP, N_("Up")},
    {"Down", INPUT_DOWN, N_("Down")},
    {"Left", INPUT_LEFT, N_("Left")},
    {"Right", INPUT_RIGHT, N_("Right")},
    {"Up/Down", INPUT_NONE, N_("Up/Down")},
    {"Left/Right", INPUT_NONE, N_("Left/Right")},
    {"Home", INPUT_HOME, NULL},
    {"End", INPUT_END, NULL},
    {"PgUp", INPUT_PGUP, NULL},
    {"PgDn", INPUT_PGDN, NULL},
    {"PgUp/PgDn", INPUT_NONE, NULL},
    {"Home/End", INPUT_NONE, NULL},
    {"Insert", INPUT_INSERT, NULL},
    {"Delete", INPUT_DELETE, NULL},
    {"+/-", INPUT_NONE, NULL},
    {"1-9", INPUT_NONE, NULL},
};

static const struct name *
name_find(const char *name)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i].name, name) == 0)
			return &names[i];
	return NULL;
}

struct input
key_parse(const char *name)
{
	struct input in = {.kind = INPUT_NONE};
	const struct name *row = name_find(name);
	char *end;

	if (row != NULL) {
		in.kind = row->kind;
	} else if (name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
		long n = strtol(name + 1, &end, 10);

		if (*end == '\0' && n <= 12)
			in.kind = (enum input_kind)(INPUT_F1 + n - 1);
	} else if (strncmp(name, "Ctrl-", 5) == 0 && name[5] >= 'A' &&
	           name[5] <= 'Z' && name[6] == '\0') {
		in.kind = INPUT_CTRL;
		in.ch = (uint32_t)name[5];
	} else if (name[0] != '\0' && name[1] == '\0' &&
	           strchr("0123456789+-", name[0]) != NULL) {
		in.kind = INPUT_CHAR;
		in.ch = (uint32_t)name[0];
	}
	return in;
}

bool
key_is(const char *name, const struct input *in)
{
	struct input key = key_parse(name);

	if (key.kind == INPUT_NONE || key.kind != in->kind)
		return false;
	if (key.kind == INPUT_CHAR)
		return key.ch == text_fold_char(in->ch);
	return key.kind != INPUT_CTRL || key.ch == in->ch;
}

const char *
key_show(const char *name)
{
	const struct name *row = name_find(name);

	return row != NULL && row->shown != NULL ? _(row->shown) : name;
}

const char *
key_text(struct arena *a, const char *name, const char *label)
{
	/* Han stands close to a key's name, a word needs a blank */
	const char *blank = (unsigned char)label[0] < 0x80 ? " " : "";

	return arena_printf(a, "%s%s%s", key_show(name), blank, label);
}

const struct key *
key_find(const struct key *keys, const struct input *in)
{
	if (keys == NULL)
		return NULL;
	for (; keys->name != NULL; keys++)
		if (key_is(keys->name, in))
			return keys;
	return NULL;
}

static const char *
row_fault(const struct key *keys, const struct key *row)
{
	bool action = strcmp(row->name, KEY_ACTION) == 0;

	if (action)
		return row->label == NULL || row->run == NULL
		           ? "action without label or function"
		           : NULL;
	if (name_find(row->name) == NULL &&
	    key_parse(row->name).kind == INPUT_NONE)
		return "not the name of a key";
	if (key_parse(row->name).kind == INPUT_NONE && row->run != NULL)
		return "a hint cannot run";
	/* the same key twice is two meanings, unless conditions tell them
	 * apart */
	for (const struct key *k = keys; k < row; k++)
		if (strcmp(k->name, row->name) == 0 &&
		    (k->when == NULL || row->when == NULL ||
		     k->when == row->when))
			return "the same key twice";
	return NULL;
}

const char *
key_table_fault(const struct key *keys, const struct key **row)
{
	if (keys == NULL)
		return NULL;
	for (const struct key *k = keys; k->name != NULL; k++) {
		const char *fault = row_fault(keys, k);

		if (fault == NULL)
			continue;
		*row = k;
		return fault;
	}
	return NULL;
}
