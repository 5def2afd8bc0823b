package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads a template.
final class GetTemplate implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_template", ActionCategory.TEMPLATES, "Reads a template.")
            .graph("GET /{template}")
            .social("GetWhatsAppMessageTemplate")
            .with(
                    id("template", "Id of the template"),
                    optional(
                            "account",
                            text(1, 120, "[0-9]{1,64}|waba-[0-9a-f]{1,64}|arn:\\S+", "Meta's id or AWS's"),
                            "Account; needed with AWS End User Messaging Social"),
                    token(),
                    fields())
            .example("""
                    {"template":"300000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .fields(
                        "id,name,language,status,category,components,parameter_format,quality_score,rejected_reason,health_status")
                .send();
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        return call.object().put("metaTemplateId", call.text("template"));
    }
}
