/* Somebody who fills in the form of an activity, again and again, with an
 * account of their own. Whatever dies meanwhile, they sign in again and look
 * for what they had typed. */
#include <stdio.h>

#include "tests/soak/person.h"

enum {
	SAFE_MS = 2000, /* typed that long ago, it must not be lost */
	LINGER_MS = 3000,
	GLANCE_MS = 100,
	NAME_BYTES = 32
};

#define F2 "\033OQ"
#define F4 "\033OS"
/* Not only its first words: a session that ends says that a draft was saved. */
#define SAVED "已保存。按F2发布"

struct writer {
	struct person person;
	unsigned state;
	int number;
	struct entry *entry; /* in the form */
	double typed_ms;     /* when the screen showed all of its title */
	bool owed;           /* it was still alive SAFE_MS later */
	bool looked;         /* not in a session that waits: a draft then */
};

static bool
expect(struct writer *w, const char *text)
{
	return person_expect(&w->person, text, NULL) != 0;
}

/* Press keys and see text: what was typed long enough before must survive
 * whatever happens from now on. */
static bool
type(struct writer *w, const char *keys, const char *text)
{
	if (!person_press(&w->person, keys) || !expect(w, text))
		return false;
	if (now_ms() - w->typed_ms >= SAFE_MS)
		w->owed = true;
	return true;
}

/* Half of them take their time; the others save one after the other. */
static bool
linger(struct writer *w)
{
	unsigned most_ms = w->number % 2 == 0 ? LINGER_MS : GLANCE_MS;

	return person_read(&w->person, (int)chance(&w->state, most_ms));
}

static bool
sign_in(struct writer *w)
{
	if (w->person.in)
		return true;
	person_leave(&w->person);
	return person_sign_in(&w->person) && expect(w, "工作台");
}

enum form { FORM_NONE, FORM_EMPTY, FORM_OFFERED };

/* From wherever to the form, or to the question about its draft, which lies
 * over a form that may be seen for a moment. */
static enum form
open_form(struct writer *w)
{
	struct person *p = &w->person;
	int found;

	if (!person_press(p, "2") || !expect(w, "签到率") ||
	    !person_press(p, F4))
		return FORM_NONE;
	found = person_expect(p, "有一份", "名称 *");
	if (found == 2 && !person_read(p, GLANCE_MS))
		return FORM_NONE;
	if (found == 2 && person_sees(p, "有一份"))
		found = 1;
	return found == 1 ? FORM_OFFERED : found == 2 ? FORM_EMPTY : FORM_NONE;
}

static bool
fill_in(struct writer *w)
{
	w->entry = ledger_add(w->person.soak, w->number);
	w->owed = w->looked = false;
	if (!person_press(&w->person, w->entry->title) ||
	    !expect(w, w->entry->title))
		return false;
	w->typed_ms = now_ms();
	return linger(w) && type(w, "\t检查", "检查") &&
	       type(w, "\r", "检查") && linger(w) &&
	       type(w, "\t\t某处会堂", "某处会堂") && linger(w);
}

static void
save(struct writer *w)
{
	const struct soak *s = w->person.soak;

	w->owed = false;
	if (person_sees(&w->person, SAVED)) {
		fault(s, "%s: an old acknowledgement", w->person.user);
		return;
	}
	w->entry->state = ENTRY_ASKED;
	if (!person_press(&w->person, F2))
		return;
	if (chance(&w->state, 10) == 0) {
		person_cut(&w->person);
		return;
	}
	if (!expect(w, SAVED))
		return;
	w->entry->state = ENTRY_SAVED;
	s->shared->answered++;
}

static void
write_one(struct writer *w)
{
	enum form form = sign_in(w) ? open_form(w) : FORM_NONE;

	if (form == FORM_NONE)
		return;
	if (form == FORM_OFFERED &&
	    (!person_press(&w->person, "2") || !expect(w, "F10")))
		return;
	if (fill_in(w))
		save(w);
	if (chance(&w->state, 20) == 0)
		person_cut(&w->person);
}

/* The form with what is owed; false: not reached, for whatever reason. */
static bool
go_back(struct writer *w)
{
	struct person *p = &w->person;

	if (!w->looked && person_sees(p, "> 继续") &&
	    chance(&w->state, 2) == 0) {
		w->looked = true;
		/* an older one may wait, too, when this one was killed */
		return person_press(p, "\r") &&
		       person_await(p, w->entry->title, NULL, SAFE_MS) != 0;
	}
	switch (open_form(w)) {
	case FORM_OFFERED:
		return person_press(p, "1") && expect(w, w->entry->title);
	case FORM_EMPTY:
		fault(p->soak, "%s: no draft of %s", p->user, w->entry->title);
		w->owed = false;
		return false;
	case FORM_NONE:
		break;
	}
	return false;
}

static void
find_again(struct writer *w)
{
	if (sign_in(w) && go_back(w)) {
		w->person.soak->shared->kept++;
		w->owed = false;
	}
	/* what is here is given up: the next form begins anew */
	person_cut(&w->person);
}

void
writer_run(const struct soak *s, int number)
{
	static char user[NAME_BYTES];
	struct writer w = {.person = {.soak = s, .user = user},
	                   .number = number,
	                   .state = s->seed + (unsigned)number + 1};

	(void)snprintf(user, sizeof(user), "writer%d", number);
	while (!s->shared->over)
		if (w.owed)
			find_again(&w);
		else
			write_one(&w);
	person_leave(&w.person);
}
