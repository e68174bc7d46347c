/*
 * Readings of names by ICU: Han-Latin/Names knows most surnames that read
 * otherwise than as a word; the table below has those it gets wrong. What
 * is read wrongly all the same can be corrected in the person's form.
 */
#include "db/base/names.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "db/base/buf.h"
#include "db/base/text.h"

/* clang-format off */
/* The surname at the head of a name and how it reads. The longer stand
 * before the shorter that begin alike. */
static const struct {
	const char *surname, *pinyin;
} corrections[] = {
	{"单于", "chan yu"}, {"尉迟", "yu chi"},
	{"朴", "piao"}, {"缪", "miao"}, {"覃", "qin"},  {"薄", "bo"},
	{"洗", "xian"}, {"藏", "zang"}, {"黑", "he"},   {"都", "du"},
	{"大", "dai"},  {"阚", "kan"},  {"郇", "xun"},  {"乜", "nie"},
	{"贠", "yun"},  {"颉", "xie"},  {"佴", "nai"},  {"能", "nai"},
	{"么", "yao"},  {"不", "fou"},  {"会", "gui"},  {"还", "huan"},
	{"番", "pan"},  {"尺", "che"},  {"佛", "fu"},   {"祭", "zhai"},
	{"句", "gou"},  {"蔚", "yu"},   {"牟", "mou"},  {"莘", "shen"},
	{"尉", "wei"},  {"单", "shan"}, {"仇", "qiu"},  {"曾", "zeng"},
};
/* clang-format on */

enum { NAME_UNITS = 256, PINYIN_UNITS = 2048, STROKE_BYTES = 512 };

/* Opening ICU's tables takes 170 ms, so they stay open for the process.
 * They hold nothing that one call could leave behind for the next. */
static UTransliterator *transliterator;
static UCollator *collator;

static bool
tables_open(void)
{
	static const UChar id[] = u"Han-Latin/Names; NFD; Lower";
	UErrorCode e = U_ZERO_ERROR;

	if (transliterator == NULL)
		transliterator =
		    utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
	if (U_SUCCESS(e) && collator == NULL)
		collator = ucol_open("zh@collation=stroke", &e);
	return U_SUCCESS(e) && transliterator != NULL && collator != NULL;
}

/* Pinyin with its tones (decomposed) as plain letters, blanks between the
 * syllables; u with dots becomes v, as people type it. */
static const char *
plain(struct arena *a, const char *toned)
{
	struct buf out = BUF_INIT;
	const char *result;
	bool gap = false;

	for (size_t n = strlen(toned); n > 0;) {
		uint32_t ch;
		int len = text_decode(toned, n, &ch);

		if (len <= 0)
			break;
		toned += len;
		n -= (size_t)len;
		if (ch >= 'A' && ch <= 'Z')
			ch += 'a' - 'A';
		if ((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9')) {
			if (gap && out.len > 0)
				buf_addc(&out, ' ');
			gap = false;
			buf_addc(&out, (char)ch);
		} else if (ch == 0x308 && out.len > 0 &&
		           out.data[out.len - 1] == 'u') {
			out.data[out.len - 1] = 'v';
		} else if (ch != '\'' && (ch < 0x300 || ch > 0x36f)) {
			gap = true;
		}
	}
	result = arena_strdup(a, out.data);
	buf_clear(&out);
	return result;
}

/* pinyin with the surname's syllables corrected. */
static const char *
correct(struct arena *a, const char *name, const char *pinyin)
{
	for (size_t i = 0; i < COUNT(corrections); i++) {
		const char *surname = corrections[i].surname;
		const char *rest = pinyin;

		/* A surname alone is no name: a word, or one letter's slip. */
		if (strncmp(name, surname, strlen(surname)) != 0 ||
		    strlen(name) == strlen(surname))
			continue;
		for (size_t n = text_length(surname); n > 0; n--) {
			rest += strcspn(rest, " ");
			rest += strspn(rest, " ");
		}
		return arena_printf(a, "%s%s%s", corrections[i].pinyin,
		                    *rest != '\0' ? " " : "", rest);
	}
	return pinyin;
}

static const char *
stroke_key(struct arena *a, const UChar *name, int32_t len)
{
	uint8_t key[STROKE_BYTES];
	struct buf out = BUF_INIT;
	const char *result;
	int32_t n = ucol_getSortKey(collator, name, len, key, sizeof(key));

	if (n > (int32_t)sizeof(key))
		n = sizeof(key);
	/* The last byte is a NUL. */
	for (int32_t i = 0; i + 1 < n; i++)
		buf_addf(&out, "%02x", key[i]);
	result = arena_strdup(a, out.data);
	buf_clear(&out);
	return result;
}

int
names_read(struct arena *a, const char *name, struct names_reading *out)
{
	UChar text[PINYIN_UNITS];
	char toned[3 * PINYIN_UNITS + 1];
	UErrorCode e = U_ZERO_ERROR;
	const char *stroke, *pinyin;
	int32_t len, limit;

	if (!tables_open())
		return ERR_UNAVAILABLE;

	u_strFromUTF8(text, NAME_UNITS, &len, name, -1, &e);
	if (U_FAILURE(e) || len >= NAME_UNITS)
		return ERR_TOO_LONG;
	stroke = stroke_key(a, text, len);

	limit = len;
	utrans_transUChars(transliterator, text, &len, PINYIN_UNITS, 0, &limit,
	                   &e);
	u_strToUTF8(toned, sizeof(toned), NULL, text, len, &e);
	if (U_FAILURE(e))
		return ERR_UNAVAILABLE;

	pinyin = correct(a, name, plain(a, toned));
	out->pinyin = pinyin;
	out->initials = names_initials(a, pinyin);
	out->stroke = stroke;
	return OK;
}

const char *
names_initials(struct arena *a, const char *pinyin)
{
	char *out = arena_strdup(a, pinyin);
	size_t n = 0;

	for (const char *p = pinyin; *p != '\0'; p++)
		if (*p != ' ' && (p == pinyin || p[-1] == ' '))
			out[n++] = *p;
	out[n] = '\0';
	return out;
}
