package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.object;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Asks the customer for an address; India and Singapore only.
final class SendAddressRequest implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_address_request", "Asks the customer for an address; India and Singapore only.")
            .with(
                    MessageParts.textHeader(),
                    MessageParts.body(),
                    MessageParts.footer(),
                    required("country", word("IN", "SG"), "Country"),
                    optional("values", object(), "Values that are filled in"),
                    optional("saved_addresses", list(object(), 1, 10), "Addresses to choose from"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"What is your address?","country":"IN"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(
                call,
                "address_message",
                MessageAction.named(call, "address_message", call.members("country", "values", "saved_addresses")));
    }
}
