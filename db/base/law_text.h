/*
 * The text of a Chinese law read as what it is made of: title, passing notes,
 * 编, 章, 节, 条 by their Chinese numerals; 款 are an article's paragraphs, 项
 * its （一）, （二）. Pure. Every byte belongs to exactly one unit, in order,
 * so the units joined are the text again.
 */
#ifndef DB_BASE_LAW_TEXT_H
#define DB_BASE_LAW_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/err.h"

enum law_kind {
	LAW_TITLE,
	LAW_NOTE, /* dates and passing notes, a preamble, a table of contents */
	LAW_PART,
	LAW_CHAPTER,
	LAW_SECTION,
	LAW_ARTICLE,
	LAW_REST /* after the last article: annexes */
};

struct law_unit {
	enum law_kind kind;
	int64_t number, sub; /* 第十条之一: 10 and 1; 0: none */
	const char *label;   /* 第十条之一, in a */
	size_t begins, ends; /* bytes of the text; ends with its line ends */
	int line;            /* where it begins, from 1 */
};

/* What the reader of a preview should look at. */
enum law_doubt {
	LAW_NO_ARTICLE,
	LAW_TWICE,   /* a number twice */
	LAW_GAP,     /* a number is missing before it */
	LAW_BACK,    /* a number lower than the one before */
	LAW_NUMERAL, /* begins like an article, but its numeral is none */
	LAW_TABLE    /* lines of a table are kept as they are */
};
struct law_warning {
	enum law_doubt doubt;
	int line;
	const char *label;
};

struct law_text {
	struct law_unit *units;
	int n;
	struct law_warning *warnings;
	int warning_count;
	int parts, chapters, sections, articles;
	const char *title; /* without its mark; "" none */
};

enum { LAW_BYTES_MAX = 4 * 1024 * 1024, LAW_UNITS_MAX = 10000 };

/* Plain text or Markdown, UTF-8, any line ends. Errors: ERR_INVALID (no text:
 * empty, not UTF-8, control characters), ERR_TOO_LONG. */
int law_text_read(struct arena *a, const char *text, size_t n,
                  struct law_text *out) MUST_CHECK;

/* 一百二十 is 120, also 〇 两 廿 and digits; -1: not a numeral. */
int64_t law_numeral(const char *text, size_t n);
/* 120 as 一百二十; in a. */
const char *law_numeral_of(struct arena *a, int64_t v);

#endif
