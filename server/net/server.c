/* The SSH server's options, its host key, and the handshake with itself
 * that leaves libssh and OpenSSL initialised for every child. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/log.h"
#include "server/net/net.h"

/* Without the DH groups (group18 costs a third of a second before anybody
 * signed in), NIST curves for key exchange, CBC and encrypt-and-MAC. */
#define KEX "curve25519-sha256,curve25519-sha256@libssh.org"
#define CIPHERS                                                                \
	"chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,"                \
	"aes128-gcm@openssh.com,aes256-ctr,aes128-ctr"
#define MACS "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com"
#define KEYS                                                                   \
	"ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,"          \
	"rsa-sha2-512,rsa-sha2-256"

static const struct {
	enum ssh_bind_options_e option;
	const char *value;
} options[] = {
    {SSH_BIND_OPTIONS_BANNER, "liaison"},
    {SSH_BIND_OPTIONS_KEY_EXCHANGE, KEX},
    {SSH_BIND_OPTIONS_CIPHERS_C_S, CIPHERS},
    {SSH_BIND_OPTIONS_CIPHERS_S_C, CIPHERS},
    {SSH_BIND_OPTIONS_HMAC_C_S, MACS},
    {SSH_BIND_OPTIONS_HMAC_S_C, MACS},
    {SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, "ssh-ed25519"},
    {SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES, KEYS},
};

static bool
set_options(ssh_bind bind)
{
	bool no = false;

	/* nobody's /etc/ssh/libssh_server_config has a say here */
	if (ssh_bind_options_set(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no) !=
	    SSH_OK)
		return false;
	for (size_t i = 0; i < COUNT(options); i++)
		if (ssh_bind_options_set(bind, options[i].option,
		                         options[i].value) != SSH_OK)
			return false;
	return true;
}

ssh_bind
server_new(const char *host_key)
{
	ssh_bind bind = ssh_bind_new();
	ssh_key key = NULL;

	if (bind == NULL || !set_options(bind)) {
		log_error("ssh-options refused");
		exit(1);
	}
	if (ssh_pki_import_privkey_file(host_key, NULL, NULL, NULL, &key) !=
	        SSH_OK ||
	    ssh_bind_options_set(bind, SSH_BIND_OPTIONS_IMPORT_KEY, key) !=
	        SSH_OK) {
		log_error("host-key cannot be read");
		exit(1);
	}
	return bind; /* the key is bind's now */
}

static _Noreturn void
be_client(int fd)
{
	ssh_session s = ssh_new();
	bool no = false;

	(void)ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);
	(void)ssh_options_set(s, SSH_OPTIONS_HOST, "warm");
	(void)ssh_options_set(s, SSH_OPTIONS_USER, "warm");
	(void)ssh_options_set(s, SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
	(void)ssh_options_set(s, SSH_OPTIONS_FD, &fd);
	if (ssh_connect(s) == SSH_OK)
		(void)ssh_userauth_none(s, NULL);
	ssh_disconnect(s);
	_exit(0);
}

static int
refuse_none(ssh_session session, const char *user, void *data)
{
	(void)session;
	(void)user;
	(void)data;
	return SSH_AUTH_DENIED;
}

static void
be_server(ssh_bind bind, int fd)
{
	struct ssh_server_callbacks_struct callbacks = {
	    .auth_none_function = refuse_none,
	};
	ssh_session s = ssh_new();
	ssh_event event = ssh_event_new();

	ssh_callbacks_init(&callbacks);
	(void)ssh_set_server_callbacks(s, &callbacks);
	if (ssh_bind_accept_fd(bind, s, fd) == SSH_OK &&
	    ssh_handle_key_exchange(s) == SSH_OK) {
		(void)ssh_event_add_session(event, s);
		while (ssh_event_dopoll(event, 2000) == SSH_OK &&
		       (ssh_get_status(s) & (SSH_CLOSED | SSH_CLOSED_ERROR)) ==
		           0)
			;
		(void)ssh_event_remove_session(event, s);
	} else {
		log_warn("warming failed: %s", ssh_get_error(s));
	}
	ssh_event_free(event);
	ssh_disconnect(s);
	ssh_free(s);
}

void
server_warm(ssh_bind bind)
{
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return;
	pid = fork();
	if (pid == 0) {
		(void)close(pair[0]);
		be_client(pair[1]);
	}
	(void)close(pair[1]);
	if (pid > 0) {
		be_server(bind, pair[0]); /* closes it */
		(void)waitpid(pid, NULL, 0);
	} else {
		(void)close(pair[0]);
	}
}

int
server_make_key(const char *path)
{
	char temporary[4096];
	ssh_key key = NULL;
	int err = ERR_IO;

	if (snprintf(temporary, sizeof(temporary), "%s.new", path) >=
	    (int)sizeof(temporary))
		return ERR_IO;
	if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) == SSH_OK &&
	    ssh_pki_export_privkey_file(key, NULL, NULL, NULL, temporary) ==
	        SSH_OK &&
	    rename(temporary, path) == 0)
		err = OK;
	ssh_key_free(key);
	return err;
}
