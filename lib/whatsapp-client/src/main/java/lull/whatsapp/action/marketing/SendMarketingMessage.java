package lull.whatsapp.action.marketing;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.object;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Sends a marketing template by the marketing messages API, which may deliver it to more customers.
/// Wait 10 minutes after the template was created. It is charged.
final class SendMarketingMessage implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "send_marketing_message",
                    ActionCategory.MARKETING,
                    "Sends a marketing template by the marketing messages API, which may deliver it to more customers. Wait 10 minutes after the template was created. It is charged.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/marketing_messages")
            .webhook("messages")
            .with(
                    number(),
                    required(
                            "to",
                            text(5, 21, "\\+?[0-9]{5,20}", "a phone number with country code"),
                            "Customer, by phone number"),
                    required("template", text(1, 512, "[a-z0-9_]+", "lower-case letters, digits and _"), "Name"),
                    required("language", text(2, 10), "Language, such as en_US"),
                    optional("components", list(object(), 1, 13), "Values, in WhatsApp's form"),
                    optional(
                            "product_policy",
                            word("CLOUD_API_FALLBACK", "STRICT"),
                            "Whether it may be sent in the usual way. Default: it may"),
                    optional("message_activity_sharing", flag(), "Whether Meta may use what customers do with it"),
                    optional("biz_opaque_callback_data", text(512), "Text that the statuses repeat"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","template":"spring_sale","language":"en_US"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ObjectNode body = call.members("to", "product_policy", "message_activity_sharing", "biz_opaque_callback_data")
                .put("messaging_product", "whatsapp")
                .put("recipient_type", "individual")
                .put("type", "template");
        ObjectNode template = body.putObject("template").put("name", call.text("template"));
        template.putObject("language").put("code", call.text("language"));
        template.setAll(call.members("components"));
        return call.graph().json(body).send();
    }
}
