package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.exactlyOne;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a picture: image/jpeg or image/png of up to 5 MiB.
final class SendImage implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_image", "Sends a picture: image/jpeg or image/png of up to 5 MiB.")
            .with(MessageParts.file())
            .with(MessageParts.caption())
            .rule(exactlyOne("id", "link"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","link":"https://example.com/map.png","caption":"The way to us"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "image", call.members("id", "link", "caption"));
    }
}
