package lull.whatsapp.action.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Asks the customer for the phone number.
final class SendContactInfoRequest implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_contact_info_request", "Asks the customer for the phone number.")
            .with(MessageParts.body())
            .example("""
                    {"number":"100000000000001","recipient":"US.13491208655302741918","body":"Which number can we call?"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(
                call, "request_contact_info", MessageAction.named(call, "request_contact_info", call.object()));
    }
}
