#include "tui/contact.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/contact.h"

/* The lines as drawn are the dialog's own and gone with it. */
static void
show(struct ui *ui, struct opinion_id id, const struct service_contact *contact)
{
	char *text = arena_printf(
	    ui_arena(ui),
	    _("Opinion %lld\n\n    %s\n    %s\n\nThe audit says that "
	      "you looked. Use it for this opinion only."),
	    (long long)id.v,
	    contact->name[0] != '\0' ? contact->name : _("(no name given)"),
	    contact->phone);

	ui_show(ui, _("Contact"), text);
	secret_wipe(text, strlen(text));
}

void
contact_show(struct ui *ui, struct opinion_id id)
{
	struct service_contact contact;
	const struct service *service = ui_host(ui)->service;
	int err = service != NULL
	              ? service->contact(service->data, id.v, &contact)
	              : ERR_UNAVAILABLE;

	if (err != OK) {
		ui_say(ui, "%s", _(contact_refusal(err)));
		return;
	}
	show(ui, id, &contact);
	secret_wipe(&contact, sizeof(contact));
}
