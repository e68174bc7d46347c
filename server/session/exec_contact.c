/* The contact of who wrote an opinion, over ssh. */
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "db/contact.h"
#include "server/session/exec_opinion.h"

static void
print(struct exec *x, struct opinion_id id,
      const struct service_contact *contact)
{
	struct json *root;

	if (!x->json) {
		buf_addf(&x->out, "%s%s%s\n", contact->name,
		         contact->name[0] != '\0' ? "  " : "", contact->phone);
		return;
	}
	root = json_new_object();
	json_set_int(root, "opinion", id.v);
	json_set_text(root, "name", contact->name);
	json_set_text(root, "telephone", contact->phone);
	exec_json(x, root);
}

int
command_contact(struct exec *x, const struct given *g)
{
	const struct service *service = x->host->service;
	struct service_contact contact;
	struct opinion_id id;
	int err = g->n == 1 ? given_number(text_fold(x->a, g->words[0]), &id.v)
	                    : ERR_USAGE;

	if (err != OK)
		return err;
	err = service->contact(service->data, id.v, &contact);
	if (err != OK) {
		exec_say(x, "%s", _(contact_refusal(err)));
		x->said = true;
		return err;
	}
	print(x, id, &contact);
	secret_wipe(&contact, sizeof(contact));
	return OK;
}
