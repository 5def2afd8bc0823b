package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a text.
final class SendText implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described("send_text", "Sends a text.")
            .with(
                    required("body", text(4_096), "Text"),
                    optional("preview_url", flag(), "Whether to show a preview of the first link"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"Your parcel is on its way"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "text", call.members("body", "preview_url"));
    }
}
