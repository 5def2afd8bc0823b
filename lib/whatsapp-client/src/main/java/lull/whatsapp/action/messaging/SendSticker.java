package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.exactlyOne;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a sticker: image/webp of up to 100 KB, or 500 KB if it is animated.
final class SendSticker implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_sticker", "Sends a sticker: image/webp of up to 100 KB, or 500 KB if it is animated.")
            .with(MessageParts.file())
            .rule(exactlyOne("id", "link"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","link":"https://example.com/thanks.webp"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "sticker", call.members("id", "link"));
    }
}
