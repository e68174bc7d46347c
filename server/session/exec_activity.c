/* Commands about activities: the newest ones, signing in, the code. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/qr.h"
#include "db/base/text.h"
#include "db/code.h"
#include "db/participant.h"
#include "server/session/exec.h"

enum { NEWEST = 50, QUIET = 4, HALF_BLOCK = 0x2580 };

/* --- activities ---------------------------------------------------------- */

static void
add_line(struct exec *x, const void *row)
{
	const struct activity_line *r = row;
	const char *kind = activity_kind_label(r->kind_label, r->kind_label_en);

	buf_addf(&x->out,
	         "%6" PRId64 "  %s  %s  %s  %3" PRId64 "/%-3" PRId64 "  %s\n",
	         r->id.v, instant_show(x->a, r->starts_at, ctx_today(x->c)),
	         text_pad(x->a, r->title, 32, false),
	         text_pad(x->a, kind, 10, false), r->present, r->total,
	         _(activity_states[r->state].label));
}

static struct json *
line_json(struct exec *x, const void *row)
{
	const struct activity_line *r = row;
	struct json *j = json_new_object();

	json_set_int(j, "number", r->id.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "kind", r->kind);
	json_set_text(j, "unit", r->unit_name);
	json_set_text(j, "venue", r->venue);
	json_set_text(j, "starts_at", instant_iso(x->a, r->starts_at));
	json_set_text(j, "ends_at", instant_iso(x->a, r->ends_at));
	json_set_text(j, "state", activity_states[r->state].name);
	json_set_int(j, "present", r->present);
	json_set_int(j, "total", r->total);
	return j;
}

int
exec_activities(struct exec *x)
{
	static const struct exec_list how = {"activities", add_line, line_json};
	const struct list_query query = {.order = ACTIVITY_BY_LATEST};
	const struct list_spec *spec =
	    x->c->scope == SCOPE_SELF ? &activity_mine_list : &activity_list;
	int err = x->count > 0 ? ERR_USAGE : activity_tick(x->c, NULL);

	return err == OK ? exec_list(x, &how, spec, &query, NEWEST) : err;
}

/* --- checkin ------------------------------------------------------------- */

int
exec_checkin(struct exec *x)
{
	struct check_in done;
	struct json *j;
	int err;

	if (x->count != 1)
		return ERR_USAGE;
	err = participant_check_in(x->c, x->a, x->words[0], &done);
	if (err != OK)
		return err;
	if (!x->json) {
		buf_addf(&x->out, "%s  %s  %s\n",
		         done.already ? _("Signed in before") : _("Signed in"),
		         instant_show_time(x->a, done.signed_at), done.title);
		return OK;
	}
	j = json_new_object();
	json_set_int(j, "activity", done.activity.v);
	json_set_text(j, "title", done.title);
	json_set_bool(j, "already", done.already);
	json_set_bool(j, "late", done.late);
	json_set_bool(j, "walk_in", done.walk_in);
	json_set_text(j, "signed_at", instant_iso(x->a, done.signed_at));
	exec_json(x, j);
	return OK;
}

/* --- qr ------------------------------------------------------------------ */

/* By the activity's number, else by the short code itself; either way only
 * a code that the acting person may see. */
static int
find_code(struct exec *x, const char *text, struct code *out)
{
	const char *folded = code_fold(x->a, text);
	char *end;
	int64_t number = strtoll(folded, &end, 10);
	int err = ERR_NOT_FOUND;

	if (*folded != '\0' && *end == '\0')
		err = code_for_activity(x->c, x->a,
		                        (struct activity_id){number}, out);
	if (err == ERR_NOT_FOUND && strlen(folded) == CODE_SHORT) {
		err = code_find(x->c, x->a, folded, (struct instant){0}, out);
		if (err == OK)
			err = code_get(x->c, x->a, out->id, out);
	}
	return err;
}

static bool
is_dark(const unsigned char *modules, int size, int row, int column)
{
	row -= QUIET;
	column -= QUIET;
	return row >= 0 && column >= 0 && row < size && column < size &&
	       modules[row * size + column] != 0;
}

/* Where half blocks are two columns wide: two blanks a module. */
static void
add_wide_qr(struct exec *x, const unsigned char *modules, int size)
{
	int side = size + 2 * QUIET;

	for (int row = 0; row < side; row++) {
		for (int column = 0; column < side; column++)
			buf_add(&x->out, is_dark(modules, size, row, column)
			                     ? "\033[40m  "
			                     : "\033[107m  ");
		buf_add(&x->out, "\033[m\n");
	}
}

/* Black on white by explicit colours, two modules a character. */
static void
add_qr(struct exec *x, const unsigned char *modules, int size)
{
	static const char *const blocks[] = {" ", "\u2584", "\u2580", "\u2588"};
	int side = size + 2 * QUIET;

	for (int row = 0; row < side; row += 2) {
		buf_add(&x->out, "\033[30;107m");
		for (int column = 0; column < side; column++) {
			int up = is_dark(modules, size, row, column);
			int low = is_dark(modules, size, row + 1, column);

			buf_add(&x->out, blocks[2 * up + low]);
		}
		buf_add(&x->out, "\033[m\n");
	}
}

static void
qr_json(struct exec *x, const struct code *code, const char *payload,
        const unsigned char *modules, int size)
{
	struct json *j = json_new_object(), *rows = json_new_array();

	for (int row = 0; row < size; row++) {
		char *line = arena_alloc(x->a, (size_t)size + 1);

		for (int i = 0; i < size; i++)
			line[i] = modules[row * size + i] != 0 ? '1' : '0';
		json_add_text(rows, line);
	}
	json_set_text(j, "short", code->short_code);
	json_set_text(j, "payload", payload);
	json_set_text(j, "valid_from", instant_iso(x->a, code->valid_from));
	json_set_text(j, "valid_to", instant_iso(x->a, code->valid_to));
	json_set(j, "modules", rows);
	exec_json(x, j);
}

int
exec_qr(struct exec *x)
{
	const char *url = x->host->public_url;
	const char *payload;
	const unsigned char *modules;
	struct code code;
	int size, err;

	if (x->count != 1)
		return ERR_USAGE;
	err = find_code(x, x->words[0], &code);
	if (err == OK)
		err = code_usable(x->c, &code);
	if (err != OK && err != ERR_EARLY)
		return err;
	if (url == NULL || *url == '\0') {
		exec_say(x, "%s",
		         _("There is no public address to put into a"
		           " code; the administrator sets [http]"
		           " public_url."));
		return ERR_UNAVAILABLE;
	}
	err = code_shown(x->c, x->a, &code, &code);
	if (err != OK)
		return err;
	payload = code_payload(x->a, &code, url);
	err = qr_make(x->a, payload, &size, &modules);
	if (err != OK)
		return err;
	if (x->json) {
		qr_json(x, &code, payload, modules, size);
		return OK;
	}
	if (text_char_width(HALF_BLOCK) == 1)
		add_qr(x, modules, size);
	else
		add_wide_qr(x, modules, size);
	buf_addf(&x->out, "%s\n", code_spaced(x->a, code.short_code));
	return OK;
}
