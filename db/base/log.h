/*
 * The log: one line, English, "level event key=value ..." on stderr.
 * Ids, never names, phone numbers, secrets or text of a matter. Values
 * with blanks are quoted; control characters never pass.
 */
#ifndef DB_BASE_LOG_H
#define DB_BASE_LOG_H

#include "db/base/err.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Where lines go; NULL puts them on stderr again. A sandboxed process
 * sets a sink that sends them over its wire. line has no newline. */
void log_sink(void (*sink)(const char *line, void *data), void *data);

/* Lines above level are dropped; LOG_INFO at start. */
void log_set_level(enum log_level level);

/* fmt is the event and its key=value pairs. */
void log_line(enum log_level level, const char *fmt, ...) PRINTF(2, 3);

#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)

#endif
