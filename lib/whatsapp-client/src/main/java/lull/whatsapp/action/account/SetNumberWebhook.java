package lull.whatsapp.action.account;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Sets an own webhook address of a number, or removes it. Meta checks it by its handshake.
final class SetNumberWebhook implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_number_webhook",
                    ActionCategory.ACCOUNTS,
                    "Sets an own webhook address of a number, or removes it. Meta checks it by its handshake.")
            .graph("POST /{number}")
            .repeatable()
            .with(
                    number(),
                    required(
                            "override_callback_uri",
                            text(
                                    0,
                                    200,
                                    "(?:https://[^\\s/?#]+(?:[/?#]\\S*)?)?",
                                    "an address that begins with https://, or empty to remove it"),
                            "Address"),
                    optional("verify_token", text(255), "Verify token of that address"))
            .rule(holds(
                    "verify_token is required with an address",
                    given ->
                            given.path("override_callback_uri").asText().isEmpty() || given.hasNonNull("verify_token")))
            .example("""
                    {"number":"100000000000001","override_callback_uri":""}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ObjectNode body = call.object();
        body.set("webhook_configuration", call.members("override_callback_uri", "verify_token"));
        return call.graph().json(body).send();
    }
}
