package lull.ingress.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// ARNs of business numbers in AWS End User Messaging Social, by `phone_number_id`.
record Arns(Map<String, String> byNumber) {

    static final Arns NONE = new Arns(Map.of());

    Arns {
        byNumber = Map.copyOf(byNumber);
    }

    /// Reads the `context` of an event; skips numbers without an ARN.
    static Arns of(JsonNode context) {
        Map<String, String> arns = new HashMap<>();
        for (JsonNode number : context.path("MetaPhoneNumberIds")) {
            Texts.of(number, "metaPhoneNumberId")
                    .ifPresent(id -> Texts.of(number, "arn").ifPresent(arn -> arns.put(id, arn)));
        }
        return arns.isEmpty() ? NONE : new Arns(arns);
    }

    Optional<String> of(String number) {
        return Optional.ofNullable(byNumber.get(number));
    }
}
