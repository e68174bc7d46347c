/* Reading scenes: lines with includes, then words. */
#include "tests/e2e/scene.h"

#include <ctype.h>
#include <libgen.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"

static bool read_file(struct scene *s, const char *path, int depth,
                      struct buf *why);

static void
add_line(struct scene *s, const char *file, int number, const char *text)
{
	struct scene_line *l;

	s->lines = xrealloc(s->lines, (size_t)(s->count + 1) * sizeof(*l));
	l = &s->lines[s->count++];
	l->file = xstrdup(file);
	l->number = number;
	l->text = xstrdup(text);
}

static bool
add_choices(struct scene *s, const char *text, struct buf *why)
{
	struct word words[SCENE_WORDS];
	int n = words_split(words, text, NULL, NULL, why);
	char **to = NULL;
	bool ok;

	if (n > 2 && strcmp(words[1].text, "size") == 0)
		to = s->sizes;
	else if (n > 2 && strcmp(words[1].text, "lang") == 0)
		to = s->langs;
	ok = to != NULL && n - 2 < SCENE_CHOICES;
	for (int i = 2; ok && i < n; i++)
		to[i - 2] = xstrdup(words[i].text);
	if (!ok)
		buf_add(why, "for size CxR... or for lang LL...");
	if (n > 0)
		words_clear(words, n);
	return ok;
}

static bool
include(struct scene *s, const char *from, const char *name, int depth,
        struct buf *why)
{
	char *copy = xstrdup(from);
	struct buf path = BUF_INIT;
	bool ok;

	buf_addf(&path, "%s/%s", dirname(copy), name);
	ok = read_file(s, path.data, depth + 1, why);
	buf_clear(&path);
	free(copy);
	return ok;
}

static bool
take_line(struct scene *s, const char *path, int number, char *line, int depth,
          struct buf *why)
{
	char *at = line + strspn(line, " \t");
	const char *slash = strrchr(path, '/');

	at[strcspn(at, "\r\n")] = '\0';
	if (*at == '\0' || *at == '#')
		return true;
	if (strncmp(at, "for ", 4) == 0)
		return add_choices(s, at, why);
	if (strncmp(at, "include ", 8) == 0)
		return include(s, path, at + 8 + strspn(at + 8, " "), depth,
		               why);
	add_line(s, slash != NULL ? slash + 1 : path, number, at);
	return true;
}

static bool
read_file(struct scene *s, const char *path, int depth, struct buf *why)
{
	FILE *in = depth < 8 ? fopen(path, "re") : NULL;
	char *line = NULL;
	size_t size = 0;
	int number = 0;
	bool ok = true;

	if (in == NULL) {
		buf_addf(why, "cannot read %s", path);
		return false;
	}
	while (ok && getline(&line, &size, in) >= 0)
		ok = take_line(s, path, ++number, line, depth, why);
	free(line);
	(void)fclose(in);
	return ok;
}

bool
scene_read(struct scene *s, const char *path, struct buf *why)
{
	memset(s, 0, sizeof(*s));
	return read_file(s, path, 0, why);
}

void
scene_clear(struct scene *s)
{
	for (int i = 0; i < s->count; i++) {
		free(s->lines[i].file);
		free(s->lines[i].text);
	}
	free(s->lines);
	for (int i = 0; i < SCENE_CHOICES; i++) {
		free(s->sizes[i]);
		free(s->langs[i]);
	}
	memset(s, 0, sizeof(*s));
}

/* --- words --------------------------------------------------------------- */

struct splitter {
	const char *at;
	scene_value *value;
	void *data;
	struct buf *why;
};

/* at is behind a dollar sign; true when a variable's value was added. */
static bool
add_variable(struct splitter *sp, struct buf *out)
{
	bool braces = *sp->at == '{';
	const char *start = sp->at + braces;
	size_t n = 0;
	char name[64];
	const char *value;

	while (isupper((unsigned char)start[n]) || start[n] == '_' ||
	       (n > 0 && isdigit((unsigned char)start[n])))
		n++;
	if (n == 0 || n >= sizeof(name) || (braces && start[n] != '}'))
		return false;
	memcpy(name, start, n);
	name[n] = '\0';
	value = sp->value != NULL ? sp->value(sp->data, name) : "";
	if (value == NULL) {
		buf_addf(sp->why, "no variable %s", name);
		value = "";
	}
	buf_add(out, value);
	sp->at = start + n + braces;
	return true;
}

/* at is behind a backslash in quotes. */
static void
add_escape(struct splitter *sp, struct buf *out)
{
	char hex[3] = {0};
	char ch = *sp->at++;

	switch (ch) {
	case 'n':
		buf_addc(out, '\n');
		break;
	case 't':
		buf_addc(out, '\t');
		break;
	case 'e':
		buf_addc(out, '\033');
		break;
	case 'x':
		hex[0] = sp->at[0];
		hex[1] = hex[0] != '\0' ? sp->at[1] : '\0';
		buf_addc(out, (char)strtol(hex, NULL, 16));
		sp->at += strlen(hex);
		break;
	default:
		buf_addc(out, ch);
		break;
	}
}

/* What stands between two marks (" or /), or until a blank (mark 0). */
static bool
add_word(struct splitter *sp, char mark, struct buf *out)
{
	for (;;) {
		char ch = *sp->at;

		if (ch == '\0')
			return mark == '\0';
		if (mark != '\0' ? ch == mark : isspace((unsigned char)ch))
			break;
		sp->at++;
		if (ch == '$' && add_variable(sp, out))
			continue;
		if (ch == '\\' && mark == '"' && *sp->at != '\0') {
			add_escape(sp, out);
			continue;
		}
		if (ch == '\\' && mark == '/' && *sp->at == '/')
			ch = *sp->at++;
		buf_addc(out, ch);
	}
	if (mark != '\0')
		sp->at++;
	return true;
}

int
words_split(struct word *words, const char *text, scene_value *value,
            void *data, struct buf *why)
{
	struct splitter sp = {text, value, data, why};
	size_t before = why->len;
	int n = 0;

	for (;;) {
		struct buf out = BUF_INIT;
		char mark;

		sp.at += strspn(sp.at, " \t");
		if (*sp.at == '\0' || *sp.at == '#')
			break;
		mark = *sp.at == '"' || *sp.at == '/' ? *sp.at++ : '\0';
		if (n == SCENE_WORDS || !add_word(&sp, mark, &out))
			buf_add(why, "a quote is not closed, or too long");
		if (why->len != before) {
			buf_clear(&out);
			words_clear(words, n);
			return -1;
		}
		words[n].regex = mark == '/';
		words[n++].text = buf_take(&out);
	}
	return n;
}

void
words_clear(struct word *words, int count)
{
	for (int i = 0; i < count; i++)
		free(words[i].text);
}

bool
word_in(const struct word *what, const char *text)
{
	regex_t re;
	bool found;

	if (!what->regex)
		return strstr(text, what->text) != NULL;
	if (regcomp(&re, what->text, REG_EXTENDED | REG_NOSUB | REG_NEWLINE))
		return false;
	found = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return found;
}

bool
word_capture(const struct word *what, const char *text, struct buf *out)
{
	regmatch_t at[10];
	regex_t re;
	bool found;

	if (regcomp(&re, what->text, REG_EXTENDED | REG_NEWLINE) != 0)
		return false;
	found = regexec(&re, text, COUNT(at), at, 0) == 0;
	for (size_t i = re.re_nsub > 0; found && i <= re.re_nsub && i < 10; i++)
		buf_addn(out, text + at[i].rm_so,
		         (size_t)(at[i].rm_eo - at[i].rm_so));
	regfree(&re);
	return found;
}
