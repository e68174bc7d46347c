/*
 * The state of one scene while it plays: its site, its terminals, the last
 * command's output, and why it failed.
 */
#ifndef TESTS_E2E_DRIVE_H
#define TESTS_E2E_DRIVE_H

#include <stdbool.h>
#include <sys/types.h>

#include "db/base/err.h"
#include "tests/bench/relay.h"
#include "tests/e2e/loop.h"
#include "tests/e2e/recode.h"
#include "tests/e2e/scene.h"
#include "tests/e2e/vt.h"

enum { TERMS = 8, MASKS = 8, VARIABLES = 32, KEPT_RAW = 1 << 20 };

/* One terminal and the client that runs in it. Settings hold for the next
 * login; a new terminal takes over those of the one before. */
struct term {
	char name[32];
	int rows, cols;    /* as told to the client; 0x0 is allowed */
	char type[64];     /* TERM */
	char lang[32];     /* LANG as sent, "" for none */
	char encoding[16]; /* of the terminal, "" for UTF-8 */
	char client[16];   /* ssh plink dbclient */
	char key[512];     /* file of a private key, "" for a password */
	char options[512]; /* more options of the client, split at blanks */

	struct recode *decode, *encode; /* NULL: UTF-8 */
	bool torn;                      /* what came was not of that encoding */
	struct vt *vt;                  /* NULL before the first client */
	pid_t pid;                      /* 0: none */
	int fd;                         /* of the pty, -1: at its end */
	int status;                     /* how the client ended, -1: not yet */
	size_t bytes;                   /* since mark */
	int clears;  /* how often the screen was cleared, and what stood */
	int matched; /* there the last time; bytes of the clear seen */
	struct buf page;
	int bells;      /* heard already */
	struct buf raw; /* what arrived, for failed scenes */
};

struct site {
	char dir[512];
	int port; /* 0: never started */
	int http_port;
	pid_t pid; /* of liaisond, 0: not running */
	bool made;
	char programs[64]; /* where in dir; "": the build's are used */
	struct buf log;
	struct buf extra; /* "section.key = value" lines of the scene */
};

struct drive {
	/* from the command line */
	const char *build, *fixture, *tests, *fail_dir;
	const char *name; /* of the scene */
	const char *size, *lang;
	bool write_goldens;
	int patience; /* factor for deadlines: sanitizers are slow */

	struct loop loop;
	struct site site;
	struct term *terms[TERMS];
	int term_count;
	struct term *term; /* current */

	struct relay link;
	bool linked;
	long weight_kb; /* of the server's processes, when weighed */

	int deadline_ms;
	struct buf http_head; /* lines of the next HTTP requests */
	char cookie[300];     /* as the site set it last */
	pid_t hook_pid;       /* of a group of the chat; 0: none */
	int hook_port;        /* 0: never started */
	struct buf hooked;    /* what was posted to it */
	struct buf in;        /* what the next exec reads */
	struct buf out, err;  /* of the last command */
	int status;
	char *masks[MASKS];
	int mask_count;
	struct {
		char name[64];
		char *value;
	} vars[VARIABLES];
	int var_count;

	struct buf why;
};

/* Say why the scene fails; returns false. */
bool fail(struct drive *d, const char *fmt, ...) PRINTF(2, 3);

/* Set a variable of the scene; what $NAME stands for (scene_value). */
bool drive_set(struct drive *d, const char *name, const char *value);
const char *drive_value(void *drive, const char *name);

/* One command of a scene: carry out words[0] with its arguments. */
bool command_run(struct drive *d, const struct word *words, int count);

#endif
