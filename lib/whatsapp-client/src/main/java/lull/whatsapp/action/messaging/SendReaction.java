package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a reaction to a message of the last 30 days, or takes one back.
final class SendReaction implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_reaction", "Sends a reaction to a message of the last 30 days, or takes one back.")
            .with(
                    required("message_id", text(256), "Id of the message"),
                    required("emoji", text(0, 16), "Emoji; empty takes the reaction back"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","message_id":"wamid.HBgLMTU1NTAwMDEwMDEVAgASGAA","emoji":"👍"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "reaction", call.members("message_id", "emoji"));
    }
}
