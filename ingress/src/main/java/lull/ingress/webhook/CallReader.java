package lull.ingress.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import lull.contract.Business;
import lull.contract.json.Json;

/// Reader of the elements of `calls`. A customer's call that has ended becomes a message of the type
/// `call`, which holds the element as it arrived.
final class CallReader {

    private static final List<String> ENVELOPE =
            List.of("from", "from_user_id", "from_parent_user_id", "id", "timestamp");

    private CallReader() {}

    /// Returns the message for a call; empty if the business called, or the call has not ended yet.
    static Optional<ObjectNode> message(JsonNode call, Business business) {
        boolean isOver = Texts.of(call, "event").filter("terminate"::equals).isPresent();
        boolean hasCaller =
                Texts.of(call, "from").or(() -> Texts.of(call, "from_user_id")).isPresent();
        if (!call.isObject() || !isOver || !hasCaller || isByBusiness(call, business)) {
            return Optional.empty();
        }
        ObjectNode message = Json.object();
        ENVELOPE.forEach(name -> Texts.of(call, name).ifPresent(text -> message.put(name, text)));
        message.put("type", "call").set("call", call);
        return Optional.of(message);
    }

    private static boolean isByBusiness(JsonNode call, Business business) {
        Optional<String> direction = Texts.of(call, "direction");
        String display = business.displayPhoneNumber();
        return direction.isPresent()
                ? direction.get().equals("BUSINESS_INITIATED")
                : display != null
                        && digits(display).equals(digits(Texts.of(call, "from").orElse("")));
    }

    private static String digits(String phone) {
        return phone.replaceAll("\\D", "");
    }
}
