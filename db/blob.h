/*
 * Files beside the database, called by the SHA-256 of what is in them: in
 * <database>-files/, two characters a folder. A file is complete and on disk
 * before any row names it; one that no row names is an orphan, which
 * `liaisonctl` collects. Knows no entity.
 */
#ifndef DB_BLOB_H
#define DB_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/err.h"
#include "db/base/secret.h"

struct blob_in;

/* Begin a file that is written bit by bit, under a name of its own in
 * <database>-files/new. The caller ends it with blob_keep or blob_drop.
 * Errors: ERR_FULL, ERR_IO. */
int blob_begin(const char *database, struct blob_in **out) MUST_CHECK;
/* Errors: ERR_FULL, ERR_IO. */
int blob_add(struct blob_in *in, const void *data, size_t n) MUST_CHECK;
int64_t blob_size(const struct blob_in *in);
/* Its descriptor, to read or to have another process write; blob_hash reads
 * again what another wrote. Still the blob's. */
int blob_fd(const struct blob_in *in);
int blob_rehash(struct blob_in *in) MUST_CHECK;
/* One more that can only be read; the caller's. Errors: ERR_IO. */
int blob_reader(const struct blob_in *in, int *fd) MUST_CHECK;
/* Give it its name: on disk, with its folder, when this returns. The same
 * content twice is one file. in is gone, whatever is returned.
 * Errors: ERR_FULL, ERR_IO. */
int blob_keep(struct blob_in *in, char hash[SECRET_HEX + 1]) MUST_CHECK;
void blob_drop(struct blob_in *in);

/* The folder of all of them; in a. */
const char *blob_files(struct arena *a, const char *database);
/* Where it lies; in a. */
const char *blob_path(struct arena *a, const char *database, const char *hash);
/* To read. Errors: ERR_NOT_FOUND, ERR_IO. */
int blob_open(const char *database, const char *hash, int *fd) MUST_CHECK;

/* Every file that is there, in no order. visit says whether to remove it: it
 * must leave what changed lately, whose row may be on its way. One that was
 * kept again since visit saw it stays. What is older than new_s seconds in
 * new/ was never finished and goes too.
 * Errors: ERR_IO; what visit returns that is not 0 ends it. */
typedef int blob_visit(void *data, const char *hash, int64_t size,
                       int64_t changed_s, bool *remove);
int blob_walk(const char *database, int64_t new_s, blob_visit *visit,
              void *data) MUST_CHECK;
/* Remove all of them with their folder, as far as possible: of a database
 * that is given up. */
void blob_remove_all(const char *database);

#endif
