package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.id;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Deletes a template: one language by its id, or all languages of a name. The name is locked for 30
/// days.
final class DeleteTemplate implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "delete_template",
                    ActionCategory.TEMPLATES,
                    "Deletes a template: one language by its id, or all languages of a name. The name is locked for 30 days.")
            .graph("DELETE /{account}/message_templates")
            .social("DeleteWhatsAppMessageTemplate")
            .confirm("The name cannot be used again for 30 days, and messages under way may fail")
            .with(
                    account(),
                    token(),
                    TemplateParameters.NAME,
                    optional("hsm_id", id(), "Id of the template, to delete only this language"))
            .example("""
                    {"account":"200000000000001","name":"order_update"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object().put("templateName", call.text("name"));
        return call.has("hsm_id")
                ? request.put("metaTemplateId", call.text("hsm_id"))
                : request.put("deleteAllLanguages", true);
    }
}
