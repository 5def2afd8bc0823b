package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.exactlyOne;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.flag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends audio: aac, amr, mpeg, mp4 or ogg of up to 16 MiB.
final class SendAudio implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_audio", "Sends audio: aac, amr, mpeg, mp4 or ogg of up to 16 MiB.")
            .with(MessageParts.file())
            .with(optional("voice", flag(), "Whether it is shown as a voice note; only audio/ogg with opus"))
            .rule(exactlyOne("id", "link"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","link":"https://example.com/hello.ogg","voice":true}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "audio", call.members("id", "link", "voice"));
    }
}
