package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.exactlyOne;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.object;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a flow, which is a form of several screens.
final class SendFlow implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_flow", "Sends a flow, which is a form of several screens.")
            .with(
                    MessageParts.header(),
                    MessageParts.body(),
                    MessageParts.footer(),
                    optional("flow_id", id(), "Id of the flow"),
                    optional("flow_name", text(200), "Name of the flow"),
                    required("flow_cta", text(30), "Label of the button"),
                    optional("flow_token", text(200), "Text that the answer contains"),
                    optional("mode", word("draft", "published"), "State of the flow. Default: published"),
                    optional("flow_action", word("navigate", "data_exchange"), "What happens first. Default: navigate"),
                    optional("flow_action_payload", object(), "First screen, and its data"))
            .rule(exactlyOne("flow_id", "flow_name"))
            .rule(MessageParts.headerRule())
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"Book a time","flow_id":"700000000000001","flow_cta":"Book"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        ObjectNode parameters = call.members(
                "flow_id", "flow_name", "flow_cta", "flow_token", "mode", "flow_action", "flow_action_payload");
        return MessageAction.interactive(
                call, "flow", MessageAction.named(call, "flow", parameters.put("flow_message_version", "3")));
    }
}
