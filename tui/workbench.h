/*
 * The parts of the workbench: what each kind of hat (role.bench) sees below
 * and beside the things to do. The screen (tui/screen/workbench.c) lays them
 * out and opens what is chosen; a bench is one row of its table and a file
 * of figures.
 */
#ifndef TUI_WORKBENCH_H
#define TUI_WORKBENCH_H

#include <stdint.h>

#include "db/totals.h"
#include "tui/offers.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { BENCH_FIGURES = 12, BENCH_TODOS = 40, BENCH_ROWS = 30 };

/* Kinds of items of the first list; their ids are indices. */
enum { BENCH_TODO, BENCH_OFFER };

/* A line beside the things to do; texts live in ui_arena. */
struct bench_figure {
	const char *label;
	const char *value;
	int64_t n, max;   /* for the bar; max 0: none */
	const char *note; /* said behind the value, no bar then; or NULL */
};

struct bench;

struct workbench {
	struct page todo;  /* offers, and what must I do now */
	struct page below; /* what this bench shows besides */
	const struct bench *bench;
	struct offer_line offers[OFFERS_MAX];
	int offer_count;
	struct todo *todos;
	int todo_count;
	/* NULL, or where a task is, for who sees several units. */
	const char *(*todo_place)(const struct workbench *w,
	                          const struct todo *t);
	const char *side; /* heading of the figures */
	struct bench_figure figures[BENCH_FIGURES];
	int figure_count;
	/* What the pages are laid out for. */
	int columns, body_rows, below_rows;
	bool ready; /* loaded */
	void *rows; /* the bench's own, of this load */
	int row_count;
};

struct bench {
	const char *name;    /* role.bench; NULL: any other */
	const char *nothing; /* msgid: said when nothing waits */
	int todo_rows;       /* at most, at 24 rows */
	uint64_t kinds;      /* what it watches */
	/* Read the figures and rows. */
	int (*load)(struct ui *ui, struct workbench *w);
	/* Put the rows into w->below, laid out for w->columns and
	 * w->below_rows. */
	void (*fill)(struct ui *ui, struct workbench *w);
	/* Enter on one of them. */
	void (*open)(struct ui *ui, int64_t id, int kind);
};

extern const struct bench bench_deputy, bench_unit, bench_station;
extern const struct bench bench_county, bench_leader;
extern const struct bench bench_admin, bench_audit, bench_organ;

/* Fill w->todo, columns wide. */
void bench_fill_todo(struct ui *ui, struct workbench *w, int columns);
/* The wider of width and text. */
int bench_widest(int width, const char *text);
/* Add a figure; texts translated already, note may be NULL. */
struct bench_figure *bench_figure(struct workbench *w, const char *label,
                                  const char *value, const char *note);
struct bench_figure *bench_count(struct ui *ui, struct workbench *w,
                                 const char *label, int64_t n,
                                 const char *note);
/* The figures of a place: today, month, year, people. */
void bench_totals(struct ui *ui, struct workbench *w, const struct totals *t);
/* "86.0%" of tenths, "-" when nobody was expected. In a. */
const char *bench_rate(struct arena *a, int64_t present, int64_t missed);
/* "+2" or "+1.5" of tenths. In a. */
const char *bench_points(struct arena *a, int64_t tenths);

#endif
