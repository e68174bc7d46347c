/* For who watches the service: well only if the database answers. */
#include "db/base/log.h"
#include "db/store/stmt.h"
#include "server/web/web.h"

void
page_healthz(struct request *r)
{
	int64_t n;
	int err = stmt_int(
	    ctx_sql(&r->web->public, NULL, "SELECT count(*) FROM unit_kind"),
	    &n);

	r->type = "text/plain; charset=utf-8";
	r->status = err == OK ? 200 : 503;
	buf_add(&r->out, err == OK ? "ok\n" : "the database does not answer\n");
	if (err != OK)
		log_error("health error=%s", err_name(err));
}
