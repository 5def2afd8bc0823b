package lull.whatsapp.action.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends an approved template, which is also allowed outside the care window. It is charged.
final class SendTemplate implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_template",
                    "Sends an approved template, which is also allowed outside the care window. It is charged.")
            .with(MessageParts.template())
            .example("""
                    {"number":"100000000000001","to":"15550001001","template":"order_update","language":"en_US","components":[{"type":"body","parameters":[{"type":"text","text":"7"}]}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "template", MessageParts.template(call));
    }
}
