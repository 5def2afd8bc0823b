package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.list;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Archives templates, so that lists do not show them.
final class ArchiveTemplates implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "archive_templates",
                    ActionCategory.TEMPLATES,
                    "Archives templates, so that lists do not show them.")
            .graph("POST /{account}/message_templates/archive")
            .repeatable()
            .webhook("message_template_status_update")
            .with(account(), token(), required("templates", list(id(), 1, 100), "Ids of the templates"))
            .example("""
                    {"account":"200000000000001","templates":["300000000000001"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().onOtherHost().json(TemplateParameters.ids(call)).send();
    }
}
