/* The table of commands, and variables. */
#include "tests/e2e/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"

struct command {
	const char *name;
	int least, most; /* arguments */
	command_fn *run;
	const char *usage;
};

/* clang-format off */
static const struct command commands[] = {
	{"term",         1, 1,  cmd_term,         "NAME: use that terminal; a new one takes over the settings"},
	{"size",         1, 1,  cmd_size,         "CxR for the next login"},
	{"term-type",    1, 1,  cmd_term_type,    "TERM for the next login"},
	{"lang",         1, 1,  cmd_lang,         "zh, en, none or a value of LANG"},
	{"encoding",     1, 1,  cmd_encoding,     "of the terminal for the next login, such as gb18030"},
	{"client",       1, 1,  cmd_client,       "ssh, plink or dbclient"},
	{"key",          0, 1,  cmd_key,          "[FILE] of a private key; none: password"},
	{"options",      1, 1,  cmd_options,      "\"more options of the client\""},
	{"login",        1, 2,  cmd_login,        "USER [PASSWORD]; the password is liaison"},
	{"run",          1, 31, cmd_run,          "COMMAND... in the terminal, no server"},
	{"resize",       1, 1,  cmd_resize,       "CxR of the running terminal"},
	{"press",        1, 31, cmd_press,        "KEY... such as F4 Down*3 Ctrl-P"},
	{"type",         1, 1,  cmd_type,         "TEXT as it is"},
	{"paste",        1, 1,  cmd_paste,        "TEXT in a bracketed paste"},
	{"paste-file",   1, 1,  cmd_paste_file,   "FILE in a bracketed paste"},
	{"paste-repeat", 2, 2,  cmd_paste_repeat, "TEXT BYTES in a bracketed paste"},
	{"disconnect",   0, 0,  cmd_disconnect,   "kill the client"},
	{"ended",        0, 1,  cmd_ended,        "[STATUS]: wait for the client's end"},
	{"stall",        0, 0,  cmd_stall,        "stop the client (it reads no more)"},
	{"resume",       0, 0,  cmd_resume,       "let it go on"},
	{"link",         1, 1,  cmd_link,         "open, stall or resume: one from port $LINK to the server"},
	{"wait",         1, 2,  cmd_wait,         "TEXT [MS] on the screen"},
	{"waitnot",      1, 2,  cmd_waitnot,      "TEXT [MS]: until it is gone"},
	{"expect",       1, 1,  cmd_expect,       "TEXT on the screen now"},
	{"reject",       1, 1,  cmd_reject,       "TEXT not on the screen"},
	{"attr",         1, 31, cmd_attr,         "TEXT ATTR...: bold reverse fg=red; none: plain"},
	{"cursor",       1, 1,  cmd_cursor,       "ROW:COL, hidden, or TEXT: just behind it"},
	{"bell",         0, 1,  cmd_bell,         "[MS]: a bell since the last one heard"},
	{"nobell",       0, 0,  cmd_nobell,       "none"},
	{"mark",         0, 0,  cmd_mark,         "count bytes from here"},
	{"bytes",        2, 2,  cmd_bytes,        "<= N since mark"},
	{"quiet",        1, 1,  cmd_quiet,        "MS: nothing arrives meanwhile"},
	{"capture",      2, 3,  cmd_capture,      "NAME /RE/ [MS]: its groups, joined"},
	{"noescape",     0, 0,  cmd_noescape,     "no control sequence ever arrived"},
	{"golden",       1, 1,  cmd_golden,       "NAME"},
	{"mask",         1, 1,  cmd_mask,         "/RE/ shown as stars in goldens"},
	{"qr",           1, 1,  cmd_qr,           "/RE/: payload, on dark and light terminals; $QR"},
	{"qr-picture",   1, 1,  cmd_qr_picture,   "FILE.png: the codes in it are the output, a line each"},
	{"walk",         0, 0,  cmd_walk,         "open everything the keys lead to (in English)"},
	{"noqr",         0, 0,  cmd_noqr,         "no code is readable"},
	{"deadline",     1, 1,  cmd_deadline,     "MS for every wait that follows"},
	{"ini",          2, 2,  cmd_ini,          "SECTION.KEY VALUE, before the server starts"},
	{"server",       1, 1,  cmd_server,       "start or stop"},
	{"programs",     1, 1,  cmd_programs,     "FOLDER in the site's directory: the server's programs lie there"},
	{"kill",         1, 2,  cmd_kill,         "PROGRAM [SIGNAL]: the server's processes of that name"},
	{"kill-newest",  2, 2,  cmd_kill_newest,  "PROGRAM SIGNAL: the newest child of that name"},
	{"hostile",      1, 31, cmd_hostile,      "ATTACK... of tests/hostile, each followed by an honest client"},
	{"confined",     1, 1,  cmd_confined,     "PROGRAM: its newest process is in a sandbox"},
	{"weigh",        0, 0,  cmd_weigh,        "remember the memory of the server's processes"},
	{"grown",        2, 2,  cmd_grown,        "<= KB since weigh"},
	{"inside",       0, 0,  cmd_inside,       "before the server starts: the next four may look"},
	{"knows",        2, 2,  cmd_knows,        "PROGRAM FILE: its memory holds that private key"},
	{"ignores",      2, 2,  cmd_ignores,      "PROGRAM FILE: it does not"},
	{"opened",       2, 2,  cmd_opened,       "PROGRAM FILE: it has that file open"},
	{"closed",       2, 2,  cmd_closed,       "PROGRAM FILE: it does not"},
	{"feed",         1, 1,  cmd_feed,         "TEXT: what the next exec reads"},
	{"exec",         2, 3,  cmd_exec,         "USER COMMAND [PASSWORD] by the client, no terminal"},
	{"exec-file",    3, 3,  cmd_exec_file,    "USER COMMAND FILE: the same, with what it reads"},
	{"ctl",          1, 31, cmd_ctl,          "liaisonctl arguments"},
	{"check",        0, 0,  cmd_check,        "liaisonctl check holds"},
	{"sh",           1, 1,  cmd_sh,           "SHELL COMMAND in the site's directory"},
	{"status",       1, 1,  cmd_status,       "N of exec, ctl, sh"},
	{"stdout",       1, 1,  cmd_stdout,       "TEXT in its output"},
	{"stdoutnot",    1, 1,  cmd_stdoutnot,    "TEXT is not in its output"},
	{"stderr",       1, 1,  cmd_stderr,       "TEXT in its errors"},
	{"take",         2, 2,  cmd_take,         "NAME /RE/ from its output"},
	{"keep",         1, 1,  cmd_keep,         "FILE for its output"},
	{"golden-output", 1, 1, cmd_golden_output, "NAME: its output"},
	{"processes",    2, 2,  cmd_processes,    "PROGRAM N: so many of the server's there are soon"},
	{"http",         2, 3,  cmd_http,         "METHOD ADDRESS [FORM]: status and output are the answer's"},
	{"http-raw",     1, 4,  cmd_http_raw,     "BYTES [MORE [TIMES [LAST]]] as they are, until the server closes"},
	{"http-head",    0, 1,  cmd_http_head,    "[\"NAME: VALUE\"] in every request from here; none: no more"},
	{"http-sign",    1, 2,  cmd_http_sign,    "SECRET [SECONDS]: headers of a chat's callback, so many seconds off"},
	{"http-cookie",  1, 1,  cmd_http_cookie,  "NAME=VALUE, or \"\": what the browser sends back"},
	{"http-hold",    1, 4,  cmd_http_hold,    "N [BYTES [PIECE TIMES]]: connections that say this and no more; 0: let go"},
	{"hook",         1, 1,  cmd_hook,         "take, refuse, hold or stop: what a group of the chat at $HOOK answers"},
	{"hooked",       1, 3,  cmd_hooked,       "TEXT [TIMES [MS]] was posted to it so often, waits for it"},
	{"browser",      1, 3,  cmd_browser,      "open, go ADDRESS, tap or pick TEXT, fill NAME TEXT, file NAME FILE, sees TEXT, text, fits, shot FILE, sheet FILE"},
	{"browser-qr",   1, 1,  cmd_browser_qr,   "/RE/: payload of the code that the browser shows; $QR"},
	{"sql",          2, 2,  cmd_sql,          "QUERY ANSWER (columns by |)"},
	{"code",         2, 3,  cmd_code,         "NAME SECRET [STEPS]: what a telephone with it shows, so many steps off"},
	{"set",          2, 2,  cmd_set,          "NAME VALUE"},
	{"log",          1, 2,  cmd_log,          "TEXT [TIMES] in the server's log, waits for it"},
	{"disk",         1, 1,  cmd_disk,         "KB: the site lies on a small disk of its own"},
	{"nolog",        1, 1,  cmd_nolog,        "TEXT never in the server's log"},
};
/* clang-format on */

bool
fail(struct drive *d, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) >= 0) {
		buf_add(&d->why, text);
		free(text);
	}
	va_end(args);
	return false;
}

bool
drive_set(struct drive *d, const char *name, const char *value)
{
	int i = 0;

	while (i < d->var_count && strcmp(d->vars[i].name, name) != 0)
		i++;
	if (i == VARIABLES)
		return fail(d, "too many variables");
	if (i == d->var_count) {
		d->var_count++;
		(void)snprintf(d->vars[i].name, sizeof(d->vars[i].name), "%s",
		               name);
		d->vars[i].value = NULL;
	}
	free(d->vars[i].value);
	d->vars[i].value = xstrdup(value);
	return true;
}

const char *
drive_value(void *drive, const char *name)
{
	const struct drive *d = drive;

	for (int i = 0; i < d->var_count; i++) {
		if (strcmp(d->vars[i].name, name) == 0)
			return d->vars[i].value;
	}
	return NULL;
}

bool
command_run(struct drive *d, const struct word *words, int count)
{
	for (size_t i = 0; i < COUNT(commands); i++) {
		const struct command *c = &commands[i];

		if (strcmp(c->name, words[0].text) != 0)
			continue;
		if (count - 1 < c->least || count - 1 > c->most)
			return fail(d, "%s %s", c->name, c->usage);
		return c->run(d, words, count);
	}
	return fail(d, "no command %s", words[0].text);
}
