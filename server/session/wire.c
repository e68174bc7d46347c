/* Messages of liaisond as events of the terminal interface, and back. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/log.h"
#include "db/phone.h"
#include "db/store/entity.h"
#include "server/session/session.h"

/* liaison-auth hashes two at a time, so an answer may have to queue. */
enum { ANSWER_MS = 60000 };

static const char *const farewells[ENDS] = {
    [END_SHUTDOWN] = N_("The service is stopping; please connect again "
                        "later."),
    [END_FAILED] = N_("The service was restarted; please connect again."),
    [END_TRIES] = N_("Too many wrong codes; please connect again."),
    [END_HAND] = N_("An administrator ended this session. What you had "
                    "typed is kept as a draft."),
};

static void
set_end(struct tui_event *ev, enum ipc_reason reason)
{
	const char *text = farewells[reason];

	ev->kind = TUI_END;
	(void)snprintf(ev->text, sizeof(ev->text), "%s",
	               text != NULL ? _(text) : "");
}

static void
set_attach(struct wire *w, struct ipc_msg *m, struct tui_event *ev)
{
	(void)snprintf(ev->text, sizeof(ev->text), "%s",
	               ipc_get_text(m, IPC_TERM_MAX));
	ev->columns = (int)ipc_get_int(m, 0, INT32_MAX);
	ev->rows = (int)ipc_get_int(m, 0, INT32_MAX);
	ev->language = (int)session_language(w->cfg, w->c,
	                                     ipc_get_text(m, IPC_LANGUAGE_MAX));
	w->said = (enum encoding)ipc_get_int(m, 0, ENCODINGS - 1);
	w->encoding = ENCODINGS; /* in use there: whatever the other one set */
	session_no_color(ipc_get_bool(m));
	ev->fd = ipc_get_fd(m);
	if (ev->fd >= 0)
		ev->kind = TUI_ATTACH;
}

/* What m means to the interface; TUI_NOTHING when it is no event. */
static void
event_of(struct wire *w, struct ipc_msg *m, struct tui_event *ev)
{
	*ev = (struct tui_event){.kind = TUI_NOTHING};
	switch (m->type) {
	case IPC_WINDOW:
		ev->kind = TUI_RESIZE;
		ev->columns = (int)ipc_get_int(m, 0, INT32_MAX);
		ev->rows = (int)ipc_get_int(m, 0, INT32_MAX);
		break;
	case IPC_WAKE:
		ev->kind = TUI_WAKE;
		ev->kinds = (uint64_t)ipc_get_int(m, INT64_MIN, INT64_MAX);
		ev->unit = ipc_get_int(m, 0, INT64_MAX);
		break;
	case IPC_ATTACH:
		set_attach(w, m, ev);
		break;
	case IPC_RIGHTS:
		ev->kind = TUI_RIGHTS;
		break;
	case IPC_END:
		set_end(ev, (enum ipc_reason)ipc_get_int(m, 0, ENDS - 1));
		break;
	default: /* an answer that came too late */
		break;
	}
}

/* Keep for wire_next_event. When there are too many, wakes go first: there are
 * others among them. */
static void
keep(struct wire *w, const struct tui_event *ev)
{
	if (ev->kind == TUI_NOTHING)
		return;
	if (w->event_count == EVENTS_MAX) {
		if (ev->kind == TUI_WAKE)
			return;
		w->event_count--;
		if (w->events[w->event_count].kind == TUI_ATTACH)
			(void)close(w->events[w->event_count].fd);
	}
	w->events[w->event_count++] = *ev;
}

static bool
take_kept(struct wire *w, struct tui_event *ev)
{
	if (w->event_count == 0)
		return false;
	*ev = w->events[0];
	w->event_count--;
	memmove(w->events, w->events + 1, sizeof(*ev) * (size_t)w->event_count);
	return true;
}

bool
wire_has_event(void *data)
{
	const struct wire *w = data;

	return w->event_count > 0;
}

static void
next_event(struct wire *w, struct tui_event *ev)
{
	struct ipc_msg m;

	if (take_kept(w, ev))
		return;
	if (!w->gone) {
		int err = ipc_recv(w->fd, FROM_LIAISOND, AFTER_LOGIN, &m);

		if (err == OK) {
			event_of(w, &m, ev);
			ipc_clear(&m);
			return;
		}
		w->gone = err != ERR_BUSY;
	}
	*ev = (struct tui_event){.kind = TUI_NOTHING};
	if (w->gone)
		set_end(ev, END_FAILED);
}

/* Only here, where no answer is waited for, can the encoding of another
 * terminal be asked for. */
int
wire_next_event(void *data, struct tui_event *ev)
{
	struct wire *w = data;

	next_event(w, ev);
	if (ev->kind == TUI_ATTACH)
		session_encoding(w, false);
	return OK;
}

/* One is lost only when hundreds wait; it costs freshness only. */
static void
send_or_log(struct wire *w, struct ipc_msg *m)
{
	if (ipc_send(w->fd, m) != OK)
		log_debug("wire lost message=%s", ipc_name(m->type));
}

static void
send_kinds(struct wire *w, enum ipc_type type, uint64_t kinds, int64_t unit)
{
	struct ipc_msg m;

	ipc_begin(&m, type);
	ipc_put_int(&m, (int64_t)kinds);
	ipc_put_int(&m, unit);
	send_or_log(w, &m);
}

/* The hat worn, whenever it is another one. */
void
wire_hat(struct wire *w)
{
	struct ipc_msg m;

	if (w->c == NULL || w->hat_told == w->c->office)
		return;
	w->hat_told = w->c->office;
	ipc_begin(&m, IPC_HAT);
	ipc_put_int(&m, w->c->office);
	ipc_put_int(&m, ctx_now(w->c).s);
	send_or_log(w, &m);
}

void
wire_watch(void *data, uint64_t kinds, int64_t unit)
{
	wire_hat(data);
	send_kinds(data, IPC_WATCH, kinds, unit);
}

void
wire_place(void *data, const char *screen, struct instant at)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_PLACE);
	ipc_put_text(&m, screen);
	ipc_put_int(&m, at.s);
	send_or_log(data, &m);
}

void
wire_watch_rights(struct wire *w)
{
	uint64_t kinds = ENTITY_BIT(ACCOUNT) | ENTITY_BIT(OFFICE);
	struct ipc_msg m;

	ipc_begin(&m, IPC_WATCH_RIGHTS);
	ipc_put_int(&m, (int64_t)kinds);
	send_or_log(w, &m);
}

void
wire_committed(void *data, uint64_t kinds, int64_t unit)
{
	send_kinds(data, IPC_COMMIT, kinds, unit);
}

/* The message of that type, which answers what was just asked; others are
 * kept meanwhile. After OK call ipc_clear. */
int
wire_await(struct wire *w, enum ipc_type type, struct ipc_msg *m)
{
	while (!w->gone && ipc_wait(w->fd, ANSWER_MS)) {
		struct tui_event ev;
		int err = ipc_recv(w->fd, FROM_LIAISOND, AFTER_LOGIN, m);

		if (err != OK && err != ERR_BUSY)
			w->gone = true;
		if (err != OK)
			continue;
		if (m->type == type)
			return OK;
		event_of(w, m, &ev);
		ipc_clear(m);
		keep(w, &ev);
	}
	return ERR_UNAVAILABLE;
}

/* recovery may be NULL: none are expected. */
static int
await_codes(struct wire *w, char recovery[TUI_RECOVERY_MAX + 1])
{
	struct ipc_msg m;
	int err = wire_await(w, IPC_ANSWER, &m), result;
	const char *codes;

	if (err != OK)
		return err;
	result = (int)ipc_get_int(&m, -ERR_ROWS, 0);
	codes = ipc_get_text(&m, TUI_RECOVERY_MAX);
	if (recovery != NULL)
		(void)snprintf(recovery, TUI_RECOVERY_MAX + 1, "%s", codes);
	err = ipc_end(&m);
	ipc_clear(&m);
	return err == OK ? result : err;
}

int
wire_await_answer(struct wire *w)
{
	return await_codes(w, NULL);
}

int
wire_others(void *data, struct tui_other *out)
{
	struct wire *w = data;
	struct ipc_msg m;
	int n;

	ipc_begin(&m, IPC_OTHERS_WANTED);
	if (ipc_send(w->fd, &m) != OK || wire_await(w, IPC_OTHERS, &m) != OK)
		return 0;
	n = (int)ipc_get_int(&m, 0, IPC_OTHERS_MAX);
	for (int i = 0; i < n; i++) {
		out[i] = (struct tui_other){
		    .number = ipc_get_int(&m, 1, INT64_MAX),
		    .dropped = ipc_get_bool(&m),
		};
		(void)snprintf(out[i].screen, sizeof(out[i].screen), "%s",
		               ipc_get_text(&m, IPC_PLACE_MAX));
		out[i].at.s = ipc_get_int(&m, INT64_MIN, INT64_MAX);
	}
	if (ipc_end(&m) != OK)
		n = 0;
	ipc_clear(&m);
	return n;
}

int
wire_take_over(void *data, int64_t number, int fd)
{
	struct wire *w = data;
	struct ipc_msg m;

	ipc_begin(&m, IPC_TAKE);
	ipc_put_int(&m, number);
	ipc_put_fd(&m, fd);
	return ipc_send(w->fd, &m) == OK ? wire_await_answer(w)
	                                 : ERR_UNAVAILABLE;
}

int
wire_set_password(void *data, int64_t account, const char *password,
                  bool must_change)
{
	struct wire *w = data;
	struct ipc_msg m;

	ipc_begin(&m, IPC_SET_PASSWORD);
	ipc_put_int(&m, account);
	ipc_put_int(&m, must_change);
	ipc_put_text(&m, password);
	if (strlen(password) > IPC_PASSWORD_MAX)
		return ERR_INVALID;
	return ipc_send(w->fd, &m) == OK ? wire_await_answer(w)
	                                 : ERR_UNAVAILABLE;
}

int
wire_set_pin(void *data, const char *pin)
{
	struct wire *w = data;
	struct ipc_msg m;

	if (strlen(pin) > PIN_MOST)
		return ERR_INVALID;
	ipc_begin(&m, IPC_SET_PIN);
	ipc_put_text(&m, pin);
	return ipc_send(w->fd, &m) == OK ? wire_await_answer(w)
	                                 : ERR_UNAVAILABLE;
}

int
wire_check_password(void *data, const char *password)
{
	struct wire *w = data;
	struct ipc_msg m;

	if (strlen(password) > IPC_PASSWORD_MAX)
		return ERR_DENIED;
	ipc_begin(&m, IPC_CHECK_PASSWORD);
	ipc_put_text(&m, password);
	return ipc_send(w->fd, &m) == OK ? wire_await_answer(w)
	                                 : ERR_UNAVAILABLE;
}

int
wire_factor(void *data, enum otp_act act, const char *code, const char *secret,
            const char *present, char recovery[TUI_RECOVERY_MAX + 1])
{
	struct wire *w = data;
	struct ipc_msg m;
	int err;

	if (strlen(code) > IPC_CODE_MAX || strlen(secret) > IPC_CODE_MAX ||
	    strlen(present) > IPC_CODE_MAX)
		return ERR_DENIED;
	ipc_begin(&m, IPC_FACTOR);
	ipc_put_int(&m, act);
	ipc_put_text(&m, code);
	ipc_put_text(&m, secret);
	ipc_put_text(&m, present);
	if (ipc_send(w->fd, &m) != OK)
		return ERR_UNAVAILABLE;
	err = await_codes(w, recovery);
	/* only now does the account have the rights of its offices */
	if (err == OK && w->c->locked)
		err = ctx_unlock(w->c);
	return err;
}

enum encoding
wire_set_encoding(void *data, const char *name)
{
	struct wire *w = data;
	enum encoding encoding = encoding_named(name, w->said);
	struct ipc_msg m;

	if (encoding == w->encoding)
		return encoding;
	w->encoding = encoding;
	ipc_begin(&m, IPC_ENCODING);
	ipc_put_int(&m, encoding);
	/* unanswered, the connection is as good as gone */
	if (ipc_send(w->fd, &m) != OK || wire_await_answer(w) != OK)
		log_debug("wire lost message=%s", ipc_name(IPC_ENCODING));
	return encoding;
}

void
wire_say(void *data, const char *text)
{
	char cut[IPC_SAY_MAX + 1];
	struct ipc_msg m;

	(void)snprintf(cut, sizeof(cut), "%s", text);
	ipc_begin(&m, IPC_SAY);
	ipc_put_text(&m, cut);
	send_or_log(data, &m);
}

void
wire_exit(struct wire *w, int status)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_EXIT);
	ipc_put_int(&m, status);
	send_or_log(w, &m);
}
