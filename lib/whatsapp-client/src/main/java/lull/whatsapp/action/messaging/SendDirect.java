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

/// Sends a utility or authentication message without a template (Direct Send, beta), also outside the
/// care window. The account must be on Meta's list. It is charged.
final class SendDirect implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_direct",
                    "Sends a utility or authentication message without a template (Direct Send, beta), also outside the care window. The account must be on Meta's list. It is charged.")
            .with(
                    required("category", word("utility", "authentication"), "What it is charged as"),
                    required("body", text(1_024), "Text"),
                    optional(
                            "ttl_seconds",
                            whole(30, 43_200),
                            "How long to try: utility 30 to 43,200, authentication 30 to 900"),
                    optional(
                            "template_name",
                            text(1, 512, "[a-z0-9_]+", "lower-case letters, digits and _"),
                            "Name of the template that Meta generates; utility only"))
            .rule(holds(
                    "ttl_seconds must be at most 900 with category authentication",
                    given -> !given.path("category").asText().equals("authentication")
                            || given.path("ttl_seconds").asInt(0) <= 900))
            .rule(holds(
                    "template_name goes with category utility only",
                    given -> !given.hasNonNull("template_name")
                            || given.path("category").asText().equals("utility")))
            .rule(holds(
                    "category authentication needs to, not recipient",
                    given -> !given.hasNonNull("recipient")
                            || given.path("category").asText().equals("utility")))
            .example("""
                    {"number":"100000000000001","to":"15550001001","category":"utility","body":"Your appointment is tomorrow at 10:00"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        ObjectNode message = MessageAction.message(call, "text", call.members("body"));
        message.setAll(call.members("category", "ttl_seconds"));
        if (call.has("template_name")) {
            message.putObject("direct_send_config").put("template_name", call.text("template_name"));
        }
        return message;
    }
}
