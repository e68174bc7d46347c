/* opinion file: what is in a file that came with an opinion. */
#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

#include "db/attachment.h"
#include "db/base/text.h"
#include "server/session/exec_opinion.h"

enum { PIECE = 65536 };

/* Of the opinion or of one that was merged into it, as "show" lists them. */
static int
is_of(struct exec *x, struct opinion_id id, struct attachment_id file)
{
	struct attachment *rows;
	int n, err = attachment_list(x->c, x->a, id, &rows, &n);

	for (int i = 0; err == OK && i < n; i++)
		if (rows[i].id.v == file.v)
			return OK;
	return err == OK ? ERR_NOT_FOUND : err;
}

static int
send_all(struct exec *x, int fd)
{
	char *piece = arena_alloc(x->a, PIECE);
	ssize_t n;
	int err = OK;

	while (err == OK && (n = read(fd, piece, PIECE)) != 0) {
		if (n > 0)
			buf_addn(&x->out, piece, (size_t)n);
		else if (errno != EINTR)
			return ERR_IO;
		err = exec_flush(x);
	}
	return err;
}

int
command_file(struct exec *x, const struct given *g)
{
	struct attachment_id id = {0};
	struct attachment file;
	struct opinion_id of;
	int fd, err = g->n == 2 && !x->json ? OK : ERR_USAGE;

	if (err == OK)
		err = given_number(text_fold(x->a, g->words[0]), &of.v);
	if (err == OK)
		err = given_number(text_fold(x->a, g->words[1]), &id.v);
	if (err == OK)
		err = is_of(x, of, id);
	if (err == OK)
		err = attachment_open(x->c, x->a, id, &file, &fd);
	if (err != OK)
		return err;
	exec_bytes(x);
	err = send_all(x, fd);
	(void)close(fd);
	return err;
}
