/* What people write to the chat robot. */
#include "db/robot_text.h"

#include <ctype.h>
#include <string.h>

#include "db/base/text.h"

enum { NUMBER_DIGITS = 12 };

/* Texts to begin with: the verb, and whether letters may follow at once. */
static const struct {
	const char *word;
	enum robot_verb verb;
} verbs[] = {
    {"帮助", ROBOT_HELP}, {"help", ROBOT_HELP},     {"民情", ROBOT_OPINION},
    {"查", ROBOT_FIND},   {"活动", ROBOT_ACTIVITY}, {"绑定", ROBOT_BIND},
};

static const struct {
	const char *word;
	enum leg_step step;
} steps[] = {
    {"接收", LEG_DO_ACCEPT},
    {"进展", LEG_DO_PROGRESS},
    {"办结", LEG_DO_REPLY},
    {"退回", LEG_DO_RETURN},
};

static const char *
skip_blanks(const char *s)
{
	uint32_t ch;
	int n;

	while ((n = text_decode(s, strlen(s), &ch)) > 0) {
		uint32_t half = text_fold_char(ch);

		if (half != ' ' && half != '\t' && half != '\n')
			break;
		s += n;
	}
	return s;
}

/* Past word when s begins with it, else NULL. */
static const char *
after(const char *s, const char *word)
{
	size_t n = strlen(word);

	return strncasecmp(s, word, n) == 0 ? s + n : NULL;
}

/* The next word up to a blank, or to a colon when it may end with one. */
static const char *
next_word(struct arena *a, const char **s, const char *end)
{
	const char *from = skip_blanks(*s), *at = from;
	uint32_t ch;
	int n;

	while (at < end && (n = text_decode(at, strlen(at), &ch)) > 0) {
		uint32_t half = text_fold_char(ch);

		if (half == ' ' || half == '\t' || half == '\n')
			break;
		at += n;
	}
	*s = at;
	return from < at ? arena_strndup(a, from, (size_t)(at - from)) : "";
}

/* The first colon on the first line, or NULL; *past is behind it. */
static const char *
find_colon(const char *s, const char **past)
{
	uint32_t ch;
	int n;

	while ((n = text_decode(s, strlen(s), &ch)) > 0 && ch != '\n') {
		if (text_fold_char(ch) == ':') {
			*past = s + n;
			return s;
		}
		s += n;
	}
	return NULL;
}

/* 类别 地点：内容. Without a colon all of it is the content. */
static void
read_opinion(struct arena *a, const char *s, struct robot_command *out)
{
	const char *past, *colon = find_colon(s, &past);

	out->verb = ROBOT_OPINION;
	if (colon == NULL) {
		out->words = arena_strdup(a, skip_blanks(s));
		return;
	}
	out->first = next_word(a, &s, colon);
	out->second = next_word(a, &s, colon);
	out->words = arena_strdup(a, skip_blanks(past));
}

/* A number, with or without #; 0 when there is none. */
static int64_t
read_number(struct arena *a, const char **s)
{
	const char *word, *digits;
	int64_t v = 0;
	int n = 0;

	word = next_word(a, s, *s + strlen(*s));
	digits = text_fold(a, word);
	if (*digits == '#')
		digits++;
	for (; n < NUMBER_DIGITS && isdigit((unsigned char)digits[n]); n++)
		v = v * 10 + (digits[n] - '0');
	return digits[n] == '\0' ? v : 0;
}

/* #编号 接收|进展|办结|退回 说明 */
static void
read_step(struct arena *a, const char *s, struct robot_command *out)
{
	int64_t number = read_number(a, &s);

	s = skip_blanks(s);
	for (size_t i = 0; i < COUNT(steps); i++) {
		const char *rest = after(s, steps[i].word);

		if (rest == NULL || number == 0)
			continue;
		out->verb = ROBOT_STEP;
		out->number = number;
		out->step = steps[i].step;
		out->words = arena_strdup(a, skip_blanks(rest));
		return;
	}
}

static void
read_rest(struct arena *a, enum robot_verb verb, const char *s,
          struct robot_command *out)
{
	const char *end = s + strlen(s);

	switch (verb) {
	case ROBOT_OPINION:
		read_opinion(a, s, out);
		return;
	case ROBOT_FIND:
		out->number = read_number(a, &s);
		break;
	case ROBOT_ACTIVITY:
		out->first = next_word(a, &s, end);
		out->second = arena_strdup(a, skip_blanks(s));
		break;
	case ROBOT_BIND: /* people type the code as it is shown: in two */
		out->first = arena_strdup(a, skip_blanks(s));
		break;
	case ROBOT_HELP:
	case ROBOT_STEP:
	case ROBOT_UNKNOWN:
		break;
	}
	out->verb = verb;
}

void
robot_read(struct arena *a, const char *text, struct robot_command *out)
{
	const char *s = skip_blanks(text);
	uint32_t ch;

	*out = (struct robot_command){.first = "", .second = "", .words = ""};
	if (text_decode(s, strlen(s), &ch) > 0 && text_fold_char(ch) == '#') {
		read_step(a, s, out);
		return;
	}
	for (size_t i = 0; i < COUNT(verbs); i++) {
		const char *rest = after(s, verbs[i].word);

		if (rest != NULL) {
			read_rest(a, verbs[i].verb, rest, out);
			return;
		}
	}
}
