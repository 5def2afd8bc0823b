package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.exactlyOne;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a video: video/mp4 or video/3gpp of up to 16 MiB, with H.264 and AAC.
final class SendVideo implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_video", "Sends a video: video/mp4 or video/3gpp of up to 16 MiB, with H.264 and AAC.")
            .with(MessageParts.file())
            .with(MessageParts.caption())
            .rule(exactlyOne("id", "link"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","link":"https://example.com/unboxing.mp4"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "video", call.members("id", "link", "caption"));
    }
}
