/*
 * The site's configuration: an INI file whose keys are the rows of
 * config.def. Read once at start and again on SIGHUP; never written.
 */
#ifndef DB_BASE_CONFIG_H
#define DB_BASE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/err.h"

/* A member a key, called section_key. Texts are never NULL; paths are
 * absolute, or "" where the key may be empty. */
struct config {
	struct arena *arena; /* of its texts */
	const char *file;    /* absolute */
#define CONF_STR(section, key, def, low, high, meaning)                        \
	const char *section##_##key;
#define CONF_PATH(section, key, def, low, high, meaning)                       \
	const char *section##_##key;
#define CONF_INT(section, key, def, low, high, meaning) int section##_##key;
#define CONF_SEC(section, key, def, low, high, meaning) int section##_##key;
#define CONF_BOOL(section, key, def, low, high, meaning) bool section##_##key;
#include "db/base/config.def"
#undef CONF_STR
#undef CONF_PATH
#undef CONF_INT
#undef CONF_SEC
#undef CONF_BOOL
};

/*
 * Read file. *out is the caller's (config_free). On error one line for
 * each problem is added to why: "liaison.ini:12: ssh.port: ...".
 * Errors: ERR_CONFIG.
 */
int config_load(const char *file, struct config **out,
                struct buf *why) MUST_CHECK;
void config_free(struct config *cfg); /* NULL is allowed */

/* site.second_factor, where it is empty as the kind of site wants it. */
enum second_factor {
	SECOND_FACTOR_OFF,     /* nobody is asked */
	SECOND_FACTOR_OFFERED, /* who has set one up is asked for it */
	SECOND_FACTOR_REQUIRED /* and whose office needs one must set it up */
};
enum second_factor config_second_factor(const struct config *cfg);

enum { CONFIG_URL_MAX = 300 };
/* Where addresses in codes begin: http.public_url, or what the HTTP port is
 * called when there is none ("http://127.0.0.1:8080"). Returns out. */
const char *config_public_url(const struct config *cfg,
                              char out[CONFIG_URL_MAX]);

/* Every key with its meaning and default, as a configuration file that says
 * what is true without it: conf/liaison.ini and "liaisonctl config". */
void config_print(struct buf *out);

#endif
