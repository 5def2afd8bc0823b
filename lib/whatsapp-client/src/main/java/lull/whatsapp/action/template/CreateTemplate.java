package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;
import static lull.whatsapp.action.ParameterType.whole;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Creates a template, which Meta reviews within 24 hours. An account may create 100 an hour, and have
/// 250 (6,000 if its portfolio is verified and a number has an approved name). Meta may choose another
/// category.
final class CreateTemplate implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_template",
                    ActionCategory.TEMPLATES,
                    "Creates a template, which Meta reviews within 24 hours. An account may create 100 an hour, and have 250 (6,000 if its portfolio is verified and a number has an approved name). Meta may choose another category.")
            .graph("POST /{account}/message_templates")
            .social("CreateWhatsAppMessageTemplate")
            .webhook("message_template_status_update")
            .with(account(), token())
            .with(
                    TemplateParameters.NAME,
                    TemplateParameters.LANGUAGE,
                    TemplateParameters.CATEGORY,
                    TemplateParameters.FORMAT)
            .with(required("components", TemplateParameters.COMPONENTS, TemplateParameters.COMPONENTS_WORDS))
            .with(
                    optional(
                            "message_send_ttl_seconds",
                            whole(-1, 2_592_000),
                            "How long to try: authentication 30 to 900, utility 30 to 43,200, marketing 43,200 to 2,592,000, or -1 for 30 days (not marketing)"))
            .with(
                    optional("cta_url_link_tracking_opted_out", flag(), "Whether clicks are not counted"),
                    optional("allow_category_change", flag(), "Whether Meta may choose another category"))
            .rule(TemplateRules.components())
            .rule(TemplateRules.timeToLive())
            .example("""
                    {"account":"200000000000001","name":"order_update","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order {{1}} has left our house.","example":{"body_text":[["7"]]}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Track it"}]}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object();
        request.set(
                "templateDefinition",
                call.members(
                        "name",
                        "language",
                        "category",
                        "parameter_format",
                        "components",
                        "message_send_ttl_seconds",
                        "cta_url_link_tracking_opted_out",
                        "allow_category_change"));
        return request;
    }
}
