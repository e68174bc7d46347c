/*
 * The encodings a terminal may speak. Inside everything is UTF-8; liaison-net
 * converts at the edge (server/net/convert.h), the others only name them.
 */
#ifndef DB_BASE_ENCODING_H
#define DB_BASE_ENCODING_H

enum encoding {
	ENCODING_UTF8,
	ENCODING_GB18030,
	ENCODING_GBK, /* as GB18030, of at most two bytes a character */
	ENCODINGS
};

/* "utf-8", "gb18030", "gbk": as an account keeps it. */
const char *encoding_name(enum encoding encoding);

/* The encoding of that name, else what. */
enum encoding encoding_named(const char *name, enum encoding what);

/* What a locale such as "zh_CN.GB18030@x" says; one without an encoding, or
 * with another one, is UTF-8. */
enum encoding encoding_of_locale(const char *locale);

#endif
