package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.whole;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Pins a message in a group, or takes the pin away. Three messages can be pinned at a time.
final class PinGroupMessage implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "pin_group_message",
                    "Pins a message in a group, or takes the pin away. Three messages can be pinned at a time.")
            .with(
                    required("message_id", text(256), "Id of the message"),
                    required("type", word("pin", "unpin"), "What to do"),
                    optional("expiration_days", whole(1, 30), "How long it stays pinned"))
            .rule(holds("a message is pinned in a group only", given -> given.hasNonNull("group")))
            .example("""
                    {"number":"100000000000001","group":"Y2FwaV9ncm91cDox","message_id":"wamid.HBgLMTU1NTAwMDEwMDEVAgASGAA","type":"pin","expiration_days":7}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "pin", call.members("type", "message_id", "expiration_days"));
    }
}
