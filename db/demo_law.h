/* The demo's draft laws: texts of its own, and what is said about them. */
#ifndef DB_DEMO_LAW_H
#define DB_DEMO_LAW_H

enum { DEMO_THEMES = 4, DEMO_SAID = 4 };

struct demo_theme {
	const char *title, *other_title; /* of two laws that say much alike */
	/* Bodies of articles in order; "#" begins a chapter. NULL ends. */
	const char *const *body;
	/* The second text: article so many reads so, and one more at the end
	 * of the chapter before the last. */
	int changed;
	const char *instead, *more;
	/* What deputies say; the last is alike the first. */
	struct {
		int article;
		const char *words, *wording;
	} said[DEMO_SAID];
	const char *citizen; /* on the whole */
};
extern const struct demo_theme demo_themes[DEMO_THEMES];

#endif
