package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a text with up to three buttons for a reply.
final class SendButtons implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_buttons", "Sends a text with up to three buttons for a reply.")
            .with(MessageParts.header(), MessageParts.body(), MessageParts.footer())
            .with(required(
                    "buttons",
                    list(
                            members(
                                    required("id", text(256), "Id that the reply contains"),
                                    required("title", text(20), "Label")),
                            1,
                            3),
                    "Buttons; ids and titles are unique"))
            .rule(MessageParts.headerRule())
            .rule(Unique.of("buttons", "id"))
            .rule(Unique.of("buttons", "title"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"Is that all?","buttons":[{"id":"yes","title":"Yes"},{"id":"no","title":"No"}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        ObjectNode action = call.object();
        ArrayNode buttons = action.putArray("buttons");
        call.value("buttons")
                .forEach(button -> buttons.addObject().put("type", "reply").set("reply", button));
        return MessageAction.interactive(call, "button", action);
    }
}
