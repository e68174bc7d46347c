/* Opinions that another system received, with its answers: an answered one is
 * closed on the day of its answer, any other waits to be taken up. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/import_in.h"
#include "db/opinion.h"
#include "db/opinion_leg.h"
#include "db/opinion_note.h"

enum {
	AUTHOR = IMPORT_OWN,
	RECEIVED,
	SUBJECT,
	BODY,
	ANSWER,
	ANSWERED,
	CATEGORY,
	PLACE,
	OFFICE,
	LIKES,
	DISLIKES
};

/* clang-format off */
static const struct import_column columns[] = {
	[IMPORT_NUMBER] = {"id",          "编号",     N_("The source's number of this opinion."), "M2022-0815", 40, true},
	[IMPORT_UNIT]   = {"unit",        "单位",     N_("Town or subdistrict; one's own, or the county itself, when left out."), "周王庙镇", 40, false},
	[AUTHOR]        = {"author",      "留言人",   N_("How the source calls the sender; no contact."), "网友甲", OPINION_SENDER_MAX, false},
	[RECEIVED]      = {"received_at", "留言时间", N_("When it was received."), "2022-03-09 09:30", 40, true},
	[SUBJECT]       = {"subject",     "主题",     N_("Subject; what is too long is kept with the words."), "路灯不亮", 500, false},
	[BODY]          = {"body",        "内容",     N_("What the citizen said."), "村口一段路灯不亮。", OPINION_BODY_MAX, true},
	[ANSWER]        = {"answer",      "答复",     N_("The answer; with it the matter is closed."), "已修复。", OPINION_BODY_MAX, false},
	[ANSWERED]      = {"answered_at", "答复时间", N_("When it was answered."), "2022-03-14 15:00", 40, false},
	[CATEGORY]      = {"category",    "类别",     N_("Category: its name or label."), "路灯", 60, false},
	[PLACE]         = {"place",       "地点",     N_("Where, in words."), "云龙村", OPINION_VENUE_MAX, false},
	[OFFICE]        = {"office",      "承办单位", N_("The handling unit that answered."), "", ORGAN_NAME_MAX, false},
	[LIKES]         = {"likes",       "点赞",     N_("How many agreed; kept as a note."), "", 10, false},
	[DISLIKES]      = {"dislikes",    "反对",     N_("How many did not; kept as a note."), "", 10, false},
};
/* clang-format on */

/* What a line says. */
struct row {
	struct opinion opinion;
	const char *answer; /* NULL: none */
	struct instant answered;
	struct organ_id office; /* 0: not known */
};

/* --- checking -------------------------------------------------------- */

/* A subject that does not fit is cut; the whole of it begins the words. */
static void
check_subject(struct import_run *r, struct opinion *row)
{
	const char *subject = r->cells[SUBJECT];
	size_t left = strlen(subject), n = 0;
	uint32_t ch;

	for (int i = 0; i < OPINION_SUBJECT_MAX && n < left; i++)
		n += (size_t)text_decode(subject + n, left - n, &ch);
	row->subject = arena_strndup(r->page, subject, n);
	row->body = r->cells[BODY];
	if (n < left)
		row->body = arena_printf(r->page, "%s\n%s", subject, row->body);
	if (text_length(row->body) > OPINION_BODY_MAX)
		import_bad_cell(r, BODY, _("this is too long."));
}

static void
check_times(struct import_run *r, struct row *row)
{
	struct instant now = ctx_now(r->c);

	row->opinion.received_at = import_time(r, RECEIVED);
	row->answered = import_time(r, ANSWERED);
	if (row->opinion.received_at.s > now.s)
		import_bad_cell(r, RECEIVED, _("this lies in the future."));
	if (row->answered.s > now.s)
		import_bad_cell(r, ANSWERED, _("this lies in the future."));
	row->answer = *r->cells[ANSWER] != '\0' ? r->cells[ANSWER] : NULL;
	if (row->answer != NULL && row->answered.s == 0)
		import_bad_cell(r, ANSWERED, _("this must be filled in."));
	if (row->answer == NULL && row->answered.s != 0)
		import_bad_cell(r, ANSWER, _("this must be filled in."));
	if (row->answer != NULL && row->answered.s < row->opinion.received_at.s)
		import_bad_cell(r, ANSWERED,
		                _("answered before it was received."));
}

static int
check(struct import_run *r)
{
	struct row *row = arena_alloc(r->page, sizeof(*row));
	int err;

	*row = (struct row){.opinion = {.unit = r->unit,
	                                .venue = r->cells[PLACE],
	                                .sender = r->cells[AUTHOR],
	                                .reason = ""}};
	row->opinion.level =
	    r->unit.v != 0 ? OPINION_OF_UNIT : OPINION_OF_COUNTY;
	r->row = row;
	check_subject(r, &row->opinion);
	check_times(r, row);
	err = import_category(r, CATEGORY, &row->opinion.category);
	return err == OK ? import_office(r, OFFICE, &row->office) : err;
}

/* --- writing --------------------------------------------------------- */

static bool
is_some(const char *number)
{
	return number[strspn(number, "0")] != '\0';
}

static int
write(struct import_run *r, int64_t *record)
{
	struct row *row = r->row;
	struct opinion_id id;
	const char *likes = r->cells[LIKES], *dislikes = r->cells[DISLIKES];
	int err = opinion_record(r->c, &row->opinion, row->answer,
	                         row->answered, &id);

	if (err == OK && row->answer != NULL && row->office.v != 0) {
		row->opinion.id = id;
		row->opinion.station = r->station;
		err =
		    leg_record(r->c, &row->opinion, row->office, row->answered);
	}
	if (err == OK && (is_some(likes) || is_some(dislikes)))
		err = note_record(
		    r->c, id, NOTE_NOTE,
		    arena_printf(r->page, _("Online %s agreed, %s did not."),
		                 *likes != '\0' ? likes : "0",
		                 *dislikes != '\0' ? dislikes : "0"),
		    ctx_now(r->c));
	if (err == OK)
		*record = id.v;
	return err;
}

const struct import_spec import_opinion_spec = {
    .name = "opinions",
    .label = N_("Opinions"),
    .perm = PERM_IMPORT_WRITE,
    .action = ACTION_IMPORT_OPINIONS,
    .entity = ENTITY_OPINION,
    .columns = columns,
    .column_count = COUNT(columns),
    .check = check,
    .write = write,
};
