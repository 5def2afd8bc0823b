package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.exactlyOne;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a document of up to 100 MiB.
final class SendDocument implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_document", "Sends a document of up to 100 MiB.")
            .with(MessageParts.file())
            .with(MessageParts.caption(), optional("filename", text(240), "Name that the customer sees"))
            .rule(exactlyOne("id", "link"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","link":"https://example.com/invoice.pdf","filename":"invoice.pdf"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "document", call.members("id", "link", "caption", "filename"));
    }
}
