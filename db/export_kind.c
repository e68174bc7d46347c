/* Lists to be exported: which screens show them, and their columns. */
#include <string.h>

#include "db/activity.h"
#include "db/audit_list.h"
#include "db/base/i18n.h"
#include "db/campaign.h"
#include "db/code.h"
#include "db/conversion.h"
#include "db/duty_record.h"
#include "db/duty_request.h"
#include "db/export_in.h"
#include "db/export_pool.h"
#include "db/export_project.h"
#include "db/export_stats.h"
#include "db/import.h"
#include "db/instruction.h"
#include "db/law_comment.h"
#include "db/mandate.h"
#include "db/opinion.h"
#include "db/opinion_leg.h"
#include "db/participant.h"
#include "db/person.h"
#include "db/plan_item.h"
#include "db/project.h"
#include "db/rota.h"

#define LIST(spec)                                                             \
	{                                                                      \
		{                                                              \
			"all", &(spec), NULL, true, NULL                       \
		}                                                              \
	}
#define STAFF(spec)                                                            \
	{                                                                      \
		{                                                              \
			"all", &(spec), NULL, false, NULL                      \
		}                                                              \
	}

/* clang-format off */
static const struct export_kind kinds[] = {
	{"activities", N_("Activities"), {
		{"all", &activity_list, NULL, false, NULL},
		{"mine", &activity_mine_list, NULL, true, NULL},
	}, NULL, PERM_NONE, {
		{"number",    N_("Number"),      "id",         NULL},
		{"unit",      N_("Unit"),        "unit_name",  NULL},
		{"title",     N_("Activity"),    "title",      NULL},
		{"kind",      N_("Kind"),        "kind_label", "kind_label_en"},
		{"venue",     N_("Venue"),       "venue",      NULL},
		{"starts_at", N_("Begins"),      "starts_at",  NULL},
		{"ends_at",   N_("Ends"),        "ends_at",    NULL},
		{"state",     N_("State"),       "state",      NULL},
		{"present",   N_("Signed in"),   "present",    NULL},
		{"total",     N_("On the roll"), "total",      NULL},
	}},
	{"opinions", N_("Opinions"), {
		{"all", &opinion_list, &opinion_words, true, NULL},
		{"inbox", &opinion_inbox, &opinion_inbox_words, true, NULL},
		{"hot", &opinion_hot, &opinion_hot_words, true, NULL},
	}, NULL, PERM_NONE, {
		{"number",      N_("Number"),   "id",             NULL},
		{"unit",        N_("Unit"),     "unit_name",      NULL},
		{"received_at", N_("Received on"), "received_at",    NULL},
		{"subject",     N_("Subject"),  "subject",        NULL},
		{"words",       N_("Words"),    "body",           NULL},
		{"category",    N_("Category"), "category_label", "category_label_en"},
		{"place",       N_("Place"),    "venue",          NULL},
		{"source",      N_("Source"),   "source",         NULL},
		{"state",       N_("State"),    "state",          NULL},
		{"result",      N_("Result"),   "result",         NULL},
		{"rating",      N_("Rating"),   "rating",         NULL},
		{"due_on",      N_("Due"),      "due_on",         NULL},
		{"senders",     N_("Senders"),  "senders",        NULL},
		{"urgent",      N_("Urgent"),   "urgent",         NULL},
	}},
	{"opinion_legs", N_("Sent to your office"), STAFF(opinion_leg_list), NULL, PERM_NONE, {
		{"number",  N_("Number"),  "opinion",   NULL},
		{"subject", N_("Subject"), "subject",   NULL},
		{"unit",    N_("Unit"),    "unit_name", NULL},
		{"sent_at", N_("Sent"),    "sent_at",   NULL},
		{"state",   N_("State"),   "state",     NULL},
		{"due_on",  N_("Due"),     "due_on",    NULL},
		{"urgent",  N_("Urgent"),  "urgent",    NULL},
	}},
	{"duty_records", N_("Duty records"), LIST(duty_record_list), NULL, PERM_NONE, {
		{"number",      N_("Number"),   "id",          NULL},
		{"name",        N_("Name"),     "name",        NULL},
		{"happened_at", N_("Date"),     "happened_at", NULL},
		{"kind",        N_("Kind"),     "kind_label",  "kind_label_en"},
		{"title",       N_("Activity"), "title",       NULL},
		{"venue",       N_("Venue"),    "venue",       NULL},
		{"grade",       N_("Grade"),    "grade",       NULL},
		{"points",      N_("Points"),   "points",      NULL},
		{"activity",    N_("Of"),       "subject",     NULL},
	}},
	{"duty_requests", N_("Requests about duty files"), LIST(duty_request_list), NULL, PERM_NONE, {
		{"number",      N_("Number"),        "id",          NULL},
		{"request",     N_("Request"),       "kind",        NULL},
		{"state",       N_("State"),         "state",       NULL},
		{"name",        N_("Name"),          "name",        NULL},
		{"title",       N_("What was done"), "title",       NULL},
		{"kind",        N_("Kind"),          "duty_label",  "duty_label_en"},
		{"happened_at", N_("Date"),          "happened_at", NULL},
		{"asked_at",    N_("Asked"),         "asked_at",    NULL},
	}},
	{"persons", N_("People"), STAFF(person_list), NULL, PERM_NONE, {
		{"number", N_("Number"), "id",     NULL},
		{"unit",   N_("Unit"),   "unit",   NULL},
		{"name",   N_("Name"),   "name",   NULL},
		{"pinyin", N_("Pinyin"), "pinyin", NULL},
		{"post",   N_("Post"),   "job",    NULL},
	}},
	{"deputies", N_("Deputies"), LIST(deputy_list), NULL, PERM_NONE, {
		{"number", N_("Number"),        "person",     NULL},
		{"unit",   N_("Unit"),          "unit_name",  NULL},
		{"name",   N_("Name"),          "name",       NULL},
		{"pinyin", N_("Pinyin"),        "pinyin",     NULL},
		{"post",   N_("Post"),          "job",        NULL},
		{"county", N_("County deputy"), "county",     NULL},
		{"town",   N_("Town deputy"),   "town",       NULL},
		{"group",  N_("Group"),         "group_name", NULL},
		{"place",  N_("Room or point"), "place_name", NULL},
	}},
	{"roll", N_("Roll"), {{"all", &participant_list, NULL, true, "activity"}}, NULL, PERM_NONE, {
		{"number",    N_("Number"),    "person",     NULL},
		{"name",      N_("Name"),      "name",       NULL},
		{"level",     N_("Level"),     "level",      NULL},
		{"group",     N_("Group"),     "group_name", NULL},
		{"state",     N_("State"),     "state",      NULL},
		{"way",       N_("Way"),       "way",        NULL},
		{"signed_at", N_("Signed in"), "signed_at",  NULL},
		{"walk_in",   N_("Walk-in"),   "walk_in",    NULL},
		{"confirmed", N_("Confirmed"), "confirmed",  NULL},
		{"reason",    N_("Reason"),    "reason",     NULL},
	}},
	{"campaigns", N_("Campaigns"), LIST(campaign_list), NULL, PERM_NONE, {
		{"number",     N_("Number"),     "id",         NULL},
		{"title",      N_("Title"),      "title",      NULL},
		{"from_on",    N_("From"),       "from_on",    NULL},
		{"to_on",      N_("To"),         "to_on",      NULL},
		{"state",      N_("State"),      "state",      NULL},
		{"units",      N_("Units"),      "units",      NULL},
		{"planned",    N_("Planned"),    "planned",    NULL},
		{"summed_up",  N_("Summed up"),  "summed",     NULL},
		{"activities", N_("Activities"), "activities", NULL},
		{"deputies",   N_("Deputies"),   "reached",    NULL},
	}},
	{"projects", N_("Livelihood projects"), {
		{"all", &project_list, NULL, true, NULL},
		{"works", &project_works, NULL, true, NULL},
		{"pool", &project_pool, NULL, true, NULL},
	}, NULL, PERM_NONE, {
		{"number",      N_("Number"),      "id",             NULL},
		{"unit",        N_("Unit"),        "unit_name",      NULL},
		{"title",       N_("Title"),       "title",          NULL},
		{"year",        N_("Year"),        "year",           NULL},
		{"category",    N_("Category"),    "category_label", "category_label_en"},
		{"source",      N_("Source"),      "source",         NULL},
		{"state",       N_("State"),       "state",          NULL},
		{"proposals",   N_("Proposals"),   "proposals",      NULL},
		{"proposed_at", N_("Raised on"),    "proposed_at",    NULL},
		{"lead",        N_("Lead unit"),   "lead_name",      NULL},
		{"budget",      N_("Budget"),      "budget",         NULL},
		{"spent",       N_("Spent"),       "spent",          NULL},
		{"done",        N_("Done"),        "done",           NULL},
		{"reported",    N_("Last report"), "reported",       NULL},
		{"due_on",      N_("Due"),         "due_on",         NULL},
		{"published",   N_("Published"),   "published",      NULL},
	}},
	{"conversions", N_("What opinions became"), LIST(conversion_list), NULL, PERM_NONE, {
		{"number",      N_("Number"),   "id",          NULL},
		{"opinion",     N_("Opinion"),  "opinion",     NULL},
		{"became",      N_("Became"),   "kind",        NULL},
		{"state",       N_("State"),    "state",       NULL},
		{"title",       N_("Title"),    "title",       NULL},
		{"text",        N_("Text"),     "text",        NULL},
		{"made_at",     N_("Made"),     "made_at",     NULL},
		{"answered_at", N_("Answered"), "answered_at", NULL},
	}},
	{"instructions", N_("Instructions"), LIST(instruction_list), NULL, PERM_NONE, {
		{"number",   N_("Number"),      "id",       NULL},
		{"from",     N_("Sent from"),        "sender",   NULL},
		{"title",    N_("Instruction"), "title",    NULL},
		{"due_at",   N_("Due"),         "due_at",   NULL},
		{"sent_at",  N_("Sent"),        "sent_at",  NULL},
		{"sent_to",  N_("Sent to"),     "total",    NULL},
		{"received", N_("Received"),    "received", NULL},
		{"done",     N_("Done"),        "done",     NULL},
		{"late",     N_("Overdue"),        "late",     NULL},
	}},
	{"plan", N_("Work plan"), LIST(plan_list), NULL, PERM_NONE, {
		{"number",      N_("Number"),      "id",         NULL},
		{"unit",        N_("Unit"),        "unit_name",  NULL},
		{"title",       N_("Title"),       "title",      NULL},
		{"responsible", N_("Responsible"), "office",     NULL},
		{"month",       N_("Due in"),      "month",      NULL},
		{"state",       N_("State"),       "state",      NULL},
		{"activities",  N_("Activities"),  "activities", NULL},
	}},
	{"rota", N_("Reception rota"), LIST(rota_list), NULL, PERM_NONE, {
		{"number",    N_("Number"),        "id",           NULL},
		{"station",   N_("Station"),       "station_name", NULL},
		{"place",     N_("Room or point"), "place_name",   NULL},
		{"name",      N_("Deputy"),        "name",         NULL},
		{"group",     N_("Group"),         "group_name",   NULL},
		{"starts_at", N_("Begins"),        "starts_at",    NULL},
		{"ends_at",   N_("Ends"),          "ends_at",      NULL},
		{"state",     N_("State"),         "state",        NULL},
		{"reason",    N_("Reason"),        "reason",       NULL},
		{"attended",  N_("Received people"),      "attended",     NULL},
	}},
	{"codes", N_("Codes"), {
		{"all", &code_list, NULL, false, NULL},
		{"bare", &code_bare_list, NULL, false, NULL},
	}, NULL, PERM_NONE, {
		{"number",     N_("Number"),      "id",         NULL},
		{"kind",       N_("Kind"),        "kind",       NULL},
		{"of",         N_("Of"),          "subject",    NULL},
		{"what",       N_("What for"),    "what",       NULL},
		{"unit",       N_("Unit"),        "unit_name",  NULL},
		{"valid_from", N_("Valid from"),  "valid_from", NULL},
		{"valid_to",   N_("Valid until"), "valid_to",   NULL},
		{"revoked_at", N_("Revoked"),     "revoked_at", NULL},
		{"uses",       N_("Uses"),        "scans",      NULL},
	}},
	{"law_comments", N_("Comments"), LIST(law_comment_list), NULL, PERM_NONE, {
		{"number",       N_("Number"),             "id",        NULL},
		{"consultation", N_("Consultation"),       "title",     NULL},
		{"article",      N_("Article"),            "label",     NULL},
		{"unit",         N_("Unit"),               "unit_name", NULL},
		{"name",         N_("Whose"),              "name",      NULL},
		{"source",       N_("Source"),             "source",    NULL},
		{"words",        N_("Comment and reason"), "words",     NULL},
		{"state",        N_("State"),              "state",     NULL},
		{"result",       N_("Result"),             "result",    NULL},
		{"at",           N_("When"),               "at",        NULL},
	}},
	{"imports", N_("Imports"), STAFF(import_list), NULL, PERM_NONE, {
		{"number",   N_("Number"),        "id",       NULL},
		{"kind",     N_("Kind"),          "kind",     NULL},
		{"at",       N_("Date"),          "at",       NULL},
		{"encoding", N_("Encoding"),      "encoding", NULL},
		{"written",  N_("Written"),       "added",    NULL},
		{"already",  N_("There already"), "already",  NULL},
		{"left_out", N_("Left out"),      "skipped",  NULL},
	}},
	{"audit", N_("The audit"), STAFF(audit_list), NULL, PERM_NONE, {
		{"number",  N_("Number"),  "seq",          NULL},
		{"at",      N_("Time"),    "at",           NULL},
		{"account", N_("Account"), "account",      NULL},
		{"name",    N_("Name"),    "name",         NULL},
		{"action",  N_("Action"),  "action",       NULL},
		{"kind",    N_("Kind"),    "subject_kind", NULL},
		{"record",  N_("Record"),  "subject",      NULL},
		{"unit",    N_("Unit"),    "unit_name",    NULL},
		{"detail",  N_("Detail"),  "detail",       NULL},
		{"sha256",  N_("SHA-256"), "hash",         NULL},
	}},
	{"pool", N_("Reserve pool"), {{NULL, NULL, NULL, false, NULL}}, export_pool,
	 PERM_PROJECT_WRITE, {{NULL, NULL, NULL, NULL}}},
	{"opinion_stats", N_("Statistics of opinions"), {{NULL, NULL, NULL, false, NULL}}, export_stats,
	 PERM_OPINION_STATS, {{NULL, NULL, NULL, NULL}}},
	{"project_stats", N_("Overview of projects"), {{NULL, NULL, NULL, false, NULL}}, export_projects,
	 PERM_PROJECT_STATS, {{NULL, NULL, NULL, NULL}}},
};
/* clang-format on */

const struct export_kind *
export_kind_named(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

const char *
export_kinds(struct arena *a)
{
	const char *all = kinds[0].name;

	for (size_t i = 1; i < COUNT(kinds); i++)
		all = arena_printf(a, "%s, %s", all, kinds[i].name);
	return all;
}

const char *
export_label(const char *kind)
{
	const struct export_kind *found = export_kind_named(kind);

	return found != NULL ? found->label : kind;
}

/* --- what is on screen --------------------------------------------------- */

static const struct export_view *
view_of(const struct export_kind *kind, const struct list_spec *list)
{
	for (int i = 0; i < EXPORT_VIEWS; i++)
		if (kind->views[i].shown == list)
			return &kind->views[i];
	return NULL;
}

static void
write_query(struct json *root, const struct list_spec *list,
            const struct list_query *query)
{
	struct json *only = json_new_object();

	if (query->order != 0)
		json_set_text(root, "order", list->orders[query->order].name);
	for (int i = 0; i < query->value_count; i++) {
		const struct list_value *v = &query->values[i];
		const struct list_filter *f = &list->filters[v->filter];

		if (f->is_text)
			json_set_text(only, f->name, v->s);
		else
			json_set_int(only, f->name, v->v);
	}
	json_set(root, "only", only);
}

bool
export_of_list(struct arena *a, const struct list_spec *list,
               const struct list_query *query, const char **kind,
               const char **args)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const struct export_view *view = view_of(&kinds[i], list);
		struct json *root;

		if (view == NULL)
			continue;
		root = json_new_object();
		json_set_text(root, "list", view->name);
		write_query(root, list, query);
		*kind = kinds[i].name;
		*args = json_print(root, a);
		json_free(root);
		return true;
	}
	return false;
}
