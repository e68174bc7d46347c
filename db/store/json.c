/*
 * Writing the JSON of undo and audit: texts come back byte for byte, which
 * a general library does not promise. Blobs and texts with a NUL inside,
 * which none of our columns holds today, are written as hexadecimal.
 */
#include <stdio.h>
#include <string.h>

#include "db/base/secret.h"
#include "db/store/inner.h"

enum { PREFIX = 16 }; /* digits of a hash that the audit keeps of a text */

void
json_text(struct buf *b, const char *s, size_t n)
{
	size_t plain = 0;

	buf_addc(b, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)s[i];

		if (ch >= 0x20 && ch != '"' && ch != '\\')
			continue;
		buf_addn(b, s + plain, i - plain);
		if (ch < 0x20)
			buf_addf(b, "\\u%04x", ch);
		else
			buf_addf(b, "\\%c", ch);
		plain = i + 1;
	}
	buf_addn(b, s + plain, n - plain);
	buf_addc(b, '"');
}

/* printf's machinery is a tenth of the time of an event. */
void
json_int(struct buf *b, int64_t v)
{
	char text[24];
	size_t at = sizeof(text);
	uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		text[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (v < 0)
		text[--at] = '-';
	buf_addn(b, text + at, sizeof(text) - at);
}

static void
add_hex(struct buf *b, const char *kind, const void *data, size_t n)
{
	const unsigned char *p = data;

	buf_addf(b, "{\"%s\":\"", kind);
	for (size_t i = 0; i < n; i++)
		buf_addf(b, "%02x", p[i]);
	buf_add(b, "\"}");
}

void
json_value(struct buf *b, sqlite3_value *v)
{
	size_t n;
	const char *s;

	switch (sqlite3_value_type(v)) {
	case SQLITE_NULL:
		buf_add(b, "null");
		break;
	case SQLITE_INTEGER:
		json_int(b, sqlite3_value_int64(v));
		break;
	case SQLITE_FLOAT:
		buf_addf(b, "%#.17g", sqlite3_value_double(v));
		break;
	case SQLITE_BLOB:
		n = (size_t)sqlite3_value_bytes(v);
		add_hex(b, "blob", sqlite3_value_blob(v), n);
		break;
	default:
		s = (const char *)sqlite3_value_text(v);
		n = (size_t)sqlite3_value_bytes(v);
		if (s == NULL)
			buf_add(b, "\"\"");
		else if (memchr(s, '\0', n) != NULL)
			add_hex(b, "text", s, n);
		else
			json_text(b, s, n);
		break;
	}
}

void
json_hashed(struct buf *b, sqlite3_value *v)
{
	char hash[SECRET_HEX + 1];
	size_t at = b->len;

	/* Written in place, hashed, and taken out again. */
	json_value(b, v);
	secret_sha256(b->data + at, b->len - at, hash);
	buf_truncate(b, at);
	buf_add(b, "\"#");
	buf_addn(b, hash, PREFIX);
	buf_addc(b, '"');
}
