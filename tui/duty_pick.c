/* The records of a file that a screen shows: by whom, when and kind. */
#include "tui/duty_pick.h"

#include "db/base/i18n.h"
#include "tui/ui.h"

/* id, holder, period, kind: 34, 2, 20 and 7 bits. A term stands above all
 * years. */
enum { KIND_BITS = 7, PERIOD_BITS = 20, HOLDER_BITS = 2, YEARS = 10000 };

int64_t
duty_pick_pack(const struct duty_pick *pick)
{
	int64_t period = pick->period.term.v != 0 ? YEARS + pick->period.term.v
	                                          : pick->period.year;
	int64_t v = pick->of.id;

	v = (v << HOLDER_BITS) | (int64_t)pick->of.holder;
	v = (v << PERIOD_BITS) | period;
	return (v << KIND_BITS) | (pick->kind + 1);
}

struct duty_pick
duty_pick_unpack(int64_t arg)
{
	struct duty_pick pick = {.kind =
	                             (int)(arg & ((1 << KIND_BITS) - 1)) - 1};
	int64_t v = arg >> KIND_BITS, period = v & ((1 << PERIOD_BITS) - 1);

	v >>= PERIOD_BITS;
	pick.of.holder = (enum duty_holder)(v & ((1 << HOLDER_BITS) - 1));
	pick.of.id = v >> HOLDER_BITS;
	if (period >= YEARS)
		pick.period.term.v = period - YEARS;
	else
		pick.period.year = period;
	return pick;
}

const char *
duty_pick_period(struct arena *a, const struct duty_choice *choice)
{
	if (choice->period.term.v == 0)
		return arena_printf(a, _("year %lld"),
		                    (long long)choice->period.year);
	return choice->level == LEVEL_COUNTY
	           ? arena_printf(a, _("county congress no. %lld"),
	                          (long long)choice->number)
	           : arena_printf(a, _("town congress no. %lld"),
	                          (long long)choice->number);
}

bool
duty_pick_ask(struct ui *ui, struct duty_of of, struct duty_period *period,
              const char **words)
{
	enum { ENTRIES_MAX = 30 };
	struct duty_choice *all;
	const char *entries[ENTRIES_MAX];
	struct arena *a = ui_arena(ui);
	int n, chosen;

	if (ui_error(ui, duty_choices(ui_ctx(ui), a, of, &all, &n)) != OK)
		return false;
	n = n < ENTRIES_MAX ? n : ENTRIES_MAX;
	for (int i = 0; i < n; i++)
		entries[i] = arena_printf(
		    a,
		    P_("%s: %lld record", "%s: %lld records",
		       (unsigned long)all[i].records),
		    duty_pick_period(a, &all[i]), (long long)all[i].records);
	chosen = n > 0 ? ui_menu(ui, _("Year or term"), entries, n) : -1;
	if (chosen < 0)
		return false;
	*period = all[chosen].period;
	*words = duty_pick_period(ui_keep(ui), &all[chosen]);
	return true;
}
