/*
 * Codes that change on the screen: what one shows follows from its key and
 * the number of the step the clock is in, so nothing is written when it
 * changes and every process shows the same. One machine has one clock: only
 * steps that are over are forgiven, none that is to come.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/code_in.h"
#include "db/setting.h"

enum {
	STEP_S = 30,     /* when the setting says nothing */
	STEPS_KNOWN = 20 /* so many old ones are told from wrong ones */
};

/* What the letters are for. */
static const char for_address[] = "address", for_typing[] = "typing";

bool
code_turns(const struct code *code)
{
	return code->rotate_key != NULL && *code->rotate_key != '\0';
}

void
code_new_key(const struct ctx *c, int64_t id, char out[SECRET_HEX + 1])
{
	unsigned char random[SECRET_KEY];
	char text[64];
	int n;

	if (c->seed == 0) {
		secret_random(random, sizeof(random));
		secret_sha256(random, sizeof(random), out);
		secret_wipe(random, sizeof(random));
		return;
	}
	n = snprintf(text, sizeof(text), "%" PRIu64 "/%" PRId64 "/turns",
	             c->seed, id);
	secret_sha256(text, (size_t)n, out);
}

static int
step_seconds(struct ctx *c, int64_t *seconds)
{
	int err = setting_number(c, "code.rotate_seconds", STEP_S, seconds);

	if (err == OK && *seconds < 1)
		*seconds = STEP_S;
	return err;
}

/* The letters of one step. The letters number a power of two, so each byte
 * of the hash chooses evenly. */
static int
letters_of(const struct code *code, const char *what, int64_t step,
           char out[CODE_SHORT + 1])
{
	unsigned char key[SECRET_KEY];
	char text[64], hash[SECRET_HEX + 1];
	size_t count = strlen(secret_short_letters);
	int n, err = secret_key_of(code->rotate_key, key);

	if (err != OK)
		return err;
	n = snprintf(text, sizeof(text), "%s/%" PRId64 "/%" PRId64, what,
	             code->id.v, step);
	secret_keyed_hash(key, text, (size_t)n, hash);
	for (int i = 0; i < CODE_SHORT; i++) {
		unsigned byte = 0;

		(void)sscanf(hash + (size_t)2 * i, "%2x", &byte);
		out[i] = secret_short_letters[byte % count];
	}
	out[CODE_SHORT] = '\0';
	return OK;
}

int
code_shown(struct ctx *c, struct arena *a, const struct code *code,
           struct code *out)
{
	char ending[CODE_SHORT + 1], typed[CODE_SHORT + 1];
	int64_t seconds, step;
	int err;

	*out = *code;
	if (!code_turns(code))
		return OK;
	err = step_seconds(c, &seconds);
	if (err != OK)
		return err;
	step = ctx_now(c).s / seconds;
	err = letters_of(code, for_address, step, ending);
	if (err == OK)
		err = letters_of(code, for_typing, step, typed);
	if (err != OK)
		return err;
	out->token = arena_printf(a, "%s.%s", code->token, ending);
	out->short_code = arena_strdup(a, typed);
	return OK;
}

int
code_turn_ms(struct ctx *c, const struct code *code, int *ms)
{
	int64_t seconds;
	int err = step_seconds(c, &seconds);

	*ms = 0;
	if (err == OK && code_turns(code))
		*ms = (int)(seconds - ctx_now(c).s % seconds) * 1000;
	return err;
}

/* Which step back from at shows text: 0 the step itself; -1: none of those
 * known. */
static int
steps_back(struct ctx *c, const struct code *code, const char *what,
           const char *text, struct instant at, int *back)
{
	char letters[CODE_SHORT + 1];
	int64_t seconds;
	int err = step_seconds(c, &seconds);

	*back = -1;
	for (int i = 0; err == OK && *back < 0 && i <= STEPS_KNOWN; i++) {
		err = letters_of(code, what, at.s / seconds - i, letters);
		if (err == OK && secret_equal_text(text, letters))
			*back = i;
	}
	return err;
}

int
code_seen(struct ctx *c, const struct code *code, const char *ending,
          struct instant at)
{
	struct instant now = ctx_now(c);
	int back, err;

	if (!code_turns(code))
		return OK;
	if (at.s == 0)
		at = now;
	if (at.s > now.s || at.s < now.s - CODE_OPENED_S)
		return ERR_TURNED;
	err = steps_back(c, code, for_address, ending, at, &back);
	if (err != OK)
		return err;
	return back >= 0 && back <= CODE_STEPS ? OK : ERR_TURNED;
}

int
code_typed(struct ctx *c, const struct code *code, const char *typed)
{
	int back;
	int err = steps_back(c, code, for_typing, typed, ctx_now(c), &back);

	if (err != OK)
		return err;
	if (back < 0)
		return ERR_NOT_FOUND;
	return back <= CODE_STEPS ? OK : ERR_TURNED;
}

int
code_may_print(struct ctx *c, const struct code *code)
{
	ctx_check_begin(c);
	if (code_turns(code))
		ctx_fault(c, "",
		          N_("The code of this activity changes on the "
		             "screen, so it cannot be printed."));
	return ctx_check_end(c);
}
