/* Does the site hold together: counters, links, audit; how much there is. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/attachment_files.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/stats.h"
#include "db/store/audit.h"
#include "db/store/check.h"
#include "server/ctl/ctl.h"
#include "server/lib/seal.h"

/* --- check --------------------------------------------------------------- */

static void
found(void *data, const char *rule, const char *text)
{
	struct json *problems = data, *row;

	if (problems == NULL) {
		(void)printf("%s: %s\n", rule, text);
		return;
	}
	row = json_new_object();
	json_set_text(row, "rule", rule);
	json_set_text(row, "text", text);
	json_add(problems, row);
}

int
ctl_check(struct ctl *ctl)
{
	struct json *root = NULL, *problems = NULL;
	int n, err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	if (ctl->json)
		problems = json_new_array();
	err = check_run(&ctl->c, found, problems, &n);
	if (err == OK)
		err = files_check(&ctl->c, found, problems, &n);
	if (err != OK) {
		json_free(problems);
		return err;
	}
	if (ctl->json) {
		root = json_new_object();
		json_set_int(root, "problems", n);
		json_set(root, "found", problems);
		ctl_json(ctl, root);
	} else if (n == 0) {
		(void)puts(_("Everything holds."));
	}
	return n == 0 ? OK : ERR_INVALID;
}

/* --- tidy ---------------------------------------------------------------- */

/* What is written this hour may have its row to come. */
enum { YOUNG_S = 3600 };

int
ctl_tidy(struct ctl *ctl)
{
	int64_t bytes;
	int n, err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	err = files_collect(&ctl->c, YOUNG_S, &n, &bytes);
	if (err == OK)
		(void)printf(P_("%d file that no record names was removed, "
		                "%lld KB.\n",
		                "%d files that no record names were removed, "
		                "%lld KB.\n",
		                (unsigned long)n),
		             n, (long long)((bytes + 1023) / 1024));
	return err;
}

/* --- reindex ------------------------------------------------------------- */

int
ctl_reindex(struct ctl *ctl)
{
	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	return text_index_rebuild(ctl->c.store);
}

/* --- stats --------------------------------------------------------------- */

int
ctl_stats(struct ctl *ctl)
{
	struct json *root = NULL;
	struct stat_line *rows;
	int n, err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	err = stats_list(&ctl->c, ctl->a, &rows, &n);
	if (err != OK)
		return err;
	if (ctl->json)
		root = json_new_object();
	for (int i = 0; i < n; i++) {
		if (ctl->json)
			json_set_int(root, rows[i].name, rows[i].n);
		else
			(void)printf("%-14s %10" PRId64 "\n", rows[i].name,
			             rows[i].n);
	}
	if (ctl->json)
		ctl_json(ctl, root);
	return OK;
}

/* --- audit --------------------------------------------------------------- */

/* The public key, and the heads told outside the database's folder. */
struct seals {
	char public[SECRET_HEX + 1];
	struct audit_head last; /* the newest of the list outside */
	int64_t bad;            /* a line of it that nobody signed */
};

static bool
verify(void *data, const struct audit_head *head, const char *signature)
{
	const struct seals *seals = data;

	return seal_verify(seals->public, head->seq, head->hash, signature);
}

static int
read_seals(struct ctl *ctl, struct seals *out)
{
	const char *key = seal_key_path(ctl->a, ctl->cfg);
	FILE *list;
	char signature[SECRET_SIGNATURE + 1];
	struct audit_head head;
	int64_t line = 0;
	int err;

	err = secret_public_read(arena_printf(ctl->a, "%s.pub", key),
	                         out->public);
	if (err != OK)
		return err;
	list = fopen(seal_list_path(ctl->a, ctl->cfg), "re");
	if (list == NULL)
		return OK; /* nothing was signed yet */
	while (fscanf(list, "%" SCNd64 " %64s %128s", &head.seq, head.hash,
	              signature) == 3) {
		line++;
		if (!verify(out, &head, signature) && out->bad == 0)
			out->bad = line;
		if (head.seq > out->last.seq)
			out->last = head;
	}
	(void)fclose(list);
	return OK;
}

/* The chain may be whole and yet shorter than what was told outside. */
static const char *
compare_outside(struct ctl *ctl, const struct seals *seals,
                const struct audit_head *head, int64_t *bad)
{
	if (seals->bad != 0) {
		*bad = seals->bad;
		return _("a line of the list of signed heads is not signed");
	}
	if (seals->last.seq > head->seq) {
		*bad = head->seq + 1;
		return arena_printf(ctl->a,
		                    _("rows up to %lld were signed and are"
		                      " missing"),
		                    (long long)seals->last.seq);
	}
	return "";
}

static void
print_verdict(struct ctl *ctl, int64_t rows, int64_t bad, const char *why)
{
	struct json *root;

	if (ctl->json) {
		root = json_new_object();
		json_set_int(root, "rows", rows);
		json_set_bool(root, "good", bad == 0);
		json_set_int(root, "bad", bad);
		json_set_text(root, "why", why);
		ctl_json(ctl, root);
	} else if (bad == 0) {
		(void)printf(_("The audit holds: %lld rows.\n"),
		             (long long)rows);
	} else {
		(void)printf(_("The audit does not hold at row %lld: %s\n"),
		             (long long)bad, why);
	}
}

int
ctl_audit_verify(struct ctl *ctl)
{
	struct seals seals = {.bad = 0};
	struct audit_head head;
	const char *why = "";
	int64_t bad = 0;
	int err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	err = read_seals(ctl, &seals);
	if (err == OK)
		err = audit_head(&ctl->c, &head);
	if (err == OK)
		err = audit_verify(&ctl->c, ctl->a, verify, &seals, NULL, &bad,
		                   &why);
	if (err != OK)
		return err;
	if (bad == 0)
		why = compare_outside(ctl, &seals, &head, &bad);
	print_verdict(ctl, head.seq, bad, why);
	return bad == 0 ? OK : ERR_INVALID;
}
