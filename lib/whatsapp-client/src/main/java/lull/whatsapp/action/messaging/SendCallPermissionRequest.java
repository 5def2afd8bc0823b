package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Asks the customer for permission to be called: once in 24 hours and twice in 7 days at most.
final class SendCallPermissionRequest implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_call_permission_request",
                    "Asks the customer for permission to be called: once in 24 hours and twice in 7 days at most.")
            .with(optional("body", text(1_024), "Text"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"May we call you about your order?"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(
                call, "call_permission_request", MessageAction.named(call, "call_permission_request", call.object()));
    }
}
