/*
 * Writing HTML. What is said in the format is markup, and the compiler sees
 * to it that this is a literal; whatever is filled in is text, and escaped
 * so that it is safe between tags and in a quoted attribute. There is no
 * other way to write text into a page.
 */
#ifndef DB_BASE_HTML_H
#define DB_BASE_HTML_H

#include "db/base/buf.h"
#include "db/base/err.h"

/* Understands %s %d %lld %%. */
void html_addf(struct buf *out, const char *fmt, ...) PRINTF(2, 3);
/* The QR of text (an address of ours, printable ASCII) as one SVG path, white
 * around it, of class; nothing when it has none. */
void html_add_qr(struct buf *out, const char *class, const char *text);
/* Text of several lines: a paragraph each, empty lines left out. */
void html_add_lines(struct buf *out, const char *text);

#endif
