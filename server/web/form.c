/* Parsing of what strangers send; fuzzed by tests/fuzz/fuzz_form.c. */
#include "server/web/form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "db/base/buf.h"
#include "db/base/text.h"

static int
hex(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	if (ch >= 'A' && ch <= 'F')
		return ch - 'A' + 10;
	return -1;
}

/* n bytes in the encoding of forms; NULL: a bad escape, or a NUL in it. */
static const char *
decode(struct arena *a, const char *text, size_t n, size_t *len)
{
	char *out = arena_alloc(a, n + 1), *to = out;

	for (size_t i = 0; i < n; i++) {
		char ch = text[i] == '+' ? ' ' : text[i];

		if (ch == '%') {
			int high = i + 2 < n ? hex(text[i + 1]) : -1;
			int low = i + 2 < n ? hex(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			ch = (char)(high * 16 + low);
			i += 2;
		}
		if (ch == '\0')
			return NULL;
		*to++ = ch;
	}
	*to = '\0';
	*len = (size_t)(to - out);
	return out;
}

bool
form_is_name(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!islower((unsigned char)text[i]) && text[i] != '_')
			return false;
	return n > 0 && n < FORM_NAME;
}

int
form_add(struct arena *a, struct form *f, const char *name, size_t name_len,
         const char *value, size_t n)
{
	const char *clean;
	int err;

	if (!form_is_name(name, name_len) || memchr(value, '\0', n) != NULL)
		return ERR_INVALID;
	if (f->n == FORM_FIELDS)
		return ERR_TOO_LONG;
	err = text_clean(a, value, n, TEXT_LINES, FORM_TEXT, &clean);
	if (err != OK)
		return err;
	f->fields[f->n].name = arena_strndup(a, name, name_len);
	f->fields[f->n++].value = clean;
	return OK;
}

static int
add_pair(struct arena *a, const char *pair, size_t n, struct form *out)
{
	const char *equals = memchr(pair, '=', n);
	size_t name_len = equals != NULL ? (size_t)(equals - pair) : n, len = 0;
	const char *value = "";

	if (equals != NULL)
		value = decode(a, equals + 1, n - name_len - 1, &len);
	if (value == NULL)
		return ERR_INVALID;
	return form_add(a, out, pair, name_len, value, len);
}

int
form_parse(struct arena *a, const char *body, size_t n, struct form *out)
{
	struct form form = {.n = 0};
	size_t at = 0;

	while (at < n) {
		const char *end = memchr(body + at, '&', n - at);
		size_t len = end != NULL ? (size_t)(end - body) - at : n - at;
		int err = add_pair(a, body + at, len, &form);

		if (err != OK)
			return err;
		at += len + 1;
	}
	*out = form;
	return OK;
}

const char *
form_value(const struct form *f, const char *name)
{
	for (int i = 0; i < f->n; i++)
		if (strcmp(f->fields[i].name, name) == 0)
			return f->fields[i].value;
	return "";
}

/* The bytes of the first most characters; 0: it is not UTF-8. */
static size_t
beginning(const char *text, int most)
{
	size_t all = strlen(text), n = 0;
	uint32_t ch;

	for (int i = 0; i < most && n < all; i++) {
		int len = text_decode(text + n, all - n, &ch);

		if (len <= 0)
			return 0;
		n += (size_t)len;
	}
	return n;
}

const char *
form_file_name(struct arena *a, const char *said)
{
	const char *clean = "", *at = said;

	for (const char *p = said; *p != '\0'; p++)
		if (*p == '/' || *p == '\\')
			at = p + 1;
	at += strspn(at, ". ");
	if (text_clean(a, at, beginning(at, FORM_FILE_NAME), TEXT_LINE,
	               FORM_FILE_NAME, &clean) != OK)
		return "";
	return clean;
}

/* n capital letters and digits up to that one; what follows is not read. */
static bool
letters(const char *text, int n, char last, char *upper)
{
	for (int i = 0; i < n; i++) {
		char ch = (char)toupper((unsigned char)text[i]);

		if (!((ch >= 'A' && ch <= 'Z') || (ch >= '2' && ch <= last)))
			return false;
		upper[i] = ch;
	}
	upper[n] = '\0';
	return true;
}

bool
form_token(const char *text, char upper[FORM_TOKEN + 1])
{
	return letters(text, FORM_TOKEN, '7', upper) &&
	       text[FORM_TOKEN] == '\0';
}

bool
form_code(const char *text, char upper[FORM_TOKEN + 1],
          char ending[FORM_ENDING + 1])
{
	ending[0] = '\0';
	if (!letters(text, FORM_TOKEN, '7', upper))
		return false;
	text += FORM_TOKEN;
	if (*text != '.')
		return *text == '\0';
	return letters(text + 1, FORM_ENDING, '9', ending) &&
	       text[1 + FORM_ENDING] == '\0';
}

bool
form_number(const char *text, int64_t *number)
{
	enum { DIGITS = 15 };
	size_t n = strspn(text, "0123456789");

	if (n == 0 || n > DIGITS || text[n] != '\0' || text[0] == '0')
		return false;
	*number = strtoll(text, NULL, 10);
	return true;
}

const char *
form_cookie(struct arena *a, const char *header, const char *name)
{
	size_t n = strlen(name);

	while (header != NULL && *header != '\0') {
		header += strspn(header, "; ");
		if (strncmp(header, name, n) == 0 && header[n] == '=')
			return arena_strndup(a, header + n + 1,
			                     strcspn(header + n + 1, "; "));
		header += strcspn(header, ";");
	}
	return "";
}

/* "zh-CN,zh;q=0.9,en;q=0.8": the one of ours with the highest q, the first
 * of equals. */
enum language
form_language(const char *header, enum language fallback)
{
	enum language best = fallback;
	double most = 0;

	while (header != NULL && *header != '\0') {
		size_t n = strcspn(header, ",");
		const char *q = memmem(header, n, "q=", 2);
		double weight = q != NULL ? strtod(q + 2, NULL) : 1;
		bool zh, en;

		while (n > 0 && *header == ' ') {
			header++;
			n--;
		}
		zh = n >= 2 && strncasecmp(header, "zh", 2) == 0;
		en = n >= 2 && strncasecmp(header, "en", 2) == 0;
		if ((zh || en) && weight > most) {
			most = weight;
			best = zh ? LANGUAGE_ZH : LANGUAGE_EN;
		}
		header += n + (header[n] == ',');
	}
	return best;
}

const char *
form_forwarded(struct arena *a, const char *header)
{
	const char *at = header != NULL ? strrchr(header, ',') : NULL;

	if (header == NULL)
		return "";
	at = at != NULL ? at + 1 : header;
	at += strspn(at, " ");
	return arena_strndup(a, at, strcspn(at, " "));
}

const char *
form_attachment(struct arena *a, const char *plain, const char *name)
{
	static const char plain_bytes[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	    "-._~";
	struct buf out = BUF_INIT;
	const char *text;

	buf_addf(&out, "attachment; filename=\"%s\"; filename*=UTF-8''", plain);
	for (; *name != '\0'; name++)
		if (strchr(plain_bytes, *name) != NULL)
			buf_addc(&out, *name);
		else
			buf_addf(&out, "%%%02X",
			         (unsigned)(unsigned char)*name);
	text = arena_strdup(a, out.data);
	buf_clear(&out);
	return text;
}
