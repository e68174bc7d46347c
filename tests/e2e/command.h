/*
 * The commands of scenes, a row each in command.c; their functions lie by
 * topic in command_*.c. words[0] is the command itself.
 */
#ifndef TESTS_E2E_COMMAND_H
#define TESTS_E2E_COMMAND_H

#include "tests/e2e/drive.h"

typedef bool command_fn(struct drive *d, const struct word *words, int count);

/* command_term.c: settings, clients, keys */
command_fn cmd_term, cmd_size, cmd_term_type, cmd_lang, cmd_client, cmd_key;
command_fn cmd_encoding;
command_fn cmd_options, cmd_login, cmd_run, cmd_resize, cmd_press, cmd_type;
command_fn cmd_paste, cmd_paste_file, cmd_paste_repeat, cmd_disconnect;
command_fn cmd_ended, cmd_stall, cmd_resume;

/* command_screen.c: what the screen shows */
command_fn cmd_wait, cmd_waitnot, cmd_expect, cmd_reject, cmd_attr, cmd_cursor;
command_fn cmd_bell, cmd_nobell, cmd_mark, cmd_bytes, cmd_quiet, cmd_capture;
command_fn cmd_golden, cmd_mask, cmd_qr, cmd_qr_picture, cmd_noqr;
command_fn cmd_noescape;

/* command_walk.c */
command_fn cmd_walk;

/* command_site.c: the server and commands beside it */
command_fn cmd_deadline, cmd_ini, cmd_server, cmd_kill, cmd_ctl, cmd_check;
command_fn cmd_sh, cmd_sql, cmd_set, cmd_log, cmd_nolog, cmd_disk;
command_fn cmd_http, cmd_http_raw, cmd_http_head, cmd_http_sign,
    cmd_http_cookie, cmd_http_hold, cmd_browser, cmd_browser_qr;
command_fn cmd_programs;

/* command_hook.c: what is posted to a group of the chat */
command_fn cmd_hook, cmd_hooked;

/* command_output.c: a client without a terminal, and what was printed */
command_fn cmd_feed, cmd_exec, cmd_exec_file, cmd_status, cmd_stdout;
command_fn cmd_stdoutnot, cmd_stderr, cmd_take, cmd_keep, cmd_golden_output,
    cmd_processes;

/* command_code.c: of a second factor */
command_fn cmd_code;

/* command_inside.c: the server's processes from within */
command_fn cmd_inside, cmd_knows, cmd_ignores, cmd_opened, cmd_closed;
command_fn cmd_kill_newest, cmd_confined;

/* command_hostile.c */
command_fn cmd_hostile;

/* command_link.c: a link that stalls, and what that costs the server */
command_fn cmd_link, cmd_weigh, cmd_grown;

#endif
