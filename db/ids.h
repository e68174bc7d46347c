/*
 * One struct a kind of record, so that a person passed as a station does
 * not compile. 0 is none. Row ids never leave the house except as the
 * numbers people call a record by.
 */
#ifndef DB_IDS_H
#define DB_IDS_H

#include <stdint.h>

struct unit_id {
	int64_t v;
};
struct station_id {
	int64_t v;
};
struct place_id {
	int64_t v;
};
struct organ_id {
	int64_t v;
};
struct district_id {
	int64_t v;
};
struct term_id {
	int64_t v;
};
struct deputy_group_id {
	int64_t v;
};
struct person_id {
	int64_t v;
};
struct mandate_id {
	int64_t v;
};
struct office_id {
	int64_t v;
};
struct account_id {
	int64_t v;
};
struct account_key_id {
	int64_t v;
};
struct saved_filter_id {
	int64_t v;
};
struct phone_id {
	int64_t v;
};
struct activity_id {
	int64_t v;
};
struct code_id {
	int64_t v;
};
struct participant_id {
	int64_t v;
};
struct duty_record_id {
	int64_t v;
};
struct rota_id {
	int64_t v;
};
struct plan_item_id {
	int64_t v;
};
struct instruction_id {
	int64_t v;
};
struct receipt_id {
	int64_t v;
};
struct document_id {
	int64_t v;
};
struct term_change_id {
	int64_t v;
};
struct file_seal_id {
	int64_t v;
};
struct file_addendum_id {
	int64_t v;
};
struct campaign_id {
	int64_t v;
};
struct campaign_unit_id {
	int64_t v;
};
struct duty_request_id {
	int64_t v;
};
struct month_close_id {
	int64_t v;
};
struct import_id {
	int64_t v;
};
struct rule_id {
	int64_t v; /* below 0: it came with the program */
};
struct opinion_id {
	int64_t v;
};
struct opinion_leg_id {
	int64_t v;
};
struct opinion_note_id {
	int64_t v;
};
struct opinion_pause_id {
	int64_t v;
};
struct conversion_id {
	int64_t v;
};
struct robot_sender_id {
	int64_t v;
};
struct robot_message_id {
	int64_t v;
};
struct event_id {
	int64_t v;
};

struct attachment_id {
	int64_t v;
};
struct transfer_id {
	int64_t v;
};

struct project_id {
	int64_t v;
};
struct project_milestone_id {
	int64_t v;
};
struct project_report_id {
	int64_t v;
};
struct project_change_id {
	int64_t v;
};
struct project_member_id {
	int64_t v;
};
struct project_task_id {
	int64_t v;
};
struct project_note_id {
	int64_t v;
};
struct project_rating_id {
	int64_t v;
};
struct ballot_id {
	int64_t v;
};
struct ballot_option_id {
	int64_t v;
};
struct ballot_voter_id {
	int64_t v;
};

#endif
