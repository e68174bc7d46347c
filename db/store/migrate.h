/*
 * The migrations, embedded by the Makefile in the order of their names.
 * One that adds a column with a default to a table that events write must
 * also run UPDATE t SET column = column: SQLite's hook reports the old rows
 * as they lie in the file, without the column, and striking out would put
 * NULL back.
 */
#ifndef DB_STORE_MIGRATE_H
#define DB_STORE_MIGRATE_H

struct migration {
	const char *name; /* "0001_store"; NULL ends the table */
	const char *sql;
};

extern const struct migration migrations[];

#endif
