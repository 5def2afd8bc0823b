package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ParameterType;

/// Sends a location.
final class SendLocation implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described("send_location", "Sends a location.")
            .with(required("latitude", new ParameterType.Decimal(-90, 90), "Latitude in degrees"))
            .with(required("longitude", new ParameterType.Decimal(-180, 180), "Longitude in degrees"))
            .with(optional("name", text(1_000), "Name of the place"), optional("address", text(1_000), "Its address"))
            .example("""
                    {"number":"100000000000001","to":"15550001001","latitude":52.52,"longitude":13.405,"name":"Our shop"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.message(call, "location", call.members("latitude", "longitude", "name", "address"));
    }
}
