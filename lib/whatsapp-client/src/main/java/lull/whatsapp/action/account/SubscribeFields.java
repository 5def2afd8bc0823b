package lull.whatsapp.action.account;

import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.url;

import java.util.ArrayList;
import java.util.List;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Sets the webhook address of an app, and the fields that it gets. It needs the token of the app in
/// place of the number's: set it for a number of its own.
final class SubscribeFields implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "subscribe_fields",
                    ActionCategory.ACCOUNTS,
                    "Sets the webhook address of an app, and the fields that it gets. It needs the token of the app in place of the number's: set it for a number of its own.")
            .graph("POST /{app}/subscriptions")
            .repeatable()
            .with(
                    required("app", id(), "Id of the WhatsApp app"),
                    token(),
                    required("callback_url", url(200), "Address"),
                    required("verify_token", text(255), "Verify token of that address"),
                    required(
                            "fields",
                            list(text(1, 64, "[a-z_]+", "lower-case letters and _"), 1, 60),
                            "Fields, such as messages"))
            .example("""
                    {"app":"900000000000001","callback_url":"https://example.com/webhooks/whatsapp","verify_token":"verify","fields":["messages","message_template_status_update"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        List<String> fields = new ArrayList<>();
        call.value("fields").forEach(each -> fields.add(each.asText()));
        return call.graph()
                .query("object", "whatsapp_business_account")
                .query("fields", String.join(",", fields))
                .queryOf("callback_url", "verify_token")
                .send();
    }
}
