package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends contact cards.
final class SendContacts implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described("send_contacts", "Sends contact cards.")
            .with(required(
                    "contacts", list(object(), 1, 257), "Cards in WhatsApp's form; each needs name.formatted_name"))
            .rule(holds("each of contacts must have name.formatted_name", given -> {
                for (JsonNode contact : given.path("contacts")) {
                    if (contact.path("name").path("formatted_name").asText("").isBlank()) {
                        return false;
                    }
                }
                return true;
            }))
            .example("""
                    {"number":"100000000000001","to":"15550001001","contacts":[{"name":{"formatted_name":"Service desk"},"phones":[{"phone":"+15550002000"}]}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "contacts", call.value("contacts"));
    }
}
