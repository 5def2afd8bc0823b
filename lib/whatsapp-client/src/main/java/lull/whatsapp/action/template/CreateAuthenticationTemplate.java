package lull.whatsapp.action.template;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.whole;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Creates a template for one-time passwords. WhatsApp writes its text.
final class CreateAuthenticationTemplate implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_authentication_template",
                    ActionCategory.TEMPLATES,
                    "Creates a template for one-time passwords. WhatsApp writes its text.")
            .graph("POST /{account}/message_templates")
            .social("CreateWhatsAppMessageTemplate")
            .webhook("message_template_status_update")
            .with(account(), token())
            .with(TemplateParameters.NAME, TemplateParameters.LANGUAGE)
            .with(
                    required("otp_type", word("COPY_CODE", "ONE_TAP", "ZERO_TAP"), "What the button does"),
                    optional(
                            "add_security_recommendation", flag(), "Whether to warn against giving the code to others"),
                    optional(
                            "code_expiration_minutes", whole(1, 90), "How long the code is valid, shown in the footer"),
                    optional("button_text", text(25), "Label of the button"),
                    optional(
                            "supported_apps",
                            list(
                                    members(
                                            required(
                                                    "package_name",
                                                    text(
                                                            1,
                                                            224,
                                                            "[A-Za-z0-9_]+(?:\\.[A-Za-z0-9_]+)+",
                                                            "a package name"),
                                                    "Package of the Android app"),
                                            required("signature_hash", text(11, 11), "Hash of its signing key")),
                                    1,
                                    5),
                            "Android apps; needed with ONE_TAP and ZERO_TAP"),
                    optional("zero_tap_terms_accepted", flag(), "That you accept the terms of ZERO_TAP"),
                    optional(
                            "message_send_ttl_seconds",
                            whole(-1, 900),
                            "How long to try: 30 to 900, or -1 for 30 days"))
            .rule(holds(
                    "ONE_TAP and ZERO_TAP need supported_apps",
                    given -> given.path("otp_type").asText().equals("COPY_CODE") || given.hasNonNull("supported_apps")))
            .rule(holds(
                    "ZERO_TAP needs zero_tap_terms_accepted",
                    given -> !given.path("otp_type").asText().equals("ZERO_TAP")
                            || given.path("zero_tap_terms_accepted").asBoolean(false)))
            .rule(holds(
                    "message_send_ttl_seconds must be -1 or 30 to 900",
                    given -> !given.hasNonNull("message_send_ttl_seconds")
                            || given.path("message_send_ttl_seconds").asInt() == -1
                            || given.path("message_send_ttl_seconds").asInt() >= 30))
            .example("""
                    {"account":"200000000000001","name":"login_code","language":"en_US","otp_type":"COPY_CODE","code_expiration_minutes":10}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().json(definition(call)).send();
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object();
        request.set("templateDefinition", definition(call));
        return request;
    }

    private static ObjectNode definition(ActionCall call) {
        ObjectNode definition =
                call.members("name", "language", "message_send_ttl_seconds").put("category", "AUTHENTICATION");
        ArrayNode components = definition.putArray("components");
        ObjectNode body = components.addObject().put("type", "BODY");
        body.setAll(call.members("add_security_recommendation"));
        if (call.has("code_expiration_minutes")) {
            components
                    .addObject()
                    .put("type", "FOOTER")
                    .set("code_expiration_minutes", call.value("code_expiration_minutes"));
        }
        ObjectNode button = components
                .addObject()
                .put("type", "BUTTONS")
                .putArray("buttons")
                .addObject()
                .put("type", "OTP");
        button.setAll(call.members("otp_type", "supported_apps", "zero_tap_terms_accepted"));
        if (call.has("button_text")) {
            button.put("text", call.text("button_text"));
        }
        return definition;
    }
}
