/* The address without anything behind it: what this is, and no more. */
#include "server/web/web.h"

void
page_home(struct request *r)
{
	page_begin(r, 200, r->web->cfg->site_name);
	html_addf(&r->out, "<p>%s</p>\n",
	          _("Scan the code of a liaison station, a deputy or an "
	            "activity: it opens the page that belongs to it."));
	page_end(r);
}
