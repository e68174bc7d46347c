/*
 * Steps of opinions and of their offices, and what is said about them, by
 * the names that the tables of db/ give them. What a step wants is typed as
 * words and options; who may is decided there.
 */
#include <string.h>
#include <strings.h>

#include "db/base/i18n.h"
#include "db/conversion.h"
#include "db/opinion_note.h"
#include "db/organ.h"
#include "server/session/exec_opinion.h"

/* --- what is typed ------------------------------------------------------- */

/* A letter or the stored name. Errors: ERR_USAGE. */
static int
read_result(const char *word, int *result)
{
	int found = enum_index(opinion_results, word);

	if (strlen(word) == 1 && strchr("ABCDabcd", *word) != NULL)
		found = RESULT_SOLVED + ((*word | ' ') - 'a');
	*result = found;
	return found > RESULT_NONE ? OK : ERR_USAGE;
}

static int
read_path(const char *word, int *path)
{
	int found = enum_index(leg_paths, word);

	if (strcasecmp(word, "A") == 0)
		found = PATH_PLATFORM;
	if (strcasecmp(word, "B") == 0)
		found = PATH_EXPRESS;
	*path = found;
	return found >= 0 ? OK : ERR_USAGE;
}

/* The office of that name, else the only one whose name has it; NULL: none,
 * or several. */
static const struct organ *
office_named(const struct organ *organs, int n, const char *name)
{
	const struct organ *found = NULL;
	int count = 0;

	for (int i = 0; i < n; i++) {
		if (strcmp(organs[i].name, name) == 0)
			return &organs[i];
		if (strstr(organs[i].name, name) == NULL)
			continue;
		found = &organs[i];
		count++;
	}
	return count == 1 ? found : NULL;
}

/* Offices of the opinion's unit or the county's, by name. */
static int
read_offices(struct exec *x, const struct opinion *o, const struct given *g,
             struct opinion_act *act)
{
	struct organ *organs;
	int n, err = organ_list(x->c, x->a, o->unit, &organs, &n);

	for (int i = 1; err == OK && i < g->n; i++) {
		const struct organ *office =
		    office_named(organs, n, g->words[i]);

		if (office == NULL) {
			exec_say(x, _("There is no office called %s."),
			         g->words[i]);
			return ERR_INVALID;
		}
		if (act->office_count == OPINION_OFFICES_MAX)
			return ERR_USAGE;
		act->offices[act->office_count++] = office->id;
	}
	return err;
}

/* Options into the act; what is missing db/ names in words. */
static int
read_options(const struct given *g, unsigned wants, struct opinion_act *act)
{
	int err = OK;

	act->reason = g->reason;
	act->title = g->title;
	act->path = PATH_EXPRESS;
	act->conversion = -1;
	if (g->result != NULL)
		err = read_result(g->result, &act->result);
	if (err == OK && g->path != NULL)
		err = read_path(g->path, &act->path);
	if (err == OK && g->into != NULL)
		err = given_number(g->into, &act->into.v);
	if (err == OK && g->become != NULL) {
		act->conversion = enum_index(conversion_kinds, g->become);
		err = act->conversion >= 0 ? OK : ERR_USAGE;
	}
	/* where one line is all that is wanted, it may be the words */
	if ((wants & WANTS_WORDS) == 0 && g->n == 2 && act->reason == NULL &&
	    (wants & WANTS_REASON))
		act->reason = g->words[1];
	return err;
}

/* --- steps of the opinion ------------------------------------------------ */

static int
step_of(const struct entity *e, const char *verb)
{
	for (int i = 0; i < e->step_count; i++)
		if (e->steps[i].name != NULL &&
		    strcmp(e->steps[i].name, verb) == 0)
			return i;
	return -1;
}

static int
take_step(struct exec *x, const struct opinion *o, int step,
          const struct given *g)
{
	struct opinion_act act = {.id = o->id,
	                          .version = o->version,
	                          .step = (enum opinion_step)step,
	                          .companion = o->companion};
	unsigned wants = opinion_wants(act.step);
	int err = read_options(g, wants, &act);

	if (err == OK && (wants & WANTS_OFFICES))
		err = read_offices(x, o, g, &act);
	else if (err == OK && (wants & WANTS_WORDS))
		err = given_text(x, g, 1, &act.words);
	else if (err == OK && g->n > 1 && act.reason != g->words[1])
		err = ERR_USAGE;
	if (err == OK)
		err = command_faults(x, opinion_act(x->c, &act));
	return err == OK ? command_done(x, o->id) : err;
}

/* --- steps of a leg ------------------------------------------------------ */

/* An office's own leg; else the one leg on which the step is possible. */
static int
find_leg(struct exec *x, const struct opinion *o, enum leg_step step,
         struct opinion_leg *out)
{
	struct leg_line *legs;
	int n, found = 0, err;

	if (x->c->scope == SCOPE_ASSIGNED)
		return leg_mine(x->c, x->a, o->id, out);
	err = leg_list(x->c, x->a, o->id, &legs, &n);
	for (int i = 0; err == OK && i < n; i++) {
		enum leg_step offers[LEG_STEPS];
		struct opinion_leg leg;
		int count;

		err = leg_get(x->c, x->a, legs[i].id, &leg);
		if (err != OK)
			break;
		count = leg_offers(x->c, o, &leg, offers, LEG_STEPS);
		for (int k = 0; k < count; k++) {
			if (offers[k] != step)
				continue;
			found++;
			*out = leg;
		}
	}
	if (err == OK && found > 1)
		exec_say(x, "%s",
		         _("Several offices have it; do this on its page."));
	return err != OK ? err : found == 1 ? OK : ERR_STATE;
}

static int
take_leg_step(struct exec *x, const struct opinion *o, int step,
              const struct given *g)
{
	struct leg_act act = {.version = o->version,
	                      .step = (enum leg_step)step};
	struct opinion_leg leg = {.id = {0}};
	int err = find_leg(x, o, act.step, &leg);

	if (err == OK && g->result != NULL)
		err = read_result(g->result, &act.result);
	if (err == OK && g->days != NULL)
		err = given_number(g->days, &act.days);
	if (err == OK && g->promised != NULL &&
	    day_parse(g->promised, ctx_today(x->c), &act.promised_on) != OK)
		err = ERR_USAGE;
	if (err == OK && g->n > 1)
		err = given_text(x, g, 1, &act.words);
	if (err != OK)
		return err;
	act.id = leg.id;
	err = command_faults(x, leg_act(x->c, &act));
	return err == OK ? command_done(x, o->id) : err;
}

/* --- the whole ----------------------------------------------------------- */

static int
say(struct exec *x, const struct opinion *o, enum note_kind kind,
    const struct given *g)
{
	const char *words;
	int err = given_text(x, g, 1, &words);

	if (err == OK)
		err = command_faults(x, opinion_say(x->c, o->id, kind, words));
	return err == OK ? command_done(x, o->id) : err;
}

int
command_step(struct exec *x, const char *verb, const struct given *g)
{
	static const enum note_kind said[] = {NOTE_MORE, NOTE_INSTRUCT,
	                                      NOTE_CHASE, NOTE_NOTE};
	int step = step_of(&entity_opinion, verb);
	int leg = step_of(&entity_opinion_leg, verb);
	int note = -1;
	struct opinion o;
	struct opinion_id id;
	int err;

	for (size_t i = 0; i < COUNT(said); i++)
		if (strcmp(note_kinds[said[i]].name, verb) == 0)
			note = (int)said[i];
	if ((step < 0 && leg < 0 && note < 0) || g->n == 0)
		return ERR_USAGE;
	err = given_number(g->words[0], &id.v);
	if (err == OK)
		err = opinion_get(x->c, x->a, id, &o);
	if (err != OK)
		return err;
	if (step >= 0)
		return take_step(x, &o, step, g);
	return leg >= 0 ? take_leg_step(x, &o, leg, g)
	                : say(x, &o, (enum note_kind)note, g);
}

/* "rate N satisfied|basic|dissatisfied [WORDS]": by hand. */
int
command_judge(struct exec *x, const struct given *g)
{
	struct opinion o;
	struct opinion_id id;
	const char *words;
	int rating,
	    err = g->n >= 2 ? given_number(g->words[0], &id.v) : ERR_USAGE;

	if (err == OK)
		err = given_text(x, g, 2, &words);
	if (err != OK)
		return err;
	rating = enum_index(opinion_ratings, g->words[1]);
	if (rating < RATING_SATISFIED || rating > RATING_DISSATISFIED)
		return ERR_USAGE;
	err = opinion_get(x->c, x->a, id, &o);
	if (err == OK)
		err = command_faults(
		    x, opinion_rate(x->c, id, o.version,
		                    (enum opinion_rating)rating, words, true));
	return err == OK ? command_done(x, id) : err;
}
