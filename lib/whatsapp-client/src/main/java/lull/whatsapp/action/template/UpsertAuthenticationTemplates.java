package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.object;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Creates or updates an authentication template in several languages at once.
final class UpsertAuthenticationTemplates implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "upsert_authentication_templates",
                    ActionCategory.TEMPLATES,
                    "Creates or updates an authentication template in several languages at once.")
            .graph("POST /{account}/upsert_message_templates")
            .repeatable()
            .webhook("message_template_status_update")
            .with(
                    account(),
                    token(),
                    TemplateParameters.NAME,
                    required("languages", list(text(2, 10), 1, 100), "Languages, such as en_US"),
                    required("components", list(object(), 1, 3), "Components, in WhatsApp's form"))
            .example("""
                    {"account":"200000000000001","name":"login_code","languages":["en_US","de"],"components":[{"type":"BODY","add_security_recommendation":true},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .json(call.object()
                        .put("category", "AUTHENTICATION")
                        .setAll(call.members("name", "languages", "components")))
                .send();
    }
}
