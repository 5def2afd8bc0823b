package lull.whatsapp.action.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Asks the customer for a location.
final class SendLocationRequest implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_location_request", "Asks the customer for a location.")
            .with(MessageParts.body())
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"Please send us your location"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(
                call, "location_request_message", MessageAction.named(call, "send_location", call.object()));
    }
}
