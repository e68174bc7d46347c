/* A document or template: a new one, or that of the argument. */
#include "db/base/i18n.h"
#include "db/document.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct document_form {
	struct form form;
	struct document row;
};

static const struct form_row rows[] = {
    {.field = "name"},
    {.field = "kind"},
    {.field = "text", .lines = 11},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct document_form *s = data;
	struct document_id id;
	int err = document_save(ui_ctx(ui), &s->row, &id);

	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_pop(ui);
	ui_say(ui, "%s", _("The document is saved."));
	return OK;
}

static const struct form_spec spec = {
    .fields = document_fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct document_form *s = data;
	int err = OK;

	s->row =
	    (struct document){.name = "", .text = "", .kind = DOCUMENT_OTHER};
	if (arg != 0)
		err = document_get(ui_ctx(ui), ui_keep(ui),
		                   (struct document_id){arg}, &s->row);
	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_STATION_WRITE, NULL, NULL,
     N_("Save it in place of what has that name.")},
    KEY_END,
};

const struct screen screen_document_form = {
    .name = "document-form",
    .title = N_("Write a document"),
    .about = N_("A document or a template as plain text. One of the same "
                "name is replaced; its history keeps who wrote when."),
    .needs = PERM_STATION_WRITE,
    .size = sizeof(struct document_form),
    .keys = keys,
    .open = open,
};
