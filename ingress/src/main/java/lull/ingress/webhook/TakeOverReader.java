package lull.ingress.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.message.ControlPassed;

/// Reader of values of `messaging_handovers`. When Meta Business Agent leaves a customer to the
/// business, this becomes a message of the type `take_over` of the customer, who waits for a person: it
/// holds the value as it arrived.
final class TakeOverReader {

    /// The type of the message.
    private static final String TYPE = "take_over";

    private TakeOverReader() {}

    /// Returns the message for a value; empty if the customer is not left to the business.
    static Optional<ObjectNode> message(JsonNode value) {
        return ControlPassed.of(value).filter(ControlPassed::isTakeOver).map(passed -> {
            ObjectNode message = Json.object();
            if (passed.phone() != null) {
                message.put("from", passed.phone());
            }
            if (passed.userId() != null) {
                message.put("from_user_id", passed.userId());
            }
            Texts.of(value, "timestamp").ifPresent(at -> message.put("timestamp", at));
            message.put("type", TYPE).set(TYPE, value);
            return message;
        });
    }
}
