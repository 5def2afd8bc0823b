package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.whole;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a button with which the customer calls the business.
final class SendVoiceCallButton implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_voice_call_button", "Sends a button with which the customer calls the business.")
            .with(
                    MessageParts.body(),
                    optional("display_text", text(20), "Label of the button"),
                    optional("ttl_minutes", whole(1, 43_200), "How long the button works"),
                    optional("payload", text(512), "Text that the webhook of the call contains"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"Call us","display_text":"Call now","ttl_minutes":60}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(
                call,
                "voice_call",
                MessageAction.named(call, "voice_call", call.members("display_text", "ttl_minutes", "payload")));
    }
}
