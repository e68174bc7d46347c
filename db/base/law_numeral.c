/* Chinese numerals as laws number their articles. */
#include "db/base/law_text.h"

#include <string.h>

#include "db/base/text.h"

enum { FEW = 9999, MOST = 99999999, SIGNS = 16 };

static const struct sign {
	uint32_t ch;
	int64_t value;
	bool scales; /* ten, hundred, thousand */
} signs[] = {
    {0x3007, 0, false},  {0x96f6, 0, false},   {0x4e00, 1, false},
    {0x4e8c, 2, false},  {0x4e24, 2, false},   {0x4e09, 3, false},
    {0x56db, 4, false},  {0x4e94, 5, false},   {0x516d, 6, false},
    {0x4e03, 7, false},  {0x516b, 8, false},   {0x4e5d, 9, false},
    {0x5341, 10, true},  {0x5eff, 20, false},  {0x5345, 30, false},
    {0x767e, 100, true}, {0x5343, 1000, true}, {0x4e07, 10000, true},
};

static bool
sign_of(uint32_t ch, struct sign *out)
{
	ch = text_fold_char(ch);
	if (ch >= '0' && ch <= '9') {
		*out = (struct sign){ch, (int64_t)ch - '0', false};
		return true;
	}
	for (size_t i = 0; i < COUNT(signs); i++)
		if (signs[i].ch == ch) {
			*out = signs[i];
			return true;
		}
	return false;
}

/* Digit after digit, as 120 and 一二〇. */
static int64_t
positional(const struct sign *s, int n)
{
	int64_t v = 0;

	for (int i = 0; i < n && v <= MOST; i++)
		v = v * 10 + s[i].value;
	return v <= MOST ? v : -1;
}

/* With tens, hundreds, thousands: 一百二十, 十, 廿三. */
static int64_t
scaled(const struct sign *s, int n)
{
	int64_t all = 0, part = 0, digit = 0;

	for (int i = 0; i < n; i++) {
		if (!s[i].scales && s[i].value < 10) {
			if (digit > 0)
				return -1;
			digit = s[i].value;
			continue;
		}
		if (!s[i].scales) {
			part += s[i].value;
		} else if (s[i].value > FEW) {
			all = (part + digit) * s[i].value;
			part = 0;
		} else {
			part += (digit > 0 ? digit : 1) * s[i].value;
		}
		digit = 0;
		if (part > FEW || all > MOST)
			return -1;
	}
	return all + part + digit;
}

int64_t
law_numeral(const char *text, size_t n)
{
	struct sign list[SIGNS];
	bool scales = false;
	int count = 0;

	for (size_t i = 0; i < n; count++) {
		uint32_t ch;
		int step = text_decode(text + i, n - i, &ch);

		if (step <= 0 || count == SIGNS || !sign_of(ch, &list[count]))
			return -1;
		scales = scales || list[count].scales || list[count].value > 9;
		i += (size_t)step;
	}
	if (count == 0)
		return -1;
	return scales ? scaled(list, count) : positional(list, count);
}

const char *
law_numeral_of(struct arena *a, int64_t v)
{
	static const char *const digits[] = {"〇", "一", "二", "三", "四",
	                                     "五", "六", "七", "八", "九"};
	static const struct {
		int64_t value;
		const char *name;
	} scales[] = {{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}};
	const char *out = "";
	int64_t left = v;
	bool gap = false;

	if (v <= 0 || v > FEW)
		return arena_printf(a, "%lld", (long long)v);
	for (size_t i = 0; i < COUNT(scales); i++) {
		int64_t digit = left / scales[i].value;

		left %= scales[i].value;
		if (digit == 0) {
			gap = gap || *out != '\0';
			continue;
		}
		/* ten is 十, not 一十 */
		out = arena_printf(a, "%s%s%s%s", out, gap ? "零" : "",
		                   scales[i].value == 10 && digit == 1 &&
		                           *out == '\0'
		                       ? ""
		                       : digits[digit],
		                   scales[i].name);
		gap = false;
	}
	return out;
}
