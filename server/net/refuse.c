/* Refusals, in both languages because nobody has signed in yet. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "db/base/buf.h"
#include "server/net/net.h"

/* English first: OpenSSH prints what is not ASCII as octal numbers in a
 * disconnect message, though not in a banner. */
static const struct {
	const char *en, *zh;
} texts[ENDS] = {
    [END_SHUTDOWN] = {"The service is stopping; please connect again later.",
                      "服务正在停止，请稍后再连接。"},
    [END_FULL] = {"Too many people are connecting.", "目前连接的人太多。"},
    [END_TRIES] = {"Too many failed sign-ins; you may connect again.",
                   "登录失败次数过多，连接已结束；可以重新连接。"},
    [END_TIME] = {"The time to sign in is over; you may connect again.",
                  "登录超时，连接已结束；可以重新连接。"},
    [END_NOTHING] = {"Nothing was asked for after sign-in; you may connect "
                     "again.",
                     "登录后没有任何操作，连接已结束；可以重新连接。"},
    [END_FAILED] = {"The service is not available at the moment; please try "
                    "again later.",
                    "服务暂时不可用，请稍后再试。"},
    [END_LINK] = {"", ""},
    [END_SOURCE] = {"Too many connections from your address are waiting to "
                    "sign in.",
                    "从您所在网络地址发起、尚未登录的连接太多。"},
    [END_CROWDED] = {"Many people are signing in just now, and your address "
                     "has other connections waiting or failed sign-ins.",
                     "目前登录的人很多，而您所在网络地址已有等待的连接或"
                     "登录失败记录。"},
    [END_PENALTY] = {"Too many failed sign-ins from your address.",
                     "从您所在网络地址登录失败的次数过多。"},
    [END_SESSIONS] = {"This account has too many sessions open; please end "
                      "one of them first.",
                      "这个账号同时打开的会话太多，请先退出其中一个。"},
    [END_HAND] = {"An administrator ended this session.",
                  "管理员结束了这个会话。"},
};

char *
refuse_text(const struct link *k, size_t *english)
{
	int64_t left = k->until.s - clock_now().s;
	struct buf out = BUF_INIT;
	char at[16] = "";
	int hour, minute;

	clock_time_of(k->until, &hour, &minute);
	(void)snprintf(at, sizeof(at), "%02d:%02d:%02d", hour, minute,
	               (int)(k->until.s % 60));
	buf_add(&out, texts[k->reason].en);
	if (left > 0)
		buf_addf(&out, " Please try again after %s, in %lld s.", at,
		         (long long)left);
	*english = out.len;
	buf_addf(&out, " %s", texts[k->reason].zh);
	if (left > 0)
		buf_addf(&out, "请在 %s（%lld 秒后）再试。", at,
		         (long long)left);
	return buf_take(&out);
}

/* Before the answer to a try: a client out of tries reads no further. */
void
refuse_banner(struct link *k)
{
	size_t english;
	char *text;
	struct buf line = BUF_INIT;
	ssh_string banner;

	if (!k->refused || k->signed_in || k->told)
		return;
	text = refuse_text(k, &english);
	buf_addf(&line, "%s\n", text);
	banner = ssh_string_from_char(line.data);
	if (banner != NULL)
		(void)ssh_send_issue_banner(k->session, banner);
	k->told = true;
	ssh_string_free(banner);
	buf_clear(&line);
	free(text);
}

void
refuse_late(struct link *k)
{
	size_t english;
	char *text;

	refuse_banner(k);
	text = refuse_text(k, &english);
	text[english] = '\0';
	(void)ssh_session_set_disconnect_message(k->session, text);
	free(text);
}

enum {
	SSH_MSG_DISCONNECT = 1, /* RFC 4253, section 11.1 */
	SSH_TOO_MANY = 12,
	BLOCK = 8,
	DRAIN_MS = 1000
};

struct packet {
	unsigned char data[1024];
	size_t len;
};

static void
put(struct packet *p, const void *bytes, size_t n)
{
	if (n <= sizeof(p->data) - p->len) {
		memcpy(p->data + p->len, bytes, n);
		p->len += n;
	}
}

static void
put_u32(struct packet *p, size_t v)
{
	uint32_t be = htonl((uint32_t)v);

	put(p, &be, sizeof(be));
}

/* The packet as RFC 4253, section 6, has it before any key is agreed:
 * length, padding length, payload, padding, in blocks of eight bytes. */
static void
disconnect_packet(struct packet *out, const char *text)
{
	static const unsigned char zeros[2 * BLOCK];
	size_t payload = 1 + 4 + 4 + strlen(text) + 4;
	size_t pad = BLOCK - (4 + 1 + payload) % BLOCK;
	unsigned char byte;

	if (pad < 4)
		pad += BLOCK;
	put_u32(out, 1 + payload + pad);
	byte = (unsigned char)pad;
	put(out, &byte, 1);
	byte = SSH_MSG_DISCONNECT;
	put(out, &byte, 1);
	put_u32(out, SSH_TOO_MANY);
	put_u32(out, strlen(text));
	put(out, text, strlen(text));
	put_u32(out, 0); /* no language tag */
	put(out, zeros, pad);
}

void
refuse_early(const struct link *k)
{
	static const char hello[] = "SSH-2.0-liaison\r\n";
	struct packet p = {.len = 0};
	struct pollfd wait = {.fd = k->fd, .events = POLLIN};
	size_t english;
	char *text, sink[512];

	if (k->reason == END_LINK)
		return;
	text = refuse_text(k, &english);
	put(&p, hello, sizeof(hello) - 1);
	disconnect_packet(&p, text);
	free(text);
	if (send(k->fd, p.data, p.len, MSG_NOSIGNAL) < 0)
		return;
	(void)shutdown(k->fd, SHUT_WR);
	/* closing with bytes unread would reset the connection and take our
	 * sentence with it */
	while (poll(&wait, 1, DRAIN_MS) > 0 &&
	       recv(k->fd, sink, sizeof(sink), 0) > 0)
		;
}
