/* Chinese numerals as laws number their articles. */
#include "db/base/law_text.h"

#include <string.h>

#include "db/base/text.h"

enum { FEW = 9999, MOST = 99999999, SIGNS = 16 };

static const struct sign {
	int64_t value;
	uint32_t ch;
	bool scales; /* ten, hundred, thousand */
} signs[] = {
    {0, 0x3007, false},  {0, 0x96f6, false},   {1, 0x4e00, false},
    {2, 0x4e8c, false},  {2, 0x4e24, false},   {3, 0x4e09, false},
    {4, 0x56db, false},  {5, 0x4e94, false},   {6, 0x516d, false},
    {7, 0x4e03, false},  {8, 0x516b, false},   {9, 0x4e5d, false},
    {10, 0x5341, true},  {20, 0x5eff, false},  {30, 0x5345, false},
    {100, 0x767e, true}, {1000, 0x5343, true}, {10000, 0x4e07, true},
};

static bool
sign_of(uint32_t ch, struct sign *out)
{
	ch = text_fold_char(ch);
	if (ch >= '0' && ch <= '9') {
		*out = (struct sign){(int64_t)ch - '0', ch, false};
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
