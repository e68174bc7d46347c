/* Some texts as people write them, each with what it is about. */
#ifndef TESTS_UNIT_FIXTURE_TEXTS_H
#define TESTS_UNIT_FIXTURE_TEXTS_H

struct labelled {
	const char *category, *subject, *body;
};

extern const struct labelled texts[];
extern const int text_count;

#endif
