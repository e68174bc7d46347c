/* What was typed after the verb of a command about opinions. */
#include <stdlib.h>
#include <string.h>

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/document.h"
#include "db/unit.h"
#include "server/session/exec_opinion.h"

/* clang-format off */
static const struct option {
	const char *name;
	size_t at;
	bool flag; /* else a word follows */
} options[] = {
	{"--result",   offsetof(struct given, result),    false},
	{"--reason",   offsetof(struct given, reason),    false},
	{"--into",     offsetof(struct given, into),      false},
	{"--path",     offsetof(struct given, path),      false},
	{"--become",   offsetof(struct given, become),    false},
	{"--title",    offsetof(struct given, title),     false},
	{"--days",     offsetof(struct given, days),      false},
	{"--until",    offsetof(struct given, promised),  false},
	{"--subject",  offsetof(struct given, subject),   false},
	{"--category", offsetof(struct given, category),  false},
	{"--place",    offsetof(struct given, place),     false},
	{"--sender",   offsetof(struct given, sender),    false},
	{"--by",       offsetof(struct given, table),     false},
	{"--from",     offsetof(struct given, from),      false},
	{"--to",       offsetof(struct given, to),        false},
	{"--unit",     offsetof(struct given, unit),      false},
	{"--state",    offsetof(struct given, state),     false},
	{"--limit",    offsetof(struct given, limit),     false},
	{"--month",    offsetof(struct given, month),     false},
	{"--year",     offsetof(struct given, year),      false},
	{"--budget",   offsetof(struct given, budget),    false},
	{"--reached",  offsetof(struct given, reached),   false},
	{"--wording",  offsetof(struct given, wording),   false},
	{"--markdown", offsetof(struct given, markdown),  true},
	{"--open",     offsetof(struct given, open),      true},
	{"--overdue",  offsetof(struct given, overdue),   true},
	{"--mine",     offsetof(struct given, mine),      true},
	{"--hot",      offsetof(struct given, hot),       true},
	{"--csv",      offsetof(struct given, csv),       true},
	{"--urgent",   offsetof(struct given, urgent),    true},
	{"--pool",     offsetof(struct given, pool),      true},
	{"--late",     offsetof(struct given, late),      true},
};
/* clang-format on */

static const struct option *
option_named(const char *word)
{
	for (size_t i = 0; i < COUNT(options); i++)
		if (strcmp(options[i].name, word) == 0)
			return &options[i];
	return NULL;
}

int
given_read(struct exec *x, int first, struct given *out)
{
	struct given g = {0};

	for (int i = first; i < x->count; i++) {
		const char *word = x->words[i];
		const struct option *o = option_named(word);
		char *at = (char *)&g + (o != NULL ? o->at : 0);

		if (o == NULL && strncmp(word, "--", 2) == 0)
			return ERR_USAGE;
		if (o == NULL && g.n == GIVEN_WORDS)
			return ERR_USAGE;
		if (o == NULL) {
			g.words[g.n++] = word;
		} else if (o->flag) {
			*(bool *)(void *)at = true;
		} else {
			if (++i == x->count)
				return ERR_USAGE;
			*(const char **)(void *)at = x->words[i];
		}
	}
	*out = g;
	return OK;
}

int
given_number(const char *word, int64_t *out)
{
	char *end;
	long long v = strtoll(word, &end, 10);

	if (*word == '\0' || *end != '\0' || v <= 0)
		return ERR_USAGE;
	*out = v;
	return OK;
}

int
given_limit(const struct given *g, int *out)
{
	enum { NEWEST = 50, MOST = 500 };
	int64_t n = NEWEST;
	int err = g->limit != NULL ? given_number(g->limit, &n) : OK;

	if (err == OK && n > MOST)
		err = ERR_USAGE;
	if (err == OK)
		*out = (int)n;
	return err;
}

int
given_verb(struct exec *x, const struct exec_verb *verbs, int n,
           int (*other)(struct exec *x, const char *word,
                        const struct given *g))
{
	struct given g;
	int64_t number;
	bool is_number =
	    x->count > 0 && given_number(x->words[0], &number) == OK;
	int err =
	    x->count > 0 ? given_read(x, is_number ? 0 : 1, &g) : ERR_USAGE;

	if (err != OK)
		return err;
	if (is_number)
		return verbs[0].run(x, &g);
	for (int i = 0; i < n; i++)
		if (strcmp(verbs[i].name, x->words[0]) == 0)
			return verbs[i].run(x, &g);
	return other(x, x->words[0], &g);
}

int
given_month(const char *word, int64_t *out)
{
	int64_t month;

	if (strlen(word) != 7 || word[4] != '-' ||
	    strspn(word, "0123456789-") != 7)
		return ERR_USAGE;
	month = strtoll(word, NULL, 10) * 100 + strtoll(word + 5, NULL, 10);
	if (month % 100 < 1 || month % 100 > 12)
		return ERR_USAGE;
	*out = month;
	return OK;
}

int
given_unit(struct exec *x, const char *name, struct unit_id *out)
{
	struct unit unit;
	int err = unit_named(x->c, x->a, name, &unit);

	if (err == OK)
		*out = unit.id;
	if (err != ERR_NOT_FOUND)
		return err;
	exec_say(x, _("There is no unit called %s."), name);
	return ERR_INVALID;
}

static int
read_stdin(struct exec *x, const char **out)
{
	struct buf in = BUF_INIT;
	/* a character is four bytes at most */
	int err = exec_read(x, &in, 4 * OPINION_BODY_MAX);

	if (err == OK)
		err = document_decode(x->a, in.data, in.len, out);
	if (err == ERR_INVALID)
		exec_say(x, "%s",
		         _("This is no text in UTF-8 or GB18030; nothing was "
		           "written."));
	buf_clear(&in);
	return err;
}

int
given_text(struct exec *x, const struct given *g, int first, const char **out)
{
	const char *text = "";

	if (g->n == first + 1 && strcmp(g->words[first], "-") == 0)
		return read_stdin(x, out);
	for (int i = first; i < g->n; i++)
		text = arena_printf(x->a, "%s%s%s", text, i > first ? " " : "",
		                    g->words[i]);
	*out = text;
	return OK;
}
