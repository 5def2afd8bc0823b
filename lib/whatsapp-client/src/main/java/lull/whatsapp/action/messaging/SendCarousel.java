package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends two to ten cards, each with a picture or video and a button.
final class SendCarousel implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_carousel", "Sends two to ten cards, each with a picture or video and a button.")
            .with(
                    MessageParts.body(),
                    required(
                            "cards",
                            list(object(), 2, 10),
                            "Cards in WhatsApp's form, with card_index, type, header, body and action"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"New in","cards":[{"card_index":0,"type":"cta_url","header":{"type":"image","image":{"link":"https://example.com/1.png"}},"body":{"text":"One"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://example.com/1"}}},{"card_index":1,"type":"cta_url","header":{"type":"image","image":{"link":"https://example.com/2.png"}},"body":{"text":"Two"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://example.com/2"}}}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(call, "carousel", call.members("cards"));
    }
}
