/* Sessions: started for a connection, woken, ended. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"

/* What lies between the two processes is old when a slow client resumes. */
enum { STREAM_BYTES = 8192 };

static void
forget(struct session *s)
{
	struct site *site = s->site;

	for (struct session **at = &site->sessions; *at != NULL;
	     at = &(*at)->next)
		if (*at == s) {
			*at = s->next;
			break;
		}
	site->session_count--;
	ask_forget(site, s);
	loop_cancel(site->loop, s->resume);
	loop_remove(site->loop, s->watch);
	(void)close(s->wire);
	if (s->conn != NULL) {
		s->conn->session = NULL;
		if (!s->exited) {
			log_error("session-died session=%lld",
			          (long long)s->number);
			conn_exit(s->conn, EX_SOFTWARE);
		}
	}
	log_info("session-ended session=%lld", (long long)s->number);
	free(s);
	if (site->stopping && site->conns == NULL && site->sessions == NULL)
		loop_stop(site->loop);
}

void
session_tell(struct session *s, struct ipc_msg *m)
{
	/* one that does not read for hundreds of messages loses wakes only,
	 * and reads everything again for those that wait */
	if (ipc_send(s->wire, m) != OK)
		log_debug("session-stuck session=%lld message=%s",
		          (long long)s->number, ipc_name(m->type));
}

void
session_window(struct session *s, int64_t columns, int64_t rows)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_WINDOW);
	ipc_put_int(&m, columns);
	ipc_put_int(&m, rows);
	session_tell(s, &m);
}

void
session_end(struct session *s, enum ipc_reason reason)
{
	struct ipc_msg m;

	s->over = true;
	ipc_begin(&m, IPC_END);
	ipc_put_int(&m, reason);
	session_tell(s, &m);
}

static void
on_resume_over(void *data)
{
	struct session *s = data;

	s->resume = NULL;
	log_info("resume-over session=%lld", (long long)s->number);
	session_end(s, END_LINK);
}

/* The session sees the end of its stream by itself. */
void
session_link_lost(struct session *s)
{
	int seconds = s->site->cfg->session_resume_seconds;

	s->conn = NULL;
	if (seconds == 0 || s->place[0] == '\0' || s->over ||
	    s->need != OTP_NONE) {
		session_end(s, END_LINK);
		return;
	}
	log_info("link-lost session=%lld", (long long)s->number);
	s->resume =
	    loop_after(s->site->loop, seconds * 1000, on_resume_over, s);
}

void
sessions_end(struct site *site, enum ipc_reason reason)
{
	for (struct session *s = site->sessions; s != NULL; s = s->next)
		session_end(s, reason);
}

void
sessions_wake(struct site *site, uint64_t kinds, int64_t unit,
              const struct session *but)
{
	struct ipc_msg m;

	if ((kinds & site->auth_kinds) != 0)
		ask_wake(site);
	for (struct session *s = site->sessions; s != NULL; s = s->next) {
		if ((kinds & s->rights) != 0 && s != but) {
			ipc_begin(&m, IPC_RIGHTS);
			session_tell(s, &m);
		}
		if (s == but || (s->kinds & kinds) == 0 ||
		    (s->unit != 0 && unit != 0 && s->unit != unit))
			continue;
		ipc_begin(&m, IPC_WAKE);
		ipc_put_int(&m, (int64_t)kinds);
		ipc_put_int(&m, unit);
		session_tell(s, &m);
	}
}

void
session_answer(void *session, int err, const struct login *login)
{
	struct session *s = session;
	struct ipc_msg m;

	s->asking = false;
	if (s->checking && s->conn != NULL && err == ERR_DENIED)
		(void)admit_failed(s->conn);
	s->checking = false;
	ipc_begin(&m, IPC_ANSWER);
	ipc_put_int(&m, err);
	ipc_put_text(&m, login != NULL ? login->text : "");
	session_tell(s, &m);
}

/* From here on the session is what it was started for. */
static void
on_shown(struct session *s)
{
	s->need = OTP_NONE;
	s->strength = STRENGTH_SECOND;
	s->failures = 0;
	if (s->conn != NULL)
		s->conn->strength = STRENGTH_SECOND;
	log_info("second-factor session=%lld", (long long)s->number);
}

static void
on_factor(void *data, int err, const struct login *login)
{
	struct session *s = data;

	if (err == OK && (s->act == OTP_ACT_SHOW || s->act == OTP_ACT_ENROL))
		on_shown(s);
	if (err == ERR_DENIED) {
		log_info("second-factor-refused session=%lld address=%s",
		         (long long)s->number, s->address);
		s->failures++;
	}
	session_answer(s, err, login);
	if (s->failures >= s->site->cfg->limits_sign_in_tries)
		session_end(s, END_TRIES);
}

/* A session speaks of its own account's only; liaison-auth decides. */
static int
factor(struct session *s, struct ipc_msg *m)
{
	struct factor_wish wish;
	int64_t until_s;

	wish.act = (enum otp_act)ipc_get_int(m, 0, OTP_ACTS - 1);
	wish.code = ipc_get_text(m, IPC_CODE_MAX);
	wish.secret = ipc_get_text(m, IPC_CODE_MAX);
	wish.present = ipc_get_text(m, IPC_CODE_MAX);
	if (ipc_end(m) != OK || s->asking || s->over)
		return ERR_PROTOCOL;
	if (s->conn != NULL && admit_password(s->conn, &until_s) != ENDS) {
		session_answer(s, ERR_LIMIT, NULL);
		return OK;
	}
	s->asking = s->checking = true;
	s->act = wish.act;
	ask_factor(s->site, s->account, &wish, s->address, on_factor, s);
	return OK;
}

/* The acting account is the one that signed in, whatever the session says. */
static int
set_password(struct session *s, struct ipc_msg *m)
{
	int64_t account = ipc_get_int(m, 1, INT64_MAX);
	bool must_change = ipc_get_bool(m);
	const char *password = ipc_get_text(m, IPC_PASSWORD_MAX);

	if (ipc_end(m) != OK || s->asking || s->need != OTP_NONE)
		return ERR_PROTOCOL;
	s->asking = true;
	ask_set(s->site, s->account, account, must_change, password,
	        session_answer, s);
	return OK;
}

static int
set_pin(struct session *s, struct ipc_msg *m)
{
	const char *pin = ipc_get_text(m, IPC_CODE_MAX);

	if (ipc_end(m) != OK || s->asking || s->need != OTP_NONE)
		return ERR_PROTOCOL;
	s->asking = true;
	ask_pin(s->site, s->account, pin, session_answer, s);
	return OK;
}

static int
check_password(struct session *s, struct ipc_msg *m)
{
	const char *password = ipc_get_text(m, IPC_PASSWORD_MAX);
	int64_t until_s;

	if (ipc_end(m) != OK || s->asking)
		return ERR_PROTOCOL;
	if (s->conn != NULL && admit_password(s->conn, &until_s) != ENDS) {
		session_answer(s, ERR_LIMIT, NULL);
		return OK;
	}
	s->asking = s->checking = true;
	ask_check(s->site, s->account, password, session_answer, s);
	return OK;
}

/* The answer goes out after the connection was told, so that nothing the
 * session writes then can overtake it. */
static int
set_encoding(struct session *s, struct ipc_msg *m)
{
	int64_t encoding = ipc_get_int(m, 0, ENCODINGS - 1);

	if (ipc_end(m) != OK || s->asking)
		return ERR_PROTOCOL;
	if (s->conn != NULL)
		conn_encoding(s->conn, (enum encoding)encoding);
	session_answer(s, OK, NULL);
	return OK;
}

static int
on_exit_status(struct session *s, struct ipc_msg *m)
{
	int status = (int)ipc_get_int(m, 0, 255);

	if (ipc_end(m) != OK)
		return ERR_PROTOCOL;
	s->exited = true;
	if (s->conn != NULL)
		conn_exit(s->conn, status);
	return OK;
}

static int
on_place(struct session *s, struct ipc_msg *m)
{
	const char *place = ipc_get_text(m, IPC_PLACE_MAX);

	(void)snprintf(s->place, sizeof(s->place), "%s", place);
	s->place_at = ipc_get_int(m, INT64_MIN, INT64_MAX);
	return ipc_end(m);
}

/* Since when it is, is said once: a session taken over goes on. */
static int
on_hat(struct session *s, struct ipc_msg *m)
{
	int64_t since_at;

	s->office = ipc_get_int(m, 0, INT64_MAX);
	since_at = ipc_get_int(m, INT64_MIN, INT64_MAX);
	if (s->since_at == 0)
		s->since_at = since_at;
	return ipc_end(m);
}

static int
on_message(struct session *s, struct ipc_msg *m)
{
	const char *text;
	int64_t kinds, unit;

	switch (m->type) {
	case IPC_WATCH:
	case IPC_COMMIT:
		kinds = ipc_get_int(m, INT64_MIN, INT64_MAX);
		unit = ipc_get_int(m, 0, INT64_MAX);
		if (m->type == IPC_COMMIT && ipc_end(m) == OK) {
			sessions_wake(s->site, (uint64_t)kinds, unit, s);
		} else {
			s->kinds = (uint64_t)kinds;
			s->unit = unit;
		}
		return ipc_end(m);
	case IPC_WATCH_RIGHTS:
		s->rights = (uint64_t)ipc_get_int(m, INT64_MIN, INT64_MAX);
		return ipc_end(m);
	case IPC_SET_PASSWORD:
		return set_password(s, m);
	case IPC_SET_PIN:
		return set_pin(s, m);
	case IPC_CHECK_PASSWORD:
		return check_password(s, m);
	case IPC_FACTOR:
		return factor(s, m);
	case IPC_PLACE:
		return on_place(s, m);
	case IPC_HAT:
		return on_hat(s, m);
	case IPC_SESSIONS_WANTED:
		return service_sessions(s, m);
	case IPC_END_SESSION:
		return service_end_session(s, m);
	case IPC_PENALTIES_WANTED:
		return service_penalties(s, m);
	case IPC_FORGIVE:
		return service_forgive(s, m);
	case IPC_CONTACT:
		return service_contact(s, m);
	case IPC_OTHERS_WANTED:
		takeover_list(s);
		return ipc_end(m);
	case IPC_TAKE:
		return takeover(s, m);
	case IPC_ENCODING:
		return set_encoding(s, m);
	case IPC_EXIT:
		return on_exit_status(s, m);
	case IPC_SAY:
		text = ipc_get_text(m, IPC_SAY_MAX);
		if (ipc_end(m) == OK && s->conn != NULL)
			conn_say(s->conn, text);
		return ipc_end(m);
	default: /* ipc.def lets nothing else through */
		return ERR_PROTOCOL;
	}
}

static void
on_wire(void *data)
{
	struct session *s = data;
	struct ipc_msg m;
	int err;

	while ((err = ipc_recv(s->wire, FROM_SESSION, AFTER_LOGIN, &m)) == OK) {
		err = on_message(s, &m);
		ipc_clear(&m);
		if (err != OK)
			break;
	}
	if (err == ERR_PROTOCOL)
		log_error("session-malformed session=%lld",
		          (long long)s->number);
	if (err != ERR_BUSY)
		forget(s);
}

/* Read START and write it on as SPAWN; what it says of the terminal is kept
 * for a session that goes on behind it. */
static int
pass_on(struct conn *k, int64_t number, struct ipc_msg *start,
        struct ipc_msg *m)
{
	struct terminal *t = &k->terminal;
	bool is_command;

	t->exists = ipc_get_bool(start);
	(void)snprintf(t->name, sizeof(t->name), "%s",
	               ipc_get_text(start, IPC_TERM_MAX));
	t->columns = ipc_get_int(start, 0, INT32_MAX);
	t->rows = ipc_get_int(start, 0, INT32_MAX);
	(void)snprintf(t->language, sizeof(t->language), "%s",
	               ipc_get_text(start, IPC_LANGUAGE_MAX));
	t->encoding = ipc_get_int(start, 0, ENCODINGS - 1);
	t->no_color = ipc_get_bool(start);
	is_command = ipc_get_bool(start);
	ipc_begin(m, IPC_SPAWN);
	ipc_put_int(m, number);
	ipc_put_int(m, k->account);
	ipc_put_int(m, k->must_change);
	ipc_put_int(m, k->need);
	ipc_put_text(m, k->commands);
	ipc_put_int(m, t->exists);
	ipc_put_text(m, t->name);
	ipc_put_int(m, t->columns);
	ipc_put_int(m, t->rows);
	ipc_put_text(m, t->language);
	ipc_put_int(m, t->encoding);
	ipc_put_int(m, t->no_color);
	ipc_put_int(m, is_command);
	ipc_put_text(m, ipc_get_text(start, IPC_COMMAND_MAX));
	return ipc_end(start);
}

static int
stream_pair(int out[2])
{
	int type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
	int bytes = STREAM_BYTES;

	if (socketpair(AF_UNIX, type, 0, out) != 0)
		return ERR_IO;
	for (int i = 0; i < 2; i++)
		(void)setsockopt(out[i], SOL_SOCKET, SO_SNDBUF, &bytes,
		                 sizeof(bytes));
	return OK;
}

static void
add(struct conn *k, int64_t number, int wire)
{
	struct site *site = k->site;
	struct session *s = xcalloc(1, sizeof(*s));

	s->site = site;
	s->number = number;
	s->wire = wire;
	s->account = k->account;
	s->strength = k->strength;
	s->need = k->need;
	(void)snprintf(s->address, sizeof(s->address), "%s", k->address);
	s->conn = k;
	(void)snprintf(s->address, sizeof(s->address), "%s", k->address);
	s->next = site->sessions;
	site->sessions = s;
	site->session_count++;
	s->watch = loop_read(site->loop, wire, on_wire, s);
	k->session = s;
	log_info("session session=%lld account=%lld", (long long)number,
	         (long long)k->account);
}

/* Give liaison-tui its ends, the connection the other one. */
static int
hand_out(struct conn *k, int64_t number, struct ipc_msg *spawn_msg)
{
	int stream[2], control[2], err;
	struct ipc_msg m;

	if (stream_pair(stream) != OK)
		return ERR_IO;
	if (ipc_pair(control) != OK) {
		(void)close(stream[0]);
		(void)close(stream[1]);
		return ERR_IO;
	}
	ipc_put_fd(spawn_msg, stream[1]);
	ipc_put_fd(spawn_msg, control[1]);
	err = ipc_send(k->site->helpers[HELPER_TUI].wire, spawn_msg);
	if (err == OK) {
		ipc_begin(&m, IPC_STARTED);
		ipc_put_fd(&m, stream[0]);
		err = ipc_send(k->wire, &m);
	}
	(void)close(stream[0]);
	(void)close(stream[1]);
	(void)close(control[1]);
	if (err == OK) {
		add(k, number, control[0]);
		conn_served(k);
	} else {
		(void)close(control[0]);
	}
	return err;
}

/* Room for one more of this account: its session that waits longest for a
 * link goes; its draft stays. The list has the newest first. */
static bool
make_room(const struct conn *k)
{
	struct session *oldest = NULL;

	for (struct session *s = k->site->sessions; s != NULL; s = s->next)
		if (s->account == k->account && s->conn == NULL && !s->over)
			oldest = s;
	if (oldest != NULL)
		session_end(oldest, END_LINK);
	return oldest != NULL;
}

int
session_start(struct conn *k, struct ipc_msg *start)
{
	struct site *site = k->site;
	int64_t number = ++site->next_session;
	enum ipc_reason reason;
	struct ipc_msg m;

	if (pass_on(k, number, start, &m) != OK || k->session != NULL)
		return ERR_PROTOCOL;
	reason = admit_session(k);
	if (reason == END_SESSIONS && make_room(k))
		reason = ENDS;
	if (reason != ENDS) {
		log_warn("session-refused account=%lld sessions=%d",
		         (long long)k->account, site->session_count);
		conn_refuse(k, reason, 0);
	} else if (hand_out(k, number, &m) != OK) {
		log_error("session-not-started account=%lld",
		          (long long)k->account);
		conn_refuse(k, END_FAILED, 0);
	}
	return OK;
}
