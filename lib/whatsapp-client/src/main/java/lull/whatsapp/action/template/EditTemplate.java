package lull.whatsapp.action.template;

import static lull.whatsapp.action.ActionRule.atLeastOne;
import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.whole;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Edits a template that is approved, rejected or paused, and has it reviewed again. An approved one
/// can be edited once in 24 hours and 10 times in 30 days, and keeps its category. All components are
/// replaced.
final class EditTemplate implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "edit_template",
                    ActionCategory.TEMPLATES,
                    "Edits a template that is approved, rejected or paused, and has it reviewed again. An approved one can be edited once in 24 hours and 10 times in 30 days, and keeps its category. All components are replaced.")
            .graph("POST /{template}")
            .social("UpdateWhatsAppMessageTemplate")
            .webhook("message_template_status_update")
            .with(
                    id("template", "Id of the template"),
                    optional(
                            "account",
                            text(1, 120, "[0-9]{1,64}|waba-[0-9a-f]{1,64}|arn:\\S+", "Meta's id or AWS's"),
                            "Account; needed with AWS End User Messaging Social"),
                    token())
            .with(
                    optional("category", word("MARKETING", "UTILITY", "AUTHENTICATION"), "Category"),
                    optional("components", TemplateParameters.COMPONENTS, TemplateParameters.COMPONENTS_WORDS),
                    optional("message_send_ttl_seconds", whole(-1, 2_592_000), "How long to try"))
            .rule(atLeastOne("category", "components", "message_send_ttl_seconds"))
            .rule(TemplateRules.components())
            .example("""
                    {"template":"300000000000001","components":[{"type":"BODY","text":"Your order {{1}} has left our house today.","example":{"body_text":[["7"]]}}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object().put("metaTemplateId", call.text("template"));
        if (call.has("category")) {
            request.put("templateCategory", call.text("category"));
        }
        if (call.has("components")) {
            request.set("templateComponents", call.value("components"));
        }
        return request;
    }
}
