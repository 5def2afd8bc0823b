package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.url;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a text with a button that opens a link.
final class SendLink implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_link", "Sends a text with a button that opens a link.")
            .with(
                    MessageParts.header(),
                    MessageParts.body(),
                    MessageParts.footer(),
                    required("display_text", text(20), "Label of the button"),
                    required("url", url(2_000), "Link"))
            .rule(MessageParts.headerRule())
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"Your invoice is ready","display_text":"Open","url":"https://example.com/invoices/7"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(
                call, "cta_url", MessageAction.named(call, "cta_url", call.members("display_text", "url")));
    }
}
