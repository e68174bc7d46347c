/* The one file that includes ini.h. */
#include "db/base/config.h"

#include <errno.h>
#include <ini.h>
#include <libgen.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/source.h"

enum kind { STR, PATH, INT, SEC, BOOL };

struct row {
	const char *section, *key;
	enum kind kind;
	const char *def;
	int low, high;
	size_t at;
	const char *meaning;
};

/* clang-format off */
#define ROW(kind, section, key, def, low, high, meaning) \
	{#section, #key, kind, def, low, high, \
	 offsetof(struct config, section##_##key), meaning},
#define CONF_STR(s, k, d, l, h, m) ROW(STR, s, k, d, l, h, m)
#define CONF_PATH(s, k, d, l, h, m) ROW(PATH, s, k, d, l, h, m)
#define CONF_INT(s, k, d, l, h, m) ROW(INT, s, k, #d, l, h, m)
#define CONF_SEC(s, k, d, l, h, m) ROW(SEC, s, k, #d, l, h, m)
#define CONF_BOOL(s, k, d, l, h, m) ROW(BOOL, s, k, (d) ? "yes" : "no", l, h, m)
static const struct row rows[] = {
#include "db/base/config.def"
};
#undef ROW
#undef CONF_STR
#undef CONF_PATH
#undef CONF_INT
#undef CONF_SEC
#undef CONF_BOOL
/* clang-format on */

struct reader {
	FILE *file;
	const char *name; /* as given, for messages */
	int line;
	bool too_long; /* the line did not fit and was reported */
	struct config *cfg;
	int seen[COUNT(rows)]; /* line that gave it; 0: none */
	struct buf *why;
	int faults;
};

static void
fault(struct reader *r, int line, const char *key, const char *text,
      const char *value)
{
	buf_addf(r->why, "%s:%d: ", r->name, line);
	if (key[0] != '\0')
		buf_addf(r->why, "%s: ", key);
	buf_add(r->why, text);
	if (value[0] != '\0')
		buf_addf(r->why, ": %.100s", value);
	buf_addc(r->why, '\n');
	r->faults++;
}

static void
set_text(struct config *cfg, const struct row *row, const char *value)
{
	const char *kept = arena_strdup(cfg->arena, value);

	memcpy((char *)cfg + row->at, &kept, sizeof(kept));
}

static void
set_number(struct config *cfg, const struct row *row, int v)
{
	memcpy((char *)cfg + row->at, &v, sizeof(v));
}

static void
set_bool(struct config *cfg, const struct row *row, bool v)
{
	memcpy((char *)cfg + row->at, &v, sizeof(v));
}

/* A whole number within the row's limits. */
static bool
read_number(const struct row *row, const char *value, int *out)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(value, &end, 10);
	if (errno != 0 || end == value || *end != '\0' || v < row->low ||
	    v > row->high)
		return false;
	*out = (int)v;
	return true;
}

static bool
read_bool(const char *value, bool *out)
{
	*out = strcmp(value, "yes") == 0;
	return *out || strcmp(value, "no") == 0;
}

/* Put value where row says, if it is one. */
static bool
set(struct config *cfg, const struct row *row, const char *value)
{
	size_t n = strlen(value);
	int number;
	bool flag;

	switch (row->kind) {
	case STR:
	case PATH:
		if (n < (size_t)row->low || n > (size_t)row->high)
			return false;
		set_text(cfg, row, value);
		return true;
	case INT:
	case SEC:
		if (!read_number(row, value, &number))
			return false;
		set_number(cfg, row, number);
		return true;
	case BOOL:
		if (!read_bool(value, &flag))
			return false;
		set_bool(cfg, row, flag);
		return true;
	}
	return false;
}

static const char *
wanted(const struct row *row, struct arena *a)
{
	switch (row->kind) {
	case STR:
	case PATH:
		return arena_printf(a, "must be %d to %d bytes long", row->low,
		                    row->high);
	case INT:
		return arena_printf(a, "must be a number from %d to %d",
		                    row->low, row->high);
	case SEC:
		return arena_printf(a, "must be seconds from %d to %d",
		                    row->low, row->high);
	case BOOL:
		return "must be yes or no";
	}
	return "";
}

static int
find(const char *section, const char *key)
{
	for (int i = 0; i < (int)COUNT(rows); i++)
		if (strcmp(rows[i].section, section) == 0 &&
		    strcmp(rows[i].key, key) == 0)
			return i;
	return -1;
}

static int
on_key(void *data, const char *section, const char *key, const char *value)
{
	struct reader *r = data;
	struct arena *a = r->cfg->arena;
	const char *name = arena_printf(a, "%.40s.%.40s", section, key);
	int i = find(section, key);

	if (i < 0)
		fault(r, r->line, name, "there is no such key", "");
	else if (r->seen[i] > 0)
		fault(r, r->line, name, "is given a second time", "");
	else if (!set(r->cfg, &rows[i], value))
		fault(r, r->line, name, wanted(&rows[i], a), value);
	if (i >= 0)
		r->seen[i] = r->line;
	return 1; /* go on, so that all faults are named at once */
}

/* inih's way to read a line; ours knows which line it is, and refuses one
 * that does not fit instead of reading its rest as a line. */
static char *
next_line(char *out, int size, void *data)
{
	struct reader *r = data;
	size_t n;
	int ch;

	if (fgets(out, size, r->file) == NULL)
		return NULL;
	r->line++;
	n = strlen(out);
	if (n + 1 < (size_t)size || (n > 0 && out[n - 1] == '\n'))
		return out;
	fault(r, r->line, "", "the line is too long", "");
	while ((ch = fgetc(r->file)) != EOF && ch != '\n')
		;
	out[0] = '\0';
	return out;
}

/* Relative paths lie beside the file, whatever folder we were started in. */
static void
make_absolute(struct config *cfg)
{
	char *folder = arena_strdup(cfg->arena, cfg->file);

	folder = dirname(folder);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *path;

		if (rows[i].kind != PATH)
			continue;
		memcpy(&path, (const char *)cfg + rows[i].at, sizeof(path));
		if (path[0] != '\0' && path[0] != '/')
			set_text(
			    cfg, &rows[i],
			    arena_printf(cfg->arena, "%s/%s", folder, path));
	}
}

static bool
is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static int
line_of(const struct reader *r, const char *section, const char *key)
{
	int line = r->seen[find(section, key)];

	return line > 0 ? line : 1;
}

static void
check_limits(struct reader *r)
{
	const struct config *cfg = r->cfg;
	struct source_list exempt;

	if (source_list_parse(cfg->limits_exempt, &exempt) != OK)
		fault(r, line_of(r, "limits", "exempt"), "limits.exempt",
		      "must be addresses and blocks such as 10.1.2.0/24",
		      cfg->limits_exempt);
	if (cfg->limits_penalty_max_seconds < cfg->limits_penalty_seconds)
		fault(r, line_of(r, "limits", "penalty_max_seconds"),
		      "limits.penalty_max_seconds",
		      "must not be less than limits.penalty_seconds", "");
}

static void
check_blocks(struct reader *r, const char *section, const char *key,
             const char *name, const char *text)
{
	struct source_list list;

	if (source_list_parse(text, &list) != OK)
		fault(r, line_of(r, section, key), name,
		      "must be addresses and blocks such as 10.1.2.0/24", text);
}

/* Secrets pass there: in the clear only inside this machine, unless somebody
 * has said that it is meant. */
static void
check_http(struct reader *r)
{
	const struct config *cfg = r->cfg;

	check_blocks(r, "http", "trusted_proxy", "http.trusted_proxy",
	             cfg->http_trusted_proxy);
	check_blocks(r, "http", "metrics", "http.metrics", cfg->http_metrics);
	check_blocks(r, "robot", "sources", "robot.sources",
	             cfg->robot_sources);
	if ((cfg->http_tls_cert[0] == '\0') != (cfg->http_tls_key[0] == '\0'))
		fault(r, line_of(r, "http", "tls_cert"), "http.tls_cert",
		      "needs http.tls_key, and that needs it", "");
	if (cfg->http_tls_cert[0] == '\0' && !cfg->http_plain &&
	    !is_loopback(cfg->http_listen))
		fault(r, line_of(r, "http", "listen"), "http.listen",
		      "must be loopback without http.tls_cert, unless "
		      "http.plain is set",
		      cfg->http_listen);
}

static const char *const second_factors[] = {
    [SECOND_FACTOR_OFF] = "off",
    [SECOND_FACTOR_OFFERED] = "offered",
    [SECOND_FACTOR_REQUIRED] = "required",
};

static bool
is_second_factor(const char *text)
{
	for (size_t i = 0; i < COUNT(second_factors); i++)
		if (strcmp(second_factors[i], text) == 0)
			return true;
	return *text == '\0';
}

enum second_factor
config_second_factor(const struct config *cfg)
{
	for (size_t i = 0; i < COUNT(second_factors); i++)
		if (strcmp(second_factors[i], cfg->site_second_factor) == 0)
			return (enum second_factor)i;
	return cfg->site_demo ? SECOND_FACTOR_OFF : SECOND_FACTOR_REQUIRED;
}

/* What no single key can know. */
static void
check_together(struct reader *r)
{
	struct config *cfg = r->cfg;
	char *folder = dirname(arena_strdup(cfg->arena, cfg->database_path));

	if (strcmp(cfg->site_language, "zh") != 0 &&
	    strcmp(cfg->site_language, "en") != 0)
		fault(r, line_of(r, "site", "language"), "site.language",
		      "must be zh or en", cfg->site_language);
	if (!is_second_factor(cfg->site_second_factor))
		fault(r, line_of(r, "site", "second_factor"),
		      "site.second_factor", "must be required, offered or off",
		      cfg->site_second_factor);
	if (strcmp(folder, cfg->site_keys) == 0)
		fault(r, line_of(r, "site", "keys"), "site.keys",
		      "must not be the folder of the database", "");
	if (cfg->site_demo && !is_loopback(cfg->ssh_listen))
		fault(r, line_of(r, "ssh", "listen"), "ssh.listen",
		      "must be loopback on a demo site", cfg->ssh_listen);
	if (cfg->site_demo && !is_loopback(cfg->http_listen))
		fault(r, line_of(r, "http", "listen"), "http.listen",
		      "must be loopback on a demo site", cfg->http_listen);
	if (cfg->site_clock[0] != '\0' && !cfg->site_demo)
		fault(r, line_of(r, "site", "clock"), "site.clock",
		      "is for demo sites only", "");
	check_limits(r);
	check_http(r);
}

static struct config *
new_with_defaults(void)
{
	struct arena *a = arena_new();
	struct config *cfg = arena_alloc(a, sizeof(*cfg));

	cfg->arena = a;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (!set(cfg, &rows[i], rows[i].def))
			abort(); /* a default outside its own limits */
	return cfg;
}

static void
read_file(struct reader *r)
{
	int bad = ini_parse_stream(next_line, r, on_key, r);

	/* faults of keys do not stop it, so bad is a line of another shape */
	if (bad > 0)
		fault(r, bad, "", "is neither [section] nor key = value", "");
	if (bad < 0)
		fault(r, r->line, "", "could not be read", "");
	make_absolute(r->cfg);
	check_together(r);
}

int
config_load(const char *file, struct config **out, struct buf *why)
{
	struct reader r = {.name = file, .why = why};
	char path[PATH_MAX];

	r.file = fopen(file, "re");
	if (r.file == NULL || realpath(file, path) == NULL) {
		buf_addf(why, "%s: %s\n", file, strerror(errno));
		if (r.file != NULL)
			(void)fclose(r.file);
		return ERR_CONFIG;
	}
	r.cfg = new_with_defaults();
	r.cfg->file = arena_strdup(r.cfg->arena, path);
	read_file(&r);
	(void)fclose(r.file);
	if (r.faults > 0) {
		config_free(r.cfg);
		return ERR_CONFIG;
	}
	*out = r.cfg;
	return OK;
}

void
config_free(struct config *cfg)
{
	if (cfg != NULL)
		arena_free(cfg->arena);
}

void
config_print(struct buf *out)
{
	const char *section = "";

	buf_add(out, "; liaison.ini, printed by \"liaisonctl config\": every "
	             "key, its meaning and what holds without it.\n");
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];

		if (strcmp(section, row->section) != 0)
			buf_addf(out, "\n[%s]\n", row->section);
		section = row->section;
		buf_addf(out, "; %s", row->meaning);
		if (row->kind == INT || row->kind == SEC)
			buf_addf(out, " (%d to %d)", row->low, row->high);
		buf_addf(out, "\n%s =%s%s\n", row->key,
		         row->def[0] != '\0' ? " " : "", row->def);
	}
}

const char *
config_public_url(const struct config *cfg, char out[CONFIG_URL_MAX])
{
	bool v6 = strchr(cfg->http_listen, ':') != NULL;

	if (cfg->http_public_url[0] != '\0')
		(void)snprintf(out, CONFIG_URL_MAX, "%s", cfg->http_public_url);
	else
		(void)snprintf(out, CONFIG_URL_MAX, "http%s://%s%s%s:%d",
		               cfg->http_tls_cert[0] != '\0' ? "s" : "",
		               v6 ? "[" : "", cfg->http_listen, v6 ? "]" : "",
		               (int)cfg->http_port);
	return out;
}
