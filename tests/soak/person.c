/* One person at a terminal; see person.h. */
#include "tests/soak/person.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	COLUMNS = 80,
	ROWS = 24,
	STEP_MS = 20,
	AGAIN_US = 100000,
	SCREEN_MS = 20000,
	PATIENCE_MS = 60000 /* to sign in, whatever is killed meanwhile */
};

bool
person_sign_in(struct person *p)
{
	double end = now_ms() + PATIENCE_MS;

	while (!p->soak->shared->over) {
		if (client_open(&p->client, &p->soak->at, p->user)) {
			p->vt = vt_new(ROWS, COLUMNS);
			p->in = true;
			p->soak->shared->sign_ins++;
			return true;
		}
		if (now_ms() > end) {
			fault(p->soak, "%s cannot sign in: %s", p->user,
			      client_why(&p->client));
			end = now_ms() + PATIENCE_MS;
		}
		client_close(&p->client);
		(void)usleep(AGAIN_US);
	}
	return false;
}

void
person_leave(struct person *p)
{
	if (p->vt == NULL)
		return;
	client_close(&p->client);
	vt_free(p->vt);
	p->vt = NULL;
	p->in = false;
}

void
person_cut(struct person *p)
{
	if (p->vt == NULL)
		return;
	(void)shutdown(ssh_get_fd(p->client.session), SHUT_RDWR);
	p->soak->shared->cuts++;
	person_leave(p);
}

bool
person_press(struct person *p, const char *keys)
{
	p->soak->shared->keys++;
	if (p->in && !client_send(&p->client, keys))
		p->in = false;
	return p->in;
}

bool
person_read(struct person *p, int ms)
{
	double end = now_ms() + ms;
	char data[16384];

	while (p->in) {
		int left = (int)(end - now_ms());
		int n = client_read(&p->client, data, sizeof(data),
		                    left > 0 ? left : 0);

		if (n > 0)
			vt_feed(p->vt, data, (size_t)n);
		else if (n < 0)
			p->in = false;
		if (n <= 0 && left <= 0)
			break;
	}
	return p->in;
}

bool
person_sees(const struct person *p, const char *text)
{
	struct buf page = BUF_INIT;
	bool found;

	vt_text(p->vt, &page);
	found = strstr(page.data, text) != NULL;
	buf_clear(&page);
	return found;
}

int
person_await(struct person *p, const char *a, const char *b, int ms)
{
	double end = now_ms() + ms;

	do {
		if (person_sees(p, a))
			return 1;
		if (b != NULL && person_sees(p, b))
			return 2;
	} while (person_read(p, STEP_MS) && now_ms() < end);
	return 0;
}

int
person_expect(struct person *p, const char *a, const char *b)
{
	int found = person_await(p, a, b, SCREEN_MS);

	if (found == 0 && p->in && !p->soak->shared->over) {
		struct buf page = BUF_INIT;

		vt_text(p->vt, &page);
		fault(p->soak, "%s waits for %s in vain:\n%s", p->user, a,
		      page.data);
		buf_clear(&page);
		person_leave(p);
	}
	return found;
}
